"""The words of real exports, read from the versioned `vocabulary.toml` beside this file."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from metrics.records import TABLES
from metrics.table import Column, Table

NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """Synonyms by name: tables, columns (for all tables, and by table), cell values, and words that mean blank."""

    version: str
    tables: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, tuple[str, ...]]
    columns_of: Mapping[str, Mapping[str, tuple[str, ...]]]
    values: Mapping[str, Mapping[str, str]]
    blanks: tuple[str, ...]
    skipped_sheets: tuple[str, ...]


def normalised(words: str) -> str:
    """Lower case, words parted by one space, nothing else: `Date_Received ` and `date received` are the same name."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", words) if not words.isupper() else words
    return NOT_WORD.sub(" ", spaced.replace("#", " number ").lower()).strip()


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary as shipped."""
    with (Path(__file__).parent / "vocabulary.toml").open("rb") as file:
        content = tomllib.load(file)
    return Vocabulary(
        version=content["version"],
        tables=_tuples(content["tables"]),
        columns=_tuples(content["columns"]),
        columns_of={table: _tuples(names) for table, names in content["columns_of"].items()},
        values={column: _normalised_values(words) for column, words in content["values"].items()},
        blanks=tuple(content["blanks"]),
        skipped_sheets=tuple(content["skipped_sheets"]),
    )


def _tuples(content: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(words) for name, words in content.items()}


def _normalised_values(words: Mapping[str, list[str]]) -> dict[str, str]:
    return {normalised(found): wanted for wanted, founds in words.items() for found in founds}


@cache
def names_of(table: str, column: str) -> tuple[str, ...]:
    """Every normalised name under which exports hold a column of ours, our own first."""
    words = vocabulary()
    known = (column, *words.columns_of.get(table, {}).get(column, ()), *words.columns.get(column, ()))
    return tuple(dict.fromkeys(normalised(name) for name in known))


@cache
def _all_names() -> frozenset[str]:
    return frozenset(name for table in TABLES for column in table.columns for name in names_of(table.name, column.name))


def known_header(name: str) -> bool:
    """Is this normalised name one of the names of any column?"""
    return name in _all_names()


def choice_words(table: Table, column: Column) -> dict[str, str]:
    """Normalised cell word to the allowed value it means, for a choice column."""
    words = vocabulary().values
    synonyms = {**words.get(column.name, {}), **words.get(f"{table.name}.{column.name}", {})}
    own = {normalised(value): value for value in column.allowed}
    return {**{found: wanted for found, wanted in synonyms.items() if wanted in column.allowed}, **own}

"""What is done to cells before anything is made of them: references pseudonymised, free text masked, rows left out that
may not come back.

It happens to cleaned text, before values are read, rows judged or reasons written, so that neither a kept row nor a
refused one nor a reason ever holds what was there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

import polars as pl

from intake import masking
from intake.pseudonyms import Wish, key_print, pseudonymous_columns, pseudonyms
from metrics.access import CASE_TABLES
from metrics.table import Table

LANDLORD = "landlord_code"
# Free text, and the cells beside it into which people write freely.
OPEN_WORDS: Mapping[str, tuple[str, ...]] = {"complaints": ("refusal_reason",), "payments": ("reason",)}
MASKED_SCHEMA: dict[str, pl.DataType] = {
    "table": pl.String(),
    "column": pl.String(),
    "file": pl.String(),
    "row": pl.Int64(),
    **{kind: pl.Int32() for kind in masking.KINDS},
}
LeftOut = Callable[[Table, pl.DataFrame], pl.Series]
"""Which rows of cleaned text may not come back: those of a person whose records were erased."""


@dataclass(frozen=True, kw_only=True)
class Protection:
    """What is done at a store: `wishes` of pseudonyms by landlord, with the `key` for them; landlords whose text is
    `unmasked` because they said so; the rows that are left out (`left_out`, named by `left_out_print`); and where a
    landlord removed old records, the day its records begin."""

    wishes: Mapping[str, Wish] = field(default_factory=dict)
    key: bytes = b""
    unmasked: frozenset[str] = frozenset()
    left_out: LeftOut | None = None
    left_out_print: str = ""
    begins: Mapping[str, date] = field(default_factory=dict)

    @property
    def print(self) -> str:
        """What tells this protection from another: a load is made under the one its rows were read with."""
        parts = (
            sorted(self.wishes.items()),
            key_print(self.key),
            sorted(self.unmasked),
            self.left_out_print,
            sorted(self.begins.items()),
        )
        return sha256(repr(parts).encode()).hexdigest()[:16]


PLAIN = Protection()
"""Text is masked, nothing else asked for."""


@dataclass(frozen=True, kw_only=True)
class Protected:
    """Cells as they may be kept; in `masked` the rows in which something was, by position (`MASKED_SCHEMA` without file
    and row, with `at`); in `left_out` whether a row may not come back."""

    frame: pl.DataFrame
    masked: pl.DataFrame
    left_out: pl.Series


def protected(cells: pl.DataFrame, *, table: Table, protection: Protection) -> Protected:
    """Cleaned text cells of one table, protected as each row's landlord wants it. A row without landlord is protected
    as the most careful of them wants it."""
    code = cells[LANDLORD] if LANDLORD in cells.columns else pl.Series(LANDLORD, [None] * cells.height, dtype=pl.String)
    never = pl.Series([False], dtype=pl.Boolean).new_from_index(0, cells.height)
    if table.name not in CASE_TABLES:
        return Protected(frame=cells, masked=pl.DataFrame(schema=_AT_SCHEMA), left_out=never)
    named = _with_pseudonyms(cells, code, table=table, protection=protection)
    frame, found = _masked(named, code, table=table, protection=protection)
    # Erased before pseudonyms were asked for, or since.
    rule = protection.left_out
    gone = never if rule is None else rule(table, cells) | rule(table, named)
    return Protected(frame=frame, masked=found, left_out=gone)


def is_over(rows: pl.DataFrame, *, table: Table, protection: Protection) -> pl.Series:
    """Which rows (declared types) speak of no day since the landlord's records begin: they were removed, and do not
    come back."""
    never = pl.Series([False], dtype=pl.Boolean).new_from_index(0, rows.height)
    if table.name not in CASE_TABLES or not protection.begins:
        return never
    begins = pl.col(LANDLORD).replace_strict(dict(protection.begins), default=None, return_dtype=pl.Date)
    return rows.select((table.last_day() < begins).fill_null(value=False)).to_series()


_AT_SCHEMA = {name: dtype for name, dtype in MASKED_SCHEMA.items() if name not in ("file", "row")} | {"at": pl.Int64()}


def masked_columns(table: Table) -> tuple[str, ...]:
    """The columns in which people write freely about people."""
    if table.name not in CASE_TABLES:
        return ()
    free = tuple(column.name for column in table.columns if column.free_text)
    return (*free, *OPEN_WORDS.get(table.name, ()))


def _with_pseudonyms(cells: pl.DataFrame, code: pl.Series, *, table: Table, protection: Protection) -> pl.DataFrame:
    for wish in sorted(set(protection.wishes.values()) - {"no"}):
        asks = [landlord for landlord, wanted in protection.wishes.items() if wanted == wish]
        meant = code.is_in(asks) | code.is_null()
        columns = [name for name in pseudonymous_columns(table, wish) if name in cells.columns]
        cells = cells.with_columns(
            pseudonyms(cells[name].set(~meant, None), kind=name, key=protection.key)
            .zip_with(meant, cells[name])
            .alias(name)
            for name in columns
        )
    return cells


def _masked(
    cells: pl.DataFrame, code: pl.Series, *, table: Table, protection: Protection
) -> tuple[pl.DataFrame, pl.DataFrame]:
    parts = [pl.DataFrame(schema=_AT_SCHEMA)]
    spared = code.is_in(sorted(protection.unmasked)).fill_null(value=False)
    for name in (each for each in masked_columns(table) if each in cells.columns):
        found = masking.masked(cells[name].set(spared, None))
        cells = cells.with_columns(cells[name].zip_with(spared, found["text"]).alias(name))
        rows = found.select(
            pl.lit(table.name).alias("table"),
            pl.lit(name).alias("column"),
            *masking.KINDS,
            pl.int_range(pl.len(), dtype=pl.Int64).alias("at"),
        )
        parts.append(rows.filter(pl.sum_horizontal(masking.KINDS) > 0).select(list(_AT_SCHEMA)))
    return cells, pl.concat(parts)


def counted(found: pl.DataFrame) -> pl.DataFrame:
    """How much was masked, by table and column: the sum of each kind, and in how many `rows`."""
    kinds: Sequence[str] = masking.KINDS
    return found.group_by("table", "column", maintain_order=True).agg(pl.col(kinds).sum(), rows=pl.len())


_WORDS = {
    "emails": ("email address", "email addresses"),
    "phones": ("phone number", "phone numbers"),
    "addresses": ("address", "addresses"),
    "names": ("name", "names"),
}


def masked_words(of: Mapping[str, Any]) -> str:
    """One row of `counted` in words: `contacts, note: 3 names and 1 email address masked in 4 rows`."""
    told = [f"{of[kind]:,} {_WORDS[kind][of[kind] != 1]}" for kind in masking.KINDS if of[kind]]
    parts = " and ".join(part for part in (", ".join(told[:-1]), told[-1]) if part)
    return f"{of['table']}, {of['column']}: {parts} masked in {of['rows']:,} row{'' if of['rows'] == 1 else 's'}"

"""A mapping: how one kind of file becomes one of our tables. A plain value that is saved and used again."""

import json
from collections.abc import Mapping as MappingOf
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl

from intake.raw import ROW, RawTable
from intake.vocabulary import normalised
from metrics.records import TABLE_BY_NAME

# Parts of a joined column that are not columns of the file.
ROW_NUMBER = "#row"
OCCURRENCE = "#occurrence"


class BadMappingError(ValueError):
    """A mapping that names what does not exist."""


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """How a file is read as a table, confirmed by a person.

    table           the table it becomes
    columns         file column to our column; file columns not named are left out
    values          our column to {cell as found: cell as wanted}, before synonyms are looked up; case does not matter
    constants       our column to a value for every row (where the file's cell is blank, if it also has the column)
    joined          our column to file columns joined by `-`; `#occurrence` numbers rows that are the same so far,
                    `#row` is the row's number in the file
    only_landlords  landlord codes (after `values`) whose rows are wanted; others are left out and counted
    month_first     our date columns in which the file writes the month first; never assumed unless said here
    """

    table: str
    columns: MappingOf[str, str] = field(default_factory=dict)
    values: MappingOf[str, MappingOf[str, str]] = field(default_factory=dict)
    constants: MappingOf[str, str] = field(default_factory=dict)
    joined: MappingOf[str, tuple[str, ...]] = field(default_factory=dict)
    only_landlords: tuple[str, ...] = ()
    month_first: tuple[str, ...] = ()
    name: str = ""

    def __post_init__(self) -> None:
        if self.table not in TABLE_BY_NAME:
            raise BadMappingError(f"table: found {self.table!r}; wanted one of {', '.join(TABLE_BY_NAME)}")
        known = TABLE_BY_NAME[self.table].schema
        named = [*self.columns.values(), *self.values, *self.constants, *self.joined, *self.month_first]
        for column in named:
            if column not in known:
                raise BadMappingError(f"column: found {column!r}; wanted a column of {self.table}: {', '.join(known)}")
        targets = [*self.columns.values(), *self.joined]
        twice = sorted({column for column in targets if targets.count(column) > 1})
        if twice:
            raise BadMappingError(f"column {twice[0]}: found two sources; wanted one file column or one joined rule")

    @property
    def needed(self) -> tuple[str, ...]:
        """File columns without which this mapping cannot be used."""
        joined = (part for parts in self.joined.values() for part in parts if part not in (ROW_NUMBER, OCCURRENCE))
        return tuple(dict.fromkeys([*self.columns, *joined]))

    def missing_in(self, raw: RawTable) -> tuple[str, ...]:
        """File columns this mapping needs and the file lacks."""
        held = {normalised(name) for name in raw.columns}
        return tuple(name for name in self.needed if normalised(name) not in held)

    def as_dict(self) -> dict[str, Any]:
        """The mapping as plain values for JSON."""
        return json.loads(json.dumps(asdict(self), default=dict))  # type: ignore[no-any-return]

    def as_json(self) -> str:
        """The mapping as it is saved."""
        return json.dumps(self.as_dict(), indent=2, ensure_ascii=False)


def mapping_from(content: str | bytes | MappingOf[str, Any]) -> Mapping:
    """A mapping from JSON or from the values JSON gave. Raises BadMappingError with what was found and wanted."""
    try:
        values = json.loads(content) if isinstance(content, str | bytes) else dict(content)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise BadMappingError(f"found text that is not JSON ({error}); wanted a saved mapping") from error
    if not isinstance(values, dict) or "table" not in values:
        raise BadMappingError('found no "table"; wanted an object with table, columns, values, constants')
    fields = set(Mapping.__dataclass_fields__)
    unknown = sorted(set(values) - fields)
    if unknown:
        raise BadMappingError(f"found {unknown[0]!r}; wanted only {', '.join(sorted(fields))}")
    try:
        return Mapping(
            table=str(values["table"]),
            name=str(values.get("name", "")),
            columns={str(found): str(ours) for found, ours in (values.get("columns") or {}).items() if ours},
            values={
                str(column): {str(found): _as_cell(wanted) for found, wanted in words.items()}
                for column, words in (values.get("values") or {}).items()
            },
            constants={str(column): _as_cell(value) for column, value in (values.get("constants") or {}).items()},
            joined={str(column): tuple(map(str, parts)) for column, parts in (values.get("joined") or {}).items()},
            only_landlords=tuple(map(str, values.get("only_landlords") or ())),
            month_first=tuple(map(str, values.get("month_first") or ())),
        )
    except AttributeError as error:
        raise BadMappingError(
            "found a list or a word where names are matched; wanted an object of name: value"
        ) from error


def mappings_from(content: str | bytes) -> tuple[Mapping, ...]:
    """One or several mappings from a JSON file: an object, or a list of them. Raises BadMappingError."""
    try:
        values = json.loads(content)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise BadMappingError(f"found text that is not JSON ({error}); wanted a saved mapping") from error
    return tuple(mapping_from(value) for value in values) if isinstance(values, list) else (mapping_from(values),)


def _as_cell(value: Any) -> str:
    if value is None:
        return ""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def mapped(raw: RawTable, *, mapping: Mapping) -> pl.DataFrame:
    """The file's cells under our column names, as text, in file order: `ROW`, then the mapped columns.

    The caller has made sure that nothing is missing (`missing_in`). Rows of landlords not chosen are left out.
    """
    held = {normalised(name): name for name in raw.columns}
    source = {name: pl.col(held[normalised(name)]) for name in mapping.needed}
    frame = raw.frame.select(
        ROW,
        *(source[found].alias(ours) for found, ours in mapping.columns.items()),
        *(_joined(parts, source=source).alias(ours) for ours, parts in mapping.joined.items()),
    )
    frame = frame.with_columns(_numbered(ours) for ours, parts in mapping.joined.items() if OCCURRENCE in parts)
    frame = frame.with_columns(
        _constant(frame, column=column, value=mapping.constants[column]) for column in mapping.constants
    )
    frame = frame.with_columns(
        _replaced(column, words=words) for column, words in mapping.values.items() if column in frame.columns
    )
    frame = frame.with_columns(_day_first(name) for name in mapping.month_first if name in frame.columns)
    if mapping.only_landlords and "landlord_code" in frame.columns:
        frame = frame.filter(pl.col("landlord_code").str.strip_chars().is_in(list(mapping.only_landlords)))
    return frame


def _joined(parts: tuple[str, ...], *, source: MappingOf[str, pl.Expr]) -> pl.Expr:
    pieces = [
        pl.col(ROW).cast(pl.String) if part == ROW_NUMBER else source[part] for part in parts if part != OCCURRENCE
    ]
    return pl.concat_str([piece.str.strip_chars() for piece in pieces], separator="-", ignore_nulls=True)


def _numbered(column: str) -> pl.Expr:
    occurrence = pl.int_range(1, pl.len() + 1).over(column)
    return pl.concat_str([pl.col(column), occurrence.cast(pl.String)], separator="-").alias(column)


def _constant(frame: pl.DataFrame, *, column: str, value: str) -> pl.Expr:
    constant = pl.lit(value or None, dtype=pl.String)
    if column not in frame.columns:
        return constant.alias(column)
    blank = pl.col(column).is_null() | (pl.col(column).str.strip_chars() == "")
    return pl.when(blank).then(constant).otherwise(pl.col(column)).alias(column)


def _replaced(column: str, *, words: MappingOf[str, str]) -> pl.Expr:
    found = pl.col(column).str.strip_chars().str.to_lowercase()
    old = [word.strip().lower() for word in words]
    new = [wanted or None for wanted in words.values()]
    replaced = found.replace_strict(old, new, default=None, return_dtype=pl.String)
    return pl.when(found.is_in(old)).then(replaced).otherwise(pl.col(column)).alias(column)


def _day_first(column: str) -> pl.Expr:
    return pl.col(column).str.replace(r"^\s*(\d{1,2})([/.\-\s])(\d{1,2})([/.\-\s])", "${3}${2}${1}${4}")

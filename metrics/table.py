"""The shape of a declared table: columns, references, and what a row must satisfy."""

from dataclasses import dataclass
from typing import Literal

import polars as pl

Kind = Literal["reference", "text", "choice", "choices", "date", "moment", "yes_no", "whole", "number"]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table.

    `kind` says how a cell is read: `reference` (a string key, leading zeros kept), `text`, `choice` (one of `allowed`),
    `choices` (several of `allowed`, separated by `;`), `date`, `moment` (local date and time in Europe/London),
    `yes_no` (blank is unknown), `whole` and `number`. A `plan` is a date that may lie after the extract date.
    `free_text` may hold residents' own words and reaches complaints-team screens only.
    """

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    plan: bool = False
    free_text: bool = False
    at_least: float | None = None

    @property
    def dtype(self) -> pl.DataType:
        """The Polars type this column has in every frame of the project."""
        return _dtype(self)


def _dtype(column: Column) -> pl.DataType:
    match column.kind:
        case "date":
            return pl.Date()
        case "moment":
            return pl.Datetime("us")
        case "yes_no":
            return pl.Boolean()
        case "whole":
            return pl.Int64()
        case "number":
            return pl.Float64()
        case "choice":
            return pl.Enum(column.allowed)
        case _:
            return pl.String()


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A column that points at another table's row of the same landlord. `refuses` is False where an unresolved
    reference is a finding rather than a fault (design: contacts, work orders and contractors)."""

    column: str
    table: str
    refuses: bool = True


@dataclass(frozen=True, kw_only=True)
class Table:
    """One kind of record.

    `key` is the natural key (landlord_code comes first). `known_on` is the record's first date: before it the record
    does not exist; None where records carry no date of their own. `order` lists (earlier, later) pairs of date
    columns.
    """

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    known_on: str | None = None
    order: tuple[tuple[str, str], ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Column name to Polars type, in the declared order."""
        return {column.name: column.dtype for column in self.columns}

    def column(self, name: str) -> Column:
        """The declared column of that name. Raises KeyError."""
        return {column.name: column for column in self.columns}[name]

    def last_day(self) -> pl.Expr:
        """The last day that a row speaks of; null where it speaks of none."""
        dates = [pl.col(each.name).cast(pl.Date) for each in self.columns if each.kind in ("date", "moment")]
        return pl.max_horizontal(dates) if dates else pl.lit(None, dtype=pl.Date)

    def empty(self) -> pl.DataFrame:
        """A frame without rows that keeps every type."""
        return pl.DataFrame(schema=self.schema)

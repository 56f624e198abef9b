"""What is held of each table: how many rows, from when to when, and how much of each column is filled."""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from metrics.catalogue import INDICATORS
from metrics.indicator import Indicator
from metrics.records import TABLES, Records
from metrics.table import Table

# What tables tell that no indicator needs.
OTHERWISE = {
    "work_orders": "With it, promises recorded as done are checked against the repairs system.",
    "contractors": "With it, promises are checked against the contractor engaged on the day.",
    "payments": "With it, money paid without a complaint can be seen.",
    "self_assessment": "Without one approved in the last 15 months, the position is at most operational.",
    "events": "It explains changes: each event is marked on the charts over time.",
}


@dataclass(frozen=True, kw_only=True)
class ColumnFilled:
    """One column: the share of rows that have a value in it, 0 to 1."""

    name: str
    required: bool
    share: float


@dataclass(frozen=True, kw_only=True)
class TableFilled:
    """One table: rows, its first and last date (None without dates), and its columns. No rows: not held."""

    name: str
    meaning: str
    rows: int
    first: date | None
    last: date | None
    columns: tuple[ColumnFilled, ...]

    @property
    def share(self) -> float | None:
        """The share of all its cells that are filled; None where it is not held."""
        if not self.rows:
            return None
        return sum(column.share for column in self.columns) / len(self.columns)

    @property
    def sparse(self) -> tuple[ColumnFilled, ...]:
        """Optional columns that are never filled: a figure that reads them finds nothing."""
        return tuple(column for column in self.columns if not column.share)


def tables_filled(records: Records) -> tuple[TableFilled, ...]:
    """Every table in reading order, whether held or not."""
    return tuple(_filled(records, table) for table in TABLES)


def evidences(table: str) -> tuple[Indicator, ...]:
    """The indicators that cannot be read without this table, gates first."""
    needing = [each for each in INDICATORS if table in each.needs]
    return tuple(sorted(needing, key=lambda each: each.gate is None))


def _filled(records: Records, table: Table) -> TableFilled:
    known = pl.col(table.known_on) if table.known_on else pl.lit(None, pl.Date)
    counts = (
        records.frame(table.name)
        .select(
            pl.len().alias("#rows"),
            known.min().alias("#first"),
            known.max().alias("#last"),
            *(pl.col(column.name).is_not_null().sum() for column in table.columns),
        )
        .collect()
        .row(0, named=True)
    )
    rows = int(counts["#rows"])
    return TableFilled(
        name=table.name,
        meaning=table.meaning,
        rows=rows,
        first=_day(counts["#first"]),
        last=_day(counts["#last"]),
        columns=tuple(
            ColumnFilled(name=column.name, required=column.required, share=counts[column.name] / rows if rows else 0.0)
            for column in table.columns
        ),
    )


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None

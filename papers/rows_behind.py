"""The rows behind the figures of a paper, for its workbook: each row of a gate, and whether it was counted.

Rows of people go only to those who handle the cases, named by reference. Everybody else gets the rows that are not of
people: learning actions, and what the governing body took. Households and residents' words are in neither.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from metrics.access import FREE_TEXT
from metrics.catalogue import GATES
from metrics.counting.cases import cases_behind
from metrics.indicator import Indicator
from papers.material import Material
from papers.model import Cell, Number, Table

OF_NO_PEOPLE = frozenset({"actions", "governance", "governance_quarters"})
MOST_ROWS = 5_000
_LEFT_OUT = FREE_TEXT | {"household_ref"}


def rows_behind(of: Material, *, handlers: bool) -> tuple[Table, ...]:
    """A table a gate that has rows to list. `handlers` for readers who handle the cases."""
    listed = [
        gate
        for gate in GATES
        if gate.lists_cases
        and of.reading(gate.key).state != "not evidenced"
        and (handlers or gate.population in OF_NO_PEOPLE)
    ]
    return tuple(_table(of, gate) for gate in listed)


def _table(of: Material, gate: Indicator) -> Table:
    """Those that fell short first, each part oldest first."""
    short = cases_behind(of.records, gate.key, of.as_at, which="attention").with_columns(counted=pl.lit("no"))
    good = cases_behind(of.records, gate.key, of.as_at, which="numerator").with_columns(counted=pl.lit("yes"))
    every = pl.concat([short, good], how="vertical_relaxed")
    shown = ["counted", *(name for name in gate.shows if name not in _LEFT_OUT)]
    note = f"The first {MOST_ROWS:,} of {every.height:,} rows." if every.height > MOST_ROWS else ""
    return Table(
        key=f"rows-{gate.key.replace('_', '-')}",
        title=f"{gate.title}: {gate.counted}, row by row",
        columns=tuple(name.removesuffix("_on").removesuffix("_ref").replace("_", " ").capitalize() for name in shown),
        rows=tuple(tuple(map(_cell, row)) for row in every.select(shown).head(MOST_ROWS).iter_rows()),
        note=note,
    )


def _cell(value: object) -> Cell:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case int() | float():
            return Number(text=f"{value:g}", value=float(value))
        case _ if isinstance(value, Sequence) and not isinstance(value, str):
            return "; ".join(map(str, value))
        case _:
            return str(value)

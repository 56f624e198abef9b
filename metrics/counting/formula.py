"""An indicator's formula as expressions over its population: the ones that count are the ones that list.

A formula has parts that do not depend on the day a figure speaks for (`denominator`, `numerator`) and dates that do:
when the row falls into the window, from when it is known, from and until when it counts. `falls_due` and
`has_succeeded` put them together, whether the dates are dates (listing cases) or the numbers of the periods they lie
in (counting many days at once).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from metrics.indicator import Indicator
from metrics.periods import window

DAY = timedelta(days=1)


def falls_due(*, dated: pl.Expr, known: pl.Expr, after: pl.Expr, until: pl.Expr) -> pl.Expr:
    """The row's date lies in the window (after, until], and the row is known by then."""
    return ((dated > after) & (dated <= until) & (known <= until)).fill_null(False)


def has_succeeded(*, began: pl.Expr, ended: pl.Expr, until: pl.Expr) -> pl.Expr:
    """The success is known by the end of the window and has not been taken back by then."""
    return (began <= until).fill_null(False) & (ended.is_null() | (ended > until))


def due(indicator: Indicator, as_at: date) -> pl.Expr:
    """Does a row of the population belong to the denominator on that day?"""
    first, last = window(as_at, indicator.months)
    dated = pl.col(indicator.dated_by)
    known = pl.col(indicator.known_from) if indicator.known_from else pl.lit(date.min)
    inside = falls_due(dated=dated, known=known, after=pl.lit(first - DAY), until=pl.lit(last))
    return indicator.denominator.fill_null(False) & inside


def succeeded(indicator: Indicator, as_at: date) -> pl.Expr:
    """Does a row of the denominator belong to the numerator on that day?"""
    began = pl.col(indicator.counted_from) if indicator.counted_from else pl.lit(date.min)
    ended = pl.col(indicator.counted_until) if indicator.counted_until else pl.lit(None, pl.Date)
    return indicator.numerator.fill_null(False) & has_succeeded(began=began, ended=ended, until=pl.lit(as_at))


@dataclass(frozen=True)
class Periods:
    """The stretches of time between the days that matter, numbered; a date is not after a day that matters exactly if
    its number is not above that day's. So rows can be gathered by number and asked about every day afterwards."""

    ends: tuple[date, ...]

    @classmethod
    def around(cls, days: Iterable[date], months: Iterable[int]) -> "Periods":
        """The periods cut by the first and last days of the windows of so many months ending on `days`."""
        ends = {edge for day in days for each in months for edge in (window(day, each)[0] - DAY, day)}
        return cls(tuple(sorted(ends)))

    def number(self, day: date) -> int:
        """The number of the period that ends on `day`. Raises ValueError where none does."""
        return self.ends.index(day)

    def numbers(self, column: str) -> pl.Expr:
        """The number of the period each date of a column lies in, the first if earlier; null stays null."""
        length = (self.ends[-1] - self.ends[0]).days + 2
        days = pl.date_range(self.ends[0], self.ends[-1] + DAY, eager=True)
        table = pl.Series(self.ends).search_sorted(days, side="left").cast(pl.Int16)
        index = pl.col(column).to_physical() - (self.ends[0] - date(1970, 1, 1)).days
        return pl.lit(table).gather(index.clip(0, length - 1).cast(pl.UInt32))

"""An indicator's formula as expressions over its population: the ones that count are the ones that list.

A formula has parts that do not depend on the day a figure speaks for (`denominator`, `numerator`) and dates that do:
when the row falls into the window, from when it is known, from and until when it counts. `Clock` tells how to read a
date column: as it is when listing cases, or as the number of the period it lies in when counting many days at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from metrics.indicator import Indicator
from metrics.periods import window

DAY = timedelta(days=1)


def due(indicator: Indicator, as_at: date) -> pl.Expr:
    """Does a row belong to the denominator on that day?"""
    return indicator.denominator.fill_null(False) & is_known_in_window(indicator, as_at, pl.col, pl.lit)


def succeeded(indicator: Indicator, as_at: date) -> pl.Expr:
    """Does a row of the denominator belong to the numerator on that day?"""
    return indicator.numerator.fill_null(False) & is_counted(indicator, as_at, pl.col, pl.lit)


def is_known_in_window(
    indicator: Indicator, as_at: date, column: Callable[[str], pl.Expr], moment: Callable[[date], pl.Expr]
) -> pl.Expr:
    """The row's date lies in the window that ends as_at, and the row is known by then."""
    first, last = window(as_at, indicator.months)
    dated = column(indicator.dated_by)
    inside = (dated > moment(first - DAY)) & (dated <= moment(last))
    known = column(indicator.known_from) <= moment(last) if indicator.known_from else pl.lit(True)
    return (inside & known).fill_null(False)


def is_counted(
    indicator: Indicator, as_at: date, column: Callable[[str], pl.Expr], moment: Callable[[date], pl.Expr]
) -> pl.Expr:
    """The success is known by as_at and has not been taken back."""
    began = column(indicator.counted_from) <= moment(as_at) if indicator.counted_from else pl.lit(True)
    lasts = pl.lit(True)
    if indicator.counted_until:
        lasts = column(indicator.counted_until).is_null() | (column(indicator.counted_until) > moment(as_at))
    return (began & lasts).fill_null(False)


@dataclass(frozen=True)
class Periods:
    """The stretches of time between the days that matter, numbered; a date is not after a day that matters exactly if
    its number is not above that day's. So rows can be gathered by number and asked about every day afterwards."""

    ends: tuple[date, ...]

    @classmethod
    def around(cls, days: Sequence[date], months: int) -> "Periods":
        """The periods cut by the first and last days of the windows ending on `days`."""
        ends = {edge for day in days for edge in (window(day, months)[0] - DAY, day)}
        return cls(tuple(sorted(ends)))

    def number(self, day: date) -> int:
        """The number of the period that ends on `day`. Raises ValueError where none does."""
        return self.ends.index(day)

    def numbers(self, column: str) -> pl.Expr:
        """The number of the period each date of a column lies in; null stays null."""
        length = (self.ends[-1] - self.ends[0]).days + 2
        days = pl.date_range(self.ends[0], self.ends[-1] + DAY, eager=True)
        table = pl.Series(self.ends).search_sorted(days, side="left").cast(pl.UInt8)
        index = pl.col(column).to_physical() - (self.ends[0] - date(1970, 1, 1)).days
        return pl.lit(table).gather(index.clip(0, length - 1).cast(pl.UInt32)).alias(column)

"""Working days: Monday to Friday, not a bank holiday in England (design §4), as Polars expressions.

Counting is a lookup over one calendar, because a function per pair of dates costs three times as much.
"""

from datetime import date
from functools import cache

import holidays
import polars as pl

FIRST_YEAR, LAST_YEAR = 1989, 2101
_ORIGIN = date(FIRST_YEAR, 1, 1)
_ORIGIN_DAY = (_ORIGIN - date(1970, 1, 1)).days


@cache
def bank_holidays() -> frozenset[date]:
    """Every bank holiday in England in the years the calendar covers."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST_YEAR, LAST_YEAR + 1)))


@cache
def _calendar() -> tuple[pl.Series, pl.Series]:
    """(working days in order, number of working days up to and including each calendar day)."""
    off = bank_holidays()
    days = pl.date_range(_ORIGIN, date(LAST_YEAR, 12, 31), eager=True)
    works = (days.dt.weekday() <= 5) & ~days.is_in(list(off))
    return days.filter(works), works.cast(pl.Int32).cum_sum()


def _counted(day: pl.Expr) -> pl.Expr:
    index = day.to_physical() - _ORIGIN_DAY
    inside = index.is_between(0, len(_calendar()[1]) - 1)
    return pl.lit(_calendar()[1]).gather(pl.when(inside).then(index).cast(pl.UInt32))


def add_working_days(day: pl.Expr, days: int) -> pl.Expr:
    """The date `days` working days after a date column: the n-th working day after it; null where the date is null or
    outside the calendar's years."""
    return pl.lit(_calendar()[0]).gather((_counted(day) + (days - 1)).cast(pl.UInt32))


def working_days(first: pl.Expr, last: pl.Expr) -> pl.Expr:
    """How many working days d there are with first < d <= last (negative where last comes before first)."""
    return _counted(last) - _counted(first)


def add_working_days_to(day: date, days: int) -> date:
    """The same for one date."""
    found: date = _calendar()[0][int(_calendar()[1][(day - _ORIGIN).days]) + days - 1]
    return found


def is_working_day(day: date) -> bool:
    """Is this a working day?"""
    return day.weekday() < 5 and day not in bank_holidays()

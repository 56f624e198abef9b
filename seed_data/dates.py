"""Days as NumPy holds them: working days of England, rates that change over time, and the days the records cover."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from metrics.working_days import bank_holidays

Days = NDArray[np.datetime64]
Shares = NDArray[np.float64]
Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]

# A rate is one number, or (ISO date, number) knots with straight lines between them.
Rate = float | tuple[tuple[str, float], ...]

FIRST_DAY = date(2023, 4, 1)
AS_AT = date(2026, 9, 30)
EXTRACT_DATE = date(2026, 10, 15)
FIRST = np.datetime64(FIRST_DAY, "D")
LAST = np.datetime64(EXTRACT_DATE, "D")
ALL_DAYS: Days = np.arange(FIRST, LAST + 1)
NEVER = np.datetime64("NaT", "D")

CALENDAR = np.busdaycalendar(holidays=[np.datetime64(day, "D") for day in sorted(bank_holidays())])


def add_working_days(days: Days, count: Whole | int) -> Days:
    """The count-th working day after each day (itself where count is 0); a missing day stays missing."""
    moved: Days = np.busday_offset(days, count, roll="preceding", busdaycal=CALENDAR)
    landed: Days = np.where(np.asarray(count) == 0, days, moved)
    return landed


def working_days(start: Days, end: Days) -> Whole:
    """Working days d with start < d <= end; 0 where either day is missing."""
    known = ~np.isnat(start) & ~np.isnat(end)
    one = np.timedelta64(1, "D")
    first = np.where(known, start, FIRST) + one
    last = np.where(known, end, FIRST) + one
    return np.where(known, np.busday_count(first, last, busdaycal=CALENDAR), 0).astype(np.int64)


def rate_at(rate: Rate, days: Days) -> Shares:
    """The rate on each day. Missing days read as the first day."""
    known = np.where(np.isnat(days), FIRST, days)
    if not isinstance(rate, tuple):
        return np.full(len(days), float(rate))
    knots = np.array([np.datetime64(day, "D") for day, _ in rate]).astype(np.int64)
    values: Shares = np.interp(known.astype("datetime64[D]").astype(np.int64), knots, [value for _, value in rate])
    return values


def happened(days: Days) -> Days:
    """The same days, with those after the extract date missing: they have not happened yet."""
    return np.where(days > LAST, NEVER, days)


def later(days: Days, counts: Whole) -> Days:
    """Calendar days later; a missing day stays missing."""
    moved: Days = days + counts.astype("timedelta64[D]")
    return moved

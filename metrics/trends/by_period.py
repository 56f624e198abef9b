"""Every line counted by month and by quarter: periods that do not overlap, each known at its own end.

The readings speak for twelve months; a control chart needs periods that share no case. The same tally counts both: a
line is its indicator with a window of one month or of three. Where a figure settles some months after the period, the
window that ends on the day it is read is counted twice, with and without the period, and the one taken from the other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl
from dateutil.relativedelta import relativedelta

from metrics.counting.tally import tally
from metrics.indicator import Indicator
from metrics.periods import DAY
from metrics.populations import population
from metrics.records import Records
from metrics.trends.lines import QUARTERS_ONLY, Line
from metrics.trends.rows import Period

MONTHS, QUARTERS = 36, 20
MOST: Mapping[Period, int] = {"month": MONTHS, "quarter": QUARTERS}
LENGTH: Mapping[Period, int] = {"month": 1, "quarter": 3}
# Records begin with a period if the first of them falls into its first days.
FIRST_DAYS = timedelta(days=14)
SCHEMA = {"key": pl.String, "end": pl.Date, "numerator": pl.Int64, "denominator": pl.Int64}


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One line in one kind of period: ends, k and n, oldest first; only whole periods the records cover."""

    ends: tuple[date, ...]
    k: tuple[int, ...]
    n: tuple[int, ...]


def period_ends(as_at: date, period: Period, count: int) -> list[date]:
    """The ends of the last `count` whole months or calendar quarters by as_at, oldest first."""
    length = LENGTH[period]
    following = (as_at + DAY).replace(day=1)
    following -= relativedelta(months=(following.month - 1) % length)
    return [following - relativedelta(months=length * back) - DAY for back in reversed(range(count))]


def first_day(end: date, period: Period) -> date:
    """The first day of the period that ends on `end`."""
    return end + DAY - relativedelta(months=LENGTH[period])


def counted_by_period(
    records: Records, lines: Sequence[Line], as_at: date, *, newest: date | None
) -> Mapping[tuple[str, Period], Counted]:
    """Each line by month and by quarter. `newest`: the day of the newest record, after which no period is whole."""
    begun = _first_days(records, [line.indicator for line in lines])
    found: dict[tuple[str, Period], Counted] = {}
    for period, count in MOST.items():
        asked = [line for line in lines if period == "quarter" or line.indicator.key not in QUARTERS_ONLY]
        days = period_ends(as_at, period, count)
        counts = _counts(records, asked, days, LENGTH[period])
        for line in asked:
            key = line.indicator.key
            found[key, period] = _whole(counts.get(key, {}), line, days, period, begun=begun.get(key), newest=newest)
    return found


Counts = dict[str, dict[date, tuple[int, int]]]


def _counts(records: Records, lines: Sequence[Line], days: Sequence[date], length: int) -> Counts:
    """Line to the day a period is read to its k and n."""
    outer = [_over(line.indicator, line.settles + length, "") for line in lines]
    inner = [_over(line.indicator, line.settles, "without ") for line in lines if line.settles]
    tallied = tally(records, [*outer, *inner], days)
    whole = tallied.group_by("key", "as_at").agg(pl.col("numerator", "denominator").sum())
    found: dict[tuple[str, date], tuple[int, int]] = {(key, day): (k, n) for key, day, k, n in whole.iter_rows()}
    counts: Counts = {}
    for line in lines:
        key = line.indicator.key
        for day in days:
            k, n = found.get((key, day), (0, 0))
            less_k, less_n = found.get((f"without {key}", day), (0, 0))
            counts.setdefault(key, {})[day] = (k - less_k, n - less_n)
    return counts


def _over(indicator: Indicator, months: int, prefix: str) -> Indicator:
    return replace(indicator, key=f"{prefix}{indicator.key}", months=months)


def _first_days(records: Records, indicators: Iterable[Indicator]) -> dict[str, date | None]:
    """Line to the first day any row of its population is dated."""
    of: dict[str, list[Indicator]] = {}
    for each in indicators:
        of.setdefault(each.population, []).append(each)
    frames = [
        population(records, name).select(pl.col(column).min() for column in sorted({each.dated_by for each in group}))
        for name, group in of.items()
    ]
    rows = [frame.row(0, named=True) for frame in pl.collect_all(frames)]
    return {each.key: row[each.dated_by] for group, row in zip(of.values(), rows, strict=True) for each in group}


def _whole(
    counts: Mapping[date, tuple[int, int]],
    line: Line,
    days: Sequence[date],
    period: Period,
    *,
    begun: date | None,
    newest: date | None,
) -> Counted:
    ends, pairs = [], []
    for day in days:
        end = (day + DAY) - relativedelta(months=line.settles) - DAY
        begins = first_day(end, period)
        if begun is None or newest is None or begun > begins + FIRST_DAYS or newest < end - FIRST_DAYS:
            continue
        ends.append(end)
        pairs.append(counts.get(day, (0, 0)))
    return Counted(ends=tuple(ends), k=tuple(k for k, _ in pairs), n=tuple(n for _, n in pairs))

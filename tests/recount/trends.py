"""Control charts again in plain Python: loops, `statistics` and exact sums of chances, from the written rules alone."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import comb, exp, factorial
from statistics import fmean

SAME = 1e-9


def xmr(values: Sequence[float], *, screened: bool) -> dict[str, float]:
    """mean, low, high, near_low, near_high."""
    mean = fmean(values)
    ranges = [abs(after - before) for before, after in zip(values, values[1:], strict=False)]
    typical = fmean(ranges)
    if screened:
        typical = fmean([each for each in ranges if each <= 3.267 * typical + SAME * max(map(abs, values))])
    reach = 2.66 * typical
    return {
        "mean": mean,
        "low": mean - reach,
        "high": mean + reach,
        "near_low": mean - 2 * reach / 3,
        "near_high": mean + 2 * reach / 3,
    }


def named(values: Sequence[float], lines: dict[str, float]) -> list[list[str]]:
    """The signals of each point, by going through every run there is."""
    slack = SAME * max(map(abs, values))
    found: list[set[str]] = [set() for _ in values]
    for place, value in enumerate(values):
        if value > lines["high"] + slack or value < lines["low"] - slack:
            found[place].add("outside limits")
    for first in range(len(values) - 6):
        seven = values[first : first + 7]
        steps = [after - before for before, after in zip(seven, seven[1:], strict=False)]
        if all(step > slack for step in steps) or all(step < -slack for step in steps):
            for place in range(first, first + 7):
                found[place].add("7-point trend")
        if all(v > lines["mean"] + slack for v in seven) or all(v < lines["mean"] - slack for v in seven):
            for place in range(first, first + 7):
                found[place].add("7 on one side")
    for first in range(len(values) - 2):
        three = range(first, first + 3)
        for sign, near in ((1, lines["near_high"]), (-1, lines["near_low"])):
            here = all(sign * (values[place] - lines["mean"]) > slack for place in three)
            far = [place for place in three if sign * (values[place] - near) > slack]
            if here and len(far) >= 2:
                for place in far:
                    found[place].add("2 of 3 beyond two thirds")
    order = ["outside limits", "7-point trend", "2 of 3 beyond two thirds", "7 on one side"]
    return [[name for name in order if name in each] for each in found]


def chances_of_share(n: int, share: Fraction) -> list[float]:
    """The chance of each count of n, exactly."""
    return [float(comb(n, k) * share**k * (1 - share) ** (n - k)) for k in range(n + 1)]


def chances_of_count(expected: float, most: int) -> list[float]:
    """The chance of each count up to `most`, by Poisson's formula."""
    return [exp(-expected) * expected**k / factorial(k) for k in range(most + 1)]


def edges(chances: Sequence[float], tail: float) -> tuple[int, int]:
    """The lowest and the highest count that are not too far out: what lies beyond has a chance of at most `tail`."""
    low = next(k for k in range(len(chances)) if sum(chances[: k + 1]) > tail)
    high = next(k for k in range(len(chances)) if 1 - sum(chances[: k + 1]) <= tail)
    return low, high


def month_of(day: date) -> date:
    """The last day of the month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def quarter_of(day: date) -> date:
    """The last day of the calendar quarter."""
    return month_of(date(day.year, (day.month - 1) // 3 * 3 + 3, 1))

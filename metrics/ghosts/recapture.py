"""Capture-recapture between two detector families: a range over how far they depend on each other, never one number.

Two lists that are drawn independently show how much neither holds: the fewer they share, the more is missed. Detectors
are not independent. A resident who rings often is found twice more easily (odds ratio above 1: the plain estimate is
too low); one who is diverted at the first call leaves only one trace (below 1: too high). So the estimate is worked out
for odds ratios of ½, 1, 2 and 4, and only the whole range is told.
"""

from dataclasses import dataclass
from itertools import combinations
from math import exp, log, sqrt

import polars as pl

from metrics.counting.judge import Z95
from metrics.ghosts.words import FAMILIES

ODDS_RATIOS = (0.5, 1.0, 2.0, 4.0)
FEWEST_SHARED = 7
# Every contact of a third party that fires holds a phrase as well: the one list lies inside the other.
NESTED = frozenset({"text", "third party"})

ASSUMPTIONS = (
    "Both families looked at the same twelve months and the same households, and nobody moved in or out unseen.",
    "A household is recognised as the same one in contacts, payments and complaints.",
    "Within a family every hidden household is about equally easy to find.",
    "How far being found by one family goes with being found by the other is not known: the range runs from odds of "
    "half to four times. A dependence outside it would give a figure outside the range.",
    "What both families would count was really a hidden complaint: false alarms make the estimate too high.",
)


@dataclass(frozen=True, kw_only=True)
class AtOdds:
    """Households in all, were the odds ratio between the families this: value with 95% interval."""

    odds_ratio: float
    value: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Recapture:
    """Households found by one family, by the other and by both, and the range that follows.

    estimates   one per odds ratio, empty where there can be none; `why_not` then says why
    """

    first: str
    second: str
    by_first: int
    by_second: int
    by_both: int
    estimates: tuple[AtOdds, ...] = ()
    why_not: str = ""

    @property
    def found(self) -> int:
        """Households found by either."""
        return self.by_first + self.by_second - self.by_both

    @property
    def span(self) -> tuple[float, float] | None:
        """From the lowest estimate to the highest, over the odds ratios."""
        values = [each.value for each in self.estimates]
        return (min(values), max(values)) if values else None

    @property
    def outer(self) -> tuple[float, float] | None:
        """From the lowest end of an interval to the highest."""
        if not self.estimates:
            return None
        return min(each.low for each in self.estimates), max(each.high for each in self.estimates)


def recapture(episodes: pl.DataFrame, first: str, second: str) -> Recapture:
    """Two families against each other, households being the unit. `episodes` needs household_ref and families, any
    grade (`metrics.ghosts.episodes`). Raises ValueError for a family that does not exist or is named twice."""
    if first == second or not {first, second} <= set(FAMILIES):
        raise ValueError(f"two different families of {', '.join(FAMILIES)} are needed, not {first} and {second}")
    households = [
        episodes.filter(pl.col("families").list.contains(name))["household_ref"].unique() for name in (first, second)
    ]
    both = households[0].is_in(households[1].implode()).sum()
    return of_counts(first, second, n1=len(households[0]), n2=len(households[1]), m=int(both))


def recaptures(episodes: pl.DataFrame) -> tuple[Recapture, ...]:
    """Every pair of families, those that share most first; the first is the one to show."""
    pairs = [recapture(episodes, *pair) for pair in combinations(FAMILIES, 2)]
    return tuple(sorted(pairs, key=lambda each: (not each.estimates, -each.by_both)))


def of_counts(first: str, second: str, *, n1: int, n2: int, m: int) -> Recapture:
    """From counts: n1 found by the first family, n2 by the second, m by both."""
    why_not = _why_not(first, second, n1=n1, n2=n2, m=m)
    estimates = () if why_not else tuple(at_odds(n1, n2, m, odds_ratio) for odds_ratio in ODDS_RATIOS)
    return Recapture(
        first=first, second=second, by_first=n1, by_second=n2, by_both=m, estimates=estimates, why_not=why_not
    )


def _why_not(first: str, second: str, *, n1: int, n2: int, m: int) -> str:
    if {first, second} == NESTED:
        return "Every third party's contact that counts holds a phrase too: the families are not two looks."
    if m < FEWEST_SHARED:
        return f"Both families found {m} household{'' if m == 1 else 's'} in common; {FEWEST_SHARED} are needed."
    if m in (n1, n2):
        return "One family found nobody that the other had not found: nothing can be told of those neither found."
    return ""


def at_odds(n1: int, n2: int, m: int, odds_ratio: float) -> AtOdds:
    """Chapman's estimate, its unseen part multiplied by the odds ratio: at 1 it is (n1 + 1)(n2 + 1)/(m + 1) − 1.

    Variance (n1 + 1)(n2 + 1)(n1 − m)(n2 − m)/((m + 1)²(m + 2)); the interval is log-normal around the unseen part, so
    that it never says fewer than were found (Chao 1987). Needs n1 > m and n2 > m.
    """
    found = n1 + n2 - m
    unseen = (n1 - m) * (n2 - m) / (m + 1)
    variance = (n1 + 1) * (n2 + 1) * (n1 - m) * (n2 - m) / ((m + 1) ** 2 * (m + 2))
    spread = exp(Z95 * sqrt(log(1 + variance / unseen**2)))
    at = odds_ratio * unseen
    return AtOdds(odds_ratio=odds_ratio, value=found + at, low=found + at / spread, high=found + at * spread)

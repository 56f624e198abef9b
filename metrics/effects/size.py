"""How large an effect is, with its exact interval, and how surely a halving would have been seen. One trial at a time:
asked only of what is shown."""

from dataclasses import dataclass

import numpy as np
import scipy  # scipy.stats takes a second to import: SciPy itself loads it at its first use
from numpy.typing import NDArray
from scipy import optimize, special

from metrics.effects.verdicts import CHANCE, FEWEST, Numbers

HALVED = 0.5
INTERVAL = 0.95
_WIDEST = 40.0  # logarithm of a ratio beyond all that complaints can show


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The counts of one trial; `others` before and after, None against time alone; `expected` as
    `metrics.effects.verdicts.Judged`."""

    before: int
    after: int
    others: tuple[int, int] | None
    expected: float


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """Rate after over rate before, the comparison taken out, with its exact 95% interval. `value` is None where nothing
    came before; `low` where nothing came at all; `high` where it has no end."""

    value: float | None
    low: float | None
    high: float | None


def ratio(found: Compared) -> Ratio:
    """Against other themes the odds ratio with Fisher's interval, against time alone the odds over those expected with
    Clopper and Pearson's: each goes with the test of its verdict."""
    a, b = found.after, found.before
    if not a + b:
        return Ratio(value=None, low=None, high=None)
    if found.others is None:
        low, high = (_odds(share) / _odds(found.expected) for share in _clopper_pearson(a, a + b))
    else:
        low, high = _fishers_interval(found, found.others)
    value = a / b / _odds(found.expected) if b else None
    return Ratio(value=value, low=low, high=high if np.isfinite(high) else None)


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else float("inf")


def _clopper_pearson(k: int, n: int) -> tuple[float, float]:
    interval = scipy.stats.binomtest(k, n).proportion_ci(INTERVAL, method="exact")
    return float(interval.low), float(interval.high)


def _fishers_interval(found: Compared, others: tuple[int, int]) -> tuple[float, float]:
    """The odds ratios at which so many, and so few, after would each come one time in forty. By SciPy's own
    `odds_ratio` the same takes seconds where a theme has thousands of complaints."""
    a, n = found.after, found.after + found.before
    every, all_after = n + sum(others), found.after + others[1]
    counts = np.arange(max(0, n - (every - all_after)), min(n, all_after) + 1)
    weights = scipy.stats.hypergeom.logpmf(counts, every, all_after, n)
    tail = np.log((1 - INTERVAL) / 2)

    def solved(side: NDArray[np.bool_]) -> float:
        def beyond(log_odds: float) -> float:
            tilted = weights + counts * log_odds
            return float(special.logsumexp(tilted[side]) - special.logsumexp(tilted) - tail)

        return float(np.exp(optimize.brentq(beyond, -_WIDEST, _WIDEST)))

    low = solved(counts >= a) if a > counts[0] else 0.0
    return low, solved(counts <= a) if a < counts[-1] else float("inf")


def power(found: Compared) -> float:
    """The chance that the verdict would be *fell* if complaints had halved: as many in all, and the comparison as
    counted. 0 below 12 complaints."""
    n = found.before + found.after
    if n < FEWEST:
        return 0.0
    largest = int(np.count_nonzero(_so_few(n, found) <= CHANCE)) - 1
    halved = HALVED * found.expected / (HALVED * found.expected + 1 - found.expected)
    return float(special.bdtr(largest, n, halved)) if largest >= 0 else 0.0


def _so_few(n: int, found: Compared) -> Numbers:
    """The chance of each count after from 0 to `n`, or fewer, if nothing had changed. Fisher's test by another door:
    the share is known only as well as the comparison tells it (Thatcher 1964), which gives all chances at once."""
    counts = np.arange(n + 1)
    chances: Numbers
    if found.others is None:
        chances = special.bdtr(counts, n, found.expected)
    else:
        chances = np.cumsum(scipy.stats.betabinom.pmf(counts, n, found.others[1], found.others[0] + 1))
    return chances

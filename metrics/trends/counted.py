"""P and U charts: limits from the chance a count itself has, for counts too small or too uneven for XmR.

A share k of n has limits from the binomial distribution of each period's own n, a count per 1,000 homes from Poisson's.
They are exact, not three standard deviations of a bell: a count beyond the limit is as rare (1 in 741 on each side) as
a value three standard deviations out, and one beyond the near limit as rare (1 in 44) as two. Sides are told from the
median count, not the mean: where most quarters have none, being below the mean is no sign.

Where periods differ more than that chance explains, the limits are stretched by how much more (Laney's P′ and U′).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from metrics.trends.bands import Flags, Limits, Numbers, Places, Signs, beyond, tolerance
from metrics.trends.xmr import mean_moving_range

Family = Literal["binomial", "poisson"]

OUTSIDE = float(special.ndtr(-3.0))
NEAR = float(special.ndtr(-2.0))
# The mean distance of two neighbours that are one standard deviation wide each.
NEIGHBOURS = 1.128
OVERDISPERSED = 0.05


@dataclass(frozen=True, kw_only=True)
class Counts:
    """A frame of counted series: `k` of `n` (binomial), or `k` for an exposure `n` (poisson, n in 1,000 homes)."""

    k: Numbers
    n: Numbers
    family: Family

    @property
    def values(self) -> Numbers:
        """k over n."""
        return self.k / self.n

    @property
    def centre(self) -> Numbers:
        """All k over all n: a column."""
        total: Numbers = np.nansum(self.k, axis=1, keepdims=True) / np.nansum(self.n, axis=1, keepdims=True)
        return total

    def at_most(self, k: Numbers) -> Numbers:
        """The chance of at most so many in each period, if nothing but chance were at work."""
        rate = np.broadcast_to(self.centre, k.shape)
        if self.family == "poisson":
            found: Numbers = np.where(k < 0, 0.0, special.pdtr(np.maximum(k, 0), rate * self.n))
        else:
            n = np.nan_to_num(self.n, nan=1.0)
            found = special.bdtr(np.clip(k, 0, n), n.astype(np.int64), np.clip(rate, 0.0, 1.0))
            found = np.where(k < 0, 0.0, np.where(k >= n, 1.0, found))
        return np.where(np.isnan(self.n), np.nan, found)


def stretch(counts: Counts, *, screened: bool) -> Numbers:
    """How many times further than chance neighbouring periods lie apart: a column, 1 where chance explains it.

    Laney's ratio, taken only where the periods together differ more than chance (chi-squared, 1 in 20).
    """
    centre, n = counts.centre, counts.n
    variance = centre * (1 - centre) if counts.family == "binomial" else centre
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = np.where(variance > 0, (counts.values - centre) / np.sqrt(variance / n), 0.0)
    scores = np.where(np.isnan(n), np.nan, scores)
    ratio = mean_moving_range(scores, screened=screened) / NEIGHBOURS
    freedom = np.maximum((~np.isnan(scores)).sum(axis=1, keepdims=True) - 1, 1)
    by_chance = special.chdtrc(freedom, np.nansum(scores**2, axis=1, keepdims=True))
    return np.where((by_chance < OVERDISPERSED) & (ratio > 1), ratio, 1.0)


def counted_limits(counts: Counts, *, stretched: Numbers) -> Limits:
    """The lines of P and U charts, one value a period; `stretched` as `stretch` gives it."""
    centre = np.broadcast_to(counts.centre, counts.n.shape)

    def line(tail: float, *, above: bool) -> Numbers:
        away = _edge(counts, tail, above=above) / counts.n - centre
        return centre + stretched * away

    return Limits(
        mean=centre,
        low=line(OUTSIDE, above=False),
        high=line(OUTSIDE, above=True),
        near_low=line(NEAR, above=False),
        near_high=line(NEAR, above=True),
    )


def counted_places(counts: Counts, limits: Limits) -> Places:
    """Where counts lie, by the lines; the side of the centre by the median count."""
    by = tolerance(counts.values)
    return Places(
        side=_side(counts),
        near=beyond(counts.values, limits.near_low, limits.near_high, by=by),
        outside=beyond(counts.values, limits.low, limits.high, by=by),
    )


def places_by_chance(counts: Counts) -> Places:
    """The same without the lines, by the chance of each count: for many simulated series at once, unstretched."""
    up_to, below = counts.at_most(counts.k), counts.at_most(counts.k - 1)

    def far(tail: float) -> Signs:
        return (1 - below <= tail).astype(np.int8) - (up_to <= tail).astype(np.int8)

    return Places(side=_sided(up_to, below), near=far(NEAR), outside=far(OUTSIDE))


def _side(counts: Counts) -> Signs:
    return _sided(counts.at_most(counts.k), counts.at_most(counts.k - 1))


def _sided(up_to: Numbers, below: Numbers) -> Signs:
    return (below >= 0.5).astype(np.int8) - (up_to <= 0.5).astype(np.int8)


def _edge(counts: Counts, tail: float, *, above: bool) -> Numbers:
    """The furthest count that is not yet too far: more (above) or fewer have a chance of at most `tail`."""
    if above:
        return _fewest(counts, lambda chance: 1 - chance <= tail)
    return _fewest(counts, lambda chance: chance > tail)


def _fewest(counts: Counts, enough: Callable[[Numbers], Flags]) -> Numbers:
    """The fewest k, in each period, whose chance of at most k is `enough`: by halving, all periods at once."""
    n = np.nan_to_num(counts.n, nan=0.0)
    # No Poisson count of ours comes near twenty standard deviations out.
    expected = np.nan_to_num(counts.centre * n)
    top = n if counts.family == "binomial" else np.ceil(expected + 20 * np.sqrt(expected) + 20)
    low, high = np.zeros(n.shape), top.astype(np.float64)
    while np.any(low < high):
        middle = np.floor((low + high) / 2)
        found = enough(counts.at_most(middle))
        low, high = np.where(found | (low >= high), low, middle + 1), np.where(found & (low < high), middle, high)
    return high

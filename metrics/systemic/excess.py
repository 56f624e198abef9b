"""Is a cell fuller than chance and ordinary differences give? Counts in, chances out.

A Poisson count would call too much a signal, because complaints come in bursts and places differ. So the spread of all
cells is measured first (as the funnel plots of the NHS do, the outer tenths drawn in), and where it is wider than
Poisson the chance is that of a negative binomial with the same mean and that spread. Chances are then read together by
Benjamini and Hochberg's procedure, so that among the cells called a signal at most one in ten is one by chance.
"""

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
LEVEL = 0.10  # share of false signals among signals (our judgement)
DRAWN_IN = 0.10
# The mean square of standard normal values whose outer tenths are drawn in: what chance alone would give.
OF_PLAIN_CHANCE = 0.6787
FEWEST_CELLS = 20  # of fewer one full cell would hide itself
FEWEST_EXPECTED = 1.0  # cells that may be expected to hold one tell of the spread


@dataclass(frozen=True)
class Excess:
    """Per cell: chance of so many or more (p), and the share of false signals if everything up to it were called one
    (q); `spread` is the variance over the mean, 1 where cells vary as Poisson counts do."""

    p: Numbers
    q: Numbers
    spread: float


def excess(counts: Whole, expected: Numbers) -> Excess:
    """Every cell against its expectation, which must be above 0; empty cells belong to it as full ones do."""
    if not len(counts):
        return Excess(np.zeros(0), np.zeros(0), 1.0)
    spread = dispersion(counts, expected)
    p = chance_of_so_many(counts, expected, spread)
    return Excess(p, np.asarray(scipy.stats.false_discovery_control(p)), spread)


def dispersion(counts: Whole, expected: Numbers) -> float:
    """Variance over mean, from the cells large enough to tell; never below 1."""
    large = expected >= FEWEST_EXPECTED
    if large.sum() < FEWEST_CELLS:
        return 1.0
    z = (counts[large] - expected[large]) / np.sqrt(expected[large])
    low, high = np.quantile(z, [DRAWN_IN, 1 - DRAWN_IN])
    return max(1.0, float(np.mean(np.clip(z, low, high) ** 2)) / OF_PLAIN_CHANCE)


def chance_of_so_many(counts: Whole, expected: Numbers, spread: float) -> Numbers:
    """P(X ≥ count), X Poisson, or negative binomial with variance `spread` times its mean."""
    found: Numbers = (
        scipy.stats.poisson.sf(counts - 1, expected)
        if spread <= 1.0
        else scipy.stats.nbinom.sf(counts - 1, expected / (spread - 1), 1 / spread)
    )
    return found

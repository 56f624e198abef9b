"""From counts to a state: how sure are we that the true share is on the good side of its threshold? (design §5)

Posterior Beta(k + ½, n − k + ½); `met` from 0.8, `not met` to 0.2, else too close to call. Intervals are Wilson's at
95%. Everything here works on numbers and NumPy arrays alike.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from metrics.indicator import Better
from metrics.words import State

SURE = 0.8
DOUBT = 0.2
Z95 = float(special.ndtri(0.975))
MET, NOT_MET, TOO_CLOSE, ABSENT = 0, 1, 2, 3
STATE_WORDS: tuple[State, ...] = ("met", "not met", "too close to call", "not evidenced")

Numbers = NDArray[np.float64]


def good_side(k: Any, n: Any, threshold: Any, better: Better) -> tuple[Any, Any]:
    """(successes, line) as if higher were better: a share that should be low is the mirror image of one that should be
    high, because the prior is symmetric."""
    return (n - k, 1 - threshold) if better == "lower" else (k, threshold)


def probability_good(good: Any, n: Any, line: Any) -> Any:
    """P(true share > line) for `good` successes of `n`."""
    return special.betaincc(np.add(good, 0.5), np.subtract(n, good) + 0.5, np.clip(line, 0.0, 1.0))


def states_of(probability: Any) -> NDArray[np.int8]:
    """Codes MET, NOT_MET, TOO_CLOSE of probabilities."""
    certain = np.asarray(probability)
    return np.where(certain >= SURE, MET, np.where(certain <= DOUBT, NOT_MET, TOO_CLOSE)).astype(np.int8)


def wilson(k: float, n: float) -> tuple[float, float]:
    """Wilson's 95% interval of a share (k may be fractional where it comes from a published percentage)."""
    share, spread = k / n, Z95**2 / n
    centre = (share + spread / 2) / (1 + spread)
    half = Z95 * np.sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    return max(0.0, float(centre - half)), min(1.0, float(centre + half))


def fewest_good(n: Any, line: Any, certainty: float) -> NDArray[np.int64]:
    """The fewest whole successes of n whose P(good) reaches `certainty`; n + 1 where even n do not. Arrays welcome."""
    sizes, lines = np.broadcast_arrays(np.asarray(n, dtype=np.float64), np.asarray(line, dtype=np.float64))
    low, high = np.zeros(sizes.shape), sizes + 1
    while np.any(low < high):
        middle = np.floor((low + high) / 2)
        enough = (middle <= sizes) & (probability_good(np.minimum(middle, sizes), sizes, lines) >= certainty)
        enough |= middle > sizes
        low, high = np.where(enough | (low >= high), low, middle + 1), np.where(enough & (low < high), middle, high)
    return high.astype(np.int64)

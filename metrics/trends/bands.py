"""What a control chart draws around a series, and where each value lies in it; many series at once.

A frame of series is a two-dimensional array: a row a series, a column a period, NaN after the end of a shorter one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Signs = NDArray[np.int8]
Flags = NDArray[np.bool_]

# Rounding of the last binary digits is no distance: a value that close to a line lies on it.
SAME = 1e-9


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The lines of charts: centre, limits, and the near limits two thirds of the way to them. Arrays that fit the
    frame of series: a column of one where the lines are straight, one a period where they follow its size."""

    mean: Numbers
    low: Numbers
    high: Numbers
    near_low: Numbers
    near_high: Numbers


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where each value lies: 1 above, -1 below, 0 neither. `side` of the centre, `near` beyond the near limit (and
    further), `outside` the limit."""

    side: Signs
    near: Signs
    outside: Signs


def tolerance(values: Numbers) -> Numbers:
    """How near two numbers of a series must be to count as the same: a column."""
    filled = np.where(np.isnan(values), 0.0, np.abs(values))
    largest: Numbers = filled.max(axis=1, keepdims=True, initial=0.0)
    return largest * SAME


def beyond(values: Numbers, low: Numbers, high: Numbers, *, by: Numbers) -> Signs:
    """1 above `high`, -1 below `low`, by more than `by`. NaN lies nowhere."""
    above, below = values > high + by, values < low - by
    return above.astype(np.int8) - below.astype(np.int8)


def places(values: Numbers, limits: Limits) -> Places:
    """Where values lie in limits given as lines."""
    by = tolerance(values)
    return Places(
        side=beyond(values, limits.mean, limits.mean, by=by),
        near=beyond(values, limits.near_low, limits.near_high, by=by),
        outside=beyond(values, limits.low, limits.high, by=by),
    )

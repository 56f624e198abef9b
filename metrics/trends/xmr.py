"""XmR charts: limits from how far neighbours lie apart, for many series at once."""

import warnings

import numpy as np

from metrics.trends.bands import Limits, Numbers, tolerance

# 3 / 1.128: three standard deviations, by the mean difference of two neighbours.
MULTIPLE = 2.66
# A moving range above so many times their mean is itself a surprise (1 + 3 × 0.7555…).
SCREEN = 3.267
NEAR = 2 / 3


def xmr_limits(values: Numbers, *, screened: bool = True) -> Limits:
    """Mean ± 2.66 × mean moving range of each series (a row each); with `screened`, moving ranges above 3.267 × their
    mean are dropped, once. A series of fewer than two values has no limits: NaN."""
    mean = _mean(values)
    reach = MULTIPLE * mean_moving_range(values, screened=screened)
    return Limits(
        mean=mean,
        low=mean - reach,
        high=mean + reach,
        near_low=mean - NEAR * reach,
        near_high=mean + NEAR * reach,
    )


def mean_moving_range(values: Numbers, *, screened: bool) -> Numbers:
    """The mean distance of neighbours, a column; without the surprising ones where screened."""
    ranges = np.abs(np.diff(values, axis=1))
    mean = _mean(ranges)
    if screened:
        mean = _mean(np.where(ranges > SCREEN * mean + tolerance(values), np.nan, ranges))
    return mean


def _mean(numbers: Numbers) -> Numbers:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a series without values has no mean, which is NaN
        return np.nanmean(numbers, axis=1, keepdims=True) if numbers.shape[1] else np.full((len(numbers), 1), np.nan)

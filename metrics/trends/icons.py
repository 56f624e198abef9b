"""The two icons of a line: has the latest point changed, and can the line be counted on to reach its threshold?

Making Data Count's letters: H for high, L for low, in the colour and shape of better or worse; P, F or ? for limits
that pass the threshold always, never or now and then. A figure without a good direction, as volume is, is neither
better nor worse when it changes. The icon speaks of the latest point alone: a signal of two years ago is no news.
"""

from collections.abc import Sequence

from metrics.indicator import Better, Indicator
from metrics.trends.rows import Assurance, Point, Variation
from metrics.trends.signals import trend_direction

_BETTER: dict[tuple[Better, bool], Variation] = {
    ("higher", True): "better, high",
    ("higher", False): "worse, low",
    ("lower", True): "worse, high",
    ("lower", False): "better, low",
    ("neither", True): "changed, high",
    ("neither", False): "changed, low",
}


def variation(points: Sequence[Point], better: Better) -> Variation:
    """The icon of the latest point: by its side of the centre, or by the trend's direction where that is all there
    is."""
    latest = points[-1]
    if not latest.signals:
        return "only chance"
    if latest.signals == ("7-point trend",):
        return _BETTER[better, trend_direction([point.value for point in points]) > 0]
    return _BETTER[better, latest.is_above]


def assurance(latest: Point, indicator: Indicator) -> Assurance:
    """Whether the limits of the latest point lie on the good side of the threshold, on the bad side, or around it."""
    line = indicator.threshold.value
    if line is None or indicator.better == "neither" or latest.low is None or latest.high is None:
        return "no line"
    if indicator.bound_on == "count":
        return "no line"
    if indicator.better == "lower":
        return "passes" if latest.high <= line else "fails" if latest.low > line else "hit or miss"
    return "passes" if latest.low >= line else "fails" if latest.high < line else "hit or miss"

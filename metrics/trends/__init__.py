"""Trends: is a figure changing, or only moving? Control charts of every figure that can be counted by month or quarter.

Charts, rules and icons follow NHS England's Making Data Count; what was decided beside it is in `docs/decisions`.
"""

from metrics.trends.quarterly import quarterly
from metrics.trends.rows import LeftOut, Point, QuarterlyTrends, Rebase, Trend
from metrics.trends.single import spc

__all__ = ["LeftOut", "Point", "QuarterlyTrends", "Rebase", "Trend", "quarterly", "spc"]

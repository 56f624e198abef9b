"""The axis of days under a course of events: never finer than days, never slanted on a telephone."""

from collections.abc import Collection
from datetime import date, timedelta

import plotly.graph_objects as go

from charts.theme import SMALL

LEAST = timedelta(days=28)
TICKS = 4


def day_axis(figure: go.Figure, days: Collection[date]) -> None:
    """Lay the axis from the first of the days to the last, and over four weeks at least."""
    figure.update_xaxes(tickfont={"size": SMALL}, nticks=TICKS, tickangle=0, type="date")
    if not days:
        return
    first, last = min(days), max(days)
    if last - first < LEAST:
        spare = (LEAST - (last - first)) / 2
        figure.update_xaxes(range=[(first - spare).isoformat(), (last + spare).isoformat()])

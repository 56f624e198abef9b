"""One line of the quarterly trends as a control chart: points, centre, limits, signals by shape, events by number.

A round mark is a signal for the better, a square one for the worse, a diamond one of a figure that has no good
direction; ordinary points are small dots. Colour only repeats what the shape says.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

import plotly.graph_objects as go

from charts.chart import Chart
from charts.quarter_axis import events_in_words, mark_events
from charts.theme import SCREEN, SMALL, blank
from metrics.events import Event
from metrics.trends.icons import variation
from metrics.trends.rows import Period, Point, Trend
from metrics.trends.signals import Signal
from metrics.trends.words import (
    SIGNAL_WORDS,
    VARIATION_WORDS,
    limits_words,
    period_words,
    point_words,
    signal_words,
    threshold_said,
    value_words,
)

HALF: dict[Period, timedelta] = {"month": timedelta(days=15), "quarter": timedelta(days=45)}
MOST_TICKS = 4
SHAPES = {"better": "circle", "worse": "square", "changed": "diamond", "only chance": "circle"}
COLOURS = {
    "better": SCREEN.met,
    "worse": SCREEN.not_met,
    "changed": SCREEN.close,
    "only chance": SCREEN.accent,
}


def control_chart(row: Trend, events: Sequence[Event]) -> Chart:
    """The chart behind one row of the matrix; `events` are numbered in their order, as the page lists them."""
    figure = blank(height=320)
    figure.update_layout(margin={"l": 4, "r": 58, "t": 26, "b": 4})
    for _, stretch in groupby(row.points, key=lambda point: point.stretch):
        _band(figure, row, list(stretch))
    _course(figure, row)
    _threshold(figure, row)
    _ticks(figure, row)
    mark_events(figure, [event for event in events if event.on >= _left(row)], first=_hidden(row, events) + 1)
    figure.update_yaxes(tickformat=",.4~g" if row.indicator.per_homes else ".0%", tickfont={"size": SMALL}, nticks=5)
    return Chart(
        figure=figure,
        headline=headline(row),
        alt=f"{row.title}, by {row.period}, on a control chart. {headline(row)} "
        + " ".join(f"{period_words(p.end, row.period)}: {_said(row, p)}." for p in row.points)
        + events_in_words(events),
        columns=(row.period.capitalize(), "Value", "Centre", "What chance gives", "Signal"),
        rows=tuple(
            (
                period_words(point.end, row.period),
                point_words(row, point),
                value_words(row, point.mean),
                limits_words(row, point) or "–",
                "; ".join(SIGNAL_WORDS[name] for name in point.signals) or "–",
            )
            for point in row.points
        ),
    )


def headline(row: Trend) -> str:
    """The signal of the latest point, or that there is none."""
    if row.is_signal:
        return signal_words(row)
    latest = row.latest
    around = limits_words(row, latest)
    chance = f", where chance gives anything {around}" if around else ""
    return f"{VARIATION_WORDS[row.variation]}: {point_words(row, latest)} in {_when(row, latest)}{chance}."


def _when(row: Trend, point: Point) -> str:
    return period_words(point.end, row.period)


def _said(row: Trend, point: Point) -> str:
    names: tuple[Signal, ...] = point.signals
    return value_words(row, point.value, point.denominator) + (" (signal)" if names else "")


def _middle(row: Trend, point: Point) -> date:
    return point.end - HALF[row.period]


def _left(row: Trend) -> date:
    return _middle(row, row.points[0]) - HALF[row.period]


def _hidden(row: Trend, events: Sequence[Event]) -> int:
    return sum(event.on < _left(row) for event in events)


def _band(figure: go.Figure, row: Trend, points: Sequence[Point]) -> None:
    """Limits as a band, near limits as thin lines within it, the centre; steps where the limits follow the numbers."""
    drawn = [point for point in points if point.low is not None]
    if not drawn:
        return
    half = HALF[row.period]
    days = [day for point in drawn for day in (_middle(row, point) - half, _middle(row, point) + half)]

    def steps(name: str) -> list[float]:
        return [getattr(point, name) for point in drawn for _ in range(2)]

    figure.add_trace(
        go.Scatter(
            x=[*days, *reversed(days)], y=[*steps("high"), *reversed(steps("low"))], fill="toself",
            fillcolor=SCREEN.band, line={"width": 0}, mode="lines", hoverinfo="skip", name="what chance gives",
        )
    )  # fmt: skip
    for name, dash in (("mean", "solid"), ("near_low", "dot"), ("near_high", "dot")):
        figure.add_trace(
            go.Scatter(
                x=days, y=steps(name), mode="lines", hoverinfo="skip", name=name,
                line={"color": SCREEN.muted, "width": 1.5 if name == "mean" else 1, "dash": dash},
            )
        )  # fmt: skip


def _course(figure: go.Figure, row: Trend) -> None:
    kinds = [_kind(row, place) for place in range(len(row.points))]
    figure.add_trace(
        go.Scatter(
            x=[_middle(row, point) for point in row.points],
            y=[point.value for point in row.points],
            mode="lines+markers",
            line={"color": SCREEN.accent, "width": 1.5},
            marker={
                "size": [6 if kind == "only chance" else 12 for kind in kinds],
                "symbol": [SHAPES[kind] for kind in kinds],
                "color": [COLOURS[kind] for kind in kinds],
                "line": {"color": SCREEN.card, "width": 1},
                "opacity": 1,
            },
            text=[_hover(row, point) for point in row.points],
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
            name=row.title,
        )
    )
    latest = row.latest
    figure.add_annotation(
        x=_middle(row, latest), y=latest.value, text=f"<b>{value_words(row, latest.value, latest.denominator)}</b>",
        showarrow=False, xanchor="left", xshift=11, font={"size": SMALL, "color": SCREEN.ink},
    )  # fmt: skip


def _kind(row: Trend, place: int) -> str:
    return variation(row.points[: place + 1], row.indicator.better).partition(",")[0]


def _hover(row: Trend, point: Point) -> str:
    found = "; ".join(SIGNAL_WORDS[name] for name in point.signals)
    return "<br>".join(
        part
        for part in (_when(row, point), point_words(row, point), f"chance: {limits_words(row, point)}", found)
        if part
    )


def _threshold(figure: go.Figure, row: Trend) -> None:
    said, line = threshold_said(row), row.indicator.threshold.value
    if not said or line is None:
        return
    figure.add_hline(y=line, line={"color": SCREEN.ink, "width": 1, "dash": "dash"})
    figure.add_annotation(
        x=0, xref="paper", y=line, text=f"threshold: {said}", showarrow=False, xanchor="left", yanchor="bottom",
        font={"size": SMALL, "color": SCREEN.ink},
    )  # fmt: skip


def _ticks(figure: go.Figure, row: Trend) -> None:
    """Few enough labels for a telephone, the last point's always."""
    every = max(1, -(-len(row.points) // MOST_TICKS))
    shown = row.points[::-1][::every]
    figure.update_xaxes(
        tickvals=[_middle(row, point) for point in shown],
        ticktext=[f"{point.end:%b %y}" for point in shown],
        tickangle=0,
        range=[_left(row).isoformat(), row.latest.end.isoformat()],
        tickfont={"size": SMALL},
    )

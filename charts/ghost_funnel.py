"""Complaints logged against those expected, by size: a funnel whose lower edge is the alarm."""

from collections.abc import Sequence
from math import log10

import plotly.graph_objects as go

from charts.chart import Chart
from charts.theme import SCREEN, SMALL, blank, plain
from metrics.ghosts.funnel import INNER_LIMIT, LIMIT, limits
from metrics.ghosts.where import Funnel, Place
from metrics.small_numbers import NOT_SHOWN, written

NAMES = {"team": "team", "contractor": "contractor", "area": "area", "channel": "channel", "category": "service area"}
SYMBOLS = {"low": "triangle-down", "high": "circle", "as expected": "circle"}
TICKS = (10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 200_000)
RATIOS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.4, 2.0, 3.0, 5.0)
STEPS = 60
MOST_LABELS = 4
LONGEST_NAME = 24
LOWEST = 0.02  # a ratio of nothing is drawn here, at the foot of the scale


def ghost_funnel(found: Funnel) -> Chart:
    """A point for each place compared; those that log too little point downwards and carry their name. Greyed places
    stand in the table with the reason."""
    figure = blank(height=340)
    figure.update_layout(margin={"l": 8, "r": 16, "t": 10, "b": 34})
    if found.compared and found.target is not None and found.tau2 is not None:
        sizes = [place.adjusted for place in found.compared]
        _edges(figure, found.target, found.tau2, low=min(sizes), high=max(sizes))
        _points(figure, found.compared)
        _labels(figure, [place for place in found.alarms if place.ratio is not None][:MOST_LABELS])
    figure.update_xaxes(
        title={"text": "contacts that could have become a complaint", "font": {"size": SMALL}}, type="log",
        tickvals=list(TICKS),
        ticktext=[f"{each:,}" for each in TICKS], tickfont={"size": SMALL},
        automargin=True,
    )  # fmt: skip
    figure.update_yaxes(
        type="log", tickvals=list(RATIOS), ticktext=[f"{each:g}" for each in RATIOS],
        tickfont={"size": SMALL}, automargin=True,
    )  # fmt: skip
    name = NAMES[found.by]
    return Chart(
        figure=figure,
        headline=headline(found),
        alt=f"Funnel of complaints logged against those to be expected from the contacts taken, by {name}; low is the "
        "alarm. " + " ".join(f"{place.name}: {_said(place)}." for place in found.places) + found.why_not,
        columns=(name.capitalize(), "Complaints", "Contacts", "Expected", "Logged ÷ expected", "Ordinary range",
                 "Hidden stages", "In words"),
        rows=tuple(_row(place) for place in found.places) or (("–",) * 7 + (found.why_not or "Nothing to compare.",),),
    )  # fmt: skip


def headline(found: Funnel) -> str:
    """Who logs too little, in a line."""
    name = NAMES[found.by]
    if found.why_not:
        return found.why_not
    if not found.compared:
        return f"Too few are large enough to compare by {name}"
    if not found.alarms:
        return f"No {name} logs fewer complaints than its contacts lead to elsewhere"
    shown = ", ".join(place.name for place in found.alarms[:MOST_LABELS])
    left = len(found.alarms) - MOST_LABELS
    more = f" and {left} more" if left > 0 else ""
    return f"Few complaints are logged for the contacts taken: {shown}{more}"


def _said(place: Place) -> str:
    if place.ratio is None:
        return f"not compared. {place.why}"
    return f"{written(place.complaints)} logged, {place.expected or 0:,.0f} expected, {place.state}"


def _row(place: Place) -> tuple[str, ...]:
    edges = f"{place.low:.2f} to {place.high:.2f}" if place.low is not None and place.high is not None else "–"
    return (
        place.name,
        written(place.complaints),
        written(place.contacts),
        NOT_SHOWN if place.expected is None else f"{place.expected:,.1f}",
        "–" if place.ratio is None else f"{place.ratio:.2f}",
        edges,
        written(place.hidden),
        place.why or place.state,
    )


def _edges(figure: go.Figure, target: float, tau2: float, *, low: float, high: float) -> None:
    """The band of chance and ordinary differences, its inner half darker, and the target."""
    first, last = low * 0.8, high * 1.25
    sizes = [first * (last / first) ** (step / (STEPS - 1)) for step in range(STEPS)]
    for width, colour in ((LIMIT, SCREEN.hairline), (INNER_LIMIT, SCREEN.band)):
        edges = [limits(target, tau2, size, width=width) for size in sizes]
        figure.add_trace(
            go.Scatter(
                x=[*sizes, *reversed(sizes)],
                y=[max(LOWEST, each[1] / target) for each in edges]
                + [max(LOWEST, each[0] / target) for each in reversed(edges)],
                mode="lines",
                fill="toself",
                fillcolor=colour,
                line={"width": 0},
                hoverinfo="skip",
                name="ordinary range",
            )
        )
    figure.add_hline(y=1, line={"color": SCREEN.muted, "width": 1, "dash": "dot"})


def _points(figure: go.Figure, places: Sequence[Place]) -> None:
    figure.add_trace(
        go.Scatter(
            x=[place.adjusted for place in places],
            y=[max(LOWEST, place.ratio or 0.0) for place in places],
            mode="markers",
            marker={
                "size": [14 if place.state == "low" else 10 for place in places],
                "symbol": [SYMBOLS[place.state] for place in places],
                "color": [SCREEN.not_met if place.state == "low" else SCREEN.accent for place in places],
                "line": {"color": SCREEN.card, "width": 1},
                "opacity": 1,
            },
            text=[
                f"{plain(place.name)}<br>{_said(place)}<br>hidden stages: {written(place.hidden)}" for place in places
            ],
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
            name="places",
        )
    )


def _labels(figure: go.Figure, places: Sequence[Place]) -> None:
    for place in places:
        name = place.name if len(place.name) <= LONGEST_NAME else f"{place.name[: LONGEST_NAME - 1]}…"
        figure.add_annotation(
            x=log10(place.adjusted), y=log10(max(LOWEST, place.ratio or 0.0)), text=plain(name), showarrow=False,
            yshift=15, font={"size": SMALL, "color": SCREEN.ink},
        )  # fmt: skip

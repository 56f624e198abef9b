"""Positions over the last quarters: a line from quarter to quarter, hollow where a quarter lies between two levels."""

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

from charts.chart import Chart
from charts.quarter_axis import events_in_words, mark_events
from charts.theme import SCREEN, SMALL, blank
from metrics.events import Event
from metrics.periods import quarter_label
from metrics.reading import Quarter
from metrics.sentences.position import SURE_ENOUGH, hundredths, position_words
from metrics.sentences.supporting import trajectory_words
from metrics.words import FOUNDATIONS_NOT_SECURE, NOT_STATED, POSITIONS

SHORT = {FOUNDATIONS_NOT_SECURE: "not secure"}


def trajectory(quarters: tuple[Quarter, ...], events: Sequence[Event] = ()) -> Chart:
    """One marker a quarter; quarters without a position leave a gap. `events` are marked by number in their order, each
    between the quarter ends it lies between."""
    figure = blank(height=256)
    figure.update_layout(margin={"l": 4, "r": 8, "t": 26, "b": 4})
    places = [POSITIONS.index(quarter.position) if quarter.position in POSITIONS else None for quarter in quarters]
    labels = [f"{quarter.as_at:%b %y}" for quarter in quarters]
    hollow = [is_between(quarter) for quarter in quarters]
    last = len(quarters) - 1
    figure.add_trace(
        go.Scatter(
            x=list(range(len(quarters))),
            y=places,
            mode="lines+markers",
            connectgaps=False,
            line={"color": SCREEN.accent, "width": 2.5},
            marker={
                "size": [13 if place == last else 10 for place in range(len(quarters))],
                "color": [SCREEN.card if each else SCREEN.accent for each in hollow],
                "line": {"color": SCREEN.accent, "width": 2},
                "opacity": 1,
            },
            text=[_hover(quarter) for quarter in quarters],
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
        )
    )
    every = max(1, -(-len(labels) // 4))
    shown = [place for place in range(len(labels)) if (last - place) % every == 0]
    figure.update_xaxes(
        tickvals=shown, ticktext=[labels[place] for place in shown], range=[-0.3, last + 0.3], tickfont={"size": SMALL}
    )
    figure.update_yaxes(
        tickvals=list(range(len(POSITIONS))),
        ticktext=[f"{SHORT.get(position, position)}  " for position in POSITIONS],
        range=[-0.35, len(POSITIONS) - 0.65],
        tickfont={"size": SMALL},
    )
    mark_events(figure, events, at=lambda day: _place(day, quarters))
    return Chart(
        figure=figure,
        headline=trajectory_words(quarters),
        alt="A line of the position at each quarter end. "
        + " ".join(f"{label}: {_said(quarter)}." for label, quarter in zip(labels, quarters, strict=True))
        + events_in_words(events),
        columns=("Quarter", "Position", "Re-runs in 100 that gave it"),
        rows=tuple(
            (quarter_label(quarter.as_at), _said(quarter), hundredths(quarter.probability.get(quarter.position, 0)))
            if quarter.position != NOT_STATED
            else (quarter_label(quarter.as_at), "not stated", "–")
            for quarter in quarters
        ),
    )


def _place(day: date, quarters: Sequence[Quarter]) -> float:
    """Where a day lies on the axis of quarters, in parts of the quarter it falls into."""
    number = sum(quarter.as_at < day for quarter in quarters)
    if not 0 < number < len(quarters):
        return float(min(number, len(quarters) - 1))
    before, after = quarters[number - 1].as_at, quarters[number].as_at
    return number - 1 + (day - before) / (after - before)


def is_between(quarter: Quarter) -> bool:
    """Whether the quarter lies between two levels: no position came out of the re-runs often enough."""
    return quarter.position != NOT_STATED and max(quarter.probability.values(), default=0) < SURE_ENOUGH


def _said(quarter: Quarter) -> str:
    between = ", between two levels" if is_between(quarter) else ""
    return f"{position_words(quarter.position)}{between}"


def _hover(quarter: Quarter) -> str:
    share = hundredths(quarter.probability.get(quarter.position, 0))
    return f"{quarter_label(quarter.as_at)}: {_said(quarter)}<br>{share} of 100 re-runs"

"""A time axis of whole quarters, and what happened meanwhile marked on it by number."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import plotly.graph_objects as go

from charts.theme import SCREEN, SMALL
from metrics.events import Event
from metrics.phrasing import day

HALF = timedelta(days=45)
MOST_TICKS = 4
APART = timedelta(days=75)


def middle(end: date) -> date:
    """Where a quarter is drawn: in its middle, so that what happened within it stands beside it."""
    return end - HALF


def quarter_ticks(figure: go.Figure, ends: Sequence[date]) -> None:
    """Label few enough quarters that they fit a phone, the last one always."""
    every = max(1, -(-len(ends) // MOST_TICKS))
    shown = list(ends)[::-1][::every]
    first, last = middle(ends[0]) - HALF, ends[-1]
    figure.update_xaxes(
        tickvals=[middle(end) for end in shown],
        ticktext=[f"{end:%b %y}" for end in shown],
        tickangle=0,
        range=[first.isoformat(), last.isoformat()],
        tickfont={"size": SMALL},
    )


def mark_events(
    figure: go.Figure, events: Sequence[Event], *, first: int = 1, at: Callable[[date], str | float] = date.isoformat
) -> None:
    """A dotted line for each event, with its number at the top, from `first` on; the page lists what the numbers stand
    for. `at` puts a day on an axis that is not one of days."""
    line = {"color": SCREEN.muted, "width": 1, "dash": "dot"}
    days = [at(event.on) for event in events]
    shapes = [{"type": "line", "x0": day, "x1": day, "yref": "paper", "y0": 0, "y1": 1, "line": line} for day in days]
    words = {"y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False}
    font = {"size": SMALL, "color": SCREEN.ink}
    notes = [{"x": at(day), "text": numbers, "font": font, **words} for day, numbers in _labels(events, first)]
    # All at once: Plotly checks the whole layout again for each line added by itself.
    figure.update_layout(
        shapes=[*figure.layout.shapes, *shapes], annotations=[*figure.layout.annotations, *notes], overwrite=True
    )


def _labels(events: Sequence[Event], first: int) -> list[tuple[date, str]]:
    """Numbers to write; events too close to each other to be written apart share a label."""
    labels: list[tuple[date, str]] = []
    for number, event in enumerate(events, start=first):
        if labels and event.on - labels[-1][0] < APART:
            labels[-1] = (labels[-1][0], f"{labels[-1][1]}, {number}")
        else:
            labels.append((event.on, str(number)))
    return labels


def events_in_words(events: Sequence[Event]) -> str:
    """The same for whoever cannot see the lines."""
    said = "; ".join(f"{event.title}, {day(event.on)}" for event in events)
    return f" Marked: {said}." if said else ""

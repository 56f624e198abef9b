"""One indicator over the quarters: value, interval and the line it is held against."""

from collections.abc import Sequence

import plotly.graph_objects as go

from charts.chart import Chart
from charts.quarter_axis import events_in_words, mark_events
from charts.theme import SCREEN, SMALL, blank
from metrics.events import Event
from metrics.periods import quarter_label
from metrics.reading import Reading
from metrics.sentences.figures import n_of_m, threshold_words, value_words


def trend(readings: tuple[Reading, ...], events: Sequence[Event] = ()) -> Chart:
    """The readings of one indicator, oldest first. Quarters without a value leave a gap. `events` are marked by number
    in their order."""
    declared = readings[-1].indicator
    days = [reading.as_at for reading in readings]
    values = [_value(reading) for reading in readings]
    figure = blank(height=250)
    figure.update_layout(margin={"l": 4, "r": 8, "t": 26, "b": 4})
    _interval(figure, readings)
    figure.add_trace(
        go.Scatter(
            x=days,
            y=values,
            mode="lines+markers",
            connectgaps=False,
            line={"color": SCREEN.accent, "width": 2.5},
            marker={"size": 8, "color": SCREEN.accent},
            text=[f"{quarter_label(r.as_at)}: {value_words(r)} {n_of_m(r)}" for r in readings],
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
            name=declared.title,
        )
    )
    line = readings[-1].threshold
    if line is not None:
        figure.add_hline(y=line, line={"color": SCREEN.ink, "width": 1, "dash": "dash"})
        figure.add_annotation(
            x=0, xref="paper", y=line, text=f"threshold: {threshold_words(readings[-1])}", showarrow=False,
            xanchor="left", yanchor="bottom", font={"size": SMALL, "color": SCREEN.ink},
        )  # fmt: skip
    figure.update_xaxes(tickvals=days[::-2], ticktext=[f"{day:%b %y}" for day in days[::-2]], tickfont={"size": SMALL})
    mark_events(figure, events)
    figure.update_yaxes(tickformat=".0%" if _is_share(readings[-1]) else ",.4~g", tickfont={"size": SMALL}, nticks=5)
    return Chart(
        figure=figure,
        headline=_headline(readings),
        alt=f"{declared.title}, twelve months to each quarter end. "
        + " ".join(f"{reading.as_at:%b %Y}: {value_words(reading)}." for reading in readings)
        + events_in_words(events),
        columns=("Quarter", "Value", "Counted", "State"),
        rows=tuple((quarter_label(r.as_at), value_words(r), n_of_m(r) or "–", r.state or "–") for r in readings),
    )


def _is_share(reading: Reading) -> bool:
    return reading.indicator.bound_on == "share" and not reading.indicator.per_homes


def _value(reading: Reading) -> float | None:
    if reading.state == "not evidenced":
        return None
    return reading.numerator if reading.indicator.bound_on == "count" else reading.value


def _interval(figure: go.Figure, readings: tuple[Reading, ...]) -> None:
    known = [r for r in readings if r.low is not None and r.high is not None and r.state != "not evidenced"]
    if len(known) < 2:
        return
    days = [reading.as_at for reading in known]
    figure.add_trace(
        go.Scatter(
            x=[*days, *reversed(days)],
            y=[*(reading.high for reading in known), *(reading.low for reading in reversed(known))],
            mode="lines",
            fill="toself",
            fillcolor=SCREEN.band,
            line={"width": 0},
            hoverinfo="skip",
            name="likely range",
        )
    )


def _headline(readings: tuple[Reading, ...]) -> str:
    known = [reading for reading in readings if _value(reading) is not None]
    if len(known) < 2:
        return "Too few quarters to show a course"
    first, last = known[0], known[-1]
    return f"From {value_words(first)} in {first.as_at:%B %Y} to {value_words(last)} in {last.as_at:%B %Y}"

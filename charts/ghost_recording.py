"""Recorded complaints and the hidden share together, year by quarter end: better recording raises the one and lowers
the other. No colour of judgement."""

from collections.abc import Callable, Sequence

import plotly.graph_objects as go

from charts.chart import Chart
from charts.quarter_axis import events_in_words, mark_events, middle, quarter_ticks
from charts.theme import SCREEN, SMALL, blank
from metrics.events import Event
from metrics.ghosts.recording import Recording, Year
from metrics.periods import quarter_label
from metrics.phrasing import day, short_day

TOP, BOTTOM = (0.45, 1.0), (0.0, 0.3)


def ghost_recording(found: Recording, events: Sequence[Event] = ()) -> Chart:
    """Two panels on one axis of time: recorded above, ghost share with its range below. Twelve months to each quarter
    end, so that seasons do not show. `events` are marked by number in their order."""
    years = found.years
    figure = blank(height=340)
    figure.update_layout(
        margin={"l": 4, "r": 66, "t": 26, "b": 26},
        yaxis={"domain": list(TOP)},
        yaxis2={"domain": list(BOTTOM), "gridcolor": SCREEN.hairline, "zeroline": False, "fixedrange": True},
    )
    figure.update_yaxes(rangemode="tozero", tickfont={"size": SMALL, "color": SCREEN.muted}, nticks=4, automargin=True)
    figure.update_layout(yaxis2={"tickformat": ".0%"})
    counted = [(year, float(year.recorded)) for year in years if year.recorded is not None]
    shares = [(year, year.ghost_share) for year in years if year.ghost_share is not None]
    _range(figure, years)
    _line(figure, counted, axis="y", title="complaints recorded", said=lambda value: f"{value:,.0f}")
    _line(figure, shares, axis="y2", title="hidden share", said=lambda value: f"{value:.1%}")
    if years:
        quarter_ticks(figure, [year.end for year in years])
        mark_events(figure, events)
    figure.update_layout(xaxis={"anchor": "y2"})
    return Chart(
        figure=figure,
        headline=headline(found),
        alt="Complaints recorded and the hidden share of dissatisfaction, twelve months to each quarter end. "
        + " ".join(f"{quarter_label(year.end)}: {_recorded(year)} recorded, {_share(year)} hidden." for year in years)
        + f" {found.split.words if found.split else found.why_not}"
        + events_in_words(events),
        columns=("Twelve months to", "Recorded", "Never logged", "Hidden share", "Range", "With a hidden stage"),
        rows=tuple(
            (
                day(year.end),
                _recorded(year),
                "not evidenced" if year.hidden is None else f"{year.hidden:,}",
                _share(year),
                f"{year.interval[0]:.1%} to {year.interval[1]:.1%}" if year.interval else "–",
                "not evidenced" if year.staged is None else f"{year.staged:,}",
            )
            for year in years
        ),
    )


def headline(found: Recording) -> str:
    """What the change is made of, in a line."""
    if found.split is None:
        return found.why_not
    return found.split.words


def _recorded(year: Year) -> str:
    return "not evidenced" if year.recorded is None else f"{year.recorded:,}"


def _share(year: Year) -> str:
    return "not evidenced" if year.ghost_share is None else f"{year.ghost_share:.1%}"


def _line(
    figure: go.Figure, points: Sequence[tuple[Year, float]], *, axis: str, title: str, said: Callable[[float], str]
) -> None:
    if not points:
        return
    figure.add_trace(
        go.Scatter(
            x=[middle(year.end) for year, _ in points],
            y=[value for _, value in points],
            yaxis=axis,
            mode="lines+markers",
            line={"color": SCREEN.accent, "width": 2.5, "dash": "solid" if axis == "y" else "dot"},
            marker={"size": 8, "symbol": "circle" if axis == "y" else "diamond"},
            text=[f"year to {short_day(year.end)}<br>{title}: {said(value)}" for year, value in points],
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
            name=title,
        )
    )
    year, value = points[-1]
    figure.add_annotation(
        x=middle(year.end), y=value, yref=axis, text=f"<b>{said(value)}</b>", showarrow=False, xanchor="left",
        xshift=9, font={"size": SMALL, "color": SCREEN.ink},
    )  # fmt: skip
    figure.add_annotation(
        x=0, xref="paper", y=(TOP if axis == "y" else BOTTOM)[1], yref="paper", yanchor="bottom", xanchor="left",
        text=title, showarrow=False, font={"size": SMALL, "color": SCREEN.muted},
    )  # fmt: skip


def _range(figure: go.Figure, years: Sequence[Year]) -> None:
    around = [(middle(year.end), year.interval) for year in years if year.interval is not None]
    if len(around) < 2:
        return
    days = [each for each, _ in around]
    figure.add_trace(
        go.Scatter(
            x=[*days, *reversed(days)],
            y=[*(high for _, (_, high) in around), *(low for _, (low, _) in reversed(around))],
            yaxis="y2",
            mode="lines",
            fill="toself",
            fillcolor=SCREEN.band,
            line={"width": 0},
            hoverinfo="skip",
            name="range",
        )
    )

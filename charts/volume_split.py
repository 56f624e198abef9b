"""Complaints by service area, team or channel: twelve months as a dot with its range, the twelve before hollow."""

from collections.abc import Sequence
from textwrap import wrap

import plotly.graph_objects as go

from charts.chart import Chart
from charts.theme import SCREEN, SMALL, blank, plain
from metrics.volumes import Rate, Slice
from metrics.volumes_words import rate_interval_words, rate_words, slices_headline

MOST_ROWS = 12
LINE_OF_NAME, LINES_OF_NAME = 24, 2  # what fits beside a row


def volume_split(slices: Sequence[Slice], *, name: str) -> Chart:
    """The most frequent at the top; what does not fit is in the table."""
    shown = list(slices[:MOST_ROWS])
    figure = blank(height=54 + 34 * max(1, len(shown)))
    figure.update_layout(margin={"l": 4, "r": 34, "t": 4, "b": 4})
    _ranges(figure, shown)
    _dots(figure, shown, before=True)
    _dots(figure, shown, before=False)
    figure.update_yaxes(
        tickvals=list(range(len(shown))), ticktext=[_label(each.name) for each in shown],
        range=[len(shown) - 0.5, -0.6], tickfont={"size": SMALL, "color": SCREEN.ink}, showgrid=False,
    )  # fmt: skip
    figure.update_xaxes(
        rangemode="tozero", showgrid=True, gridcolor=SCREEN.hairline, nticks=5, tickfont={"size": SMALL}
    )
    left = len(slices) - len(shown)
    return Chart(
        figure=figure,
        headline=slices_headline(tuple(slices), name) + (f" {left} more in the table." if left else ""),
        alt=f"Complaints per 1,000 homes in twelve months by {name}. "
        + " ".join(f"{each.name}: {_said(each.now)}." for each in shown),
        columns=(
            name.capitalize(),
            "Complaints",
            "Per 1,000 homes",
            "Range",
            "Twelve months before",
            "Told apart",
        ),
        rows=tuple(_row(each) for each in slices),
    )


def _row(each: Slice) -> tuple[str, ...]:
    change = each.now.told_apart(each.before) if each.before else ""
    return (
        each.name,
        f"{each.now.count:,}",
        rate_words(each.now),
        rate_interval_words(each.now) or "–",
        f"{rate_words(each.before)} ({each.before.count:,})" if each.before else "–",
        change or "no",
    )


def _label(name: str) -> str:
    lines = wrap(name, LINE_OF_NAME, max_lines=LINES_OF_NAME, placeholder=" …")
    return "<br>".join(f"{plain(line)}  " for line in lines)


def _said(rate: Rate) -> str:
    return rate_words(rate) if rate.homes else f"{rate.count:,}"


def _place(rate: Rate) -> float:
    return rate.count if rate.value is None else rate.value


def _ranges(figure: go.Figure, shown: Sequence[Slice]) -> None:
    for row, each in enumerate(shown):
        if each.now.interval:
            low, high = each.now.interval
            figure.add_shape(
                type="line", x0=low, x1=high, y0=row, y1=row, line={"color": SCREEN.ramp_2, "width": 5}, layer="below"
            )


def _dots(figure: go.Figure, shown: Sequence[Slice], *, before: bool) -> None:
    found = [(row, rate, each) for row, each in enumerate(shown) if (rate := each.before if before else each.now)]
    when = "twelve months before" if before else "twelve months"
    figure.add_trace(
        go.Scatter(
            x=[_place(rate) for _, rate, _ in found],
            y=[row for row, _, _ in found],
            mode="markers" if before else "markers+text",
            marker={
                "size": 10 if before else 11,
                "symbol": "diamond-open" if before else "circle",
                "color": SCREEN.muted if before else SCREEN.accent,
                "line": {"width": 1.5, "color": SCREEN.muted if before else SCREEN.accent},
            },
            texttemplate=None if before else "%{customdata}",
            customdata=None if before else [_said(rate) for _, rate, _ in found],
            textposition="top center",
            textfont={"size": SMALL, "color": SCREEN.ink},
            text=[f"{plain(each.name)}, {when}: {_said(rate)} ({rate.count:,})" for _, rate, each in found],
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
            name=when,
        )
    )

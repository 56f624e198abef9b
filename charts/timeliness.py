"""Answers by quarter against the Code: on time, in time with an extension, late. Late is told by hatching as well."""

from collections.abc import Sequence

import plotly.graph_objects as go

from charts.chart import Chart
from charts.quarter_axis import events_in_words, mark_events, middle, quarter_ticks
from charts.theme import SCREEN, SMALL, blank
from metrics.events import Event
from metrics.periods import quarter_label
from metrics.sentences.figures import share_words
from metrics.volumes import Timeliness
from metrics.volumes_words import timeliness_headline

DAY = 24 * 60 * 60 * 1000
WIDTH = 64 * DAY
KINDS = (("on_time", "on time"), ("extended", "extended"), ("late", "late"))


def timeliness(found: Sequence[Timeliness], events: Sequence[Event], *, stage: int) -> Chart:
    """One stage's answers falling due in each quarter, as shares of a hundred; quarters without any leave a gap."""
    quarters = [each for each in found if each.stage == stage]
    figure = blank(height=250)
    figure.update_layout(barmode="stack", margin={"l": 4, "r": 92, "t": 24, "b": 4})
    if quarters:
        for kind, name in KINDS:
            _bars(figure, quarters, kind, name)
        quarter_ticks(figure, [each.end for each in quarters])
        mark_events(figure, events)
        _labels(figure, quarters[-1])
    figure.update_yaxes(range=[0, 1], tickformat=".0%", nticks=5, tickfont={"size": SMALL})
    return Chart(
        figure=figure,
        headline=timeliness_headline(tuple(quarters)),
        alt=f"Stage {stage} answers falling due by quarter. " + " ".join(_said(each) for each in quarters)
        + events_in_words(events),
        columns=("Quarter", "Fell due", "On time", "In time with an extension", "Late"),
        rows=tuple(
            (quarter_label(each.end), f"{each.due:,}", *(_cell(each, kind) for kind, _ in KINDS)) for each in quarters
        ),
    )  # fmt: skip


def _share(each: Timeliness, kind: str) -> float | None:
    return getattr(each, kind) / each.due if each.due else None


def _cell(each: Timeliness, kind: str) -> str:
    share = _share(each, kind)
    return "–" if share is None else f"{getattr(each, kind):,} ({share_words(share, each.due)})"


def _said(each: Timeliness) -> str:
    if not each.due:
        return f"{quarter_label(each.end)}: none due."
    return f"{quarter_label(each.end)}: late {_cell(each, 'late')}, extended {_cell(each, 'extended')}."


def _bars(figure: go.Figure, quarters: Sequence[Timeliness], kind: str, name: str) -> None:
    late = kind == "late"
    colour = {"on_time": SCREEN.ramp_4, "extended": SCREEN.ramp_2, "late": SCREEN.not_met}[kind]
    pattern = {"shape": "/", "fgcolor": SCREEN.card, "size": 6, "solidity": 0.3, "fillmode": "overlay"}
    figure.add_trace(
        go.Bar(
            x=[middle(each.end) for each in quarters],
            y=[_share(each, kind) for each in quarters],
            width=WIDTH,
            marker={
                "color": colour,
                "line": {"color": SCREEN.card, "width": 1},
                **({"pattern": pattern} if late else {}),
            },
            text=[f"{quarter_label(each.end)}<br>{name}: {_cell(each, kind)}" for each in quarters],
            textposition="none",
            hovertemplate="%{text}<extra></extra>",
            name=name,
        )
    )


def _labels(figure: go.Figure, last: Timeliness) -> None:
    """Names beside the last column, moved apart where its parts are thin."""
    below, lowest = 0.0, -1.0
    for kind, name in KINDS:
        share = _share(last, kind) or 0.0
        at = max(below + share / 2, lowest + 0.12)
        lowest, below = at, below + share
        figure.add_annotation(
            x=1, xref="paper", y=min(at, 1.0), text=f"{name} {share_words(share, last.due)}" if last.due else name,
            showarrow=False, xanchor="left", xshift=6, font={"size": SMALL, "color": SCREEN.ink},
        )  # fmt: skip

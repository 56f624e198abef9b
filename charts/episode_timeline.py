"""One ghost episode on a line of time: the formal course of the complaint above, the evidence outside it below."""

from collections.abc import Sequence

import plotly.graph_objects as go

from charts.chart import Chart
from charts.day_axis import day_axis
from charts.theme import SCREEN, SMALL, blank, plain
from metrics.ghosts.plain_words import detectors_words
from metrics.ghosts.timeline import FORMAL, LANES, Moment
from metrics.phrasing import short_day


def episode_timeline(moments: Sequence[Moment], *, name: str) -> Chart:
    """Circles are the formal stages, diamonds the records that fired. No free text is drawn."""
    figure = blank(height=190)
    for lane, symbol, colour in ((FORMAL, "circle", SCREEN.accent), (LANES[1], "diamond", SCREEN.not_met)):
        some = [each for each in moments if each.lane == lane]
        figure.add_trace(
            go.Scatter(
                x=[each.on for each in some],
                y=[len(LANES) - 1 - LANES.index(lane)] * len(some),
                mode="markers",
                marker={"symbol": symbol, "size": 12, "color": colour, "line": {"width": 1, "color": SCREEN.card}},
                text=[f"{short_day(each.on)}<br>{plain(_what(each))}" for each in some],
                hovertemplate="%{text}<extra></extra>",
                name=lane,
                cliponaxis=False,
            )
        )
    figure.update_yaxes(
        tickvals=list(range(len(LANES))), ticktext=[f"{lane}  " for lane in reversed(LANES)],
        range=[-0.6, len(LANES) - 0.4],
        tickfont={"size": SMALL, "color": SCREEN.ink},
    )  # fmt: skip
    day_axis(figure, [each.on for each in moments])
    fired = [each for each in moments if each.lane != FORMAL]
    return Chart(
        figure=figure,
        headline="Circles: the formal stages. Diamonds: what happened outside them.",
        alt=f"Timeline of {name}: {len(moments) - len(fired)} days of the formal stages and {len(fired)} records "
        "outside them. The table below lists them all.",
        columns=("Day", "Lane", "What"),
        rows=tuple((short_day(each.on), each.lane, _what(each)) for each in moments),
    )


def _what(moment: Moment) -> str:
    return f"{moment.what}: {detectors_words(moment.detectors).lower()}" if moment.detectors else moment.what

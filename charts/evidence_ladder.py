"""The evidence ladder: how many actions there is evidence for at each rung, and the gap between doing and testing."""

import plotly.graph_objects as go

from charts.chart import Chart
from charts.theme import SCREEN, SMALL, blank
from metrics.learning.actions import RUNGS
from metrics.learning.ladder import Ladder
from metrics.phrasing import capital

ROW = 44
MEANINGS = {
    "stated": "recorded as a change to make",
    "done": "recorded as done",
    "residents told": "done, and residents were told",
    "tested": "complaints before and after could be compared",
    "fell": "complaints fell",
    "sustained": "they had fallen at six and at twelve months",
}


def evidence_ladder(found: Ladder) -> Chart:
    """A bar for each rung, the lowest at the top: reading down is climbing."""
    counts = [found.counts[rung] for rung in RUNGS]
    most = max([*counts, 1])
    figure = blank(height=24 + ROW * len(RUNGS))
    figure.update_layout(margin={"l": 4, "r": 40, "t": 4, "b": 4})
    figure.add_trace(
        go.Bar(
            x=counts,
            y=list(range(len(RUNGS))),
            orientation="h",
            width=0.42,
            offset=-0.02,
            marker={"color": [SCREEN.ramp_2 if rung == "residents told" else SCREEN.ramp_4 for rung in RUNGS]},
            text=[f"{count:,}" for count in counts],
            textposition="outside",
            textfont={"size": SMALL, "color": SCREEN.ink},
            hovertext=[f"{rung}: {MEANINGS[rung]}" for rung in RUNGS],
            hovertemplate="%{hovertext}<extra></extra>",
            cliponaxis=False,
        )
    )
    for place, rung in enumerate(RUNGS):
        figure.add_annotation(
            x=0, y=place - 0.22, text=capital(rung), showarrow=False, xanchor="left",
            font={"size": SMALL, "color": SCREEN.ink},
        )  # fmt: skip
    figure.update_yaxes(visible=False, range=[len(RUNGS) - 0.4, -0.5])
    figure.update_xaxes(visible=False, range=[0, most * 1.08])
    return Chart(
        figure=figure,
        headline=headline(found),
        alt="How far the evidence for the actions goes. "
        + " ".join(f"{rung}: {count:,}." for rung, count in zip(RUNGS, counts, strict=True)),
        columns=("Rung", "Actions", "Means"),
        rows=tuple((rung, f"{found.counts[rung]:,}", MEANINGS[rung]) for rung in RUNGS),
    )


def headline(found: Ladder) -> str:
    """Activity or impact, in a line."""
    done, fell = found.counts["done"], found.counts["fell"]
    if not done:
        return "No action is done yet"
    return (
        f"{done:,} done, {fell:,} followed by fewer complaints: {found.activity_not_impact:,} are activity, not impact"
    )

"""How firm the position is: one bar of a hundred re-runs of the year, shared out over the positions they came to."""

import plotly.graph_objects as go

from charts.chart import Chart
from charts.theme import SCREEN, SMALL, blank
from metrics.reading import Placement
from metrics.sentences.position import hundredths, position_words, probability_by_position
from metrics.words import FOUNDATIONS_NOT_SECURE, POSITIONS, Position

ROOM_FOR_NAME = 0.24  # a part narrower than this carries its number only, and 0.06 not even that
ROOM_FOR_NUMBER = 0.06


def firmness(placement: Placement) -> Chart:
    """The re-runs as a bar; the position itself is the darkest part."""
    shares = probability_by_position(placement.probability)
    figure = blank(height=56)
    figure.update_layout(barmode="stack", margin={"l": 0, "r": 0, "t": 4, "b": 4}, bargap=0)
    figure.update_xaxes(range=[0, 1], visible=False)
    figure.update_yaxes(visible=False)
    for position, share in shares:
        fill, text = _colours(position, placement.position)
        figure.add_trace(
            go.Bar(
                x=[share],
                y=[""],
                orientation="h",
                marker={"color": fill, "line": {"color": SCREEN.card, "width": 1}},
                text=[_label(position, share)],
                textposition="inside",
                insidetextanchor="start",
                insidetextfont={"color": text, "size": SMALL},
                textangle=0,
                constraintext="none",
                hovertemplate=f"{position_words(position)}: {hundredths(share)} in 100<extra></extra>",
                name=position,
            )
        )
    said = "; ".join(f"{position_words(position)} {hundredths(share)}" for position, share in shares)
    return Chart(
        figure=figure,
        headline="How firm is this?",
        alt=f"A bar of a hundred re-runs of the year by the position they came to: {said}.",
        columns=("Position", "Re-runs in 100"),
        rows=tuple((position_words(position).capitalize(), hundredths(share)) for position, share in shares),
    )


def _colours(position: Position, here: Position) -> tuple[str, str]:
    if position == here:
        return SCREEN.ramp_4, SCREEN.on_ramp_4
    if position in POSITIONS and here in POSITIONS and POSITIONS.index(position) < POSITIONS.index(here):
        return SCREEN.ramp_3, SCREEN.on_ramp_3
    return SCREEN.ramp_2, SCREEN.on_ramp_2


def _label(position: Position, share: float) -> str:
    number = f"{100 * share:.0f}"
    if share < ROOM_FOR_NUMBER:
        return ""
    short = "not secure" if position == FOUNDATIONS_NOT_SECURE else position
    return f"\u2002<b>{number} {short}</b>" if share >= ROOM_FOR_NAME else f"\u2002{number}"

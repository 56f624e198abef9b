"""The ladder of estimates: three rungs on one scale of households, with their intervals."""

from math import log10

import plotly.graph_objects as go

from charts.chart import Chart
from charts.theme import SCREEN, SMALL, blank
from metrics.ghosts.estimates import Ladder, Rung

TITLES = {"floor": "Certain: somebody recorded it", "likely": "Likely: two kinds of evidence agree",
          "upper": "At most: tenants say so, nobody recorded it"}  # fmt: skip
ROW = 58


def ghost_ladder(found: Ladder) -> Chart:
    """Floor at the bottom. The scale is logarithmic: the three are often far apart. A rung without evidence keeps its
    row and says why in the table."""
    rungs = found.rungs[::-1]
    known = [(row, rung, rung.value) for row, rung in enumerate(rungs) if rung.value is not None]
    figure = blank(height=60 + ROW * len(rungs))
    figure.update_layout(margin={"l": 10, "r": 16, "t": 4, "b": 4})
    for row, rung in enumerate(rungs):
        _words(figure, row, rung)
        if rung.low is not None and rung.high is not None:
            figure.add_shape(
                type="line", x0=_at(rung.low), x1=_at(rung.high), y0=row, y1=row,
                line={"color": SCREEN.ramp_2, "width": 7}, layer="below",
            )  # fmt: skip
    figure.add_trace(
        go.Scatter(
            x=[_at(value) for _, _, value in known],
            y=[row for row, _, _ in known],
            mode="markers",
            marker={
                "size": 13,
                "symbol": ["diamond" if rung.low is None else "circle" for _, rung, _ in known],
                "color": SCREEN.accent,
                "line": {"color": SCREEN.card, "width": 1.5},
            },
            text=[f"{TITLES[rung.name]}: {_said(rung)} households" for _, rung, _ in known],
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
        )
    )
    highest = max([rung.high or value for _, rung, value in known], default=10.0)
    ticks = [tick for tick in (0, 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000) if tick <= max(10, highest)]
    figure.update_yaxes(visible=False, range=[len(rungs) - 0.5, -0.8])
    figure.update_xaxes(
        type="log", range=[-0.35, log10(max(10.0, highest)) + 0.15], showgrid=True, gridcolor=SCREEN.hairline,
        tickvals=[_at(tick) for tick in ticks], ticktext=[f"{tick:,}" for tick in ticks], tickfont={"size": SMALL},
        automargin=True,
    )  # fmt: skip
    return Chart(
        figure=figure,
        headline=headline(found),
        alt="Households with dissatisfaction handled outside the formal stages, from certain to at most. "
        + " ".join(f"{TITLES[rung.name]}: {_said(rung)}." for rung in found.rungs)
        + "".join(f" {sentence}" for sentence in found.broken),
        columns=("Rung", "Households", "Range", "What it rests on"),
        rows=tuple((TITLES[rung.name], _value(rung), _range(rung), rung.basis or rung.why_not) for rung in found.rungs),
    )


def headline(found: Ladder) -> str:
    """The ladder in a line."""
    if found.broken:
        return found.broken[0]
    known = [rung for rung in found.rungs if rung.value is not None]
    if not known:
        return "How much is hidden is not evidenced"
    if len(known) == 1:
        return f"{TITLES[known[0].name]}: {_value(known[0])} households. The other estimates are not evidenced"
    return f"Between {_value(known[0])} and {_value(known[-1])} households were dealt with outside the formal stages"


def _at(value: float) -> float:
    """A place on the logarithmic scale; none at all is drawn half a step left of one."""
    return max(value, 0.5)


def _value(rung: Rung) -> str:
    return "not evidenced" if rung.value is None else f"{rung.value:,.0f}"


def _range(rung: Rung) -> str:
    if rung.value is None:
        return "–"
    return "counted" if rung.low is None or rung.high is None else f"{rung.low:,.0f} to {rung.high:,.0f}"


def _said(rung: Rung) -> str:
    if rung.value is None:
        return f"not evidenced. {rung.why_not}"
    return f"{_value(rung)} ({_range(rung)})"


def _words(figure: go.Figure, row: int, rung: Rung) -> None:
    figure.add_annotation(
        x=0, xref="paper", y=row - 0.22, yanchor="bottom", xanchor="left", showarrow=False,
        text=f"<b>{_value(rung)}</b>  {TITLES[rung.name]}", font={"size": SMALL, "color": SCREEN.ink},
    )  # fmt: skip

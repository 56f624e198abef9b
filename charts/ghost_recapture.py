"""Capture-recapture as a range: households in all, were the two families of detectors to depend on each other so."""

import plotly.graph_objects as go

from charts.chart import Chart
from charts.theme import SCREEN, SMALL, blank
from metrics.ghosts.recapture import AtOdds, Recapture

ROW = 46
ODDS_WORDS = {
    0.5: "Found by one, half as often by the other",
    1.0: "One says nothing of the other",
    2.0: "Found by one, twice as often by the other",
    4.0: "Found by one, four times as often",
}


def ghost_recapture(found: Recapture) -> Chart:
    """A row for each dependence, with its 95% interval; the range over all rows is what is told."""
    rows = found.estimates
    figure = blank(height=50 + ROW * max(1, len(rows)))
    figure.update_layout(margin={"l": 10, "r": 16, "t": 4, "b": 4})
    figure.update_layout(
        shapes=[
            {"type": "line", "x0": each.low, "x1": each.high, "y0": row, "y1": row, "layer": "below",
             "line": {"color": SCREEN.ramp_2, "width": 7}}
            for row, each in enumerate(rows)
        ],
        annotations=[
            {"x": 0, "xref": "paper", "y": row - 0.2, "yanchor": "bottom", "xanchor": "left", "showarrow": False,
             "text": f"<b>{each.value:,.0f}</b>  {_words(each)}", "font": {"size": SMALL, "color": SCREEN.ink}}
            for row, each in enumerate(rows)
        ],
    )  # fmt: skip
    figure.add_trace(
        go.Scatter(
            x=[each.value for each in rows],
            y=list(range(len(rows))),
            mode="markers",
            marker={"size": 12, "color": SCREEN.accent, "line": {"color": SCREEN.card, "width": 1.5}},
            text=[f"{_words(each)}: {each.value:,.0f} ({each.low:,.0f} to {each.high:,.0f})" for each in rows],
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
        )
    )
    figure.update_yaxes(visible=False, range=[len(rows) - 0.5, -0.85])
    figure.update_xaxes(
        rangemode="tozero", showgrid=True, gridcolor=SCREEN.hairline, nticks=5, tickfont={"size": SMALL},
        automargin=True,
    )  # fmt: skip
    return Chart(
        figure=figure,
        headline=headline(found),
        alt=f"{headline(found)} By how far the two depend on each other: "
        + " ".join(f"{_words(each)}: {each.value:,.0f}, {each.low:,.0f} to {each.high:,.0f}." for each in rows),
        columns=("Odds ratio", "In words", "Households", "Range"),
        rows=tuple(
            (f"{each.odds_ratio:g}", _words(each), f"{each.value:,.0f}", f"{each.low:,.0f} to {each.high:,.0f}")
            for each in rows
        )
        or (("–", found.why_not or "Nothing to compare", "–", "–"),),
    )


def headline(found: Recapture) -> str:
    """The whole range, never one number."""
    if found.span is None:
        return f"Not evidenced. {found.why_not}"
    low, high = found.span
    return (
        f"Between {low:,.0f} and {high:,.0f} households in all, from how far {found.first} and {found.second} found "
        "the same ones."
    )


def _words(each: AtOdds) -> str:
    return ODDS_WORDS.get(each.odds_ratio, f"Odds ratio {each.odds_ratio:g}")

"""How long learning held: the share of actions not yet followed by another upheld complaint of their kind."""

import plotly.graph_objects as go

from charts.chart import Chart
from charts.theme import SCREEN, SMALL, blank
from metrics.learning.half_life import SIX_MONTHS, HalfLife, Step


def half_life(found: HalfLife, *, headline: str) -> Chart:
    """The Kaplan-Meier curve as steps, its 95% band, and the half."""
    steps = (Step(days=0, share=1.0, low=1.0, high=1.0), *found.curve)
    figure = blank(height=250)
    figure.update_layout(margin={"l": 4, "r": 16, "t": 8, "b": 34})
    known = [step for step in steps if step.low is not None and step.high is not None]
    band = {"line": {"width": 0, "shape": "hv"}, "mode": "lines", "hoverinfo": "skip"}
    days = [step.days for step in known]
    figure.add_trace(go.Scatter(x=days, y=[step.high for step in known], **band))
    figure.add_trace(go.Scatter(x=days, y=[step.low for step in known], fill="tonexty", fillcolor=SCREEN.band, **band))
    figure.add_trace(
        go.Scatter(
            x=[step.days for step in steps],
            y=[step.share for step in steps],
            mode="lines",
            line={"color": SCREEN.accent, "width": 2.5, "shape": "hv"},
            hovertemplate="%{y:.0%} after %{x:.0f} days<extra></extra>",
        )
    )
    figure.add_hline(y=0.5, line={"color": SCREEN.muted, "width": 1, "dash": "dot"})
    figure.update_yaxes(range=[0, 1.04], tickformat=".0%", tickfont={"size": SMALL}, nticks=5)
    figure.update_xaxes(
        title={"text": "days since the action was done", "font": {"size": SMALL}}, tickfont={"size": SMALL}
    )
    return Chart(
        figure=figure,
        headline=headline,
        alt=f"Share of {found.actions:,} done actions not yet followed by another upheld complaint of their kind, by "
        f"days since. {headline}. {_six_months(found)}",
        columns=("Days", "Share without another", "Range"),
        rows=tuple(_row(step) for step in _thinned(found.curve)) or (("–",) * 3,),
    )


def _six_months(found: HalfLife) -> str:
    step = found.at_six_months
    return f"After {SIX_MONTHS} days {step.share:.0%} had none." if step is not None else ""


def _row(step: Step) -> tuple[str, str, str]:
    span = f"{step.low:.0%} to {step.high:.0%}" if step.low is not None and step.high is not None else "–"
    return f"{step.days:,.0f}", f"{step.share:.0%}", span


def _thinned(curve: tuple[Step, ...], most: int = 24) -> tuple[Step, ...]:
    """A table people can read: every so many steps, the last one always."""
    every = max(1, -(-len(curve) // most))
    return curve[::-1][::every][::-1]

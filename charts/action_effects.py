"""Effects of actions: the rate of complaints after each over the rate before, with its exact interval, on one scale."""

from collections.abc import Sequence
from math import log10

import plotly.graph_objects as go

from charts.chart import Chart
from charts.theme import SCREEN, SMALL, blank, plain
from metrics.effects.verdicts import FELL, NO_CHANGE, ROSE, TOO_FEW
from metrics.learning.actions import ActionLine, Trial
from metrics.learning.words import comparison_words, ghosts_words, power_words, ratio_words, verdict_words
from metrics.phrasing import short_day

SYMBOLS = {FELL: "triangle-down", ROSE: "triangle-up", NO_CHANGE: "circle", TOO_FEW: "circle-open"}
ROW = 66
LONGEST = 38
TICKS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 10.0, 20.0)
LOWEST, HIGHEST = 0.04, 25.0
ROOM = 1.25  # beyond the widest interval


def action_effects(lines: Sequence[ActionLine]) -> Chart:
    """A row for each action that could be tried, by its theme, or its title where all are on one. Left of 1: fewer
    complaints than before."""
    tried = [(line, line.trial) for line in lines if line.trial is not None]
    figure = blank(height=84 + ROW * len(tried))
    figure.update_layout(margin={"l": 8, "r": 8, "t": 4, "b": 34})
    low, high = _edges([trial for _, trial in tried])
    one_theme = len({line.theme for line, _ in tried}) == 1
    for place, (line, trial) in enumerate(tried):
        _row(figure, place, line.title if one_theme else line.theme, line, trial)
    for at, dash in ((1.0, "solid"), (0.5, "dot")):
        figure.add_vline(x=log10(at), line={"color": SCREEN.muted, "width": 1, "dash": dash}, layer="below")
    figure.update_yaxes(visible=False, range=[len(tried) - 0.5, -0.8])
    figure.update_xaxes(
        range=[low, high],
        tickvals=[log10(tick) for tick in TICKS],
        ticktext=[f"{tick:g}" for tick in TICKS],
        tickfont={"size": SMALL},
        title={"text": "rate after ÷ rate before", "font": {"size": SMALL}},
    )
    return Chart(
        figure=figure,
        headline=headline([line for line, _ in tried]),
        alt="Rate of complaints after each action over the rate before, with its 95% interval; below 1 is fewer. "
        + " ".join(
            f"{line.theme}, {line.title}: {ratio_words(trial)}, {verdict_words(line)}." for line, trial in tried
        ),
        columns=("Theme", "Action", "Done", "Before", "After", "Rate ratio", "Compared", "Verdict", "Power", "Hidden"),
        rows=tuple(_cells(line, trial) for line, trial in tried) or (("–",) * 10,),
    )


def _edges(trials: Sequence[Trial]) -> tuple[float, float]:
    """Both ends of the scale: half and double always, and the widest interval."""
    lows = [trial.ratio.low for trial in trials if trial.ratio.low]
    highs = [trial.ratio.high if trial.ratio.high is not None else HIGHEST for trial in trials]
    return _at(min([0.4, *lows]) / ROOM), _at(max([2.5, *highs]) * ROOM)


def headline(lines: Sequence[ActionLine]) -> str:
    """How many fell, in a line."""
    if not lines:
        return "No action could be tested"
    fell = sum(line.verdict == FELL for line in lines)
    return (
        f"{fell} of {len(lines)} {'action' if len(lines) == 1 else 'actions'} shown were followed by fewer complaints"
    )


def _cells(line: ActionLine, trial: Trial) -> tuple[str, ...]:
    return (
        line.theme,
        line.title,
        short_day(line.done_on) if line.done_on else "–",
        f"{trial.before:,}",
        f"{trial.after:,}",
        ratio_words(trial),
        comparison_words(trial),
        verdict_words(line),
        power_words(trial),
        ghosts_words(trial),
    )


def _row(figure: go.Figure, place: int, name: str, line: ActionLine, trial: Trial) -> None:
    named = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
    words = {"xref": "paper", "yanchor": "middle", "showarrow": False, "font": {"size": SMALL, "color": SCREEN.ink}}
    figure.add_annotation(x=0, y=place - 0.32, xanchor="left", text=plain(named), **words)
    figure.add_annotation(x=1, y=place + 0.3, xanchor="right", text=f"<b>{verdict_words(line)}</b>", **words)
    low = _at(trial.ratio.low if trial.ratio.low is not None else LOWEST)
    high = _at(trial.ratio.high if trial.ratio.high is not None else HIGHEST)
    figure.add_shape(
        type="line", x0=low, x1=high, y0=place, y1=place, line={"color": SCREEN.ramp_2, "width": 6}, layer="below"
    )
    colour = {FELL: SCREEN.met, ROSE: SCREEN.not_met}.get(line.verdict, SCREEN.muted)
    said = f"{plain(line.theme)}: {plain(line.title)}<br>{ratio_words(trial)}<br>{verdict_words(line)}"
    figure.add_trace(
        go.Scatter(
            x=[_at(trial.ratio.value if trial.ratio.value is not None else 1.0)],
            y=[place],
            mode="markers",
            marker={"size": 13, "symbol": SYMBOLS.get(line.verdict, "circle"), "color": colour},
            hovertext=[said],
            hovertemplate="%{hovertext}<extra></extra>",
            cliponaxis=False,
        )
    )


def _at(ratio: float) -> float:
    """A place on the logarithmic scale; what lies beyond is drawn at its edge."""
    return log10(min(max(ratio, LOWEST), HIGHEST))

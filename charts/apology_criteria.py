"""The six criteria of an apology: how often each is met, with its interval, beside the twelve months before."""

import plotly.graph_objects as go

from charts.chart import Chart
from charts.theme import SCREEN, SMALL, blank
from metrics.apologies.picture import Criterion, Quality
from metrics.apologies.words import CRITERION_WORDS
from metrics.sentences.figures import share_words
from metrics.volumes import Part
from metrics.volumes_words import part_words


def apology_criteria(year: Quality, before: Quality | None) -> Chart:
    """One row a criterion, in the Ombudsman's order: filled now with its 95% interval, hollow the twelve months
    before."""
    rows = list(reversed(year.criteria))
    was = {each.key: each for each in before.criteria} if before else {}
    figure = blank(height=60 + 44 * len(rows))
    figure.update_layout(margin={"l": 4, "r": 16, "t": 4, "b": 4})
    if was:
        _hollow(figure, [(place, was[each.key].met) for place, each in enumerate(rows)])
    _filled(figure, rows)
    for place, each in enumerate(rows):
        figure.add_annotation(
            x=0, xref="paper", y=place + 0.32, text=CRITERION_WORDS[each.key], showarrow=False, xanchor="left",
            font={"size": SMALL, "color": SCREEN.ink},
        )  # fmt: skip
    figure.update_xaxes(
        range=[0, 1.02], tickformat=".0%", nticks=6, tickfont={"size": SMALL}, showgrid=True, gridcolor=SCREEN.hairline
    )
    figure.update_yaxes(visible=False, range=[-0.5, len(rows) - 0.2])
    return Chart(
        figure=figure,
        headline=headline(year),
        alt="How often each of the six criteria is met. "
        + " ".join(f"{CRITERION_WORDS[each.key]}: {part_words(each.met)}." for each in year.criteria),
        columns=("Criterion", "Met", "Likely between", "Not read", "Twelve months before"),
        rows=tuple(
            (
                CRITERION_WORDS[each.key],
                part_words(each.met),
                _between(each.met),
                f"{each.blank:,}",
                part_words(was[each.key].met) if was else "–",
            )
            for each in year.criteria
        ),
    )


def headline(year: Quality) -> str:
    """Most and least often met."""
    read = [each for each in year.criteria if each.met.n]
    if not read:
        return "No apology has been read against the criteria"
    most = max(read, key=lambda each: each.met.share or 0.0)
    least = year.weakest or most
    return f"Most often met: {_said(most)}; least often: {_said(least)}"


def _said(each: Criterion) -> str:
    return f"{CRITERION_WORDS[each.key].lower()} ({share_words(each.met.share or 0.0, each.met.n)})"


def _between(part: Part) -> str:
    if part.interval is None:
        return "–"
    low, high = part.interval
    return f"{share_words(low, part.n)} and {share_words(high, part.n)}"


def _hollow(figure: go.Figure, before: list[tuple[int, Part]]) -> None:
    figure.add_trace(
        go.Scatter(
            x=[part.share for _, part in before],
            y=[place for place, _ in before],
            mode="markers",
            marker={"size": 11, "color": SCREEN.card, "line": {"color": SCREEN.muted, "width": 1.5}},
            text=[f"twelve months before: {part_words(part)}" for _, part in before],
            hovertemplate="%{text}<extra></extra>",
        )
    )


def _filled(figure: go.Figure, rows: list[Criterion]) -> None:
    shares = [each.met.share for each in rows]
    edges = [each.met.interval or (0.0, 0.0) for each in rows]
    figure.add_trace(
        go.Scatter(
            x=shares,
            y=list(range(len(rows))),
            mode="markers",
            marker={"size": 11, "color": SCREEN.accent},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [high - (share or 0.0) for share, (_, high) in zip(shares, edges, strict=True)],
                "arrayminus": [(share or 0.0) - low for share, (low, _) in zip(shares, edges, strict=True)],
                "color": SCREEN.accent,
                "thickness": 1.4,
                "width": 0,
            },
            text=[f"{CRITERION_WORDS[each.key]}: {part_words(each.met)}" for each in rows],
            hovertemplate="%{text}<extra></extra>",
        )
    )

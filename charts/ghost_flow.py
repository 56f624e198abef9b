"""The way through formal and hidden stages: the formal ones on the upper line, the hidden ones on the lower.

A Sankey was tried: a thousand complaints that took the formal way leave a thread for the twenty that did not, and its
labels lie over each other on a phone. Here lines grow with the root of their numbers, so that few still show, and every
stage carries its number. The figure shows; the table beside it leads on.
"""

from math import sqrt

import plotly.graph_objects as go

from charts.chart import Chart
from charts.theme import SCREEN, SMALL, blank
from metrics.ghosts.flow import ENDED, NEVER, WORDS, Flow, Link, Node
from metrics.small_numbers import written

# Formal stages on the upper line, hidden ones on the lower, each where it happens on the way.
PLACES = {"came": (0.0, 1.0), "before": (1.0, 0.0), "never": (-0.45, 0.0), "stage_1": (2.0, 1.0),
          "between": (3.0, 0.0), "stage_2": (4.0, 1.0), "after": (5.0, 0.0), "ombudsman": (6.0, 1.0)}  # fmt: skip
TWO_LINES = {"came": "Dissatis-<br>faction", "never": "Never<br>logged", "before": "Hidden<br>before",
             "between": "Hidden<br>between", "after": "Hidden<br>after", "stage_1": "Stage 1", "stage_2": "Stage 2",
             "ombudsman": "Ombuds-<br>man"}  # fmt: skip
WIDEST, THINNEST = 16.0, 1.5
LARGEST, SMALLEST = 34.0, 9.0


def ghost_flow(found: Flow) -> Chart:
    """Links in the order of the path; those into and out of hidden stages are marked. What went no further is in the
    table only."""
    figure = blank(height=300)
    figure.update_layout(margin={"l": 4, "r": 4, "t": 8, "b": 4})
    nodes = [node for node in found.nodes if node.key != ENDED]
    links = [link for link in found.links if link.target != ENDED]
    hidden = {node.key for node in nodes if node.is_hidden}
    most = max((link.count or 1 for link in links), default=1)
    for link in links:
        _line(figure, link, most=most, is_hidden=bool({link.source, link.target} & hidden))
    _stages(figure, nodes)
    figure.update_xaxes(visible=False, range=[-0.95, 6.55])
    figure.update_yaxes(visible=False, range=[-0.75, 1.75])
    return Chart(
        figure=figure,
        headline=headline(found),
        alt="Flow of dissatisfaction through formal and hidden stages. "
        + " ".join(f"{WORDS[link.source]} to {WORDS[link.target]}: {written(link.count)}." for link in found.links)
        + ("" if found.looked else " Contacts are not held, so hidden stages were hardly looked for."),
        columns=("From", "To", "Count", "Hidden"),
        rows=tuple(
            (
                WORDS[link.source],
                WORDS[link.target],
                written(link.count),
                "yes" if {link.source, link.target} & hidden else "no",
            )
            for link in found.links
        )
        or (("–", "–", "0", "–"),),
    )


def _line(figure: go.Figure, link: Link, *, most: int, is_hidden: bool) -> None:
    (x0, y0), (x1, y1) = PLACES[link.source], PLACES[link.target]
    figure.add_trace(
        go.Scatter(
            x=[x0, x1],
            y=[y0, y1],
            mode="lines",
            line={
                "width": max(THINNEST, WIDEST * sqrt((link.count or 0) / most)),
                "color": SCREEN.dashed if is_hidden else SCREEN.band,
            },
            hoverinfo="skip",
            name=f"{link.source} to {link.target}",
        )
    )


def _stages(figure: go.Figure, nodes: list[Node]) -> None:
    most = max((node.count or 1 for node in nodes), default=1)
    figure.add_trace(
        go.Scatter(
            x=[PLACES[node.key][0] for node in nodes],
            y=[PLACES[node.key][1] for node in nodes],
            mode="markers",
            marker={
                "size": [max(SMALLEST, LARGEST * sqrt((node.count or most / 9) / most)) for node in nodes],
                "color": [SCREEN.not_met if node.is_hidden else SCREEN.accent for node in nodes],
                "symbol": ["diamond" if node.is_hidden else "circle" for node in nodes],
                "line": {"color": SCREEN.card, "width": 1.5},
                "opacity": 1,
            },
            text=[f"{node.words}: {written(node.count)}" for node in nodes],
            hovertemplate="%{text}<extra></extra>",
            customdata=[node.key for node in nodes],
            name="stages",
        )
    )
    for node in nodes:
        x, y = PLACES[node.key]
        figure.add_annotation(
            x=x, y=y, yshift=22 if y else -14, yanchor="bottom" if y else "top", showarrow=False,
            text=f"<b>{_short(node.count)}</b><br>{TWO_LINES[node.key]}", font={"size": SMALL, "color": SCREEN.ink},
        )  # fmt: skip


def headline(found: Flow) -> str:
    """How many passed through a hidden stage, in a line."""
    counts = {node.key: node.count for node in found.nodes}
    if not found.links:
        return "No complaint and no hidden stage in these twelve months"
    passed = [
        f"{written(counts[key])} {said}"
        for key, said in (
            ("before", "before stage 1"),
            ("between", "between the stages"),
            ("after", "after stage 2"),
            (NEVER, "never logged"),
        )
        if counts.get(key, 0) != 0
    ]
    if passed:
        return f"Hidden: {', '.join(passed)}; {written(counts.get('stage_1', 0))} complaints reached stage 1"
    unseen = "" if found.looked else "; contacts are not held, so nobody has looked"
    return f"No hidden stage was found on the way of {written(counts.get('stage_1', 0))} complaints{unseen}"


def _short(count: int | None) -> str:
    """A count beside its stage; a dash where it is not shown."""
    return "–" if count is None else f"{count:,}"

"""Promises overdue, by who owns them and how long they have waited: a grid of counts, darker the more there are."""

from collections.abc import Sequence

import plotly.graph_objects as go

from charts.chart import Chart
from charts.theme import SCREEN, SMALL, blank, plain
from metrics.commitments.picture import Group
from metrics.commitments.standing import AGES
from metrics.commitments.words import group_words
from metrics.phrasing import capital

MOST_ROWS = 12
LONGEST_NAME = 22
# Two lines each, so that five stand side by side on a telephone.
SHORT = ("to 4<br>weeks", "to 13<br>weeks", "to 26<br>weeks", "to a<br>year", "over<br>a year")
RAMP = [[0, SCREEN.card], [0.001, SCREEN.ramp_1], [0.5, SCREEN.ramp_2], [1, SCREEN.ramp_3]]


def overdue_grid(groups: Sequence[Group], *, name: str) -> Chart:
    """One row for each of the twelve with most overdue; everyone with something overdue stands in the table."""
    late = [group for group in groups if group.overdue]
    shown = late[:MOST_ROWS][::-1]
    counts = [[group.ages[age] for age in AGES] for group in shown]
    figure = blank(height=64 + 30 * max(1, len(shown)))
    figure.add_trace(
        go.Heatmap(
            z=counts,
            x=list(range(len(AGES))),
            y=list(range(len(shown))),
            text=[[str(count) if count else "" for count in row] for row in counts],
            texttemplate="%{text}",
            textfont={"size": SMALL + 1, "color": SCREEN.ink},
            colorscale=RAMP,
            zmin=0,
            zmax=max([1, *(count for row in counts for count in row)]),
            showscale=False,
            xgap=3,
            ygap=3,
            customdata=[[f"{plain(group.name)}, {age}" for age in AGES] for group in shown],
            hovertemplate="%{customdata}: %{z}<extra></extra>",
        )
    )
    figure.update_xaxes(
        tickvals=list(range(len(AGES))), ticktext=list(SHORT), tickfont={"size": SMALL}, side="top", tickangle=0
    )
    figure.update_yaxes(
        tickvals=list(range(len(shown))),
        ticktext=[plain(_short(group.name)) for group in shown],
        tickfont={"size": SMALL, "color": SCREEN.ink},
        showgrid=False,
        automargin=True,
    )
    return Chart(
        figure=figure,
        headline=headline(late, name=name),
        alt=f"Grid of promises overdue by {name} and by how long. "
        + (" ".join(f"{group.name}: {group_words(group)}." for group in late) or "None is overdue."),
        columns=(name.capitalize(), "Overdue", *(capital(age) for age in AGES), "Oldest, days"),
        rows=tuple(
            (group.name, f"{group.overdue:,}", *(f"{group.ages[age]:,}" for age in AGES), f"{group.oldest or 0:,}")
            for group in late
        )
        or (("–",) * (len(AGES) + 3),),
    )


def headline(late: Sequence[Group], *, name: str) -> str:
    """Who has most overdue, in a line."""
    if not late:
        return "Nothing is overdue"
    first = late[0]
    left = len(late) - MOST_ROWS
    more = f"; {left} more in the figures" if left > 0 else ""
    return f"{len(late)} {name}{'' if len(late) == 1 else 's'} with promises overdue; most: {first.name}, " + (
        f"{group_words(first)}{more}"
    )


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"

"""What the governing body received against the Code's 9.7 a to d, quarter by quarter."""

from collections.abc import Sequence

import plotly.graph_objects as go

from charts.chart import Chart
from charts.quarter_axis import events_in_words, mark_events, middle
from charts.theme import SCREEN, SMALL, blank
from metrics.events import Event
from metrics.governance.picture import GovernancePicture, Received
from metrics.governance.words import kept_words
from metrics.periods import quarter_label
from metrics.phrasing import short_day

ROW = 56
DAYS = 91.3  # from one column to the next
NOT_EVIDENCED = "not evidenced"


def governance_grid(found: GovernancePicture, events: Sequence[Event] = ()) -> Chart:
    """A row for each duty, a column for each quarter: filled where received, with a diamond where it was challenged or
    decided, an empty dashed ring where nothing is on record. `events` are marked by number in their order."""
    figure = blank(height=52 + ROW * len(found.duties))
    figure.update_layout(margin={"l": 4, "r": 10, "t": 18, "b": 28})
    for place, kept in enumerate(found.duties):
        figure.add_annotation(
            x=0, xref="paper", y=place - 0.34, xanchor="left", showarrow=False,
            text=f"<b>{kept.duty.paragraph}</b> {kept.duty.item.capitalize()}",
            font={"size": SMALL, "color": SCREEN.ink},
        )  # fmt: skip
        figure.add_trace(_row(place, kept.quarters))
    ends = found.quarters
    figure.update_xaxes(
        range=[-0.6, len(ends) - 0.4],
        tickvals=list(range(len(ends)))[::-1][::2],
        ticktext=[f"{end:%b %y}" for end in ends[::-1][::2]],
        tickfont={"size": SMALL},
        tickangle=0,
    )
    figure.update_yaxes(visible=False, range=[len(found.duties) - 0.5, -0.75])
    mark_events(figure, events, at=lambda on: len(ends) - 1 - (middle(ends[-1]) - on).days / DAYS)
    return Chart(
        figure=figure,
        headline=headline(found),
        alt="Items received by the governing body or a committee, by quarter. "
        + " ".join(f"{kept.duty.paragraph} {kept.duty.item}: {kept_words(kept)}." for kept in found.duties)
        + events_in_words(events),
        columns=("Quarter", *(f"{kept.duty.paragraph} {kept.duty.item}" for kept in found.duties)),
        rows=tuple(
            (quarter_label(end), *(cell_words(kept.quarters[place]) for kept in found.duties))
            for place, end in enumerate(ends)
        ),
    )


def headline(found: GovernancePicture) -> str:
    """What of the last four quarters is on record."""
    return "; ".join(f"{kept.duty.paragraph}: {kept_words(kept)}" for kept in found.duties)


def cell_words(received: Received) -> str:
    """What is on record of one duty in one quarter."""
    if not received.items:
        if received.elsewhere:
            return f"{NOT_EVIDENCED}; the MRC or the executive had it"
        return NOT_EVIDENCED if received.duty.regular else "–"
    return ", ".join(f"{short_day(item.met_on)} {item.body} {item.response or 'no response recorded'}"
                     for item in received.items)  # fmt: skip


def _row(place: int, quarters: tuple[Received, ...]) -> go.Scatter:
    return go.Scatter(
        x=list(range(len(quarters))),
        y=[place + 0.12] * len(quarters),
        mode="markers",
        marker={
            "size": [_size(each) for each in quarters],
            "symbol": ["diamond" if each.is_active else "circle" if each.items else "circle-open" for each in quarters],
            "color": [SCREEN.accent if each.items else SCREEN.unknown for each in quarters],
        },
        text=[f"{quarter_label(each.quarter)}<br>{cell_words(each)}" for each in quarters],
        hovertemplate="%{text}<extra></extra>",
        cliponaxis=False,
    )


def _size(received: Received) -> int:
    if received.items:
        return 16 if received.is_active else 13
    return 10 if received.duty.regular else 4

"""One complaint's course in lanes: formal stages, contacts, commitments and learning, with the days they were due."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import plotly.graph_objects as go

from charts.chart import Chart
from charts.day_axis import day_axis
from charts.theme import SCREEN, SMALL, blank, plain
from metrics.case_file import CaseFile, Row

# The day the figures speak for is drawn only near the case: else it would squeeze the case into a corner.
SHOW_DAY_WITHIN = timedelta(days=60)
LANES = ("Formal stages", "Contacts", "Commitments", "Learning")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One thing that happened, or was due, on a day."""

    on: date
    lane: str
    what: str
    due: bool = False


def marks(case: CaseFile) -> tuple[Mark, ...]:
    """Everything dated about a case, oldest first."""
    found = [Mark(on=on, lane=lane, what=what, due=due) for on, lane, what, due in _dated(case) if isinstance(on, date)]
    return tuple(sorted(found, key=lambda mark: (mark.on, LANES.index(mark.lane))))


def _dated(case: CaseFile) -> list[tuple[object, str, str, bool]]:
    formal, contacts, promises, learning = LANES
    found: list[tuple[object, str, str, bool]] = [
        (case.complaint["received_on"], formal, "Complaint received", False),
        (case.complaint["closed_on"], formal, "Closed", False),
    ]
    for row in case.stages:
        found += [(on, formal, what, due) for on, what, due in _stage(row)]
    found += [(_day(row["occurred_at"]), contacts, _contact(row), False) for row in case.contacts]
    for row in case.commitments:
        found += [
            (row["promised_on"], promises, f"Promised: {row['kind']}", False),
            (row["due_on"], promises, f"Due: {row['kind']}", True),
            (row["completed_on"], promises, f"Recorded as done: {row['kind']}", False),
        ]
    found += [(row["decided_on"], formal, f"Ombudsman: {row['finding']}", False) for row in case.determinations]
    for row in case.actions:
        found += [
            (row["opened_on"], learning, "Learning action opened", False),
            (row["due_on"], learning, "Learning action due", True),
            (row["done_on"], learning, "Learning action done", False),
            (row["told_residents_on"], learning, "Residents told", False),
        ]
    return found


def _stage(row: Row) -> list[tuple[object, str, bool]]:
    stage = f"Stage {row['stage']}"
    begun = [(row["began_on"], f"{stage} requested", False)] if row["stage"] == 2 else []
    return [
        *begun,
        (row["acknowledge_due_on"], f"{stage} acknowledgement due", True),
        (row["acknowledged_on"], f"{stage} acknowledged", False),
        (row["response_due_on"], f"{stage} answer due", True),
        (row["responded_on"], f"{stage} answered: {row['outcome'] or 'no outcome recorded'}", False),
    ]


def _contact(row: Row) -> str:
    way = "from the resident" if row["direction"] == "inbound" else "to the resident"
    return f"{str(row['channel'] or 'Contact').capitalize()} {way if row['direction'] else ''}".strip()


def _day(moment: object) -> object:
    return moment.date() if isinstance(moment, datetime) else moment


def case_timeline(case: CaseFile) -> Chart:
    """Filled marks are what happened, hollow diamonds what was due."""
    found = marks(case)
    figure = blank(height=70 + 48 * len(LANES))
    for due, symbol, name in ((False, "circle", "happened"), (True, "diamond-open", "due")):
        some = [mark for mark in found if mark.due is due]
        figure.add_trace(
            go.Scatter(
                x=[mark.on for mark in some],
                y=[len(LANES) - 1 - LANES.index(mark.lane) for mark in some],
                mode="markers",
                marker={
                    "symbol": symbol,
                    "size": 12,
                    "color": SCREEN.unknown if due else SCREEN.accent,
                    "line": {"width": 2 if due else 1, "color": SCREEN.unknown if due else SCREEN.card},
                },
                text=[f"{mark.on.day} {mark.on:%b %Y}<br>{plain(mark.what)}" for mark in some],
                hovertemplate="%{text}<extra></extra>",
                name=name,
                cliponaxis=False,
            )
        )
    if found and case.as_at - found[-1].on <= SHOW_DAY_WITHIN:
        figure.add_vline(x=case.as_at.isoformat(), line={"color": SCREEN.muted, "width": 1, "dash": "dot"})
    figure.update_yaxes(
        tickvals=list(range(len(LANES))), ticktext=[f"{lane}  " for lane in reversed(LANES)],
        range=[-0.5, len(LANES) - 0.5],
        tickfont={"size": SMALL, "color": SCREEN.ink},
    )  # fmt: skip
    day_axis(figure, [mark.on for mark in found])
    return Chart(
        figure=figure,
        headline="Filled: happened. Hollow: due.",
        alt=f"Timeline of complaint {case.complaint['complaint_ref']}: {len(found)} dated events in the lanes "
        f"{', '.join(LANES)}. The table below lists them all.",
        columns=("Day", "Lane", "What", "Kind"),
        rows=tuple((f"{m.on.day} {m.on:%b %Y}", m.lane, m.what, "due" if m.due else "happened") for m in found),
    )

"""One complaint's course in lanes: formal stages, hidden stages, contacts, commitments and learning, with the days they
were due."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

import plotly.graph_objects as go

from charts.chart import Chart
from charts.day_axis import day_axis
from charts.theme import SCREEN, SMALL, blank, plain
from metrics.case_file import CaseFile, Row
from metrics.ghosts.plain_words import WINDOW_WORDS, detectors_words
from metrics.ghosts.words import NOT_A_GHOST
from metrics.phrasing import short_day
from metrics.sentences.position import in_sentence

# The day the figures speak for is drawn only near the case: else it would squeeze the case into a corner.
SHOW_DAY_WITHIN = timedelta(days=60)
LANES = ("Formal stages", "Hidden stages", "Contacts", "Commitments", "Learning")
Kind = Literal["happened", "fired", "due"]
SYMBOLS: dict[Kind, tuple[str, str]] = {
    "happened": ("circle", SCREEN.accent),
    "fired": ("diamond", SCREEN.not_met),
    "due": ("diamond-open", SCREEN.unknown),
}
KIND_WORDS: dict[Kind, str] = {"happened": "happened", "fired": "evidence of a hidden stage", "due": "due"}


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One thing that happened, or was due, on a day; `fired`: it is evidence of a hidden stage."""

    on: date
    lane: str
    what: str
    kind: Kind = "happened"


def marks(case: CaseFile) -> tuple[Mark, ...]:
    """Everything dated about a case, oldest first."""
    found = [
        Mark(on=on, lane=lane, what=what, kind=kind)
        for on, lane, what, kind in [*_dated(case), *_hidden(case)]
        if isinstance(on, date)
    ]
    return tuple(sorted(found, key=lambda mark: (mark.on, LANES.index(mark.lane))))


def _dated(case: CaseFile) -> list[tuple[object, str, str, Kind]]:
    formal, _, contacts, promises, learning = LANES
    found: list[tuple[object, str, str, Kind]] = [
        (case.complaint["received_on"], formal, "Complaint received", "happened"),
        (case.complaint["closed_on"], formal, "Closed", "happened"),
    ]
    for row in case.stages:
        found += [(on, formal, what, kind) for on, what, kind in _stage(row)]
    fired = case.fired
    found += [
        (
            _day(row["occurred_at"]),
            contacts,
            _contact(row),
            "fired" if row["contact_ref"] in fired else "happened",
        )
        for row in case.contacts
    ]
    for row in case.commitments:
        found += [
            (row["promised_on"], promises, f"Promised: {row['kind']}", "happened"),
            (row["due_on"], promises, f"Due: {row['kind']}", "due"),
            (row["completed_on"], promises, f"Recorded as done: {row['kind']}", "happened"),
        ]
    found += [(row["decided_on"], formal, f"Ombudsman: {row['finding']}", "happened") for row in case.determinations]
    for row in case.actions:
        found += [
            (row["opened_on"], learning, "Learning action opened", "happened"),
            (row["due_on"], learning, "Learning action due", "due"),
            (row["done_on"], learning, "Learning action done", "happened"),
            (row["told_residents_on"], learning, "Residents told", "happened"),
        ]
    return found


def _hidden(case: CaseFile) -> list[tuple[object, str, str, Kind]]:
    """A mark for each day on which an episode's evidence lies, with all that fired that day."""
    found: dict[tuple[object, str], list[str]] = {}
    for episode in case.episodes:
        if episode["verdict"] == NOT_A_GHOST:
            continue
        of = f"Hidden {WINDOW_WORDS[str(episode['window'])]}, grade {episode['grade']}"
        for signal in episode["signals"]:  # type: ignore[attr-defined]  # a row's values are objects
            found.setdefault((signal["on"], of), []).append(signal["detector"])
    return [
        (on, LANES[1], f"{of}: {in_sentence(detectors_words(tuple(dict.fromkeys(fired))))}", "fired")
        for (on, of), fired in found.items()
    ]


def _stage(row: Row) -> list[tuple[object, str, Kind]]:
    stage = f"Stage {row['stage']}"
    begun: list[tuple[object, str, Kind]] = (
        [(row["began_on"], f"{stage} requested", "happened")] if row["stage"] == 2 else []
    )
    return [
        *begun,
        (row["acknowledge_due_on"], f"{stage} acknowledgement due", "due"),
        (row["acknowledged_on"], f"{stage} acknowledged", "happened"),
        (row["response_due_on"], f"{stage} answer due", "due"),
        (row["responded_on"], f"{stage} answered: {row['outcome'] or 'no outcome recorded'}", "happened"),
    ]


def _contact(row: Row) -> str:
    way = "from the resident" if row["direction"] == "inbound" else "to the resident"
    return f"{str(row['channel'] or 'Contact').capitalize()} {way if row['direction'] else ''}".strip()


def _day(moment: object) -> object:
    return moment.date() if isinstance(moment, datetime) else moment


def case_timeline(case: CaseFile) -> Chart:
    """Circles are what happened, filled diamonds what was hidden and the contacts that show it, hollow ones what was
    due."""
    found = marks(case)
    figure = blank(height=70 + 48 * len(LANES))
    for kind, (symbol, colour) in SYMBOLS.items():
        some = [mark for mark in found if mark.kind == kind]
        figure.add_trace(
            go.Scatter(
                x=[mark.on for mark in some],
                y=[len(LANES) - 1 - LANES.index(mark.lane) for mark in some],
                mode="markers",
                marker={
                    "symbol": symbol,
                    "size": 12,
                    "color": colour,
                    "line": {"width": 2, "color": colour} if kind == "due" else {"width": 1, "color": SCREEN.card},
                },
                text=[f"{short_day(mark.on)}<br>{plain(mark.what)}" for mark in some],
                hovertemplate="%{text}<extra></extra>",
                name=kind,
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
        headline="Circles: happened. Filled diamonds: a hidden stage, and the contacts that show it. Hollow: due.",
        alt=f"Timeline of complaint {case.complaint['complaint_ref']}: {len(found)} dated events in the lanes "
        f"{', '.join(LANES)}. The table below lists them all.",
        columns=("Day", "Lane", "What", "Kind"),
        rows=tuple((short_day(m.on), m.lane, m.what, KIND_WORDS[m.kind]) for m in found),
    )

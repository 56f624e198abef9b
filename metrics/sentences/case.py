"""One complaint in a sentence, and how each of its clocks stands."""

from collections.abc import Mapping
from datetime import date

from metrics.case_file import CaseFile, Row
from metrics.phrasing import capital
from metrics.words import State


def case_heading(case: CaseFile) -> str:
    """What a reader must know first: `Damp and mould, upheld at stage 2, answered late`."""
    about = str(case.complaint["category"])
    parts = [capital(about), _outcome(case)]
    late = [f"stage {row['stage']}" for row in case.stages if clock_state(row, "response", case.as_at) == "not met"]
    if late and case.complaint["status"] not in ("refused", "withdrawn"):
        parts.append(f"{' and '.join(late)} not answered in time")
    broken = sum(1 for row in case.commitments if row["integrity"] not in ("kept", "open"))
    if broken:
        parts.append("a promise not kept" if broken == 1 else f"{broken} promises not kept")
    return ", ".join(part for part in parts if part)


def _outcome(case: CaseFile) -> str:
    status = case.complaint["status"]
    if status in ("refused", "withdrawn"):
        return str(status)
    answered = [row for row in case.stages if row["responded_on"] is not None and row["outcome"]]
    if not answered:
        return "not answered yet"
    return f"{answered[-1]['outcome']} at stage {answered[-1]['stage']}"


def clock_state(stage: Row, clock: str, as_at: date) -> State:
    """`met`: in time; `not met`: late, or open past its day; `not evidenced`: still running. `clock` is acknowledge or
    response; the words of states are used because the shapes are the same."""
    due = stage["acknowledge_due_on" if clock == "acknowledge" else "response_due_on"]
    done = stage["acknowledged_on" if clock == "acknowledge" else "responded_on"]
    if not isinstance(due, date):
        return "not evidenced"
    if isinstance(done, date):
        return "met" if done <= due else "not met"
    return "not met" if due < as_at else "not evidenced"


CLOCK_WORDS: Mapping[State, str] = {"met": "in time", "not met": "late", "not evidenced": "still running"}

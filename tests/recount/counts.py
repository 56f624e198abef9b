"""Every indicator's cases: which rows it speaks of, and which of them count, one row at a time.

Each function takes records already cut to what was known at as_at (`known`), and as_at. A share gives a list of cases;
a case is (service area, counted). A figure taken from a survey or a meeting has its own function below.
"""

from collections.abc import Callable
from datetime import date, timedelta

from tests.recount.days import (
    add_working_days,
    last_complete_quarters,
    months_before,
    window,
)
from tests.recount.ghosts import ghosted
from tests.recount.known import Row, Tables

Case = tuple[str | None, bool]
UPHELD = ("upheld", "partly upheld")
OUTSIDERS = ("ombudsman", "regulator", "press", "legal")
PROACTIVE = ("own analysis", "resident voice", "staff voice", "emerging risk")
CRITERIA = ("timely", "personal", "empathetic", "takes_responsibility", "shares_learning", "offers_remedy")


def _within(day: date | None, as_at: date, months: int = 12) -> bool:
    first, last = window(as_at, months)
    return day is not None and first <= day <= last


def _clocked(cut: Tables) -> list[Row]:
    """Complaints that the clocks run for: neither refused nor withdrawn."""
    return [row for row in cut["complaints"] if row["status"] not in ("refused", "withdrawn")]


def _area_of_complaint(cut: Tables, complaint_ref: str) -> str | None:
    for row in cut["complaints"]:
        if row["complaint_ref"] == complaint_ref:
            return str(row["category"])
    return None


def acknowledge_due(began: date) -> date:
    """Five working days after the complaint, or the request for stage 2."""
    return add_working_days(began, 5)


def response_due(*, began: date, acknowledged: date | None, extended_to: date | None, days: int) -> date:
    """The Code's date for a response: `days` is 10 at stage 1 and 20 at stage 2."""
    acknowledged_by = acknowledge_due(began)
    if acknowledged is None or acknowledged > acknowledged_by:
        due = add_working_days(acknowledged_by, days)
    else:
        due = add_working_days(acknowledged, days)
    if extended_to is not None:
        due = max(due, min(extended_to, add_working_days(due, days)))
    return due


def stage_1_due(row: Row) -> date:
    """When the stage 1 response of this complaint falls due."""
    return response_due(
        began=row["received_on"],
        acknowledged=row["stage_1_acknowledged_on"],
        extended_to=row["stage_1_extended_to"],
        days=10,
    )


def stage_2_due(row: Row) -> date:
    """When the stage 2 response of this complaint falls due; only where stage 2 was asked for."""
    return response_due(
        began=row["stage_2_requested_on"],
        acknowledged=row["stage_2_acknowledged_on"],
        extended_to=row["stage_2_extended_to"],
        days=20,
    )


def _on_time(happened: date | None, due: date) -> bool:
    return happened is not None and happened <= due


def acknowledged_on_time(cut: Tables, as_at: date) -> list[Case]:
    cases = []
    for row in _clocked(cut):
        for began, acknowledged in (
            (row["received_on"], row["stage_1_acknowledged_on"]),
            (row["stage_2_requested_on"], row["stage_2_acknowledged_on"]),
        ):
            if began is not None and _within(acknowledge_due(began), as_at):
                cases.append((row["category"], _on_time(acknowledged, acknowledge_due(began))))
    return cases


def stage_1_on_time(cut: Tables, as_at: date) -> list[Case]:
    return [
        (row["category"], _on_time(row["stage_1_responded_on"], stage_1_due(row)))
        for row in _clocked(cut)
        if _within(stage_1_due(row), as_at)
    ]


def stage_2_on_time(cut: Tables, as_at: date) -> list[Case]:
    return [
        (row["category"], _on_time(row["stage_2_responded_on"], stage_2_due(row)))
        for row in _clocked(cut)
        if row["stage_2_requested_on"] is not None and _within(stage_2_due(row), as_at)
    ]


def is_phantom(commitment: Row, cut: Tables) -> bool:
    """Recorded as done without the work behind it (a test whose table is not held falls away)."""
    completed, named = commitment["completed_on"], commitment["work_order_ref"]
    if completed is None or named is None or not cut["work_orders"]:
        return False
    orders = [row for row in cut["work_orders"] if row["work_order_ref"] == named]
    if not orders or orders[0]["raised_on"] > completed:
        return True
    raised = orders[0]["raised_on"]
    contractor = orders[0]["contractor"] if orders[0]["contractor"] is not None else commitment["contractor"]
    if contractor is None or not cut["contractors"]:
        return False
    for spell in cut["contractors"]:
        begun = spell["engaged_from"] is None or spell["engaged_from"] <= raised
        not_over = spell["engaged_to"] is None or raised <= spell["engaged_to"]
        if spell["contractor"] == contractor and begun and not_over:
            return False
    return True


def commitments_honoured(cut: Tables, as_at: date) -> list[Case]:
    return [
        (
            _area_of_complaint(cut, row["complaint_ref"]),
            _on_time(row["completed_on"], row["due_on"]) and not is_phantom(row, cut),
        )
        for row in cut["commitments"]
        if _within(row["due_on"], as_at)
    ]


def orders_complied(cut: Tables, as_at: date) -> list[Case]:
    return [
        (_area_of_complaint(cut, row["complaint_ref"]), _on_time(row["completed_on"], row["due_on"]))
        for row in cut["commitments"]
        if row["made_at"] == "ombudsman" and _within(row["due_on"], as_at)
    ]


def first_upheld(row: Row) -> tuple[int, date] | None:
    """The earliest stage that upheld the complaint and its response date; None where none did (or none is known)."""
    for stage in (1, 2):
        responded = row[f"stage_{stage}_responded_on"]
        if responded is not None and row[f"stage_{stage}_outcome"] in UPHELD:
            return stage, responded
    return None


def _upheld(cut: Tables) -> list[tuple[Row, int, date]]:
    found = []
    for row in _clocked(cut):
        first = first_upheld(row)
        if first is not None:
            found.append((row, *first))
    return found


def apology_given(cut: Tables, as_at: date) -> list[Case]:
    cases = []
    for row, stage, responded in _upheld(cut):
        apologise_by = add_working_days(responded, 5)
        if _within(apologise_by, as_at):
            cases.append((row["category"], _on_time(row[f"stage_{stage}_apology_on"], apologise_by)))
    return cases


def independent_stage_2(cut: Tables, as_at: date) -> list[Case]:
    return [
        (row["category"], row["stage_1_handler"] != row["stage_2_handler"])
        for row in _clocked(cut)
        if _within(row["stage_2_responded_on"], as_at)
        and row["stage_1_handler"] is not None
        and row["stage_2_handler"] is not None
    ]


def complaints_without_ghost(cut: Tables, as_at: date) -> list[Case]:
    hidden = ghosted(cut, as_at)
    return [
        (row["category"], row["complaint_ref"] not in hidden)
        for row in cut["complaints"]
        if _within(row["received_on"], as_at)
    ]


def learning_recorded(cut: Tables, as_at: date) -> list[Case]:
    beyond_the_case = {row["action_ref"] for row in cut["learning_actions"] if row["kind"] != "individual remedy"}
    learned = {row["complaint_ref"] for row in cut["learning_links"] if row["action_ref"] in beyond_the_case}
    return [
        (row["category"], row["complaint_ref"] in learned)
        for row, _, responded in _upheld(cut)
        if _within(responded, as_at)
    ]


def not_repeated(cut: Tables, as_at: date) -> list[Case]:
    cases = []
    for row, _, responded in _upheld(cut):
        if not _within(responded + timedelta(days=183), as_at):
            continue
        again = [
            other
            for other in cut["complaints"]
            if other["complaint_ref"] != row["complaint_ref"]
            and other["household_ref"] == row["household_ref"]
            and other["category"] == row["category"]
            and 1 <= (other["received_on"] - responded).days <= 183
        ]
        cases.append((row["category"], not again))
    return cases


def _opened(counted: Callable[[Row], bool]) -> Callable[[Tables, date], list[Case]]:
    """Cases of a share of the actions opened in the year."""

    def cases(cut: Tables, as_at: date) -> list[Case]:
        return [(row["theme"], counted(row)) for row in cut["learning_actions"] if _within(row["opened_on"], as_at)]

    return cases


practice_changed = _opened(lambda row: row["kind"] != "individual remedy")
root_cause_analysed = _opened(lambda row: row["root_cause_analysis"] is True)
senior_owned = _opened(lambda row: row["owner_role"] in ("executive", "governing body"))
joined_up = _opened(lambda row: bool((row["linked_to"] or "").replace(";", "").strip()))
owned_beyond_complaints = _opened(
    lambda row: row["owner_directorate"] is not None and "complaint" not in row["owner_directorate"].lower()
)
strong_actions = _opened(lambda row: row["strength"] == "strong")
proactive = _opened(lambda row: row["trigger"] in PROACTIVE)


def actions_on_time(cut: Tables, as_at: date) -> list[Case]:
    return [
        (row["theme"], _on_time(row["done_on"], row["due_on"]))
        for row in cut["learning_actions"]
        if _within(row["due_on"], as_at)
    ]


def told_residents(cut: Tables, as_at: date) -> list[Case]:
    return [
        (row["theme"], row["told_residents_on"] is not None)
        for row in cut["learning_actions"]
        if _within(row["done_on"], as_at)
    ]


def decisions_accepted(cut: Tables, as_at: date) -> list[Case]:
    return [
        (row["category"], row["review_requested_on"] is None or row["review_changed_finding"] is True)
        for row in cut["determinations"]
        if _within(row["decided_on"], as_at)
    ]


def learned_first(cut: Tables, as_at: date) -> list[Case]:
    cases = []
    for finding in cut["determinations"]:
        upheld = finding["finding"] in ("severe maladministration", "maladministration", "service failure")
        if not upheld or not _within(finding["decided_on"], as_at):
            continue
        earlier = [
            action
            for action in cut["learning_actions"]
            if action["theme"] == finding["category"]
            and action["trigger"] not in OUTSIDERS
            and months_before(finding["decided_on"], 24) <= action["opened_on"] < finding["decided_on"]
        ]
        cases.append((finding["category"], bool(earlier)))
    return cases


def apology_quality(cut: Tables, as_at: date) -> list[Case]:
    return [
        (_area_of_complaint(cut, row["complaint_ref"]), sum(row[name] is True for name in CRITERIA) >= 5)
        for row in cut["apologies"]
        if _within(row["made_on"], as_at) and any(row[name] is not None for name in CRITERIA)
    ]


def quarters_scrutinised(cut: Tables, as_at: date) -> int:
    """Of the last four complete quarters, those with all three items taken and at least one challenged or decided."""
    scrutinised = 0
    for first, last in last_complete_quarters(as_at, 4):
        taken = [
            row
            for row in cut["governance"]
            if first <= row["met_on"] <= last
            and row["body"] in ("governing body", "committee")
            and row["item"] in ("performance update", "trend review", "ombudsman update")
        ]
        all_three = len({row["item"] for row in taken}) == 3
        scrutinised += all_three and any(row["response"] in ("challenged", "decided") for row in taken)
    return scrutinised


def culture_tests(cut: Tables, as_at: date) -> int:
    """Culture tests taken by the governing body or a committee in the year."""
    return sum(
        row["item"] == "culture test"
        and row["body"] in ("governing body", "committee")
        and _within(row["met_on"], as_at)
        for row in cut["governance"]
    )


SHARES: dict[str, Callable[[Tables, date], list[Case]]] = {
    "acknowledged_on_time": acknowledged_on_time,
    "stage_1_on_time": stage_1_on_time,
    "stage_2_on_time": stage_2_on_time,
    "commitments_honoured": commitments_honoured,
    "complaints_without_ghost": complaints_without_ghost,
    "apology_given": apology_given,
    "independent_stage_2": independent_stage_2,
    "learning_recorded": learning_recorded,
    "actions_on_time": actions_on_time,
    "practice_changed": practice_changed,
    "not_repeated": not_repeated,
    "told_residents": told_residents,
    "decisions_accepted": decisions_accepted,
    "orders_complied": orders_complied,
    "root_cause_analysed": root_cause_analysed,
    "senior_owned": senior_owned,
    "joined_up": joined_up,
    "owned_beyond_complaints": owned_beyond_complaints,
    "strong_actions": strong_actions,
    "proactive": proactive,
    "learned_first": learned_first,
    "apology_quality": apology_quality,
}

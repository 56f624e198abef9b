"""The picture of learning against plain counts, and by what must hold whatever the records."""

import math
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given

from metrics.effects import effects, themes
from metrics.ghosts.hidden import hidden_stages
from metrics.learning.actions import RUNGS, ActionLine
from metrics.learning.half_life import half_life, kaplan_meier, returns
from metrics.learning.hidden_share import GhostShare
from metrics.learning.ladder import effective_number
from metrics.learning.picture import LearningPicture, learning_picture
from metrics.learning.words import heading, lead
from tests import builders
from tests.metrics.effects.landlords import landlords
from tests.recount import effects as plain
from tests.recount.counts import first_upheld
from tests.recount.days import window, working_days_between
from tests.recount.known import Row, Tables, known
from tests.strategies import Landlord, shuffled

AS_AT = date(2025, 3, 31)


def _changes(cut: Tables, as_at: date) -> list[Row]:
    """Changes still open, or done in the thirty-six months."""
    first, last = window(as_at, 36)
    return [
        row
        for row in cut["learning_actions"]
        if row["kind"] != "individual remedy" and (row["done_on"] is None or first <= row["done_on"] <= last)
    ]


def _plain_rungs(cut: Tables, row: Row, as_at: date) -> tuple[str, ...]:
    found, early = plain.effect(cut, row, as_at), plain.effect(cut, row, as_at, six_months=True)
    done = row["done_on"] is not None
    fell = found.verdict == "fell"
    held = {
        "stated": True,
        "done": done,
        "residents told": done and row["told_residents_on"] is not None,
        "tested": found.verdict in plain.TESTED,
        "fell": fell,
        "sustained": fell and early.verdict == "fell" and (as_at - row["done_on"]).days >= 365,
    }
    return tuple(rung for rung in RUNGS if held[rung])


@given(landlord=landlords())
def test_every_rung_equals_the_recount(landlord: Landlord) -> None:
    cut = known(landlord.tables, landlord.as_at)
    found = learning_picture(landlord.records(), landlord.as_at)
    wanted = {row["action_ref"]: _plain_rungs(cut, row, landlord.as_at) for row in _changes(cut, landlord.as_at)}
    assert {line.action_ref: line.has for line in found.actions} == wanted
    for rung in RUNGS:
        assert found.ladder.counts[rung] == sum(rung in rungs for rungs in wanted.values())


@given(landlord=landlords())
def test_the_rungs_lie_one_within_the_other_and_what_is_not_tested_has_a_reason(landlord: Landlord) -> None:
    found = learning_picture(landlord.records(), landlord.as_at).ladder
    counts = found.counts
    assert counts["stated"] >= counts["done"] >= counts["tested"] >= counts["fell"] >= counts["sustained"]
    assert counts["done"] >= counts["residents told"]
    assert found.activity_not_impact == found.too_early + found.too_few


@given(landlord=landlords())
def test_the_themes_are_those_of_the_engine_and_each_has_its_action(landlord: Landlord) -> None:
    records = landlord.records()
    found = learning_picture(records, landlord.as_at)
    rows = {row["theme"]: row for row in themes(records, landlord.as_at).to_dicts()}
    assert {each.theme for each in found.themes} == set(rows)
    for each in found.themes:
        row = rows[each.theme]
        assert (each.verdict, list(each.upheld_by_quarter)) == (row["verdict"], row["upheld_by_quarter"])
        if each.latest is not None:
            assert each.latest.action_ref == row["latest_action_ref"]
            assert each.latest.verdict == row["latest_verdict"]


@given(landlord=landlords())
def test_the_order_of_rows_and_what_came_later_change_nothing(landlord: Landlord) -> None:
    found = learning_picture(landlord.records(), landlord.as_at)
    assert learning_picture(shuffled(landlord, 7).records(), landlord.as_at) == found
    by_hand = builders.records(**known(landlord.tables, landlord.as_at))
    assert learning_picture(by_hand, landlord.as_at) == found


@given(landlord=landlords())
def test_counts_of_strength_and_ownership_add_up(landlord: Landlord) -> None:
    found = learning_picture(landlord.records(), landlord.as_at)
    actions = len(found.actions)
    assert sum(each.actions for each in found.strengths) == actions
    assert sum(found.ownership.by_directorate.values()) == sum(found.ownership.by_role.values()) == actions
    assert heading(found)
    assert lead(found)


def _plain_return(cut: Tables, action: Row) -> date | None:
    """The earliest answer that upheld a complaint of the action's kind received after it was done."""
    on_theme = [row for row in cut["complaints"] if row["category"] == action["theme"]]
    upheld = [
        (row, found[1])
        for row in on_theme
        if row["status"] not in ("refused", "withdrawn") and (found := first_upheld(row)) is not None
    ]
    coded = any(row["root_cause"] == action["root_cause"] for row, _ in upheld)
    days = [
        on
        for row, on in upheld
        if row["received_on"] > action["done_on"]
        and all(action[name] in (None, row[name]) for name in ("area", "team"))
        and (action["root_cause"] is None or not coded or row["root_cause"] == action["root_cause"])
    ]
    return min(days, default=None)


@given(landlord=landlords())
def test_every_return_equals_the_recount(landlord: Landlord) -> None:
    for number, row in enumerate(landlord.tables["complaints"]):
        row["root_cause"] = (None, "delay", "damp proofing")[number % 3]
    for number, row in enumerate(landlord.tables["learning_actions"]):
        row["root_cause"] = (None, "delay", "never coded")[number % 3]
    cut = known(landlord.tables, landlord.as_at)
    wanted = {
        row["action_ref"]: _plain_return(cut, row)
        for row in _changes(cut, landlord.as_at)
        if row["done_on"] is not None
    }
    found = returns(landlord.records(), landlord.as_at)
    assert dict(zip(found["action_ref"], found["returned_on"], strict=True)) == wanted


def _survival(times: list[tuple[int, bool]], day: int) -> float:
    """Kaplan-Meier by its product."""
    share = 1.0
    for at in sorted({days for days, returned in times if returned and days <= day}):
        at_risk = sum(days >= at for days, _ in times)
        share *= 1 - sum(days == at and returned for days, returned in times) / at_risk
    return share


def test_the_curve_is_the_product_limit() -> None:
    times = [(5, True), (5, True), (9, False), (20, True), (20, False), (41, True), (200, False), (300, True)]
    frame = pl.DataFrame(times, schema={"days": pl.Int64, "returned": pl.Boolean}, orient="row")
    for step in kaplan_meier(frame):
        assert math.isclose(step.share, _survival(times, int(step.days)))
        assert step.low is None or step.low <= step.share <= (step.high or 1)


def _done(number: int, days_ago: int) -> Row:
    day = AS_AT - timedelta(days=days_ago)
    return builders.action(action_ref=f"A{number}", theme=f"theme {number}", opened_on=day, done_on=day)


def test_half_life_of_eight_actions_by_hand() -> None:
    """Four of eight were followed after 10, 20, 30 and 40 days, four by nothing in a year: half by day 40."""
    actions = [_done(number, 365) for number in range(8)]
    complaints = [
        builders.upheld_complaint(
            responded_on=actions[number]["done_on"] + timedelta(days=10 * (number + 1)),
            received_on=actions[number]["done_on"] + timedelta(days=1),
            stage_1_acknowledged_on=None,
            category=f"theme {number}",
        )
        for number in range(4)
    ]
    found = half_life(returns(builders.records(learning_actions=actions, complaints=complaints), AS_AT))
    assert (found.actions, found.returned, found.median) == (8, 4, 40.0)
    assert found.at_six_months is not None
    assert found.at_six_months.share == pytest.approx(0.5)
    few = half_life(returns(builders.records(learning_actions=actions[:4], complaints=complaints), AS_AT))
    assert few.median is None
    assert "5 are needed" in few.why_not


def test_shared_evenly_the_effective_number_is_how_many_there_are() -> None:
    assert effective_number([7]) == pytest.approx(1)
    assert effective_number([4, 4, 4]) == pytest.approx(3)
    assert 1 < effective_number([9, 1]) < 2
    assert effective_number([9, 1]) == pytest.approx(math.exp(-(0.9 * math.log(0.9) + 0.1 * math.log(0.1))))


# Thirty complaints before and twelve after; what was hidden rose meanwhile.
OPENED, DONE = date(2024, 2, 1), date(2024, 3, 1)


def _rows(prefix: str, day: date, count: int, **values: Any) -> list[Row]:
    return [builders.complaint(complaint_ref=f"{prefix}{n}", received_on=day, **values) for n in range(count)]


def _hidden(day: date, count: int, start: int) -> list[Row]:
    """Contacts that carry an informal label, each of a household that never complained."""
    moment = datetime(day.year, day.month, day.day, 10)
    return [
        builders.contact(occurred_at=moment, household_ref=f"X{start + n}", category="damp", label="quick fix")
        for n in range(count)
    ]


def _landlord(hidden_before: int, hidden_after: int) -> ActionLine:
    tables = {
        "learning_actions": [builders.action(theme="damp", opened_on=OPENED, done_on=DONE)],
        "complaints": _rows("B", date(2023, 6, 1), 30, category="damp", household_ref="H1")
        + _rows("A", date(2024, 6, 3), 12, category="damp", household_ref="H2"),
        "contacts": [builders.contact(occurred_at=_morning(date(2022, 11, 3)), household_ref="H9")]
        + _hidden(date(2023, 6, 1), hidden_before, 0)
        + _hidden(date(2024, 6, 3), hidden_after, 100),
    }
    return learning_picture(builders.records(**tables), AS_AT).actions[0]


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9)


def test_the_hidden_share_stands_beside_the_verdict_and_a_rise_is_told() -> None:
    line = _landlord(2, 20)
    assert line.verdict == "fell"
    assert line.trial is not None
    assert line.trial.ghosts_before == GhostShare(hidden=2, recorded=30)
    assert line.trial.ghosts_after == GhostShare(hidden=20, recorded=12)
    assert line.trial.hidden_rose
    calm = _landlord(4, 2)
    assert calm.trial is not None
    assert not calm.trial.hidden_rose


def test_without_contacts_the_hidden_share_is_not_known() -> None:
    tables = {
        "learning_actions": [builders.action(theme="damp", opened_on=OPENED, done_on=DONE)],
        "complaints": _rows("B", date(2023, 6, 1), 30, category="damp"),
    }
    trial = learning_picture(builders.records(**tables), AS_AT).actions[0].trial
    assert trial is not None
    assert trial.ghosts_before is None
    late = tables | {"contacts": [builders.contact(occurred_at=_morning(date(2024, 1, 3)))]}
    trial = learning_picture(builders.records(**late), AS_AT).actions[0].trial
    assert trial is not None
    assert trial.ghosts_before is None
    assert trial.ghosts_after is not None


def _staffed(*, since: int, handlers_after: str) -> LearningPicture:
    """Complaints on damp fell after an action done in March 2023; three people answered them. From April 2024
    others did, and `since` complaints came in the year after."""
    opened, done, left = date(2023, 2, 1), date(2023, 3, 1), date(2024, 4, 1)
    complaints: list[Row] = []

    def answered(prefix: str, first: date, count: int, handler: str, category: str = "damp") -> None:
        for n in range(count):
            day = first + timedelta(days=n * 13 % 90)
            complaints.append(
                builders.complaint(
                    complaint_ref=f"{prefix}{n}", received_on=day, category=category,
                    stage_1_responded_on=day + timedelta(days=5),
                    stage_1_handler=f"{handler}{n % 3}",
                )
            )  # fmt: skip

    answered("B", date(2022, 6, 1), 40, "old")
    answered("M", date(2023, 12, 1), 12, "old")
    answered("S", left + timedelta(days=10), since, handlers_after)
    tables = {
        "learning_actions": [builders.action(action_ref="A1", theme="damp", opened_on=opened, done_on=done)],
        "complaints": complaints,
    }
    return learning_picture(builders.records(**tables), AS_AT)


def test_turnover_learning_that_leaves_with_the_people() -> None:
    (lost,) = _staffed(since=60, handlers_after="new").turnover
    assert (lost.people, lost.left, lost.outcome) == (3, 3, "lost")
    assert (lost.before, lost.after) == (11, 61), "the last of the twelve came after two of the three had left"
    (kept,) = _staffed(since=14, handlers_after="new").turnover
    assert kept.outcome == "survived"
    (same,) = _staffed(since=14, handlers_after="old").turnover
    assert same.half_left_on is not None, "they answered nothing in the last six months"
    assert _staffed(since=0, handlers_after="new").turnover[0].outcome in ("survived", "too few to tell")


def test_voice_to_board_is_counted_in_working_days_from_the_first_sign() -> None:
    complaints = [
        builders.complaint(received_on=date(2024, 1, 2), category="rent"),
        builders.complaint(received_on=date(2024, 6, 3), category="damp"),
        builders.complaint(received_on=date(2024, 6, 10), category="lifts"),
    ]
    governance = [
        builders.governance_item(met_on=date(2024, 5, 1), theme="damp"),
        builders.governance_item(met_on=date(2024, 9, 12), theme="damp", response="challenged", item="trend review"),
        builders.governance_item(met_on=date(2024, 9, 12), theme="lifts", body="executive"),
        builders.governance_item(met_on=date(2025, 2, 12), theme="damp"),
    ]
    found = learning_picture(builders.records(complaints=complaints, governance=governance), AS_AT).voice
    by_theme = {each.theme: each for each in found.themes}
    damp, lifts, rent = (by_theme[theme] for theme in ("damp", "lifts", "rent"))
    assert (damp.reached_on, damp.body, damp.response) == (date(2024, 9, 12), "governing body", "challenged")
    assert damp.last_reached_on == date(2025, 2, 12)
    assert damp.working_days == working_days_between(date(2024, 6, 3), date(2024, 9, 12))
    assert lifts.reached_on is None, "the executive is not the governing body"
    assert lifts.working_days == working_days_between(date(2024, 6, 10), AS_AT)
    assert (rent.is_at_least, damp.is_at_least) == (True, False)
    assert found.median is None, "two of three have not reached it"


def test_hidden_stages_before_the_first_complaint_begin_the_wait() -> None:
    complaints = [
        builders.complaint(received_on=date(2023, 1, 2), category="rent"),
        builders.complaint(received_on=date(2024, 6, 3), category="damp", household_ref="H2"),
    ]
    tables = {
        "complaints": complaints,
        "contacts": _hidden(date(2024, 1, 10), 1, 0),
        "governance": [builders.governance_item(met_on=date(2024, 3, 1), theme="damp")],
    }
    records = builders.records(**tables)
    assert hidden_stages(records, [AS_AT], whenever=True).height == 1
    damp = next(each for each in learning_picture(records, AS_AT).voice.themes if each.theme == "damp")
    assert (damp.first_signal_on, damp.reached_on) == (date(2024, 1, 10), date(2024, 3, 1))


def test_nothing_held_is_not_evidenced() -> None:
    found = learning_picture(builders.records(), AS_AT)
    assert found.why_not
    assert "not evidenced" in heading(found)
    assert effects(builders.records(), AS_AT).is_empty()
    assert found.voice.why_not

"""Governance against plain counts, and by what must hold whatever the records."""

from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from metrics.assessment import read_indicators
from metrics.choices import BODIES, ITEMS, RESPONSES
from metrics.governance.picture import DUTIES, GovernancePicture, governance_picture
from metrics.governance.words import heading, kept_words, lead, questions
from metrics.records import Records
from tests import builders
from tests.recount.days import last_complete_quarters, window
from tests.recount.known import Row

AS_AT = date(2025, 3, 31)


@st.composite
def items(draw: st.DrawFn) -> list[Row]:
    rng = Random(draw(st.integers(0, 10_000)))
    return [
        builders.governance_item(
            met_on=AS_AT - timedelta(days=rng.randint(-40, 900)),
            body=rng.choice(BODIES),
            item=rng.choice(ITEMS),
            response=rng.choice([*RESPONSES, None]),
            theme=rng.choice([None, "repairs", "damp"]),
            minute_ref=rng.choice([None, "M1"]),
        )
        for _ in range(rng.randint(0, 120))
    ]


def _picture(rows: list[Row], as_at: date = AS_AT) -> tuple[Records, GovernancePicture]:
    records = builders.records(governance=rows)
    return records, governance_picture(records, as_at)


@given(rows=items())
def test_every_quarter_of_every_duty_equals_a_plain_count(rows: list[Row]) -> None:
    _, found = _picture(rows)
    quarters = last_complete_quarters(AS_AT, 8)
    assert list(found.quarters) == [last for _, last in quarters]
    for kept in found.duties:
        of_duty = [row for row in rows if row["item"] == kept.duty.item]
        for received, (first, last) in zip(kept.quarters, quarters, strict=True):
            inside = [row for row in of_duty if first <= row["met_on"] <= last]
            governing = [row for row in inside if row["body"] in ("governing body", "committee")]
            assert sorted(each.item_ref for each in received.items) == sorted(row["item_ref"] for row in governing)
            assert received.elsewhere == len(inside) - len(governing)
            assert received.is_active == any(row["response"] in ("challenged", "decided") for row in governing)


@given(rows=items())
def test_what_was_acted_on_noted_and_unsaid_adds_up(rows: list[Row]) -> None:
    _, found = _picture(rows)
    first, last = window(AS_AT)
    recent = [row for row in rows if first <= row["met_on"] <= last and row["body"] in ("governing body", "committee")]
    assert found.taken == len(recent) == len(found.acted) + found.noted + found.unsaid
    assert [item.met_on for item in found.acted] == sorted((item.met_on for item in found.acted), reverse=True)
    assert found.minuted == sum(row["minute_ref"] is not None for row in recent)
    assert set(found.others) == {row["item"] for row in recent} - {duty.item for duty in DUTIES}


@given(rows=items())
def test_scrutinised_quarters_are_those_of_the_gate(rows: list[Row]) -> None:
    records, found = _picture(rows)
    reading = read_indicators(records, AS_AT)
    gate = next(each for each in reading.values() if each.key == "board_scrutiny")
    if gate.numerator is not None:
        assert gate.numerator == found.scrutinised


@given(rows=items())
def test_later_items_and_the_order_of_rows_change_nothing(rows: list[Row]) -> None:
    _, found = _picture(rows)
    _, cut = _picture([row for row in rows[::-1] if row["met_on"] <= AS_AT])
    assert cut == found


def test_gaps_read_not_evidenced_never_zero() -> None:
    _, found = _picture([])
    assert heading(found) == "What the governing body received is not evidenced"
    assert "not the same as nothing received" in lead(found)
    _, found = _picture([builders.governance_item(met_on=date(2025, 2, 3))])
    assert heading(found).startswith("Not evidenced as the Code asks: 9.7a, 9.7b, 9.7c and 9.7d; ")
    assert kept_words(found.duties[3]) == "not evidenced"


def test_all_received_and_one_challenged() -> None:
    rows = [
        builders.governance_item(met_on=date(2024, 5, 20) + timedelta(days=91 * quarter), item=item, body="committee")
        for quarter in range(4)
        for item in ("performance update", "trend review", "ombudsman update")
    ]
    rows.append(builders.governance_item(met_on=date(2024, 9, 2), item="annual report", response="challenged"))
    _, found = _picture(rows)
    assert heading(found) == "The governing body received what the Code asks for; it challenged or decided one item"
    assert found.scrutinised == 0, "only the annual report was challenged"
    assert len(questions(found)) == 3


def test_an_annual_report_of_more_than_a_year_ago_is_not_evidenced_now() -> None:
    _, found = _picture([builders.governance_item(met_on=date(2024, 3, 30), item="annual report")])
    assert found.duties[3].evidenced == 0
    assert found.duties[3].last_on == date(2024, 3, 30)

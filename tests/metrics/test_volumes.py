"""Volumes counted again in plain Python, and what must be true of any of them."""

from collections import Counter
from datetime import date, timedelta

import pytest

from metrics.narrowing import NOT_RECORDED, Only
from metrics.records import Records
from metrics.volumes import FEW, Part, Rate, volumes
from seed_data.generator import generate
from tests.builders import complaint, determination, event, records, row
from tests.recount.days import add_working_days, last_complete_quarters, window

AS_AT = date(2026, 9, 30)
LANDLORDS = ("MALLO", "SORRE")


@pytest.fixture(scope="module")
def seeds() -> dict[str, Records]:
    drawn = generate()
    return {
        code: Records(landlord_code=code, frames={name: frame.lazy() for name, frame in drawn[code].items()})
        for code in LANDLORDS
    }


def rows_of(held: Records) -> list[dict]:
    return held.frame("complaints").collect().to_dicts()


def within(day: date | None, period: tuple[date, date]) -> bool:
    return day is not None and period[0] <= day <= period[1]


@pytest.mark.parametrize("code", LANDLORDS)
def test_rates_by_quarter_are_those_of_a_plain_count(seeds: dict[str, Records], code: str) -> None:
    found, complaints = volumes(seeds[code], AS_AT), rows_of(seeds[code])
    quarters = last_complete_quarters(AS_AT, 12)
    assert [quarter.end for quarter in found.quarters] == [last for _, last in quarters]
    for quarter, period in zip(found.quarters, quarters, strict=True):
        assert quarter.stage_1.count == sum(within(each["received_on"], period) for each in complaints)
        assert quarter.stage_2.count == sum(within(each["stage_2_requested_on"], period) for each in complaints)
        assert quarter.stage_1.value == pytest.approx(1000 * quarter.stage_1.count / found.homes)


@pytest.mark.parametrize("code", LANDLORDS)
@pytest.mark.parametrize("by", ["service_area", "team", "channel"])
def test_slices_are_those_of_a_plain_count(seeds: dict[str, Records], code: str, by: str) -> None:
    found = volumes(seeds[code], AS_AT)
    column = "category" if by == "service_area" else by
    counted = Counter(
        each[column] or NOT_RECORDED for each in rows_of(seeds[code]) if within(each["received_on"], window(AS_AT))
    )
    assert {each.name: each.now.count for each in found.slices[by] if each.now.count} == counted
    assert sum(each.now.count for each in found.slices[by]) == found.year.count


@pytest.mark.parametrize("code", LANDLORDS)
def test_timeliness_is_that_of_a_plain_count(seeds: dict[str, Records], code: str) -> None:
    found = volumes(seeds[code], AS_AT)
    counted: Counter[tuple[date, str]] = Counter()
    for each in rows_of(seeds[code]):
        if each["status"] in ("refused", "withdrawn"):
            continue
        latest = add_working_days(each["received_on"], 5)
        starts = min(each["stage_1_acknowledged_on"] or latest, latest)
        plain = due = add_working_days(starts, 10)
        if each["stage_1_extended_to"] and each["stage_1_extended_to"] > plain:
            due = min(each["stage_1_extended_to"], add_working_days(plain, 10))
        answered = each["stage_1_responded_on"]
        kind = "late" if answered is None or answered > due else "on_time" if answered <= plain else "extended"
        quarter = next((last for first, last in last_complete_quarters(AS_AT, 12) if first <= due <= last), None)
        if quarter:
            counted[(quarter, kind)] += 1
    for each in (one for one in found.timeliness if one.stage == 1):
        assert (each.on_time, each.extended, each.late) == tuple(
            counted[(each.end, kind)] for kind in ("on_time", "extended", "late")
        )


@pytest.mark.parametrize("code", LANDLORDS)
def test_the_flow_refusals_and_withdrawals_are_those_of_a_plain_count(seeds: dict[str, Records], code: str) -> None:
    found = volumes(seeds[code], AS_AT)
    year = [each for each in rows_of(seeds[code]) if within(each["received_on"], window(AS_AT))]
    asked = [each for each in year if each["stage_2_requested_on"] and each["stage_2_requested_on"] <= AS_AT]
    assert (found.flows[0].stage_2.k, found.flows[0].stage_2.n) == (len(asked), len(year))
    refused = [each for each in year if each["status"] == "refused"]
    assert found.refused == Part(k=len(refused), n=len(year))
    assert dict(found.refusal_reasons) == Counter(each["refusal_reason"] or NOT_RECORDED for each in refused)
    assert found.withdrawn.k == sum(each["status"] == "withdrawn" for each in year)


def test_what_happens_after_the_day_has_not_happened() -> None:
    held = records(
        landlords=[row("landlords")],
        complaints=[
            complaint(complaint_ref="A", received_on=date(2024, 4, 2), stage_2_requested_on=date(2024, 5, 1)),
            complaint(complaint_ref="B", received_on=date(2024, 6, 3), stage_2_requested_on=date(2024, 7, 1)),
            complaint(complaint_ref="C", received_on=date(2024, 7, 1)),
        ],
        determinations=[determination(complaint_ref="A", decided_on=date(2024, 8, 1))],
        events=[event(happened_on=date(2024, 5, 1)), event(happened_on=date(2024, 7, 2))],
    )
    found = volumes(held, date(2024, 6, 30))
    assert (found.year.count, found.flows[0].stage_2.k) == (2, 1)
    assert found.flows[0].ombudsman == Part(k=0, n=2)
    assert [each.on for each in found.events] == [date(2024, 5, 1)]


def test_only_those_asked_for_are_counted_and_the_choices_stay() -> None:
    held = records(
        landlords=[row("landlords")],
        complaints=[
            complaint(received_on=date(2024, 4, 2), category="damp", team="North", channel="email"),
            complaint(received_on=date(2024, 4, 3), category="damp", team=None, channel="phone"),
            complaint(received_on=date(2024, 4, 4), category="noise", team="North", channel="email"),
        ],
    )
    found = volumes(held, date(2024, 6, 30), only=Only(service_area="damp", team=NOT_RECORDED))
    assert found.year.count == 1
    assert found.choices["team"] == ("North", NOT_RECORDED)
    assert volumes(held, date(2024, 6, 30), only=Only(channel="email")).quarters[-1].stage_1.count == 2


def test_a_quarter_the_records_do_not_cover_is_left_out() -> None:
    begun_late = records(complaints=[complaint(received_on=date(2024, 2, 20)), complaint(received_on=date(2024, 5, 1))])
    assert [quarter.end for quarter in volumes(begun_late, date(2024, 8, 15)).quarters] == [date(2024, 6, 30)]
    begun_early = records(complaints=[complaint(received_on=date(2024, 1, 9))])
    assert [quarter.end for quarter in volumes(begun_early, date(2024, 6, 30)).quarters][0] == date(2024, 3, 31)


def test_without_homes_there_is_a_count_and_no_rate() -> None:
    held = records(complaints=[complaint(received_on=date(2024, 4, 2))])
    found = volumes(held, date(2024, 6, 30))
    assert (found.year.count, found.year.value, found.year.interval) == (1, None, None)
    assert found.flows[0].ombudsman is None
    assert found.year_before is None


def test_an_empty_landlord_has_nothing_to_show() -> None:
    found = volumes(records(landlords=[row("landlords")]), AS_AT)
    assert (found.year.count, found.quarters, found.timeliness) == (0, (), ())
    assert found.refused.share is None


def test_the_interval_of_a_count_is_the_published_exact_one() -> None:
    """Garwood's limits, as tables of the Poisson distribution print them."""
    for count, low, high in ((0, 0.0, 3.689), (1, 0.025, 5.572), (10, 4.795, 18.39), (100, 81.36, 121.63)):
        interval = Rate(count=count, homes=1000).interval
        assert interval is not None
        assert interval == pytest.approx((low, high), abs=0.006)


def test_a_change_is_called_only_where_the_ranges_do_not_meet() -> None:
    fifty = Rate(count=50, homes=1000)
    assert fifty.told_apart(Rate(count=60, homes=1000)) == ""
    assert fifty.told_apart(Rate(count=100, homes=1000)) == "fewer"
    assert Rate(count=100, homes=1000).told_apart(fifty) == "more"
    assert fifty.told_apart(Rate(count=500, homes=None)) == ""
    assert Rate(count=FEW - 1, homes=1000).is_few
    assert not Rate(count=FEW, homes=1000).is_few


def test_rows_in_another_order_give_the_same() -> None:
    days = [date(2024, 4, 1) + timedelta(days=step) for step in range(0, 90, 3)]
    rows = [complaint(complaint_ref=f"C{at}", received_on=day, team=f"T{at % 3}") for at, day in enumerate(days)]
    one = volumes(records(landlords=[row("landlords")], complaints=rows), date(2024, 6, 30))
    other = volumes(records(landlords=[row("landlords")], complaints=rows[::-1]), date(2024, 6, 30))
    assert one == other

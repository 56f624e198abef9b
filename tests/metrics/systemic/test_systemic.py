"""Systemic signals: planted ones are found, chance ones are rare, counts equal plain counts, real findings are read."""

import csv
import gzip
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, poisson

from metrics.learning.listing import Asked, complaints_on
from metrics.records import Records
from metrics.systemic.across import COVERAGE, Across, across_landlords
from metrics.systemic.excess import LEVEL, chance_of_so_many, dispersion, excess
from metrics.systemic.own import NO_CAUSE, OwnSignals, own_signals
from tests import builders
from tests.recount.days import window
from tests.recount.known import Row

AS_AT = date(2025, 3, 31)
SERVICES, CAUSES = ("repairs", "damp", "lifts", "noise"), ("delay", "no update", "records")
AREAS, TEAMS = ("north", "south", "east", "west", "centre"), ("blue", "green")
FINDINGS = Path(__file__).resolve().parents[3] / "../shared/data/ombudsman/findings_2020_2026.csv.gz"


def _upheld(rng: Random, number: int, **values: Any) -> Row:
    """An upheld complaint at random in three years."""
    plain = {
        "category": rng.choice(SERVICES),
        "root_cause": rng.choice(CAUSES),
        "area": rng.choice(AREAS),
        "team": rng.choice(TEAMS),
    }
    on = AS_AT - timedelta(days=rng.randint(0, 1090))
    return builders.upheld_complaint(complaint_ref=f"C{number}", responded_on=on, **(plain | values))


def _landlord(seed: int, *, planted: int = 0) -> Records:
    rng = Random(seed)
    rows = [_upheld(rng, number) for number in range(500)]
    rows += [
        _upheld(rng, 1000 + number, category="damp", root_cause="records", area="east") for number in range(planted)
    ]
    action = builders.action(action_ref="A1", theme="damp", opened_on=date(2025, 1, 6), area="east")
    other = builders.action(action_ref="A2", theme="damp", opened_on=date(2025, 1, 6), area="west")
    done = builders.action(action_ref="A3", theme="damp", opened_on=date(2024, 1, 8), done_on=date(2024, 2, 1))
    return builders.records(complaints=rows, learning_actions=[action, other, done])


def test_a_planted_cell_is_found_with_its_cases_and_the_open_actions_on_it() -> None:
    found = own_signals(_landlord(1, planted=30), AS_AT)
    signal = next(each for each in found.signals if each.reach == "one area" and each.aim == "service failure")
    assert (signal.service, signal.cause, signal.area) == ("damp", "records", "east")
    assert signal.count >= 30
    assert sum(signal.by_year) == signal.count
    assert [action.action_ref for action in signal.actions] == ["A1"]
    assert signal.q <= LEVEL
    assert signal.times > 1.8


def test_a_signal_without_a_coded_cause_lists_those_complaints_alone() -> None:
    rng = Random(4)
    rows = [_upheld(rng, number, root_cause=rng.choice((*CAUSES, None))) for number in range(500)]
    rows += [_upheld(rng, 1000 + number, category="lifts", root_cause=None, area="west") for number in range(40)]
    records = builders.records(complaints=rows)
    found = own_signals(records, AS_AT)
    signal = next(each for each in found.signals if each.cause == NO_CAUSE)
    assert (signal.service, signal.area) == ("lifts", "west")
    asked = Asked(
        theme="lifts", area="west", root_cause=signal.cause, first=found.first, last=found.last, dated="upheld"
    )
    assert complaints_on(records, AS_AT, asked).height == signal.count
    assert complaints_on(records, AS_AT, replace(asked, root_cause=None)).height > signal.count


def test_where_nothing_is_planted_signals_are_rare() -> None:
    with_any = sum(bool(own_signals(_landlord(seed), AS_AT).signals) for seed in range(10, 40))
    assert with_any <= 6, "of thirty landlords one in ten may have one by chance"


def test_cells_that_vary_more_than_poisson_raise_no_more_signals() -> None:
    """Places that differ by a third among themselves: the spread is measured, and few signals are left."""
    rng = np.random.default_rng(3)
    expected = np.full(400, 20.0)
    counts = rng.negative_binomial(20 / 3, 1 / 4, 400)
    found = excess(counts, expected)
    assert 3 < found.spread < 5
    assert (found.q <= LEVEL).sum() <= 4
    assert (false_discovery_control(poisson.sf(counts - 1, expected)) <= LEVEL).sum() > 30


def test_without_extra_spread_the_chance_is_poissons_and_q_is_benjamini_hochbergs() -> None:
    rng = np.random.default_rng(5)
    expected = rng.uniform(0.5, 12, 60)
    counts = rng.poisson(expected)
    p = chance_of_so_many(counts, expected, 1.0)
    assert np.allclose(p, [poisson.sf(count - 1, mean) for count, mean in zip(counts, expected, strict=True)])
    ordered = sorted(p)
    steps = {each: each * len(p) / (place + 1) for place, each in enumerate(ordered)}
    by_hand = [min(1.0, *(steps[other] for other in ordered if other >= each)) for each in p]
    assert np.allclose(false_discovery_control(p), by_hand)
    assert 1 <= dispersion(rng.poisson(20, 2000), np.full(2000, 20.0)) < 1.15
    assert dispersion(np.array([0, 0]), np.array([0.1, 0.2])) == 1.0
    assert excess(np.zeros(0, dtype=np.int64), np.zeros(0)).spread == 1.0


@st.composite
def some_complaints(draw: st.DrawFn) -> list[Row]:
    rng = Random(draw(st.integers(0, 10_000)))
    rows = [_upheld(rng, number) for number in range(rng.randint(0, 300))]
    for row in rows:
        if rng.random() < 0.2:
            row["root_cause"] = row["area"] = None
        if rng.random() < 0.2:
            row["stage_1_outcome"] = "not upheld"
        if rng.random() < 0.1:
            row["stage_1_responded_on"] = AS_AT + timedelta(days=3)
    return rows


@given(rows=some_complaints())
def test_counts_by_year_equal_plain_counts(rows: list[Row]) -> None:
    found = own_signals(builders.records(complaints=rows), AS_AT)
    first, last = window(AS_AT, 36)
    upheld = [
        row for row in rows if row["stage_1_outcome"] == "upheld" and first <= row["stage_1_responded_on"] <= last
    ]
    assert found.upheld == len(upheld)
    starts = [window(AS_AT, months)[0] for months in (36, 24, 12)]
    ends = [*starts[1:], AS_AT + timedelta(days=1)]
    for each in (*found.signals, *found.recurring):
        if each.aim != "service failure":
            continue
        inside = [
            row
            for row in upheld
            if row["category"] == each.service
            and (row["root_cause"] or "no cause coded") == each.cause
            and each.area in (None, row["area"])
        ]
        assert each.count == len(inside)
        days = [row["stage_1_responded_on"] for row in inside]
        assert each.by_year == tuple(
            sum(start <= day < end for day in days) for start, end in zip(starts, ends, strict=True)
        )
        assert each.teams == len({row["team"] for row in inside if row["team"]})


@given(rows=some_complaints())
def test_later_complaints_and_the_order_of_rows_change_nothing(rows: list[Row]) -> None:
    found = own_signals(builders.records(complaints=rows), AS_AT)
    later = [builders.complaint(received_on=AS_AT + timedelta(days=1), category="new")]
    assert own_signals(builders.records(complaints=[*rows[::-1], *later]), AS_AT) == found


def test_what_recurs_in_every_year_and_more_than_one_area_is_listed_even_if_it_is_no_more_than_usual() -> None:
    found = own_signals(_landlord(4), AS_AT)
    assert found.recurring
    for each in found.recurring:
        assert min(each.by_year) >= 5
        assert max(each.teams, each.areas) >= 2
    counts = [each.count for each in found.recurring]
    assert counts == sorted(counts, reverse=True)


def _late(area: str, number: int, *, late: bool) -> Row:
    """A complaint acknowledged the next day and answered in a week, or only after three months."""
    received = AS_AT - timedelta(days=200 + number * 7)
    return builders.complaint(
        complaint_ref=f"{area}{number}{late}", received_on=received, area=area, category="repairs",
        stage_1_acknowledged_on=received + timedelta(days=1),
        stage_1_responded_on=received + timedelta(days=90 if late else 7),
    )  # fmt: skip


def test_late_answers_in_one_area_are_a_failure_in_complaint_handling() -> None:
    rows = [_late(area, number, late=number % 10 == 0) for area in AREAS for number in range(100)]
    rows += [_late("south", number, late=True) for number in range(40)]
    found = own_signals(builders.records(complaints=rows), AS_AT)
    late = [each for each in found.signals if each.aim == "complaint handling"]
    assert [(each.area, each.cause) for each in late] == [("south", "stage 1 answered late")]


def test_nothing_upheld_says_so() -> None:
    found: OwnSignals = own_signals(builders.records(), AS_AT)
    assert found.why_not
    assert not found.signals


def _findings(rows: list[tuple[str, str, str, date]]) -> pl.LazyFrame:
    return pl.LazyFrame(
        rows,
        schema={"landlord_code": pl.String, "category": pl.String, "finding": pl.String, "decided_on": pl.Date},
        orient="row",
    )


def test_what_recurs_at_several_landlords_is_a_signal_across_them() -> None:
    days = (date(2022, 9, 1), date(2023, 9, 1), date(2024, 9, 2))
    rows = [(code, "damp", "maladministration", day) for code in "ABC" for day in days[:2]]
    rows += [("D", "damp", "service failure", days[2]), ("A", "lifts", "maladministration", days[0])]
    rows += [("A", "lifts", "no maladministration", days[1]), ("B", "lifts", "outside jurisdiction", days[1])]
    found = across_landlords(_findings(rows), AS_AT)
    damp, lifts = found.categories
    assert (damp.category, damp.findings, damp.upheld, damp.landlords, damp.recurring) == ("damp", 7, 7, 4, 3)
    assert damp.by_year == (3, 3, 1)
    assert damp.is_signal
    assert (lifts.findings, lifts.upheld, lifts.recurring, lifts.is_signal) == (2, 1, 0, False)
    few = across_landlords(_findings(rows[:2]), AS_AT)
    assert "3 are needed" in few.why_not


@pytest.mark.skipif(not FINDINGS.exists(), reason="../shared/data is not beside the checkout")
def test_published_findings_of_all_landlords_equal_a_plain_count() -> None:
    with gzip.open(FINDINGS, "rt", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    read = [
        (row["landlord"], row["category"], row["finding"].lower(), _day(row["decision_date"]))
        for row in rows
        if _day(row["decision_date"])
    ]
    as_at = date(2025, 12, 31)
    found: Across = across_landlords(_findings(read), as_at)
    first, last = window(as_at, 36)
    upheld = Counter(
        category
        for _, category, finding, day in read
        if day and first <= day <= last
        and finding in ("severe maladministration", "maladministration", "service failure")
    )  # fmt: skip
    assert {each.category: each.upheld for each in found.categories} == {
        each.category: upheld[each.category] for each in found.categories
    }
    assert sum(upheld.values()) == sum(sum(each.by_year) for each in found.categories)
    assert found.categories[0].category == "Complaint Handling"
    assert found.categories[0].recurring > 100
    assert found.landlords > 300
    assert "60%" in COVERAGE


def _day(text: str) -> date | None:
    for form in ("%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    return None

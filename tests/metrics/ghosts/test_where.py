"""The funnel, the path, the flow and the split: recounted in plain Python, or worked out by hand."""

from collections import Counter
from datetime import date, datetime, timedelta
from math import isclose, log, sqrt

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from metrics.ghosts.conformance import KINDS, conformance, deviations
from metrics.ghosts.flow import flow, paths
from metrics.ghosts.funnel import limits, spread
from metrics.ghosts.hidden import hidden_stages
from metrics.ghosts.path_rules import BY_KEY, RULES
from metrics.ghosts.recording import Year, recording, split
from metrics.ghosts.where import DIMENSIONS, where
from metrics.periods import window
from tests import builders
from tests.builders import Row
from tests.metrics.ghosts.landlords import ghostly_landlords
from tests.metrics.ghosts.test_estimates import labelled
from tests.strategies import Landlord

AS_AT = date(2025, 3, 31)


def _quantile(values: list[float], share: float) -> float:
    """Type 7, as R has it."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(20, 5000)), min_size=3, max_size=25))
def test_the_funnel_is_that_of_the_formulas(points: list[tuple[int, int]]) -> None:
    if not sum(x for x, _ in points):
        return
    found = spread(*(np.array(each, dtype=float) for each in zip(*points, strict=True)))
    target = sum(x for x, _ in points) / sum(n for _, n in points)
    y = [log((x + 0.5) / (n + 0.5)) for x, n in points]
    s = [sqrt(x / (x + 0.5) ** 2 + n / (n + 0.5) ** 2) for x, n in points]
    z = [(each - log(target)) / spread_ for each, spread_ in zip(y, s, strict=True)]
    low, high = _quantile(z, 0.1), _quantile(z, 0.9)
    k = len(points)
    phi = sum(min(max(each, low), high) ** 2 for each in z) / k
    w = [1 / each**2 for each in s]
    tau2 = max(0.0, (k * phi - (k - 1)) / (sum(w) - sum(each**2 for each in w) / sum(w)))
    assert isclose(found.phi, phi, rel_tol=1e-9)
    assert isclose(found.tau2, tau2, rel_tol=1e-9, abs_tol=1e-12)
    wider = [(each - log(target)) / sqrt(own**2 + tau2) for each, own in zip(y, s, strict=True)]
    assert np.allclose(found.z, wider)
    p = sorted(float(stats.norm.cdf(each)) for each in wider)
    # Benjamini-Hochberg by hand: the smallest p·k/rank of this rank or a later one.
    q = [min(p[later] * k / (later + 1) for later in range(rank, k)) for rank in range(k)]
    assert np.allclose(sorted(found.q), sorted(min(1.0, each) for each in q))


def test_the_edges_of_a_funnel_hold_the_target_and_close_with_size() -> None:
    small, large = limits(0.1, 0.01, 100), limits(0.1, 0.01, 10_000)
    assert small[0] < large[0] < 0.1 < large[1] < small[1]
    s = sqrt(10 / 10.5**2 + 100 / 100.5**2)
    assert isclose(log(small[1] / 0.1), 3.09 * sqrt(s**2 + 0.01))


def team(name: str, *, contacts: int, complaints: int, category: str = "repairs") -> dict[str, list[Row]]:
    """A team's year: contacts about one thing, complaints of other households."""
    day = datetime(2024, 9, 2, 9)
    return {
        "contacts": [
            builders.contact(occurred_at=day, household_ref=f"{name}-{n}", team=name, category=category)
            for n in range(contacts)
        ],
        "complaints": [
            builders.complaint(received_on=date(2024, 9, 3), household_ref=f"{name}+{n}", team=name, category=category)
            for n in range(complaints)
        ],
    }


def joined(*parts: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The rows of several, table by table."""
    return {name: [row for part in parts for row in part.get(name, [])] for part in parts for name in part}


def test_a_team_that_logs_little_is_the_alarm_and_small_ones_are_greyed() -> None:
    ordinary = [team(f"T{n}", contacts=300, complaints=28 + n) for n in range(8)]
    tables = joined(
        *ordinary,
        team("Quiet", contacts=400, complaints=3),
        team("Tiny", contacts=12, complaints=0),
        team("Silent", contacts=200, complaints=0),
    )
    found = where(builders.records(**tables), AS_AT, "team")
    by_name = {place.name: place for place in found.places}
    assert [place.name for place in found.alarms] == ["Quiet"]
    assert "3 complaints logged where" in by_name["Quiet"].why
    assert (by_name["Tiny"].state, by_name["Silent"].state) == ("too small", "never named")
    assert by_name["Tiny"].ratio is None and "12 contacts" in by_name["Tiny"].why
    assert (found.contacts, found.placed) == (8 * 300 + 612, 8 * 300 + 612)


def test_a_hard_service_area_does_not_make_a_team_look_quiet() -> None:
    """Lifts lead to few complaints everywhere; a team that takes nothing else is no alarm, one that is quiet is."""
    mixed = [
        joined(
            team(f"T{n}", contacts=300, complaints=60),
            team(f"T{n}", contacts=300, complaints=6, category="lifts"),
        )
        for n in range(6)
    ]
    lifts = team("Lifts", contacts=600, complaints=12, category="lifts")
    found = where(builders.records(**joined(*mixed, lifts)), AS_AT, "team")
    assert {place.state for place in found.places} == {"as expected"}
    place = next(place for place in found.places if place.name == "Lifts")
    assert place.ratio is not None and 0.8 < place.ratio < 1.25


def test_contacts_under_a_complaint_and_outbound_ones_are_no_occasion_to_log() -> None:
    tables = joined(*(team(f"T{n}", contacts=60, complaints=9) for n in range(3)))
    day = datetime(2024, 9, 9, 9)
    tables["contacts"] += [
        builders.contact(occurred_at=day, team="T0", complaint_ref="X"),
        builders.contact(occurred_at=day, team="T0", direction="outbound"),
        builders.contact(occurred_at=datetime(2023, 9, 9, 9), team="T0"),
    ]
    assert where(builders.records(**tables), AS_AT, "team").contacts == 180


def test_areas_come_from_the_latest_complaint_of_the_household() -> None:
    tables = {
        "complaints": [
            builders.complaint(received_on=date(2023, 5, 1), household_ref="H1", area="North"),
            builders.complaint(received_on=date(2024, 5, 1), household_ref="H1", area="South"),
            builders.complaint(received_on=date(2024, 6, 1), household_ref="H1", area=None),
        ],
        "contacts": [
            builders.contact(occurred_at=datetime(2024, 9, 9, 9), household_ref=household) for household in ("H1", "H2")
        ],
    }
    found = where(builders.records(**tables), AS_AT, "area")
    assert [(place.name, place.contacts, place.complaints) for place in found.places] == [("South", 1, 1)]
    assert (found.contacts, found.placed) == (2, 1)


def test_without_contacts_there_is_no_funnel_and_no_zero() -> None:
    found = where(builders.records(complaints=[builders.complaint(received_on=date(2024, 9, 1))]), AS_AT, "team")
    assert found.places == () and "No contacts" in found.why_not


@settings(max_examples=30, deadline=None)
@given(landlord=ghostly_landlords())
def test_a_funnel_counts_what_is_there(landlord: Landlord) -> None:
    held, (first, last) = landlord.records(), window(landlord.as_at)
    for by in DIMENSIONS:
        found = where(held, landlord.as_at, by)
        if found.why_not:
            continue
        received = [row for row in landlord.tables["complaints"] if first <= row["received_on"] <= last]
        wanted = Counter(row[by] for row in received if row[by] is not None)
        assert {place.name: place.complaints for place in found.places if place.complaints} == dict(wanted)
        taken = [
            row
            for row in landlord.tables["contacts"]
            if row["direction"] == "inbound"
            and row["complaint_ref"] is None
            and first <= row["occurred_at"].date() <= last
        ]
        assert found.contacts == len(taken)
        assert sum(place.contacts for place in found.places) == found.placed
        assert isclose(sum(place.adjusted for place in found.places), found.placed, abs_tol=1e-6)


ON_PATH = {
    "received_on": date(2024, 6, 3),
    "stage_1_acknowledged_on": date(2024, 6, 5),
    "stage_1_extended_to": date(2024, 6, 20),
    "stage_1_responded_on": date(2024, 6, 17),
    "stage_2_requested_on": date(2024, 7, 1),
    "stage_2_acknowledged_on": date(2024, 7, 3),
    "stage_2_extended_to": date(2024, 8, 1),
    "stage_2_responded_on": date(2024, 7, 25),
    "closed_on": date(2024, 7, 26),
}
OFF_PATH = {
    "no_stage_1_acknowledgement": {"stage_1_acknowledged_on": None},
    "closed_without_answer": {
        "stage_1_responded_on": None,
        "stage_2_requested_on": None,
        "stage_2_acknowledged_on": None,
        "stage_2_responded_on": None,
    },
    "stage_2_without_stage_1": {"stage_1_responded_on": None, "closed_on": None},
    "no_stage_2_acknowledgement": {"stage_2_acknowledged_on": None},
    "stage_2_not_asked_for": {"stage_2_requested_on": None},
    "closed_without_stage_2_answer": {"stage_2_responded_on": None},
    "stage_1_extended_too_far": {"stage_1_extended_to": date(2024, 7, 4)},  # 20 working days from 5 June end 3 July
    "stage_2_extended_too_far": {"stage_2_extended_to": date(2024, 9, 30)},
    "acknowledged_after_answer": {"stage_1_acknowledged_on": date(2024, 6, 18)},
    "stage_2_before_stage_1_answer": {"stage_2_requested_on": date(2024, 6, 14)},
    "closed_before_answer": {"closed_on": date(2024, 7, 10)},
}


@pytest.mark.parametrize("key", OFF_PATH)
def test_each_rule_fires_on_its_own_case_alone(key: str) -> None:
    kept = builders.row("complaints", complaint_ref="KEPT", household_ref="H9", **ON_PATH)
    left = builders.row("complaints", complaint_ref="LEFT", **(ON_PATH | OFF_PATH[key]))
    found = deviations(builders.records(complaints=[kept, left]), AS_AT)
    # Stage 2 acknowledged before it was requested late is no rule of its own.
    assert found.rows() == [(key, BY_KEY[key].kind, "LEFT")]


def test_the_last_allowed_day_of_an_extension_is_within_the_path() -> None:
    row = builders.row("complaints", **(ON_PATH | {"stage_1_extended_to": date(2024, 7, 3)}))
    assert deviations(builders.records(complaints=[row]), AS_AT).is_empty()


def test_the_ombudsman_may_come_after_the_last_answer_only() -> None:
    rows = [builders.row("complaints", complaint_ref=ref, household_ref=ref, **ON_PATH) for ref in ("C1", "C2", "C3")]
    decided = [
        builders.determination(decided_on=date(2024, 7, 20), complaint_ref="C1"),
        builders.determination(decided_on=date(2024, 7, 26), complaint_ref="C2"),
        builders.determination(decided_on=date(2024, 7, 20), complaint_ref="C3", finding="outside jurisdiction"),
    ]
    found = deviations(builders.records(complaints=rows, determinations=decided), AS_AT)
    assert found.rows() == [("ombudsman_before_final_answer", "out of order", "C1")]


def test_hidden_stages_and_a_fresh_start_leave_the_path() -> None:
    ended = {"closed_on": date(2024, 6, 18)} | dict.fromkeys([name for name in ON_PATH if "stage_2" in name])
    rows = [
        builders.row("complaints", complaint_ref="C1", **(ON_PATH | ended)),
        builders.complaint(received_on=date(2024, 8, 5), complaint_ref="C2"),
    ]
    held = builders.records(complaints=rows, contacts=[labelled("H1", date(2024, 5, 6), category="repairs")])
    assert deviations(held, AS_AT).rows() == [
        ("stage_1_begun_again", "repeated", "C1"),
        ("stage_before_stage_1", "extra stage", "C1"),
    ]
    found = conformance(held, AS_AT)
    assert (found.complaints, found.on_path) == (2, 1)


def register(**values: object) -> pl.DataFrame:
    """One accepted deviation."""
    plain = {"deviation": "no_stage_1_acknowledgement", "owner": "Head of service", "reason": "Answered within a day"}
    schema = {"deviation": pl.String, "owner": pl.String, "reason": pl.String, "expires_on": pl.Date}
    return pl.DataFrame([plain | {"expires_on": date(2025, 6, 30)} | values], schema=schema)


def test_an_accepted_deviation_leaves_the_alarm_and_not_the_count() -> None:
    rows = [
        builders.row("complaints", **ON_PATH, household_ref="H9"),
        builders.row("complaints", **(ON_PATH | {"stage_1_acknowledged_on": None})),
    ]
    held = builders.records(complaints=rows)
    key = "no_stage_1_acknowledgement"
    assert [each.key for each in conformance(held, AS_AT).alarms] == [key]
    accepted = conformance(held, AS_AT, accepted=register())
    entry = next(each for each in accepted.deviations if each.key == key)
    assert (accepted.alarms, entry.count, accepted.on_path) == ((), 1, 1)
    assert entry.accepted is not None and entry.accepted.owner == "Head of service"
    for change, said in (
        ({"expires_on": AS_AT}, "was accepted until 31 March 2025"),
        ({"owner": ""}, "no owner"),
        ({"expires_on": None}, "no expires_on"),
        ({"deviation": "other"}, "no deviation this tool looks for"),
    ):
        lapsed = conformance(held, AS_AT, accepted=register(**change))
        assert [each.key for each in lapsed.alarms] == [key]
        assert said in lapsed.lapsed[0]


def test_what_nothing_held_can_check_has_no_count() -> None:
    found = conformance(builders.records(complaints=[builders.complaint(received_on=date(2024, 9, 2))]), AS_AT)
    assert all(each.count is None and each.why_not for each in found.deviations)
    assert [each.kind for each in found.deviations] == sorted((rule.kind for rule in RULES), key=KINDS.index)


@settings(max_examples=40, deadline=None)
@given(landlord=ghostly_landlords())
def test_the_flow_adds_up_and_its_complaints_are_listed(landlord: Landlord) -> None:
    held, as_at = landlord.records(), landlord.as_at
    hidden = hidden_stages(held, [as_at])
    found, each = flow(held, as_at, hidden=hidden), paths(held, as_at, hidden=hidden)
    first, last = window(as_at)
    received = {row["complaint_ref"] for row in landlord.tables["complaints"] if first <= row["received_on"] <= last}
    counts = {(link.source, link.target): link.count for link in found.links}
    assert counts == Counter(each.select("source", "target").rows())
    for node in {link.target for link in found.links} - {"ended", "never"}:
        into = sum(n for (_, target), n in counts.items() if target == node)
        assert into == sum(n for (source, _), n in counts.items() if source == node)
    assert set(each["complaint_ref"].drop_nulls()) == received
    for name, number in (("stage_1", len(received)), ("ended", len(received))):
        assert sum(n for (_, target), n in counts.items() if target == name) == number
    asked = {
        row["complaint_ref"]
        for row in landlord.tables["complaints"]
        if row["complaint_ref"] in received and row["stage_2_requested_on"] and row["stage_2_requested_on"] <= as_at
    }
    assert set(each.filter(pl.col("target") == "stage_2")["complaint_ref"]) == asked
    headline = hidden.filter(pl.col("grade") != "C")
    for name in ("before", "between", "after"):
        theirs = set(headline.filter(pl.col("window") == name)["complaint_ref"]) & received
        assert set(each.filter(pl.col("target") == name)["complaint_ref"]) == theirs


counts = st.integers(0, 3000)


@given(r0=st.integers(1, 3000), h0=counts, r1=counts, h1=st.integers(1, 3000))
def test_the_split_adds_up_and_its_slopes_are_right(r0: int, h0: int, r1: int, h1: int) -> None:
    def parts(*numbers: float) -> tuple[float, float]:
        a, b, c, d = numbers
        u0, u1, g0, g1 = a + b, c + d, b / (a + b), d / (c + d)
        return ((1 - g1) - (1 - g0)) * (u0 + u1) / 2, (u1 - u0) * ((1 - g0) + (1 - g1)) / 2

    before, after = (Year(end=AS_AT, recorded=r, hidden=h, staged=0) for r, h in ((r0, h0), (r1, h1)))
    found = split(before, after)
    recorded, happened = parts(r0, h0, r1, h1)
    assert isclose(found.more_recorded.value, recorded, abs_tol=1e-6)
    assert isclose(found.more_happened.value, happened, abs_tol=1e-6)
    assert isclose(found.more_recorded.value + found.more_happened.value, found.change, abs_tol=1e-6)
    numbers, step = (r0, h0, r1, h1), 1e-4
    for place, part in enumerate((found.more_recorded, found.more_happened)):
        variance = 0.0
        for one in range(4):
            up, down = ([n + sign * step * (at == one) for at, n in enumerate(numbers)] for sign in (1, -1))
            variance += ((parts(*up)[place] - parts(*down)[place]) / (2 * step)) ** 2 * numbers[one]
        assert isclose(
            part.high - part.value, float(stats.norm.ppf(0.975)) * sqrt(variance), rel_tol=1e-3, abs_tol=1e-3
        )


def test_better_recording_reads_as_more_recorded() -> None:
    """As much happened in both years; in the second nothing was left unlogged."""
    years = (Year(end=AS_AT, recorded=600, hidden=400, staged=0), Year(end=AS_AT, recorded=1000, hidden=0, staged=0))
    found = split(*years)
    assert (found.change, found.more_recorded.value, found.more_happened.value) == (400, 400, 0)
    assert found.more_recorded.is_told_apart and not found.more_happened.is_told_apart
    assert "rose by 400: +400 because a larger or smaller share was recorded" in found.words


def test_recording_reads_each_year_as_it_was_known() -> None:
    days = [date(2023, 4, 3) + timedelta(days=7 * n) for n in range(100)]
    complaints = [builders.complaint(received_on=day, household_ref=f"H{n}") for n, day in enumerate(days)]
    contacts = [labelled(f"N{n}", day) for n, day in enumerate(days) if n % 10 == 0]
    found = recording(builders.records(complaints=complaints, contacts=contacts), AS_AT)
    assert [year.end for year in found.years][-1] == AS_AT
    assert len(found.years) == 9
    assert found.split is not None
    known = [year for year in found.years if year.recorded is not None]
    assert [year.end for year in known] == [date(2024, 3, 31), *(y.end for y in found.years[5:])]
    for year in known:
        first, last = window(year.end)
        inside = [n for n, day in enumerate(days) if first <= day <= last]
        assert (year.recorded, year.hidden) == (len(inside), sum(n % 10 == 0 for n in inside))


def test_without_two_years_of_contacts_there_is_no_split() -> None:
    complaints = [builders.complaint(received_on=date(2023, 4, 3) + timedelta(days=30 * n)) for n in range(20)]
    late = [labelled("N1", date(2024, 9, 2))]
    found = recording(builders.records(complaints=complaints, contacts=late), AS_AT)
    assert found.split is None and "Contacts are not held for two years" in found.why_not
    assert all(year.hidden is None for year in found.years)

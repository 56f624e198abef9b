"""`effect_shown`, `sustained` and `loops_owned` against the plain recount; the themes and actions behind them."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from metrics.assessment import Workings
from metrics.catalogue import INDICATORS, indicator
from metrics.counting.cases import cases_behind
from metrics.indicator import THEMES
from metrics.periods import quarter_ends_to
from metrics.reading import Reading
from metrics.records import Records
from metrics.worked_example import records_of
from tests import builders
from tests.metrics.effects.landlords import CATEGORIES, landlords, make_landlord
from tests.recount.gates import GATE_BY_KEY
from tests.recount.known import known
from tests.recount.readings import Figure, read_gate
from tests.strategies import Landlord

OF_THEMES = tuple(each for each in INDICATORS if each.population == THEMES)
KEYS = tuple(each.key for each in OF_THEMES)
AS_AT = date(2025, 3, 31)


def _workings(records: Records, *days: date) -> Workings:
    return Workings(records, days[-1], days=days, indicators=OF_THEMES)


def _readings(records: Records, day: date) -> dict[str, Reading]:
    return _workings(records, day).readings(day)


def _differs(reading: Reading, figure: Figure) -> bool:
    if reading.state != figure.state:
        return True
    if figure.state == "not evidenced":
        return False
    counts = (reading.numerator, reading.denominator) != (figure.numerator, figure.denominator)
    return counts or (reading.probability is None) != (figure.probability is None)


@given(landlord=landlords())
def test_the_readings_equal_the_recount_for_the_landlord_and_for_each_theme(landlord: Landlord) -> None:
    workings = _workings(landlord.records(), landlord.as_at)
    cut = known(landlord.tables, landlord.as_at)
    for area in (None, *sorted(set(CATEGORIES))):
        readings = workings.readings(landlord.as_at, area)
        figures = {key: read_gate(GATE_BY_KEY[key], cut, landlord.as_at, (), area) for key in KEYS}
        assert [key for key in KEYS if _differs(readings[key], figures[key])] == [], area


def test_the_recount_has_seen_both_ways_of_counting_and_every_state() -> None:
    """The random landlords above would prove little if all of them read not evidenced."""
    seen = set()
    for seed in range(40):
        landlord = make_landlord(
            seed=seed,
            as_at=AS_AT,
            complaints=500,
            actions=2 + seed % 12,
            treated=(0.2, 0.6, 0.6, 0.2)[seed % 4],
            falling=0.8 * (seed % 2),
        )
        for key, reading in _readings(landlord.records(), AS_AT).items():
            seen.add((key, reading.probability is None, reading.state))
    for key in ("effect_shown", "sustained"):
        assert {(key, True, "met"), (key, True, "not met"), (key, False, "not met")} <= seen
    assert ("effect_shown", False, "met") in seen
    assert {("loops_owned", True, "met"), ("loops_owned", True, "not met")} <= seen


@given(landlord=landlords())
def test_a_past_day_reads_as_records_cut_by_hand_to_it(landlord: Landlord) -> None:
    day = landlord.as_at - timedelta(days=200)
    whole = _readings(landlord.records(), day)
    by_hand = _readings(builders.records(**known(landlord.tables, day)), day)
    for key in KEYS:
        assert (whole[key].numerator, whole[key].denominator, whole[key].state, whole[key].reason, whole[key].note) == (
            by_hand[key].numerator,
            by_hand[key].denominator,
            by_hand[key].state,
            by_hand[key].reason,
            by_hand[key].note,
        ), key


@given(landlord=landlords())
def test_many_days_at_once_read_as_each_alone(landlord: Landlord) -> None:
    days = quarter_ends_to(landlord.as_at, 6)
    together = _workings(landlord.records(), *days)
    for day in days[::3]:
        alone = _readings(landlord.records(), day)
        for key in KEYS:
            one, other = together.readings(day)[key], alone[key]
            assert (one.numerator, one.denominator, one.state, one.note, one.reason) == (
                other.numerator,
                other.denominator,
                other.state,
                other.note,
                other.reason,
            ), (key, day)


@given(landlord=landlords())
def test_the_themes_behind_are_as_many_as_the_figure_says(landlord: Landlord) -> None:
    records, readings = landlord.records(), _readings(landlord.records(), landlord.as_at)
    for key in KEYS:
        listed = cases_behind(records, key, landlord.as_at)
        counted = cases_behind(records, key, landlord.as_at, which="numerator")
        others = cases_behind(records, key, landlord.as_at, which="attention")
        assert counted.height + others.height == listed.height
        assert tuple(listed.columns) == indicator(key).shows
        assert listed["service_area"].n_unique() == listed.height
        reading = readings[key]
        if key == "loops_owned" and reading.denominator is not None or reading.probability is not None:
            assert (counted.height, listed.height) == (reading.numerator, reading.denominator)
        elif reading.state != "not evidenced":
            assert reading.numerator == listed["after"].sum()
            assert reading.denominator == listed["after"].sum() + listed["before"].sum()
        whole = sum(cases_behind(records, key, landlord.as_at, area=area).height for area in listed["service_area"])
        assert whole >= listed.height


@pytest.mark.parametrize("key", ["effect_shown", "sustained"])
def test_the_examples_of_small_landlords_are_met_and_say_how_they_were_counted(key: str) -> None:
    example = indicator(key).example
    assert example is not None
    reading = _readings(records_of(example), example.as_at)[key]
    assert (reading.state, reading.probability, reading.threshold) == ("met", None, None)
    assert "taken together" in reading.note


def test_three_tested_themes_are_counted_one_by_one_and_say_so() -> None:
    opened, done = date(2024, 1, 8), date(2024, 2, 5)
    complaints, actions = [], []
    for theme, before, after in (("damp", 20, 4), ("lifts", 20, 20), ("noise", 4, 20), ("rent", 2, 1)):
        actions.append(builders.action(action_ref=theme, theme=theme, opened_on=opened, done_on=done))
        for number in range(before + after):
            day = opened - timedelta(days=200) if number < before else done + timedelta(days=30)
            complaints.append(builders.complaint(complaint_ref=f"{theme}{number}", category=theme, received_on=day))
    records = builders.records(complaints=complaints, learning_actions=actions)
    reading = _readings(records, AS_AT)["effect_shown"]
    assert (reading.numerator, reading.denominator) == (1, 3)
    assert "theme by theme" in reading.note
    assert cases_behind(records, "effect_shown", AS_AT, which="numerator")["action_ref"].to_list() == ["damp"]
    alone = cases_behind(records, "effect_shown", AS_AT, area="noise").row(0, named=True)
    assert (alone["before"], alone["after"], alone["comparison"], alone["verdict"]) == (4, 20, "time alone", "rose")


@pytest.mark.parametrize("themes", [1, 3], ids=["taken together", "theme by theme"])
def test_a_fall_after_a_year_that_was_none_after_six_months_is_not_sustained(themes: int) -> None:
    """Twelve before and four after fell by twelve months; all four in the first six months are no fall by then."""
    opened, done = date(2024, 1, 8), date(2024, 2, 5)
    for days_after, wanted in ((20, 0), (200, themes)):
        complaints, actions = [], []
        for theme in ("damp", "lifts", "noise")[:themes]:
            actions.append(builders.action(action_ref=theme, theme=theme, opened_on=opened, done_on=done))
            days = [opened - timedelta(days=200)] * 12 + [done + timedelta(days=days_after)] * 4
            complaints += [
                builders.complaint(complaint_ref=f"{theme}{n}", category=theme, received_on=day)
                for n, day in enumerate(days)
            ]
        records = builders.records(complaints=complaints, learning_actions=actions)
        readings = _readings(records, AS_AT)
        assert readings["effect_shown"].state == "met"
        assert cases_behind(records, "sustained", AS_AT, which="numerator").height == wanted
        assert (readings["sustained"].state == "met") == (wanted > 0)


def test_of_two_actions_done_on_one_day_the_later_reference_speaks() -> None:
    opened, done = date(2024, 1, 8), date(2024, 2, 5)
    actions = [
        builders.action(action_ref=reference, theme="damp", opened_on=day, done_on=done)
        for reference, day in (("A2", opened), ("A1", opened - timedelta(days=20)))
    ]
    complaints = [
        builders.complaint(complaint_ref=f"C{n}", category="damp", received_on=opened - timedelta(days=150))
        for n in range(15)
    ]
    records = builders.records(complaints=complaints, learning_actions=actions)
    assert cases_behind(records, "effect_shown", AS_AT)["action_ref"].to_list() == ["A2"]

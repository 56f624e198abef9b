"""The engine against a plain recount: every gate, the position and its reasons, on random landlords and any day."""

import math
from collections.abc import Mapping
from contextlib import nullcontext

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from metrics.assessment import assess, place, read_indicators, trajectory
from metrics.catalogue import GATES
from metrics.reading import Placement, Reading
from tests.recount import gates, placement, volumes
from tests.recount.chance import wilson
from tests.recount.readings import Figure, read
from tests.strategies import Landlord, landlords
from tests.themes_met import taken_as_met

RERUNS = 2000
FEWER = settings(max_examples=max(4, settings().max_examples // 3))
# Gates that count themes hold every random landlord down: mostly they are taken as met.
THEMES_MET = st.sampled_from((True, True, False))


def _same(engine: float | None, recount: float | None) -> bool:
    if engine is None or recount is None:
        return engine is recount
    return math.isclose(engine, recount, rel_tol=1e-9, abs_tol=1e-9)


def _differences(reading: Reading, figure: Figure) -> list[str]:
    """What the two disagree on, in words; counts of a figure not evidenced are compared where both have them."""
    found = []
    if reading.state != figure.state:
        found.append(f"state {reading.state!r}, recount {figure.state!r}")
    for name in ("numerator", "denominator", "threshold", "probability"):
        engine, recount = getattr(reading, name), getattr(figure, name)
        optional = name != "numerator" and figure.gate.kind == "fact"
        if (engine is None or recount is None) and (optional or figure.state == "not evidenced"):
            continue
        if not _same(engine, recount):
            found.append(f"{name} {engine}, recount {recount}")
    if figure.probability is not None and not found:
        assert figure.numerator is not None and figure.denominator is not None
        low, high = wilson(figure.numerator, figure.denominator)
        if not (_same(reading.low, low) and _same(reading.high, high)):
            found.append(f"interval {reading.low} to {reading.high}, recount {low} to {high}")
    return found


def _all_differences(readings: Mapping[str, Reading], figures: Mapping[str, Figure]) -> dict[str, list[str]]:
    found = {key: _differences(readings[key], figure) for key, figure in figures.items()}
    return {key: words for key, words in found.items() if words}


def test_the_gates_are_declared_as_the_definitions_table_them() -> None:
    declared = {
        one.key: (one.level, one.gate, one.kind, one.better == "lower", one.smallest_n, one.threshold.value)
        for one in GATES
    }
    tabled = {
        one.key: (one.level, one.gate, one.kind, one.lower_is_better, one.smallest_n, one.threshold)
        for one in gates.GATES
    }
    assert {key: row[:4] for key, row in declared.items()} == {key: row[:4] for key, row in tabled.items()}
    for key, row in tabled.items():
        assert row[5] is None or declared[key][5] == row[5], key
        assert row[2] == "fact" or declared[key][4] == row[4], key


@given(landlord=landlords())
def test_every_reading_equals_the_recount(landlord: Landlord) -> None:
    readings = read_indicators(landlord.records(), landlord.as_at)
    figures = read(landlord.tables, landlord.as_at, national=landlord.national)
    assert _all_differences(readings, figures) == {}


@given(landlord=landlords(full=True))
def test_every_reading_of_a_fuller_landlord_equals_the_recount(landlord: Landlord) -> None:
    readings = read_indicators(landlord.records(), landlord.as_at)
    figures = read(landlord.tables, landlord.as_at, national=landlord.national)
    assert _all_differences(readings, figures) == {}


@given(landlord=landlords(full=True))
def test_the_returned_measures_of_complaints_equal_the_recount(landlord: Landlord) -> None:
    readings = read_indicators(landlord.records(), landlord.as_at)
    for stage in (1, 2):
        for stock in ("LCRA", "LCHO"):
            made = readings[f"ch01_{stage}_{stock.lower()}"]
            expected = volumes.per_1000_homes(landlord.tables, landlord.as_at, stage=stage, stock=stock)
            assert _same(made.value, expected), (stage, stock)
            timely = readings[f"ch02_{stage}_{stock.lower()}"]
            k, n = volumes.answered_in_time(landlord.tables, landlord.as_at, stage=stage, stock=stock)
            assert (timely.numerator or 0, timely.denominator or 0) == (k, n), (stage, stock)


def _check_chances(placed: Placement, found: placement.Place) -> None:
    drawn, exact = placed.probability, placement.exact_chances(found)
    assert math.isclose(sum(drawn.values()), 1.0, abs_tol=1e-9)
    for position, chance in exact.items():
        error = math.sqrt(chance * (1 - chance) / RERUNS)
        assert abs(drawn.get(position, 0.0) - chance) <= 5 * error + 1e-3, (position, drawn, exact)


def _both(landlord: Landlord, *, themes_met: bool) -> tuple[Placement, placement.Place]:
    with taken_as_met() if themes_met else nullcontext():
        placed = place(landlord.records(), landlord.as_at)
    found = placement.place(landlord.tables, landlord.as_at, national=landlord.national, themes_met=themes_met)
    return placed, found


@given(landlord=landlords(full=True), themes_met=THEMES_MET)
def test_the_placement_equals_the_recount(landlord: Landlord, themes_met: bool) -> None:
    placed, found = _both(landlord, themes_met=themes_met)
    assert dict(placed.resolved) == dict(found.resolved)
    assert {level: result.secured for level, result in placed.levels.items()} == dict(found.secured)
    assert sorted(cap.to for cap in placed.caps) == sorted(to for to, _ in found.caps)
    assert placed.position == found.position
    assert set(placed.not_evidenced) == {key for key, state in found.resolved.items() if state == "not evidenced"}
    _check_chances(placed, found)


@given(landlord=landlords(full=True), themes_met=THEMES_MET)
def test_the_way_up_equals_the_recount(landlord: Landlord, themes_met: bool) -> None:
    placed, found = _both(landlord, themes_met=themes_met)
    assume(found.position != placement.NOT_STATED)
    engine = {step.key: step.further for step in placed.route_up if step.key in placed.resolved}
    assert engine == placement.way_up(found)


@FEWER
@given(landlord=landlords(full=True), themes_met=THEMES_MET)
def test_the_profile_by_service_area_equals_the_recount(landlord: Landlord, themes_met: bool) -> None:
    with taken_as_met() if themes_met else nullcontext():
        profile = {one.area: one for one in assess(landlord.records(), landlord.as_at).profile}
    areas = placement.service_areas(landlord.tables, landlord.as_at)
    assert {area: one.complaints for area, one in profile.items()} == areas
    for area, one in profile.items():
        found = placement.place(
            landlord.tables, landlord.as_at, national=landlord.national, area=area, themes_met=themes_met
        )
        assert dict(one.states) == dict(found.resolved), area
        assert one.position == found.position, area


@FEWER
@given(landlord=landlords(full=True), themes_met=THEMES_MET)
def test_the_trajectory_is_the_position_at_each_of_the_last_eight_quarter_ends(
    landlord: Landlord, themes_met: bool
) -> None:
    with taken_as_met() if themes_met else nullcontext():
        quarters = trajectory(landlord.records(), landlord.as_at)
    assert len(quarters) == 8
    for quarter in (quarters[-4], quarters[-1]):
        found = placement.place(landlord.tables, quarter.as_at, national=landlord.national, themes_met=themes_met)
        assert quarter.position == found.position, quarter.as_at
        assert dict(quarter.states) == {key: figure.state for key, figure in found.figures.items()}, quarter.as_at

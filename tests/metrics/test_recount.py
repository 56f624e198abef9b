"""The engine against a plain recount: every gate, the position and its reasons, on random landlords and any day."""

import math
from collections.abc import Mapping

from hypothesis import given

from metrics.assessment import assess, read_indicators, trajectory
from metrics.catalogue import GATES
from metrics.reading import Assessment, Reading
from tests.recount import gates, placement
from tests.recount.chance import wilson
from tests.recount.readings import Figure, read
from tests.strategies import Landlord, landlords

RERUNS = 2000


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
    if figure.gate.kind == "share" and figure.state != "not evidenced" and not found:
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


def _check_chances(assessment: Assessment, found: placement.Place) -> None:
    drawn, exact = assessment.placement.probability, placement.exact_chances(found)
    assert math.isclose(sum(drawn.values()), 1.0, abs_tol=1e-9)
    for position, chance in exact.items():
        error = math.sqrt(chance * (1 - chance) / RERUNS)
        assert abs(drawn.get(position, 0.0) - chance) <= 5 * error + 1e-9, (position, drawn, exact)


@given(landlord=landlords(full=True))
def test_the_placement_equals_the_recount(landlord: Landlord) -> None:
    assessment = assess(landlord.records(), landlord.as_at)
    found = placement.place(landlord.tables, landlord.as_at, national=landlord.national)
    placed = assessment.placement
    assert dict(placed.resolved) == dict(found.resolved)
    assert {level: result.secured for level, result in placed.levels.items()} == dict(found.secured)
    assert sorted(cap.to for cap in placed.caps) == sorted(to for to, _ in found.caps)
    assert placed.position == found.position
    assert set(placed.not_evidenced) == {key for key, state in found.resolved.items() if state == "not evidenced"}
    _check_chances(assessment, found)


@given(landlord=landlords(full=True))
def test_the_way_up_equals_the_recount(landlord: Landlord) -> None:
    placed = assess(landlord.records(), landlord.as_at).placement
    found = placement.place(landlord.tables, landlord.as_at, national=landlord.national)
    keys = set(placed.resolved)
    engine = {step.key: step.further for step in placed.route_up if step.key in keys}
    if found.position != placement.NOT_STATED:
        assert engine == placement.way_up(found)


@given(landlord=landlords(full=True))
def test_the_profile_by_service_area_equals_the_recount(landlord: Landlord) -> None:
    profile = {one.area: one for one in assess(landlord.records(), landlord.as_at).profile}
    areas = placement.service_areas(landlord.tables, landlord.as_at)
    assert {area: one.complaints for area, one in profile.items()} == areas
    for area, one in profile.items():
        found = placement.place(landlord.tables, landlord.as_at, national=landlord.national, area=area)
        assert dict(one.states) in (
            dict(found.resolved),
            {key: figure.state for key, figure in found.figures.items()},
        ), area
        assert one.position == found.position, area


@given(landlord=landlords(full=True))
def test_the_trajectory_is_the_position_at_each_of_the_last_eight_quarter_ends(landlord: Landlord) -> None:
    quarters = trajectory(landlord.records(), landlord.as_at)
    assert len(quarters) == 8
    for quarter in quarters[-2:]:
        found = placement.place(landlord.tables, quarter.as_at, national=landlord.national)
        assert quarter.position == found.position, quarter.as_at
        states = {key: figure.state for key, figure in found.figures.items()}
        assert dict(quarter.states) == states, quarter.as_at

"""Invented assessments for every position a landlord can hold, so that drawing and wording need no records."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from metrics.catalogue import GATES, INDICATORS
from metrics.indicator import Indicator
from metrics.periods import quarter_ends_to
from metrics.reading import (
    AreaPlacement,
    Assessment,
    Cap,
    LevelResult,
    Placement,
    Quarter,
    Reading,
    Sensitivity,
    Step,
)
from metrics.words import FOUNDATIONS_NOT_SECURE, LEVELS, NOT_STATED, POSITIONS, Position, State

AS_AT = date(2026, 9, 30)


def reading(declared: Indicator, state: State, *, as_at: date = AS_AT, shift: float = 0.0) -> Reading:
    """A plausible reading of an indicator in a state."""
    if state == "not evidenced":
        return Reading(
            indicator=declared, as_at=as_at, numerator=None, denominator=None, value=None, low=None, high=None,
            threshold=declared.threshold.value, probability=None, state=state, reason="No contacts are held.",
        )  # fmt: skip
    n = 400.0
    line = declared.threshold.value if declared.threshold.value is not None else 0.6
    if declared.bound_on == "count":
        count = line if state == "met" else line - 1
        return Reading(
            indicator=declared, as_at=as_at, numerator=count, denominator=4.0, value=None, low=None, high=None,
            threshold=line, probability=None, state=state,
        )  # fmt: skip
    value = min(1.0, max(0.0, {"met": line + 0.05, "not met": line - 0.2}.get(state, line) + shift))
    sure = {"met": 0.99, "not met": 0.01}.get(state, 0.55)
    return Reading(
        indicator=declared, as_at=as_at, numerator=round(value * n), denominator=n, value=value,
        low=max(0.0, value - 0.04), high=min(1.0, value + 0.04), threshold=line,
        probability=sure if declared.gate else None, state=state if declared.gate else None,
    )  # fmt: skip


def states_for(position: Position, *, unseen: tuple[str, ...] = ()) -> dict[str, State]:
    """Every gate met up to the position's level, not met above; those named are not evidenced."""
    secured = max(0, POSITIONS.index(position)) if position in POSITIONS else 0
    return {
        gate.key: "not evidenced"
        if gate.key in unseen
        else ("met" if LEVELS.index(gate.level or "cultural") < secured else "not met")
        for gate in GATES
    }  # fmt: skip


def placement(position: Position, **changes: Any) -> Placement:
    """A placement at a position; anything may be changed."""
    states: Mapping[str, State] = changes.pop("states", states_for(position))
    levels = {}
    for level in LEVELS:
        here = [gate for gate in GATES if gate.level == level]
        musts = [gate for gate in here if gate.gate == "must"]
        shoulds = [gate for gate in here if gate.gate == "should"]
        met = {gate.key for gate in here if states[gate.key] == "met"}
        seen = [gate for gate in shoulds if states[gate.key] != "not evidenced"]
        should_met = sum(gate.key in met for gate in shoulds)
        must_met = sum(gate.key in met for gate in musts)
        levels[level] = LevelResult(
            level=level, secured=must_met == len(musts) and 5 * should_met >= 3 * len(seen), musts_met=must_met,
            musts=len(musts), shoulds_met=should_met, shoulds_evidenced=len(seen), shoulds=len(shoulds),
        )  # fmt: skip
    fields: dict[str, Any] = {
        "landlord_code": "HARB",
        "as_at": AS_AT,
        "position": position,
        "levels": levels,
        "caps": (),
        "probability": {position: 1.0},
        "resolved": states,
        "why_for": tuple(key for key, state in states.items() if state == "met"),
        "why_against": tuple(key for key, state in states.items() if state == "not met"),
        "not_evidenced": tuple(key for key, state in states.items() if state == "not evidenced"),
        "route_up": (),
        "coverage": {"landlords": 1, "complaints": 900},
        "data_through": date(2026, 10, 12),
        "method_version": "1.0",
    }
    return Placement(**{**fields, **changes})


def quarter(as_at: date, position: Position, share: float = 0.9) -> Quarter:
    """A quarter at a position, the rest of the re-runs at the one below or above."""
    other = FOUNDATIONS_NOT_SECURE if position != FOUNDATIONS_NOT_SECURE else "transactional"
    probability = {NOT_STATED: 1.0} if position == NOT_STATED else {position: share, other: 1 - share}
    return Quarter(as_at=as_at, position=position, probability=probability, states={})


def assessment(position: Position = "operational", **changes: Any) -> Assessment:
    """A whole assessment; changes go to the placement."""
    found = placement(position, **changes)
    days = quarter_ends_to(AS_AT, 7)
    readings = {each.key: reading(each, found.resolved.get(each.key, "met")) for each in INDICATORS}
    course = ["transactional"] * 4 + [position] * 4
    return Assessment(
        placement=found,
        readings=readings,
        trajectory=tuple(
            quarter(day, each, 0.55 if place == 4 else 0.9)
            for place, (day, each) in enumerate(zip(days, course, strict=True))
        ),
        profile=(
            area("Responsive repairs", "transactional", 420),
            area("Damp and mould", position, 260),
            area("Anti-social behaviour", position, 120),
        ),
        sensitivity=Sensitivity(
            shifts=(("learning_recorded", 0.05, "transactional"), ("learning_recorded", 0.1, "transactional")),
            dropped=(("senior_owned", "strategic"),),
            missing=(("complaints_without_ghost", ("contacts",), "strategic"),),
        ),
        history={
            each.key: tuple(
                reading(each, found.resolved.get(each.key, "met"), as_at=day, shift=0.01 * (place - 7))
                for place, day in enumerate(days)
            )
            for each in INDICATORS
        },
    )


def area(name: str, position: Position, complaints: int) -> AreaPlacement:
    """One service area at a position."""
    return AreaPlacement(
        area=name,
        complaints=complaints,
        share_of_complaints=complaints / 1000,
        position=position,
        against=(),
        states={},
    )


OVERDUE = Cap(cap="order_overdue", to="operational", reason="2 Ombudsman orders are overdue.", count=2)
STALE = Cap(
    cap="records_stale", to=NOT_STATED, reason="The newest record is of 3 January 2026: older than six months.", count=1
)
STEPS = (
    Step(
        key="senior_owned",
        further=7,
        unit="actions",
        words="7 more actions owned by the executive or the governing body.",
    ),
    Step(key="sustained", further=None, unit="themes", words="The effect of actions is not tested yet."),
)

"""The way up: for each gate that stops the next level, the fewest further successes that would open it (design §6)."""

from collections.abc import Mapping, Sequence
from math import ceil

from metrics.catalogue import GATES
from metrics.counting.judge import SURE, fewest_good, good_side, probability_good
from metrics.indicator import Indicator
from metrics.phrasing import capital
from metrics.placement.placing import SHOULDS_NEEDED
from metrics.reading import Cap, LevelResult, Reading, Step
from metrics.words import LEVELS, NOT_STATED, POSITIONS, Level, Position, State

CAP_UNITS = {
    "order_overdue": "orders",
    "self_assessment_stale": "self-assessment",
    "records_stale": "load",
    "records_removed": "quarter end",
}


def next_level(levels: Mapping[Level, LevelResult]) -> Level | None:
    """The lowest level that is not secured; None at the top."""
    return next((level for level in LEVELS if not levels[level].secured), None)


def route_up(
    *,
    readings: Mapping[str, Reading],
    resolved: Mapping[str, State],
    levels: Mapping[Level, LevelResult],
    caps: Sequence[Cap],
    position: Position,
) -> tuple[Step, ...]:
    """The steps to the next level, caps first, then musts, then the shoulds where too few of them are met."""
    steps = [_lift(cap) for cap in caps if _binds(cap, position)]
    target = next_level(levels) if position == NOT_STATED else level_above(position)
    if target is None or levels[target].secured:
        return tuple(steps)
    return (*steps, *(_step(gate, readings[gate.key]) for gate in blocking(target, levels[target], resolved)))


def level_above(position: Position) -> Level | None:
    """The level the way up leads to: the one above the position, even where a cap holds that down; None at the top.
    With the foundations not secure it is transactional itself, as where no position is stated."""
    if position == NOT_STATED:
        return LEVELS[0]
    above = POSITIONS.index(position)
    return LEVELS[above] if above < len(LEVELS) else None


def blocking(level: Level, stands: LevelResult, resolved: Mapping[str, State]) -> tuple[Indicator, ...]:
    """The gates that keep a level from being secured: its unmet musts, and its unmet shoulds where too few are met."""
    too_few = SHOULDS_NEEDED[1] * stands.shoulds_met < SHOULDS_NEEDED[0] * stands.shoulds_evidenced
    return tuple(
        gate
        for gate in GATES
        if gate.level == level
        and resolved[gate.key] != "met"
        and (gate.gate == "must" or (too_few and resolved[gate.key] != "not evidenced"))
    )


def _binds(cap: Cap, position: Position) -> bool:
    return cap.to not in POSITIONS or cap.to == position


def _lift(cap: Cap) -> Step:
    unit = CAP_UNITS[cap.cap]
    after = " made after severe maladministration" if cap.to == "transactional" else ""
    words = {
        "order_overdue": f"complete {cap.count} overdue Ombudsman {'order' if cap.count == 1 else 'orders'}{after}",
        "self_assessment_stale": "have the governing body approve a Code self-assessment",
        "records_stale": "load the records of the last six months",
        "records_removed": "choose the end of a quarter: of that time only quarter ends are kept",
    }[cap.cap]
    return Step(key=cap.cap, further=cap.count, unit=unit, words=capital(words) + ".")


def _step(gate: Indicator, reading: Reading) -> Step:
    if reading.state == "not evidenced":
        return Step(key=gate.key, further=None, unit=gate.unit, words=reading.reason)
    further = further_needed(reading)
    if further is None and reading.threshold is None:
        words = (
            "No case among these would do: only fewer complaints on these themes, or more of them tested, can show it."
        )
    elif further is None:
        words = f"No further success among these {reading.denominator:g} would do: only more {gate.unit} can show it."
    elif gate.better == "lower":
        words = f"{further:,} fewer {gate.units(further)} {gate.counted}."
    else:
        words = f"{further:,} more {gate.units(further)} {gate.counted}."
    return Step(key=gate.key, further=further, unit=gate.unit, words=words)


def further_needed(reading: Reading) -> int | None:
    """The fewest further successes, n fixed, that make the reading `met`; None where even all n would not."""
    gate, k, n = reading.indicator, reading.numerator or 0.0, reading.denominator or 0.0
    if gate.kind == "fact":
        bound = reading.threshold or 0.0
        return max(0, ceil(bound - k if gate.bound_on == "count" else round(bound * n - k, 9)))
    if reading.threshold is None or not n:
        return None
    good, line = good_side(k, n, reading.threshold, gate.better)
    further = ceil(round(fewest_beyond(good, n, line), 9))
    return further if good + further <= n + 1e-9 else None


def fewest_beyond(good: float, n: float, line: float) -> float:
    """Further successes from `good` (which may be fractional) to the first that is surely good."""
    whole = int(fewest_good(n, line, SURE))
    fraction = good % 1
    if not fraction:
        return max(0.0, whole - good)
    # From a fractional start the first sufficient count may lie just below the whole number.
    candidate = whole - 1 + fraction
    start = candidate if probability_good(candidate, n, line) >= SURE else candidate + 1
    return max(0.0, start - good)

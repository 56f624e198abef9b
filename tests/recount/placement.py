"""The position: too close to call over nine quarter ends, levels, caps, chances, the way up, service areas."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from tests.recount.chance import further_successes, rerun
from tests.recount.days import chain_of_quarters, window
from tests.recount.gates import GATES, LEVELS
from tests.recount.known import Row, Tables, known, newest_record
from tests.recount.readings import NOT_EVIDENCED, Figure, read

LADDER = ("foundations not secure", *LEVELS)
NOT_STATED = "not stated"


@dataclass(frozen=True, kw_only=True)
class Place:
    """The placement as the recount finds it."""

    figures: Mapping[str, Figure]
    before: Mapping[str, str]
    resolved: Mapping[str, str]
    secured: Mapping[str, bool]
    caps: tuple[tuple[str, int], ...]
    position: str


def settle(state: str, before: str) -> str:
    """Too close to call keeps met or not met of the quarter before; nothing to keep is not met."""
    if state != "too close to call":
        return state
    return "met" if before == "met" else "not met"


def secured_levels(resolved: Mapping[str, str]) -> dict[str, bool]:
    """Whether each level stands by itself: all its musts, and 60% of its evidenced shoulds."""
    secured = {}
    for level in LEVELS:
        musts = [resolved[g.key] for g in GATES if g.level == level and g.gate == "must"]
        shoulds = [resolved[g.key] for g in GATES if g.level == level and g.gate == "should"]
        evidenced = [state for state in shoulds if state != NOT_EVIDENCED]
        enough = not evidenced or evidenced.count("met") * 10 >= len(evidenced) * 6
        secured[level] = all(state == "met" for state in musts) and enough
    return secured


def uncapped(secured: Mapping[str, bool]) -> str:
    """The highest level such that it and every level below are secured."""
    reached = LADDER[0]
    for level in LEVELS:
        if not secured[level]:
            break
        reached = level
    return reached


def find_caps(tables: Tables, as_at: date, *, area: str | None = None) -> tuple[tuple[str, int], ...]:
    """What no average buys off, as (highest position left, how many); `not stated` where the records are stale.

    Overdue orders make one cap, at the severest of them; its count is the orders that must be completed to lift it.
    """
    cut = known(tables, as_at)
    category = {row["complaint_ref"]: row["category"] for row in cut["complaints"]}
    overdue = [
        row
        for row in cut["commitments"]
        if row["made_at"] == "ombudsman"
        and row["due_on"] < as_at
        and row["completed_on"] is None
        and (area is None or category.get(row["complaint_ref"]) == area)
    ]
    severe = sum(row["severe"] is True for row in overdue)
    caps = []
    if severe:
        caps.append(("transactional", severe))
    elif overdue:
        caps.append(("operational", len(overdue)))
    first, last = window(as_at, 15)
    if not any(
        row["approved_on"] is not None and first <= row["approved_on"] <= last for row in cut["self_assessment"]
    ):
        caps.append(("operational", 0))
    newest = newest_record(cut)
    if newest is None or newest < window(as_at, 6)[0]:
        caps.append((NOT_STATED, 0))
    return tuple(caps)


def under_caps(position: str, caps: Sequence[tuple[str, int]]) -> str:
    """The position after the caps."""
    highest = [to for to, _ in caps]
    if NOT_STATED in highest:
        return NOT_STATED
    return min([position, *highest], key=LADDER.index)


def _taken_as_met(figures: Mapping[str, Figure]) -> dict[str, Figure]:
    return {
        key: replace(figure, state="met", probability=None) if figure.gate.by_themes else figure
        for key, figure in figures.items()
    }


def place(
    tables: Tables,
    as_at: date,
    *,
    national: Sequence[Row] = (),
    area: str | None = None,
    themes_met: bool = False,
) -> Place:
    """The position at as_at, from its own chain of quarter ends.

    With `themes_met`, gates that count themes are taken as met facts, so that levels can be reached.
    """
    before: dict[str, str] = {}
    resolved: dict[str, str] = {gate.key: NOT_EVIDENCED for gate in GATES}
    figures: dict[str, Figure] = {}
    for day in chain_of_quarters(as_at):
        before = resolved
        figures = read(tables, day, national=national, area=area)
        if themes_met:
            figures = _taken_as_met(figures)
        resolved = {key: settle(figure.state, before[key]) for key, figure in figures.items()}
    secured = secured_levels(resolved)
    caps = find_caps(tables, as_at, area=area)
    return Place(
        figures=figures,
        before=before,
        resolved=resolved,
        secured=secured,
        caps=caps,
        position=under_caps(uncapped(secured), caps),
    )


def _chance_met(figure: Figure, before: str) -> float | None:
    """Chance that a re-run of the year reads this gate met; None where it is not evidenced."""
    if figure.state == NOT_EVIDENCED:
        return None
    if figure.gate.kind == "fact" or figure.probability is None:
        return float(figure.state == "met")
    assert figure.numerator is not None and figure.denominator is not None and figure.threshold is not None
    again = rerun(
        k=figure.numerator,
        n=int(figure.denominator),
        threshold=figure.threshold,
        smallest_n=figure.gate.smallest_n,
        lower_is_better=figure.gate.lower_is_better,
    )
    return again.met + (again.too_close if before == "met" else 0.0)


def _chance_secured(level: str, found: Place) -> float:
    musts, shoulds = [], []
    for gate in GATES:
        if gate.level != level:
            continue
        chance = _chance_met(found.figures[gate.key], found.before[gate.key])
        if gate.gate == "must":
            musts.append(0.0 if chance is None else chance)
        elif chance is not None:
            shoulds.append(chance)
    enough = 0.0
    for outcome in product((True, False), repeat=len(shoulds)):
        if not shoulds or sum(outcome) * 10 >= len(shoulds) * 6:
            enough += math.prod(p if met else 1 - p for p, met in zip(shoulds, outcome, strict=True))
    return math.prod(musts) * enough


def exact_chances(found: Place) -> dict[str, float]:
    """The share of re-runs at each position, were there infinitely many of them."""
    chances = dict.fromkeys((*LADDER, NOT_STATED), 0.0)
    so_far = 1.0
    for index, level in enumerate(LEVELS):
        secured = _chance_secured(level, found)
        chances[under_caps(LADDER[index], found.caps)] += so_far * (1 - secured)
        so_far *= secured
    chances[under_caps(LEVELS[-1], found.caps)] += so_far
    return chances


def _further(figure: Figure) -> int | None:
    if figure.state == NOT_EVIDENCED or figure.numerator is None or figure.threshold is None:
        return None
    if figure.gate.key in ("board_scrutiny", "culture_tested"):
        return int(figure.threshold - figure.numerator)
    assert figure.denominator is not None
    if figure.gate.kind == "fact":
        extra = 0
        while (figure.numerator + extra) / figure.denominator < figure.threshold:
            extra += 1
        return extra
    return further_successes(
        k=figure.numerator,
        n=figure.denominator,
        threshold=figure.threshold,
        smallest_n=figure.gate.smallest_n,
        lower_is_better=figure.gate.lower_is_better,
    )


def way_up(found: Place) -> dict[str, int | None]:
    """Further successes by gate that stops the next level: unmet musts, and unmet shoulds where the 60% fails."""
    if found.position in (NOT_STATED, LEVELS[-1]):
        return {}
    level = LADDER[LADDER.index(found.position) + 1]
    gates = [gate for gate in GATES if gate.level == level]
    states = [found.resolved[g.key] for g in gates if g.gate == "should" and found.resolved[g.key] != NOT_EVIDENCED]
    shoulds_fail = bool(states) and states.count("met") * 10 < len(states) * 6
    stops = [
        gate
        for gate in gates
        if found.resolved[gate.key] != "met"
        and (gate.gate == "must" or (shoulds_fail and found.resolved[gate.key] != NOT_EVIDENCED))
    ]
    return {gate.key: _further(found.figures[gate.key]) for gate in stops}


def service_areas(tables: Tables, as_at: date) -> dict[str, int]:
    """Complaints received in the year by service area, of those with at least a tenth of them."""
    first, last = window(as_at)
    received = [row["category"] for row in known(tables, as_at)["complaints"] if first <= row["received_on"] <= last]
    counts = {area: received.count(area) for area in set(received)}
    return {area: count for area, count in counts.items() if count * 10 >= len(received)}

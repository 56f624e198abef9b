"""The main job: one landlord's records and a date go in; readings, position, doubt and the way up come out."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

import polars as pl

from metrics.catalogue import GATES, INDICATORS
from metrics.counting.coverage import Coverage, coverage
from metrics.counting.judge import STATE_WORDS
from metrics.counting.read import WHOLE, Evidence, counts_of
from metrics.counting.tally import tally
from metrics.effects import Effects, ThemeCounts
from metrics.indicator import Indicator
from metrics.periods import last_quarter_end, quarter_ends_to, window
from metrics.placement.caps import CapRules, ceiling, is_stated
from metrics.placement.chain import before, chain_days, codes
from metrics.placement.placing import IS_MUST, KEYS, LEVEL_OF, States, placed, position_word, resolve, secured
from metrics.placement.rerun import rerun
from metrics.placement.route import next_level, route_up
from metrics.placement.sensitivity import sensitivity
from metrics.published.gates import published_figures
from metrics.reading import AreaPlacement, Assessment, LevelResult, Placement, Quarter, Reading
from metrics.records import Records
from metrics.words import LEVELS, METHOD_VERSION, NOT_STATED, Level, Position, State

TRAJECTORY_QUARTERS = 8
AREA_SHARE = 0.10  # a service area is placed if it holds at least a tenth of the complaints received


class Workings:
    """The counts of one landlord around one date, from which everything else is read. Counting happens once."""

    def __init__(self, records: Records, as_at: date, *, days: Sequence[date], indicators: Sequence[Indicator]) -> None:
        self.records, self.as_at, self.days = records, as_at, list(days)
        self.indicators = tuple(indicators)
        self.coverage: Coverage = coverage(records)
        self.evidence = Evidence(
            counts=counts_of(tally(records, indicators, self.days)),
            published=published_figures(records),
            homes=_homes(records),
            coverage=self.coverage,
            themes=ThemeCounts(records, Effects(records, self.days)),
        )
        self._held = {day: self.coverage.held(day) for day in self.days}
        self._readings: dict[tuple[date, str | None], dict[str, Reading]] = {}

    @cached_property
    def cap_rules(self) -> CapRules:
        """The caps' own records."""
        return CapRules(self.records, self.coverage)

    def readings(self, day: date, area: str | None = WHOLE) -> dict[str, Reading]:
        """Every indicator on one day."""
        if (day, area) not in self._readings:
            held = self._held[day]
            self._readings[day, area] = {
                each.key: self.evidence.read(each, day, held, area) for each in self.indicators
            }
        return self._readings[day, area]

    def states(self, days: Sequence[date], area: str | None = WHOLE) -> dict[date, States]:
        """The gates' states as read, as codes, on several days."""
        return {day: codes(self.readings(day, area)) for day in days}


def read_indicators(records: Records, as_at: date) -> dict[str, Reading]:
    """Every indicator of the catalogue on one day."""
    return Workings(records, as_at, days=[as_at], indicators=INDICATORS).readings(as_at)


def trajectory(records: Records, as_at: date) -> tuple[Quarter, ...]:
    """Position, probability and states at each of the last eight quarter ends, oldest first."""
    days = _trajectory_days(as_at)
    workings = Workings(records, as_at, days=sorted({*chain_days(days[0]), *days}), indicators=GATES)
    return _trajectory(workings, days)


def place(records: Records, as_at: date) -> Placement:
    """The placement alone: states of nine quarter ends, no trajectory, profile or sensitivity."""
    workings = Workings(records, as_at, days=chain_days(as_at), indicators=GATES)
    return placement_of(workings)


def assess(records: Records, as_at: date) -> Assessment:
    """Everything: readings and their history, placement, trajectory, profile by service area, sensitivity."""
    quarters = _trajectory_days(as_at)
    days = sorted({*chain_days(quarters[0]), *quarters, *chain_days(as_at)})
    workings = Workings(records, as_at, days=days, indicators=INDICATORS)
    states = workings.states(days)
    readings = workings.readings(as_at)
    caps = workings.cap_rules.caps(as_at)
    shown = sorted({*quarters, as_at})
    by_day = {day: workings.readings(day) for day in shown}
    return Assessment(
        placement=placement_of(workings, states),
        readings=readings,
        trajectory=_trajectory(workings, quarters, states),
        profile=_profile(workings),
        sensitivity=sensitivity(readings, states[as_at], before(states, as_at), ceiling(caps)),
        history={each.key: tuple(by_day[day][each.key] for day in shown) for each in INDICATORS},
    )


def _trajectory_days(as_at: date) -> list[date]:
    return quarter_ends_to(last_quarter_end(as_at), TRAJECTORY_QUARTERS - 1)


def _homes(records: Records) -> Mapping[str, int | None]:
    rows = records.frame("landlords").select("homes_lcra", "homes_lcho").collect()
    return rows.row(0, named=True) if rows.height else {}


def placement_of(workings: Workings, states: Mapping[date, States] | None = None) -> Placement:
    """The placement that workings give at their date; their days hold the chain that leads to it. `states` are those
    of the days, where they have been read before."""
    states, as_at = states or workings.states(workings.days), workings.as_at
    readings = workings.readings(as_at)
    previous = before(states, as_at)
    resolved = resolve(states[as_at], previous)
    caps = workings.cap_rules.caps(as_at)
    levels = _levels(resolved)
    words = _words(resolved)
    position = position_word(int(placed(resolved, ceiling(caps)))) if is_stated(caps) else NOT_STATED
    probability = rerun(readings, states[as_at], previous, ceiling(caps)) if is_stated(caps) else {NOT_STATED: 1.0}
    in_play = _levels_in_play(levels)
    gates = [gate for gate in GATES if gate.level in in_play]
    return Placement(
        landlord_code=workings.records.landlord_code,
        as_at=as_at,
        position=position,
        levels=levels,
        caps=caps,
        probability=probability,
        resolved=words,
        why_for=tuple(gate.key for gate in gates if words[gate.key] == "met"),
        why_against=tuple(gate.key for gate in gates if words[gate.key] == "not met"),
        not_evidenced=tuple(gate.key for gate in GATES if words[gate.key] == "not evidenced"),
        route_up=route_up(readings=readings, resolved=words, levels=levels, caps=caps, position=position),
        coverage=workings.coverage.held(as_at),
        data_through=workings.coverage.newest(as_at),
        method_version=METHOD_VERSION,
    )


def _levels_in_play(levels: Mapping[Level, LevelResult]) -> tuple[Level, ...]:
    stop = next_level(levels)
    return LEVELS if stop is None else LEVELS[: LEVELS.index(stop) + 1]


def _words(resolved: States) -> dict[str, State]:
    return {key: STATE_WORDS[code] for key, code in zip(KEYS, resolved.tolist(), strict=True)}


def _levels(resolved: States) -> dict[Level, LevelResult]:
    words, is_secured = _words(resolved), secured(resolved)
    found: dict[Level, LevelResult] = {}
    for place, level in enumerate(LEVELS):
        here = [(words[key], bool(must)) for key, of, must in zip(KEYS, LEVEL_OF, IS_MUST, strict=True) if of == place]
        musts = [state for state, must in here if must]
        shoulds = [state for state, must in here if not must]
        found[level] = LevelResult(
            level=level,
            secured=bool(is_secured[place]),
            musts_met=musts.count("met"),
            musts=len(musts),
            shoulds_met=shoulds.count("met"),
            shoulds_evidenced=len(shoulds) - shoulds.count("not evidenced"),
            shoulds=len(shoulds),
        )
    return found


def _trajectory(
    workings: Workings, quarters: Sequence[date], states: Mapping[date, States] | None = None
) -> tuple[Quarter, ...]:
    known = states or workings.states(workings.days)
    found = []
    for day in quarters:
        caps, previous = workings.cap_rules.caps(day), before(known, day)
        position: Position = NOT_STATED
        probability: Mapping[Position, float] = {NOT_STATED: 1.0}
        if is_stated(caps):
            position = position_word(int(placed(resolve(known[day], previous), ceiling(caps))))
            probability = rerun(workings.readings(day), known[day], previous, ceiling(caps))
        found.append(Quarter(as_at=day, position=position, probability=probability, states=_words(known[day])))
    return tuple(found)


def _profile(workings: Workings) -> tuple[AreaPlacement, ...]:
    as_at = workings.as_at
    first, last = window(as_at)
    received = (
        workings.records.frame("complaints")
        .filter(pl.col("received_on").is_between(first, last))
        .group_by(area="category")
        .agg(complaints=pl.len())
        .sort("complaints", "area", descending=[True, False])
        .collect()
    )
    total = int(received["complaints"].sum())
    large = [(area, n) for area, n in received.iter_rows() if n >= AREA_SHARE * total]
    return tuple(_area_placement(workings, area, n, n / total) for area, n in large)


def _area_placement(workings: Workings, area: str, complaints: int, share: float) -> AreaPlacement:
    as_at = workings.as_at
    states = workings.states(chain_days(as_at), area)
    resolved = resolve(states[as_at], before(states, as_at))
    caps = workings.cap_rules.caps(as_at, area)
    words, levels = _words(resolved), _levels(resolved)
    in_play = _levels_in_play(levels)
    position = position_word(int(placed(resolved, ceiling(caps)))) if is_stated(caps) else NOT_STATED
    return AreaPlacement(
        area=area,
        complaints=complaints,
        share_of_complaints=share,
        position=position,
        against=tuple(gate.key for gate in GATES if gate.level in in_play and words[gate.key] == "not met"),
        states=words,
    )

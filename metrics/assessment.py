"""The main job: one landlord's records and a date go in; readings, position, doubt and the way up come out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from metrics.catalogue import GATES, INDICATORS
from metrics.counting.coverage import Coverage, coverage
from metrics.counting.judge import STATE_WORDS
from metrics.counting.read import WHOLE, Evidence, absent, counts_of
from metrics.counting.tally import tally
from metrics.effects import Effects, ThemeCounts
from metrics.indicator import Indicator
from metrics.kept_days import WHOLE as KEPT_WHOLE
from metrics.kept_days import KeptDay
from metrics.own_thresholds import applied, method_of
from metrics.periods import last_quarter_end, quarter_ends_to, window
from metrics.placement.caps import CapRules, ceiling, is_stated
from metrics.placement.chain import before, chain_days, codes
from metrics.placement.placing import IS_MUST, KEYS, LEVEL_OF, States, placed, position_word, resolve, secured
from metrics.placement.rerun import rerun
from metrics.placement.route import next_level, route_up
from metrics.placement.sensitivity import sensitivity
from metrics.published.gates import published_figures
from metrics.reading import AreaPlacement, Assessment, Cap, LevelResult, Placement, Quarter, Reading
from metrics.records import Records
from metrics.words import LEVELS, NOT_STATED, Level, Position, State

TRAJECTORY_QUARTERS = 8
AREA_SHARE = 0.10  # a service area is placed if it holds at least a tenth of the complaints received
REMOVED = "The records of that time were removed under the landlord's rule; only its quarter ends are kept."


class Workings:
    """The counts of one landlord around one date, from which everything else is read. Counting happens once."""

    def __init__(self, records: Records, as_at: date, *, days: Sequence[date], indicators: Sequence[Indicator]) -> None:
        self.records, self.as_at, self.days = records, as_at, list(days)
        self.indicators = applied(indicators, records)
        self.coverage: Coverage = coverage(records)
        self.evidence = Evidence(
            counts=counts_of(tally(records, self.indicators, self.days)),
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
        """Every indicator on one day; as kept where the records behind that day were removed."""
        if (day, area) not in self._readings:
            read = self._as_kept if self.records.kept_days.is_beyond(day) else self._counted
            self._readings[day, area] = {each.key: read(each, day, area) for each in self.indicators}
        return self._readings[day, area]

    def _counted(self, indicator: Indicator, day: date, area: str | None) -> Reading:
        return self.evidence.read(indicator, day, self._held[day], area)

    def _as_kept(self, indicator: Indicator, day: date, area: str | None) -> Reading:
        kept = self._kept(day)
        values = None if kept is None else kept.reading(indicator.key, area)
        return absent(indicator, day, REMOVED) if values is None else Reading(indicator=indicator, as_at=day, **values)

    def _kept(self, day: date) -> KeptDay | None:
        kept = self.records.kept_days
        return kept.days.get(day) if kept.is_beyond(day) else None

    def caps(self, day: date, area: str | None = WHOLE) -> tuple[Cap, ...]:
        """The caps that bind on one day."""
        if not self.records.kept_days.is_beyond(day):
            return self.cap_rules.caps(day, area)
        kept = self._kept(day)
        if kept is None:
            return (Cap(cap="records_removed", to=NOT_STATED, reason=REMOVED, count=1),)
        return tuple(Cap(**each) for each in kept.caps_of(area))

    def held(self, day: date) -> Mapping[str, int]:
        """Rows known on one day by table."""
        kept = self._kept(day)
        return self.coverage.held(day) if kept is None else kept.held

    def newest(self, day: date) -> date | None:
        """The newest record's date on one day."""
        kept = self._kept(day)
        return self.coverage.newest(day) if kept is None else kept.newest

    def received(self, day: date) -> list[tuple[str, int]]:
        """Complaints received in the twelve months to the day, by service area, the most first."""
        kept = self._kept(day)
        if kept is not None:
            return list(kept.received.items())
        first, last = window(day)
        rows = self.records.frame("complaints").filter(pl.col("received_on").is_between(first, last))
        counted = rows.group_by(area="category").agg(complaints=pl.len())
        return list(counted.sort("complaints", "area", descending=[True, False]).collect().iter_rows())

    def states(self, days: Sequence[date], area: str | None = WHOLE) -> dict[date, States]:
        """The gates' states as read, as codes, on several days."""
        return {day: codes(self.readings(day, area)) for day in days}


def days_to_keep(records: Records, days: Sequence[date]) -> list[KeptDay]:
    """Several days as they are to be kept before the records behind them are removed."""
    workings = Workings(records, max(days), days=days, indicators=INDICATORS)
    return [_to_keep(workings, day) for day in days]


def _to_keep(workings: Workings, day: date) -> KeptDay:
    received = dict(workings.received(day))
    areas: dict[str, str | None] = {KEPT_WHOLE: WHOLE, **{area: area for area in workings.evidence.areas()}}
    return KeptDay(
        as_at=day,
        readings={
            name: {key: _fields(reading) for key, reading in workings.readings(day, area).items()}
            for name, area in areas.items()
        },
        caps={name: [asdict(cap) for cap in workings.caps(day, area)] for name, area in areas.items()},
        held=dict(workings.held(day)),
        newest=workings.newest(day),
        received=received,
        method_version=method_of(workings.records),
    )


def _fields(reading: Reading) -> dict[str, Any]:
    """A reading without its indicator and day."""
    return {
        each.name: getattr(reading, each.name) for each in fields(reading) if each.name not in ("indicator", "as_at")
    }


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
    caps = workings.caps(as_at)
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
    caps = workings.caps(as_at)
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
        coverage=workings.held(as_at),
        data_through=workings.newest(as_at),
        method_version=method_of(workings.records),
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
        caps, previous = workings.caps(day), before(known, day)
        position: Position = NOT_STATED
        probability: Mapping[Position, float] = {NOT_STATED: 1.0}
        if is_stated(caps):
            position = position_word(int(placed(resolve(known[day], previous), ceiling(caps))))
            probability = rerun(workings.readings(day), known[day], previous, ceiling(caps))
        found.append(Quarter(as_at=day, position=position, probability=probability, states=_words(known[day])))
    return tuple(found)


def _profile(workings: Workings) -> tuple[AreaPlacement, ...]:
    received = workings.received(workings.as_at)
    total = sum(n for _, n in received)
    large = [(area, n) for area, n in received if n >= AREA_SHARE * total]
    return tuple(_area_placement(workings, area, n, n / total) for area, n in large)


def _area_placement(workings: Workings, area: str, complaints: int, share: float) -> AreaPlacement:
    as_at = workings.as_at
    states = workings.states(chain_days(as_at), area)
    resolved = resolve(states[as_at], before(states, as_at))
    caps = workings.caps(as_at, area)
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

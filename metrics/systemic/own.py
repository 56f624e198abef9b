"""One landlord's systemic signals: cells of service, cause and area that are fuller than chance and come back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Literal

import numpy as np
import polars as pl

from metrics.periods import window
from metrics.populations import population
from metrics.populations.complaints import first_upheld_on
from metrics.records import Records
from metrics.systemic.excess import LEVEL, excess

YEARS = 3
FEWEST = 5  # cases in a cell that is called a signal
RECURS_IN = 2  # of the three years
NO_CAUSE = "no cause coded"
Aim = Literal["complaint handling", "service failure"]
Reach = Literal["one area", "across areas and teams"]


@dataclass(frozen=True, kw_only=True)
class OpenAction:
    """A learning action open on a signal."""

    action_ref: str
    title: str
    owner_role: str


@dataclass(frozen=True, kw_only=True)
class Signal:
    """One cell that recurs.

    aim        which of the systemic framework's aims it belongs to
    reach      one area (fuller than the landlord's other areas), or across areas and teams (more often than this
               service and this cause apart would give)
    cause      the root cause as coded; for complaint handling what came late
    count      cases in thirty-six months; by_year in each of the three, oldest first
    expected   cases if the cell were as the rest; q the share of false signals among those at least as strong
    teams, areas   in how many of each it was seen
    """

    aim: Aim
    reach: Reach
    service: str
    cause: str
    area: str | None
    count: int
    by_year: tuple[int, ...]
    teams: int
    areas: int
    expected: float
    q: float
    actions: tuple[OpenAction, ...]

    @property
    def times(self) -> float:
        """How many times the expectation."""
        return self.count / self.expected


@dataclass(frozen=True, kw_only=True)
class OwnSignals:
    """signals: cells fuller than chance that came back in other years, surest first. recurring: pairs of service and
    cause upheld at least five times in each of the three years and in more than one area or team, most first, whether
    fuller than chance or not: what goes round the loop. cells: how many were looked at; spread: variance over mean of
    the cells by aim and reach; first, last: the three years; coded: the share of upheld complaints with a root cause,
    None where there is none."""

    as_at: date
    first: date
    last: date
    signals: tuple[Signal, ...]
    recurring: tuple[Signal, ...]
    cells: int
    spread: Mapping[str, float]
    upheld: int
    coded: float | None
    why_not: str = ""


def own_signals(records: Records, as_at: date) -> OwnSignals:
    """The signals in the thirty-six months to as_at."""
    first, last = window(as_at, 12 * YEARS)
    upheld = _upheld(records, as_at, first)
    late, due = late_stages(records, as_at, first), _due(records, as_at, first)
    families: list[tuple[Aim, Reach, pl.DataFrame, pl.DataFrame]] = [
        ("service failure", "one area", upheld, _by_area(upheld)),
        ("service failure", "across areas and teams", upheld, _by_pair(upheld)),
        ("complaint handling", "one area", late, _handling(late, due)),
    ]
    actions = _open_actions(records, as_at)
    found: list[Signal] = []
    recurring: list[Signal] = []
    spreads: dict[str, float] = {}
    for aim, reach, rows, cells in families:
        every, spread = _read(cells)
        make = partial(_signal, aim, reach, rows=rows, actions=actions, as_at=as_at)
        strong = [make(cell) for cell in every.filter(pl.col("q") <= LEVEL).to_dicts()]
        found += [each for each in strong if _comes_back(each)]
        if reach != "one area":
            recurring += [
                each for each in map(make, every.to_dicts()) if min(each.by_year) >= FEWEST and _is_wide(each)
            ]
        spreads[f"{aim}, {reach}"] = spread
    coded = upheld.filter(pl.col("cause") != NO_CAUSE).height
    return OwnSignals(
        as_at=as_at,
        first=first,
        last=last,
        signals=tuple(sorted(found, key=lambda each: (each.q, -each.times, each.service, each.cause))),
        recurring=tuple(sorted(recurring, key=lambda each: (-each.count, each.service, each.cause))),
        cells=sum(cells.height for *_, cells in families),
        spread=spreads,
        upheld=upheld.height,
        coded=coded / upheld.height if upheld.height else None,
        why_not="" if upheld.height else "No complaint was upheld in these thirty-six months.",
    )


def _upheld(records: Records, as_at: date, first: date) -> pl.DataFrame:
    """service, cause, area, team, on: upheld complaints."""
    return (
        records.frame("complaints")
        .select("area", "team", "root_cause", service="category", on=first_upheld_on())
        .filter(pl.col("on").is_between(first, as_at))
        .with_columns(cause=pl.col("root_cause").fill_null(NO_CAUSE))
        .collect()
    )


def late_stages(records: Records, as_at: date, first: date) -> pl.DataFrame:
    """service, cause (what came late), area, team, on (the day it was due), complaint_ref, stage: acknowledgements and
    answers that fell due and were not given in time."""
    stages = population(records, "stages").filter("in_clock")
    parts = [
        stages.filter(~pl.col(f"{what}_in_time")).select(
            "complaint_ref",
            "stage",
            "area",
            "team",
            service="service_area",
            cause=pl.format("stage {} {} late", "stage", pl.lit(word)),
            on=pl.col(f"{due}_due_on"),
        )
        for what, word, due in _CLOCKS
    ]
    return pl.concat(parts).filter(pl.col("on").is_between(first, as_at)).sort("on", "complaint_ref", "cause").collect()


_CLOCKS = (("acknowledged", "acknowledged", "acknowledge"), ("responded", "answered", "response"))
LATE = tuple(f"stage {stage} {word} late" for stage in (1, 2) for _, word, _ in _CLOCKS)


def _due(records: Records, as_at: date, first: date) -> pl.DataFrame:
    """cause, service, area, due: how many fell due, late or not."""
    stages = population(records, "stages").filter("in_clock")
    parts = [
        stages.filter(pl.col(f"{due}_due_on").is_between(first, as_at))
        .group_by(service="service_area", area="area", cause=pl.format("stage {} {} late", "stage", pl.lit(word)))
        .agg(due=pl.len())
        for _, word, due in _CLOCKS
    ]
    return pl.concat(parts).collect()


def _by_area(rows: pl.DataFrame) -> pl.DataFrame:
    """Cells of service, cause and area: expected if each area had its share of every service's causes."""
    placed = rows.drop_nulls("area")
    pairs = placed.group_by("service", "cause").agg(of_pair=pl.len())
    areas = placed.group_by("area").agg(of_area=pl.len())
    counts = placed.group_by("service", "cause", "area").agg(count=pl.len())
    cells = pairs.join(areas, how="cross").join(counts, on=["service", "cause", "area"], how="left")
    return cells.with_columns(expected=pl.col("of_pair") * pl.col("of_area") / max(1, placed.height))


def _by_pair(rows: pl.DataFrame) -> pl.DataFrame:
    """Cells of service and cause: expected if every service had the causes of all. Where any cause is coded, only
    coded ones tell."""
    named = rows.filter(pl.col("cause") != NO_CAUSE)
    coded = rows if named.is_empty() else named
    services = coded.group_by("service").agg(of_service=pl.len())
    causes = coded.group_by("cause").agg(of_cause=pl.len())
    counts = coded.group_by("service", "cause").agg(count=pl.len())
    cells = services.join(causes, how="cross").join(counts, on=["service", "cause"], how="left")
    return cells.with_columns(
        expected=pl.col("of_service") * pl.col("of_cause") / max(1, coded.height), area=pl.lit(None, pl.String)
    )


def _handling(late: pl.DataFrame, due: pl.DataFrame) -> pl.DataFrame:
    """Cells of what came late, service and area: expected if it came late as often as everywhere."""
    kinds = (
        late.group_by("cause")
        .agg(of_kind=pl.len())
        .join(due.group_by("cause").agg(of_due=pl.col("due").sum()), on="cause")
    )
    counts = late.drop_nulls("area").group_by("service", "cause", "area").agg(count=pl.len())
    cells = due.drop_nulls("area").join(kinds, on="cause").join(counts, on=["service", "cause", "area"], how="left")
    return cells.with_columns(expected=pl.col("of_kind") * pl.col("due") / pl.col("of_due"))


def _read(cells: pl.DataFrame) -> tuple[pl.DataFrame, float]:
    """The cells of at least five cases with q, read together with all others; and the spread of all."""
    named = ["service", "cause", "area"]
    asked = cells.select(*named, "expected", count=pl.col("count").fill_null(0).cast(pl.Int64)).sort(named)
    found = excess(asked["count"].to_numpy(), asked["expected"].to_numpy().astype(np.float64))
    return asked.with_columns(q=pl.Series(found.q, dtype=pl.Float64)).filter(pl.col("count") >= FEWEST), found.spread


def _comes_back(signal: Signal) -> bool:
    """Seen in two of the three years; what is said to go across areas or teams, in two of either at least."""
    return (signal.reach == "one area" or _is_wide(signal)) and sum(map(bool, signal.by_year)) >= RECURS_IN


def _is_wide(signal: Signal) -> bool:
    return max(signal.teams, signal.areas) >= 2


def _signal(
    aim: Aim, reach: Reach, cell: Mapping[str, Any], *, rows: pl.DataFrame, actions: pl.DataFrame, as_at: date
) -> Signal:
    inside = rows.filter((pl.col("service") == cell["service"]) & (pl.col("cause") == cell["cause"]))
    if cell["area"] is not None:
        inside = inside.filter(pl.col("area") == cell["area"])
    starts = [window(as_at, 12 * year)[0] for year in range(YEARS, 0, -1)]
    ends = [*starts[1:], None]
    by_year = [_between(inside["on"], first, end) for first, end in zip(starts, ends, strict=True)]
    kept = {name: cell[name] for name in ("service", "cause", "area", "count", "expected", "q")}
    return Signal(
        aim=aim,
        reach=reach,
        **kept,
        by_year=tuple(by_year),
        teams=inside["team"].drop_nulls().n_unique(),
        areas=inside["area"].drop_nulls().n_unique(),
        actions=_on(actions, cell),
    )


def _between(days: pl.Series, first: date, end: date | None) -> int:
    inside = days >= first
    return int((inside & (days < end) if end is not None else inside).sum())


def _open_actions(records: Records, as_at: date) -> pl.DataFrame:
    """Changes open on the day, oldest first."""
    rows = population(records, "actions").filter(
        pl.col("is_change")
        & (pl.col("opened_on") <= as_at)
        & (pl.col("done_on").is_null() | (pl.col("done_on") > as_at))
    )
    columns = ("action_ref", "title", "owner_role", "service_area", "area", "root_cause", "opened_on")
    return rows.select(columns).sort("opened_on", "action_ref").collect()


def _on(actions: pl.DataFrame, cell: Mapping[str, Any]) -> tuple[OpenAction, ...]:
    """Open actions on the service that name no other area."""
    fits = pl.col("service_area") == cell["service"]
    if cell["area"] is not None:
        fits &= pl.col("area").is_null() | (pl.col("area") == cell["area"])
    found: Sequence[dict[str, Any]] = actions.filter(fits).select("action_ref", "title", "owner_role").to_dicts()
    return tuple(OpenAction(**row) for row in found)

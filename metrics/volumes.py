"""How many complaints, of what, how far they go and how soon they are answered.

Volume has no good direction (Code 3.3): rates are described with their interval and never judged. An interval of a
count is the exact one of a Poisson count at 95%; that of a share is Wilson's. Rates are per 1,000 homes owned of every
stock, as the landlord's record gives them today, also where only one service area, team or channel is asked for: nobody
knows how many homes a team serves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

import polars as pl
from scipy import special

from metrics.counting.judge import wilson
from metrics.events import Event, events_between
from metrics.narrowing import EVERYTHING, NOT_RECORDED, SPLITS, By, Only, named
from metrics.periods import last_quarter_end, quarter_before, quarter_end, quarter_ends_to, window
from metrics.populations import population
from metrics.records import Records

QUARTERS = 12
FEW = 5  # a rate made of fewer cases says next to nothing
# A landlord's records begin with a quarter if its first complaint falls into that quarter's first days.
FIRST_DAYS = timedelta(days=14)
_COLUMNS = ("complaint_ref", *SPLITS)


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A count of complaints and the homes it is held against; `homes` is None where they are not known."""

    count: int
    homes: int | None

    @property
    def value(self) -> float | None:
        """Complaints per 1,000 homes in the period counted."""
        return 1000 * self.count / self.homes if self.homes else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """How far the rate might lie from this by chance alone: the exact 95% interval of a Poisson count."""
        if not self.homes:
            return None
        low = float(special.gammaincinv(self.count, 0.025)) if self.count else 0.0
        high = float(special.gammaincinv(self.count + 1, 0.975))
        return 1000 * low / self.homes, 1000 * high / self.homes

    @property
    def is_few(self) -> bool:
        """Fewer cases than a rate needs to say anything."""
        return self.count < FEW

    def told_apart(self, other: "Rate") -> Literal["more", "fewer", ""]:
        """Whether this rate and another's are further apart than chance explains: their intervals do not meet."""
        own, others = self.interval, other.interval
        if own is None or others is None:
            return ""
        return "more" if own[0] > others[1] else "fewer" if own[1] < others[0] else ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """k of n with Wilson's 95% interval; no interval where n is 0."""

    k: int
    n: int

    @property
    def share(self) -> float | None:
        """k of n as a share 0 to 1."""
        return self.k / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95% interval of the share."""
        return wilson(self.k, self.n) if self.n else None


@dataclass(frozen=True, kw_only=True)
class QuarterVolume:
    """Complaints received, and stage 2 requests made, in the quarter that ends on `end`."""

    end: date
    stage_1: Rate
    stage_2: Rate


@dataclass(frozen=True, kw_only=True)
class Slice:
    """One service area, team or channel: complaints received in the twelve months, and in the twelve before (None
    where the records do not reach so far back)."""

    name: str
    now: Rate
    before: Rate | None


@dataclass(frozen=True, kw_only=True)
class Flow:
    """How far the complaints received from `first` to `last` had gone by as_at. `ombudsman` counts complaints with a
    decision of the Ombudsman, None where no determinations are held."""

    first: date
    last: date
    received: int
    stage_2: Part
    ombudsman: Part | None


@dataclass(frozen=True, kw_only=True)
class Timeliness:
    """Answers of one stage falling due in a quarter: in the Code's plain time, in time thanks to an extension, late (an
    answer still missing at the quarter's end is late)."""

    end: date
    stage: int
    on_time: int
    extended: int
    late: int

    @property
    def due(self) -> int:
        """All answers that fell due."""
        return self.on_time + self.extended + self.late


@dataclass(frozen=True, kw_only=True)
class Volumes:
    """Everything the page on volumes shows, for one landlord on one day. `year_before` is None where the records do not
    reach back so far; `choices` lists what service areas, teams and channels there are."""

    as_at: date
    homes: int | None
    year: Rate
    year_before: Rate | None
    quarters: tuple[QuarterVolume, ...]
    slices: Mapping[By, tuple[Slice, ...]]
    flows: tuple[Flow, ...]
    timeliness: tuple[Timeliness, ...]
    refused: Part
    refusal_reasons: tuple[tuple[str, int], ...]
    withdrawn: Part
    events: tuple[Event, ...] = ()
    choices: Mapping[By, tuple[str, ...]] = field(default_factory=dict)


def volumes(records: Records, as_at: date, *, only: Only = EVERYTHING) -> Volumes:
    """Volumes, escalation and timeliness of the complaints known at as_at, of the service area, team and channel asked
    for. Only whole quarters are shown."""
    homes = _homes(records)
    complaints, stages = _complaints(records, as_at), _stages(records, as_at)
    begun = complaints["received_on"].min()
    first = begun if isinstance(begun, date) else None
    choices: dict[By, tuple[str, ...]] = {name: tuple(complaints[name].unique().sort()) for name in SPLITS}
    complaints, stages = complaints.filter(only.expression()), stages.filter(only.expression())
    this, before = window(as_at), window(window(as_at)[0] - timedelta(days=1))
    year = _within(complaints, "received_on", this)
    reaches_back = first is not None and first <= before[0] + FIRST_DAYS
    year_before = _within(complaints, "received_on", before)
    ends = _quarters(first, as_at)
    return Volumes(
        as_at=as_at,
        homes=homes,
        year=Rate(count=year.height, homes=homes),
        year_before=Rate(count=year_before.height, homes=homes) if reaches_back else None,
        quarters=_by_quarter(complaints, ends, homes),
        slices={by: _slices(year, year_before if reaches_back else None, by, homes) for by in SPLITS},
        flows=_flows(records, complaints, [this, before] if reaches_back else [this], as_at),
        timeliness=_timeliness(stages, ends),
        refused=Part(k=year.filter(pl.col("status") == "refused").height, n=year.height),
        refusal_reasons=_refusal_reasons(year),
        withdrawn=Part(k=year.filter(pl.col("status") == "withdrawn").height, n=year.height),
        events=_events(records, ends, as_at),
        choices=choices,
    )


def _homes(records: Records) -> int | None:
    own = records.frame("landlords").select("homes_lcra", "homes_lcho").collect()
    known = [count for count in own.row(0) if count is not None] if own.height else []
    return sum(known) or None


def _complaints(records: Records, as_at: date) -> pl.DataFrame:
    """complaint_ref, service_area, team, channel, status, refusal_reason, received_on, stage_2_requested_on (blank
    where asked for only after as_at), for complaints received by as_at."""
    requested = pl.col("stage_2_requested_on")
    return (
        population(records, "complaints")
        .filter(pl.col("received_on") <= as_at)
        .select(*_COLUMNS, "status", "refusal_reason", "received_on", pl.when(requested <= as_at).then(requested))
        .with_columns(named())
        .collect()
    )


def _stages(records: Records, as_at: date) -> pl.DataFrame:
    """The stages within the Code's clocks whose answer fell due by as_at."""
    return (
        population(records, "stages")
        .filter("in_clock", pl.col("response_due_on") <= as_at)
        .select(*_COLUMNS, "stage", "plain_due_on", "response_due_on", "responded_on")
        .with_columns(named())
        .collect()
    )


def _within(rows: pl.DataFrame, column: str, period: tuple[date, date]) -> pl.DataFrame:
    return rows.filter(pl.col(column).is_between(*period))


def _quarters(first: date | None, as_at: date) -> list[date]:
    """The ends of the last whole quarters, oldest first, from the first the records cover."""
    if first is None:
        return []
    begun = quarter_before(first)
    covered = begun if first <= begun + FIRST_DAYS else quarter_end(first)
    return [end for end in quarter_ends_to(last_quarter_end(as_at), QUARTERS - 1) if end > covered]


def _counted_by_quarter(rows: pl.DataFrame, column: str) -> dict[date, int]:
    ended = pl.col(column).dt.truncate("1q").dt.offset_by("1q").dt.offset_by("-1d")
    counts = rows.filter(pl.col(column).is_not_null()).group_by(ended.alias("end")).len()
    return dict(counts.iter_rows())


def _by_quarter(complaints: pl.DataFrame, ends: Sequence[date], homes: int | None) -> tuple[QuarterVolume, ...]:
    received = _counted_by_quarter(complaints, "received_on")
    requested = _counted_by_quarter(complaints, "stage_2_requested_on")
    return tuple(
        QuarterVolume(
            end=end,
            stage_1=Rate(count=received.get(end, 0), homes=homes),
            stage_2=Rate(count=requested.get(end, 0), homes=homes),
        )
        for end in ends
    )


def _slices(year: pl.DataFrame, before: pl.DataFrame | None, by: By, homes: int | None) -> tuple[Slice, ...]:
    """Every value with a complaint in the twelve months or in those before, the most frequent first."""
    now = dict(year.group_by(by).len().iter_rows())
    then = dict(before.group_by(by).len().iter_rows()) if before is not None else {}
    names = sorted({*now, *then}, key=lambda name: (-now.get(name, 0), -then.get(name, 0), name))
    return tuple(
        Slice(
            name=name,
            now=Rate(count=now.get(name, 0), homes=homes),
            before=Rate(count=then.get(name, 0), homes=homes) if before is not None else None,
        )
        for name in names
    )


def _flows(
    records: Records, complaints: pl.DataFrame, periods: Sequence[tuple[date, date]], as_at: date
) -> tuple[Flow, ...]:
    decided = (
        records.frame("determinations")
        .filter(pl.col("decided_on") <= as_at, pl.col("complaint_ref").is_not_null())
        .select(pl.col("complaint_ref").unique())
        .collect()
    )
    held = "determinations" in records.frames
    return tuple(
        _flow(_within(complaints, "received_on", period), period, decided if held else None) for period in periods
    )


def _flow(cohort: pl.DataFrame, period: tuple[date, date], decided: pl.DataFrame | None) -> Flow:
    asked = cohort["stage_2_requested_on"].is_not_null().sum()
    reached = None if decided is None else cohort.join(decided, on="complaint_ref", how="semi").height
    return Flow(
        first=period[0],
        last=period[1],
        received=cohort.height,
        stage_2=Part(k=int(asked), n=cohort.height),
        ombudsman=None if reached is None else Part(k=reached, n=cohort.height),
    )


def _timeliness(stages: pl.DataFrame, ends: Sequence[date]) -> tuple[Timeliness, ...]:
    plain = (pl.col("responded_on") <= pl.col("plain_due_on")).fill_null(False)
    in_time = (pl.col("responded_on") <= pl.col("response_due_on")).fill_null(False)
    counts = {
        stage: {
            name: _counted_by_quarter(stages.filter(pl.col("stage") == stage, rows), "response_due_on")
            for name, rows in (("on_time", plain), ("extended", in_time & ~plain), ("late", ~in_time))
        }
        for stage in (1, 2)
    }
    return tuple(
        Timeliness(end=end, stage=stage, **{name: found.get(end, 0) for name, found in counts[stage].items()})
        for stage in (1, 2)
        for end in ends
    )


def _refusal_reasons(year: pl.DataFrame) -> tuple[tuple[str, int], ...]:
    reasons = year.filter(pl.col("status") == "refused").select(
        pl.col("refusal_reason").str.strip_chars().replace("", None).fill_null(NOT_RECORDED)
    )
    return tuple(
        reasons.group_by("refusal_reason").len().sort("len", "refusal_reason", descending=[True, False]).rows()
    )


def _events(records: Records, ends: Sequence[date], as_at: date) -> tuple[Event, ...]:
    """What happened in the quarters shown, oldest first."""
    return events_between(records, quarter_before(ends[0]), as_at) if ends else ()

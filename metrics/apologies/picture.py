"""Everything the screens and papers show of apologies on one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

import polars as pl

from metrics.catalogue import indicator
from metrics.choices import UPHELD
from metrics.counting.coverage import held
from metrics.counting.formula import due, succeeded
from metrics.narrowing import NOT_RECORDED
from metrics.periods import window
from metrics.populations import population
from metrics.populations.apologies import CRITERIA
from metrics.populations.stages import in_clock
from metrics.records import Records
from metrics.volumes import Part

By = Literal["stage", "made_by_role", "form", "team", "service_area"]
BY: tuple[By, ...] = get_args(By)


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One of the six criteria over the apologies read: those that meet it of those where it was read; `blank` were read
    against others but not against this one."""

    key: str
    met: Part
    blank: int


@dataclass(frozen=True, kw_only=True)
class Quality:
    """Apologies made in the year: how many, how many of them were read against the criteria, how many of those are good
    (`apology_quality`), and each criterion."""

    made: int
    good: Part
    criteria: tuple[Criterion, ...]

    @property
    def unread(self) -> int:
        """Apologies nobody has read against the criteria: of them nothing is known."""
        return self.made - self.good.n

    @property
    def weakest(self) -> Criterion | None:
        """The criterion least often met; None where none was read."""
        read = [each for each in self.criteria if each.met.n]
        return min(read, key=lambda each: (each.met.share or 0.0, -each.met.n), default=None)


@dataclass(frozen=True, kw_only=True)
class Group:
    """The apologies made at one stage, by one role, in one form …"""

    name: str
    quality: Quality


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """Of upheld complaints whose five working days for an apology ended in the year: `given` in time is the figure
    `apology_given`; the rest came late or has not been given yet."""

    given: Part
    late: int
    none: int


@dataclass(frozen=True, kw_only=True)
class ApologiesPicture:
    """Apologies on one day. `year_before` is None where none was made in the twelve months before. `only_at_1` counts
    complaints upheld at both stages, answered at stage 2 in the year, with an apology at stage 1 (`n`), and those of
    them without one at stage 2 (`k`): `without_at_2`, the latest answered first."""

    as_at: date
    is_held: bool
    year: Quality
    year_before: Quality | None
    by: Mapping[By, tuple[Group, ...]]
    prompt: Prompt | None
    only_at_1: Part | None
    without_at_2: tuple[str, ...]


def apologies_picture(records: Records, as_at: date) -> ApologiesPicture:
    """The picture on one day. Without apologies every count is 0 and `is_held` is False: not evidenced. Promptness
    comes from the complaints, and is None without them."""
    tables = held(records, as_at)
    year, before = made_in_year(records, as_at), made_in_year(records, window(as_at)[0] - timedelta(days=1))
    has_complaints = "complaints" in tables
    at_1 = _apologised_at_1(records, as_at)
    without = at_1.filter(~pl.col("at_2"))
    return ApologiesPicture(
        as_at=as_at,
        is_held="apologies" in tables,
        year=quality(year),
        year_before=quality(before) if before.height else None,
        by={by: _groups(year, by) for by in BY},
        prompt=_prompt(records, as_at) if has_complaints else None,
        only_at_1=Part(k=without.height, n=at_1.height) if has_complaints else None,
        without_at_2=tuple(without["complaint_ref"]),
    )


def made_in_year(records: Records, as_at: date) -> pl.DataFrame:
    """The apologies made in the twelve months, newest first: the population `apologies` beside is_read (it belongs to
    the denominator of `apology_quality`) and is_good (to its numerator)."""
    declared = indicator("apology_quality")
    return (
        population(records, "apologies")
        .filter(pl.col("made_on").is_between(*window(as_at)))
        .with_columns(
            pl.col(*BY).cast(pl.String).fill_null(NOT_RECORDED),
            is_read=due(declared, as_at),
            is_good=due(declared, as_at) & succeeded(declared, as_at),
        )
        .sort("made_on", "apology_ref", descending=[True, False])
        .collect()
    )


def quality(rows: pl.DataFrame) -> Quality:
    """The quality of some rows of `made_in_year`."""
    read = rows.filter("is_read")
    return Quality(
        made=rows.height,
        good=Part(k=read.filter("is_good").height, n=read.height),
        criteria=tuple(_criterion(read, key) for key in CRITERIA),
    )


def _criterion(read: pl.DataFrame, key: str) -> Criterion:
    told = read[key].drop_nulls()
    return Criterion(key=key, met=Part(k=int(told.sum()), n=len(told)), blank=read.height - len(told))


def _groups(rows: pl.DataFrame, by: By) -> tuple[Group, ...]:
    parts = rows.partition_by(by, as_dict=True, maintain_order=True)
    found = [Group(name=str(name), quality=quality(part)) for (name,), part in parts.items()]
    return tuple(sorted(found, key=lambda each: (-each.quality.made, each.name)))


def _prompt(records: Records, as_at: date) -> Prompt:
    declared = indicator("apology_given")
    rows = population(records, "complaints").filter(due(declared, as_at))
    counts = rows.select(
        n=pl.len(),
        k=succeeded(declared, as_at).sum(),
        given=(pl.col("apology_on") <= as_at).fill_null(False).sum(),
    ).collect()
    n, k, given = (int(value) for value in counts.row(0))
    return Prompt(given=Part(k=k, n=n), late=given - k, none=n - given)


def _apologised_at_1(records: Records, as_at: date) -> pl.DataFrame:
    """complaint_ref and at_2 (an apology at stage 2 is known) of the complaints upheld at both stages, answered at
    stage 2 in the year, with an apology at stage 1; the latest answered first."""
    upheld = [pl.col(f"stage_{stage}_outcome").is_in(list(UPHELD)) for stage in (1, 2)]
    at_1, at_2 = ((pl.col(f"stage_{stage}_apology_on") <= as_at).fill_null(False) for stage in (1, 2))
    return (
        records.frame("complaints")
        .filter(in_clock(), *upheld, at_1, pl.col("stage_2_responded_on").is_between(*window(as_at)))
        .sort("stage_2_responded_on", "complaint_ref", descending=[True, False])
        .select("complaint_ref", at_2=at_2)
        .collect()
    )

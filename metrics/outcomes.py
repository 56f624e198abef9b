"""How complaints answered in the twelve months came out, at each stage."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from metrics.choices import OUTCOMES
from metrics.periods import window
from metrics.populations import population
from metrics.records import Records

NOT_SAID = "outcome not recorded"


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """Responses of the twelve months: stage to outcome to number, in the order of `OUTCOMES`, then those without
    one."""

    by_stage: Mapping[int, Mapping[str, int]]


def outcomes(records: Records, as_at: date) -> Outcomes:
    """Outcomes known at as_at. Refused and withdrawn complaints have none."""
    first, last = window(as_at)
    answered = (
        population(records, "stages")
        .filter("in_clock", pl.col("responded_on").is_between(first, last))
        .group_by("stage", pl.col("outcome").cast(pl.String).fill_null(NOT_SAID))
        .len()
        .collect()
    )
    counts = {(int(stage), str(outcome)): int(number) for stage, outcome, number in answered.iter_rows()}
    return Outcomes(
        by_stage={
            stage: {outcome: counts.get((stage, outcome), 0) for outcome in (*OUTCOMES, NOT_SAID)} for stage in (1, 2)
        },
    )

"""Live precision: of the episodes reviewers have read, the share that each detector was right about."""

from dataclasses import dataclass

import polars as pl

from metrics.counting.judge import wilson
from metrics.ghosts.verdicts import VERDICTS
from metrics.ghosts.words import DETECTORS, NOT_A_GHOST

ENOUGH = 5  # verdicts below which a share would say nothing
GIVEN_VERDICTS: dict[str, pl.DataType | type[pl.DataType]] = {
    **VERDICTS,
    "detectors": pl.List(pl.String),
    "grade": pl.String,
}


@dataclass(frozen=True, kw_only=True)
class Precision:
    """One detector's record: episodes it fired in that were reviewed, those upheld as ghosts, and the share with its
    95% interval (None with fewer than five verdicts)."""

    detector: str
    reviewed: int
    upheld: int
    share: float | None
    low: float | None
    high: float | None


def live_precision(verdicts: pl.DataFrame | None) -> tuple[Precision, ...]:
    """Every detector in the order declared, from the last verdict on each episode (`GIVEN_VERDICTS`).

    An episode in which several detectors fired counts for each of them. Without a verdict a detector has no share: it
    is not known, and never reads zero or a hundred.
    """
    given = pl.DataFrame(schema=GIVEN_VERDICTS) if verdicts is None else verdicts
    each = given.select("detectors", upheld=pl.col("verdict") != NOT_A_GHOST).explode("detectors")
    counts = each.group_by("detectors").agg(pl.len(), pl.col("upheld").sum()).rows_by_key("detectors", unique=True)
    return tuple(_of(detector, *counts.get(detector, (0, 0))) for detector in DETECTORS)


def _of(detector: str, reviewed: int, upheld: int) -> Precision:
    if reviewed < ENOUGH:
        return Precision(detector=detector, reviewed=reviewed, upheld=upheld, share=None, low=None, high=None)
    low, high = wilson(upheld, reviewed)
    return Precision(detector=detector, reviewed=reviewed, upheld=upheld, share=upheld / reviewed, low=low, high=high)

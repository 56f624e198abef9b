"""Which complaints have a ghost episode of grade A or B: what the indicator `complaints_without_ghost` counts."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from metrics.ghosts.evidence import Evidence
from metrics.ghosts.grading import fired, graded
from metrics.ghosts.placing import BEFORE_DAYS
from metrics.ghosts.verdicts import without_those_turned_down
from metrics.periods import window
from metrics.records import Records


def ghosted_complaints(records: Records, days: Sequence[date]) -> pl.DataFrame:
    """as_at, complaint_ref: complaints received in the twelve months to each day that have an episode of grade A or B
    known on that day, whenever its first signal. Texts are read once for all days."""
    evidence = Evidence.of(records)
    first_days = [window(day)[0] for day in days]
    # No window of a complaint received since then opens earlier.
    since = [first - timedelta(days=BEFORE_DAYS) for first in first_days]
    of_year = pl.DataFrame({"as_at": days, "first": first_days}, schema={"as_at": pl.Date, "first": pl.Date})
    received = evidence.cases.select("rank", "received_on").collect()
    found = (
        evidence.signals(days, since=since, recent_only=True)
        .drop_nulls("complaint")
        .join(received, left_on="complaint", right_on="rank")
        .join(of_year, on="as_at")
        .filter(pl.col("received_on").is_between(pl.col("first"), pl.col("as_at")))
        .group_by("as_at", "complaint", "window")
        .agg(fired(), first_signal_on=pl.col("on").min())
    )
    counted = evidence.with_complaint_refs(graded(found).filter(pl.col("grade") != "C"))
    # A verdict on an episode of a complaint does not ask for the household.
    asked = counted.with_columns(household_ref=pl.lit(None, pl.String))
    left = without_those_turned_down(asked, records.ghost_verdicts)
    return left.select("as_at", "complaint_ref").unique().sort("as_at", "complaint_ref")

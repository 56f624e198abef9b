"""Which complaints have a ghost episode of grade A or B: what the indicator `complaints_without_ghost` counts."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from metrics.ghosts.evidence import Evidence
from metrics.ghosts.grading import family, grade
from metrics.ghosts.known import moments_of
from metrics.ghosts.placing import BEFORE_DAYS
from metrics.ghosts.verdicts import without_those_turned_down
from metrics.periods import window
from metrics.records import Records


def ghosted_complaints(records: Records, days: Sequence[date]) -> pl.DataFrame:
    """as_at, complaint_ref: complaints received in the twelve months to each day that have an episode of grade A or B
    known on that day, whenever its first signal. Texts are read once for all days."""
    evidence = Evidence.of(records).of_gradable_complaints()
    first_days = [window(day)[0] for day in days]
    # No window of a complaint received since then opens earlier.
    since = [first - timedelta(days=BEFORE_DAYS) for first in first_days]
    received = pl.DataFrame({"as_at": days, "first": first_days}, schema={"as_at": pl.Date, "first": pl.Date})
    complaints = evidence.complaints.rows.select("complaint_ref", "received_on")
    found = (
        evidence.signals(moments_of(days, since=since))
        .join(complaints, on="complaint_ref")
        .join(received, on="as_at")
        .filter(pl.col("received_on").is_between(pl.col("first"), pl.col("as_at")))
        .group_by("as_at", "complaint_ref", "household_ref", "window")
        .agg(families=family().unique(), first_signal_on=pl.col("on").min())
    )
    graded = without_those_turned_down(found, records.ghost_verdicts).filter(grade() != "C")
    return graded.select("as_at", "complaint_ref").unique().sort("as_at", "complaint_ref")

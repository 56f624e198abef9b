"""Signals a complaint's own record carries: its status in the system's words, a slow stage 2, a fresh start."""

import numpy as np
import polars as pl

from metrics.ghosts.lexicon import Lexicon
from metrics.ghosts.marks import RECORD
from metrics.ghosts.matching import held_in
from metrics.ghosts.search import NOT_FOUND, Days, packed
from metrics.working_days import working_days

LATE_AFTER = 5  # working days for acknowledging stage 2 (CODE 6.11)
RESET_WITHIN = 90  # days after the stage 1 response


def with_status_words(complaints: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Complaints with `status_any` and `status_after`: is the status label in the lexicon?"""
    return complaints.with_columns(
        status_any=held_in(pl.col("status_label"), lexicon, "labels.any_window", but_for="labels.except"),
        status_after=held_in(pl.col("status_label"), lexicon, "labels.after_only", but_for="labels.except"),
    )


def own_signals(known: pl.DataFrame) -> pl.DataFrame:
    """Of complaints as known: as_at, complaint_ref, household_ref, category, team, channel, detector, window, on,
    records."""
    asked, acknowledged = pl.col("stage_2_requested_on"), pl.col("stage_2_acknowledged_on")
    late = working_days(asked, acknowledged.fill_null(pl.col("as_at"))) > LATE_AFTER
    answered_twice = known.filter("status_after", pl.col("stage_2_responded_on").is_not_null())
    return pl.concat(
        [
            _signals(known.filter("status_any"), "status_label", "before", "received_on"),
            _signals(answered_twice, "status_label", "after", "stage_2_responded_on"),
            _signals(known.filter(late), "stage_2_lag", "between", "stage_2_requested_on"),
            _signals(_reset(known), "reset", "between", "begun_again_on", "begun_again_as"),
        ]
    )


def _signals(rows: pl.DataFrame, detector: str, window: str, on: str, ref: str = "complaint_ref") -> pl.DataFrame:
    record = pl.struct(pl.lit("complaints").alias("table"), pl.col(ref).alias("ref"), pl.col(on).alias("on"))
    return rows.select(
        "as_at",
        "complaint_ref",
        "household_ref",
        "category",
        "team",
        "channel",
        detector=pl.lit(detector),
        window=pl.lit(window),
        on=pl.col(on),
        records=pl.concat_list(record).cast(pl.List(RECORD)),
    )


def _reset(known: pl.DataFrame) -> pl.DataFrame:
    """Complaints answered at stage 1, never taken to stage 2, and followed within 90 days by a new one of the same
    household and category: the first such (of one day the smallest reference)."""
    ended = known.filter(pl.col("stage_1_responded_on").is_not_null() & pl.col("stage_2_requested_on").is_null())
    newer = known.select("issue", "received_on", "complaint_ref", "rank").sort("issue", "received_on", "rank")
    if ended.is_empty():
        return ended.with_columns(begun_again_on="received_on", begun_again_as="complaint_ref")
    received = newer["received_on"].to_physical().cast(pl.Int64).to_numpy()
    answered = ended["stage_1_responded_on"].to_physical().cast(pl.Int64).to_numpy()
    search = Days(packed(newer["issue"].cast(pl.Int64).to_numpy(), received))
    place = search.first_from(ended["issue"].cast(pl.Int64).to_numpy(), answered + 1)
    found = (place != NOT_FOUND) & (received[np.maximum(place, 0)] - answered <= RESET_WITHIN)
    followed, place = ended.filter(found), place[found]
    return followed.with_columns(
        begun_again_on=newer["received_on"].gather(place), begun_again_as=newer["complaint_ref"].gather(place)
    )

"""Signals a complaint's own record carries: its status in the system's words, a slow stage 2, a fresh start.

Each holds on the days from `known_from` to before `known_until` (null: for ever); nothing else of it hangs on the day.
"""

import numpy as np
import polars as pl

from metrics.ghosts.lexicon import Lexicon
from metrics.ghosts.matching import distinct_held_in
from metrics.ghosts.placing import days_of
from metrics.ghosts.search import NOT_FOUND, Days
from metrics.records import Records
from metrics.working_days import add_working_days, working_days

LATE_AFTER = 5  # working days for acknowledging stage 2 (CODE 6.11)
RESET_WITHIN = 90  # days after the stage 1 response
OWN: dict[str, pl.DataType | type[pl.DataType]] = {
    "detector": pl.String,
    "window": pl.String,
    "complaint": pl.UInt32,
    "household": pl.Int64,
    "on": pl.Date,
    "known_from": pl.Date,
    "known_until": pl.Date,
    "ref": pl.String,
}


def own_signals(records: Records, complaints: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Of complaints (`metrics.ghosts.known.cases`): the columns of `OWN`, `complaint` being the rank and `ref` the
    complaint whose record fired."""
    any_window = _with_status_in(records, complaints, lexicon, "labels.any_window")
    after_only = _with_status_in(records, complaints, lexicon, "labels.after_only")
    asked, acknowledged = pl.col("stage_2_requested_on"), pl.col("stage_2_acknowledged_on")
    too_late = add_working_days(asked, LATE_AFTER + 1)
    late = acknowledged.is_null() | (working_days(asked, acknowledged) > LATE_AFTER)
    answered_twice = after_only.filter(pl.col("stage_2_responded_on").is_not_null())
    return pl.concat(
        [
            _signals(any_window, "status_label", "before", on="received_on"),
            _signals(answered_twice, "status_label", "after", on="stage_2_responded_on"),
            _signals(complaints.filter(late), "stage_2_lag", "between", on="stage_2_requested_on", known_from=too_late),
            _signals(
                _begun_again(complaints),
                "reset",
                "between",
                on="begun_again_on",
                known_until=asked,
                ref="begun_again_as",
            ),
        ]
    )


def _with_status_in(records: Records, complaints: pl.DataFrame, lexicon: Lexicon, name: str) -> pl.DataFrame:
    labels = records.frame("complaints").select("complaint_ref", "status_label").drop_nulls().collect()
    held = distinct_held_in(labels["status_label"], lexicon, name, but_for="labels.except")
    return complaints.join(labels.filter(pl.col("status_label").is_in(held.implode())), on="complaint_ref", how="semi")


def _signals(
    rows: pl.DataFrame,
    detector: str,
    window: str,
    *,
    on: str,
    known_from: pl.Expr | None = None,
    known_until: pl.Expr | None = None,
    ref: str = "complaint_ref",
) -> pl.DataFrame:
    dated = rows.with_columns(known_from=pl.col(on) if known_from is None else known_from).drop_nulls("known_from")
    return dated.select(
        detector=pl.lit(detector),
        window=pl.lit(window),
        complaint="rank",
        household="household",
        on=on,
        known_from=pl.max_horizontal("known_from", "received_on"),
        known_until=pl.lit(None, pl.Date) if known_until is None else known_until,
        ref=ref,
    ).cast(OWN)  # type: ignore[arg-type]


def _begun_again(complaints: pl.DataFrame) -> pl.DataFrame:
    """Complaints answered at stage 1 and followed within 90 days by a new one of the same household and category: the
    first such (of one day the smallest reference). It stands until the earlier one goes to stage 2."""
    ended = complaints.filter(pl.col("stage_1_responded_on").is_not_null())
    if ended.is_empty():
        return ended.with_columns(begun_again_on="received_on", begun_again_as="complaint_ref")
    received, answered = days_of(complaints["received_on"]), days_of(ended["stage_1_responded_on"])
    place = Days(complaints["issue"].to_numpy(), received).first_from(ended["issue"].to_numpy(), answered + 1)
    found = (place != NOT_FOUND) & (received[np.maximum(place, 0)] - answered <= RESET_WITHIN)
    followed, place = ended.filter(found), place[found]
    return followed.with_columns(
        begun_again_on=complaints["received_on"].gather(place), begun_again_as=complaints["complaint_ref"].gather(place)
    )

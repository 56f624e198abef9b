"""One row per complaint: what was upheld, whether it was learned from, whether it came back."""

import polars as pl

from metrics.choices import UPHELD
from metrics.populations.stages import in_clock
from metrics.records import Records
from metrics.working_days import add_working_days

APOLOGISE_WITHIN = 5  # working days after the response that upheld the complaint (our judgement)
REPEAT_WITHIN = 183  # days after the first upheld response (our judgement)


def complaints(records: Records) -> pl.LazyFrame:
    """complaint_ref, household_ref, service_area, stock, team, contractor, area, channel, status, refusal_reason,
    in_clock, received_on, stage_1_responded_on, stage_1_outcome, stage_2_requested_on, stage_2_responded_on,
    stage_2_outcome, stage_1_handler, stage_2_handler, stage_1_compensation, stage_2_compensation; and

    is_upheld             not refused or withdrawn, and a stage with a response date was upheld or partly upheld
    first_upheld_on       the response date of the earliest such stage
    first_upheld_stage    1 or 2
    apology_on            the apology dated for that stage; apology_due_on 5 working days after the response
    repeat_known_on       183 days after the first upheld response
    came_back_on          first later complaint of the same household and category within those 183 days
    learned_on            opening of the first linked learning action that is not an individual remedy
    """
    rows = records.frame("complaints").with_columns(
        in_clock=in_clock(), service_area=pl.col("category"), **_upheld_at(1), **_upheld_at(2)
    )
    rows = rows.with_columns(
        first_upheld_on=pl.coalesce("upheld_1_on", "upheld_2_on"),
        apology_on=pl.when(pl.col("upheld_1_on").is_not_null())
        .then("stage_1_apology_on")
        .when(pl.col("upheld_2_on").is_not_null())
        .then("stage_2_apology_on"),
        first_upheld_stage=pl.when(pl.col("upheld_1_on").is_not_null())
        .then(pl.lit(1, pl.Int8))
        .when(pl.col("upheld_2_on").is_not_null())
        .then(pl.lit(2, pl.Int8)),
    ).with_columns(
        is_upheld=pl.col("first_upheld_on").is_not_null(),
        apology_due_on=add_working_days(pl.col("first_upheld_on"), APOLOGISE_WITHIN),
        repeat_known_on=pl.col("first_upheld_on") + pl.duration(days=REPEAT_WITHIN),
    )
    # Few complaints came back or were learned from: one small frame of both is joined once, not two large ones.
    followed = _came_back(rows).join(_learned(records), on="complaint_ref", how="full", coalesce=True)
    return rows.join(followed, on="complaint_ref", how="left").drop("upheld_1_on", "upheld_2_on", "category")


def first_upheld_on() -> pl.Expr:
    """The response date of the earliest stage that upheld a row of `complaints`; null where none did."""
    return pl.coalesce(*_upheld_at(1).values(), *_upheld_at(2).values())


def _upheld_at(stage: int) -> dict[str, pl.Expr]:
    """The response date of a stage that upheld the complaint, else null: an outcome is known once its response is."""
    upheld = pl.col(f"stage_{stage}_outcome").is_in(list(UPHELD)) & in_clock()
    return {f"upheld_{stage}_on": pl.when(upheld).then(pl.col(f"stage_{stage}_responded_on"))}


def _came_back(rows: pl.LazyFrame) -> pl.LazyFrame:
    """complaint_ref, came_back_on: the next complaint of the household about the same service area.

    Most households complain once: rows whose hashed household and area stand alone are left out before the search,
    which itself compares the true values and, unlike a join of all pairs, does not mind a household that complains
    often.
    """
    issue = ["household_ref", "service_area"]
    hashed = pl.col("household_ref").hash() ^ pl.col("service_area").hash()
    several = rows.select(
        "complaint_ref", *issue, "received_on", "first_upheld_on", "repeat_known_on", hashed.alias("hashed")
    ).filter(pl.col("hashed").is_duplicated())
    return (
        several.filter(pl.col("first_upheld_on").is_not_null())
        .sort("first_upheld_on")
        .join_asof(
            several.select(*issue, came_back_on="received_on").sort("came_back_on"),
            left_on="first_upheld_on",
            right_on="came_back_on",
            by=issue,
            strategy="forward",
            allow_exact_matches=False,
            check_sortedness=False,
        )
        .filter(pl.col("came_back_on") <= pl.col("repeat_known_on"))
        .select("complaint_ref", "came_back_on")
    )


def _learned(records: Records) -> pl.LazyFrame:
    """complaint_ref, learned_on."""
    changes = records.frame("learning_actions").filter(pl.col("kind") != "individual remedy")
    return (
        records.frame("learning_links")
        .join(changes.select("action_ref", "opened_on"), on="action_ref")
        .group_by("complaint_ref")
        .agg(learned_on=pl.col("opened_on").min())
    )

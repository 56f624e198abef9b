"""One row per stage begun: the clocks of the Complaint Handling Code (design §4)."""

from dataclasses import dataclass

import polars as pl

from metrics.records import Records
from metrics.working_days import add_working_days

ACKNOWLEDGE_WITHIN = 5  # working days, CODE 6.2 and 6.11


@dataclass(frozen=True, kw_only=True)
class Clock:
    """How long one stage may take, in working days from its acknowledgement (CODE 6.3-6.4, 6.14-6.15)."""

    stage: int
    begins: str
    respond_within: int
    extend_by: int


CLOCKS = (
    Clock(stage=1, begins="received_on", respond_within=10, extend_by=10),
    Clock(stage=2, begins="stage_2_requested_on", respond_within=20, extend_by=20),
)


def in_clock() -> pl.Expr:
    """A complaint that was not refused or withdrawn: the others are counted as such and left out of the clocks."""
    return pl.col("status").is_in(["refused", "withdrawn"]).not_().fill_null(True)


def stages(records: Records) -> pl.LazyFrame:
    """complaint_ref, household_ref, service_area, stock, team, contractor, area, channel, stage (1, 2), in_clock,
    began_on, acknowledge_due_on, acknowledged_on, response_due_on, extended_to, responded_on, outcome, handler,
    acknowledged_in_time, responded_in_time.

    Response due: `respond_within` working days from the acknowledgement, or from the acknowledge-due date where it came
    late or never (lateness does not buy time); extended: the later of that and the extension, never more than
    `extend_by` working days beyond.
    """
    complaints = records.frame("complaints")
    return pl.concat([_stage(complaints, clock) for clock in CLOCKS], how="vertical")


def _stage(complaints: pl.LazyFrame, clock: Clock) -> pl.LazyFrame:
    prefix = f"stage_{clock.stage}"
    acknowledged, due = pl.col("acknowledged_on"), pl.col("acknowledge_due_on")
    return (
        complaints.filter(pl.col(clock.begins).is_not_null())
        .select(
            "complaint_ref",
            "household_ref",
            "stock",
            "team",
            "contractor",
            "area",
            "channel",
            service_area=pl.col("category"),
            stage=pl.lit(clock.stage, pl.Int8),
            in_clock=in_clock(),
            began_on=pl.col(clock.begins),
            acknowledged_on=pl.col(f"{prefix}_acknowledged_on"),
            extended_to=pl.col(f"{prefix}_extended_to"),
            responded_on=pl.col(f"{prefix}_responded_on"),
            outcome=pl.col(f"{prefix}_outcome"),
            handler=pl.col(f"{prefix}_handler"),
        )
        .with_columns(acknowledge_due_on=add_working_days(pl.col("began_on"), ACKNOWLEDGE_WITHIN))
        .with_columns(
            acknowledged_in_time=(acknowledged <= due).fill_null(False),
            clock_starts_on=pl.min_horizontal(acknowledged, due),
        )
        .with_columns(plain_due_on=add_working_days(pl.col("clock_starts_on"), clock.respond_within))
        .with_columns(
            response_due_on=pl.when(pl.col("extended_to") > pl.col("plain_due_on"))
            .then(pl.min_horizontal("extended_to", add_working_days(pl.col("plain_due_on"), clock.extend_by)))
            .otherwise("plain_due_on")
        )
        .with_columns(responded_in_time=(pl.col("responded_on") <= pl.col("response_due_on")).fill_null(False))
        .drop("clock_starts_on")
    )

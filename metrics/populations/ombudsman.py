"""One row per finding of the Ombudsman, and whether the landlord had begun to learn before it was told."""

import polars as pl

from metrics.populations.learning import EXTERNAL_TRIGGERS
from metrics.records import Records

UPHELD_FINDINGS = ("severe maladministration", "maladministration", "service failure")
LEARNED_WITHIN_MONTHS = 24


def findings(records: Records) -> pl.LazyFrame:
    """Every column of `determinations` beside service_area (its category), is_upheld, contested_on (put to review on
    that day, and the review did not change the finding) and own_action_on (the latest action on the theme not set off
    from outside, opened before the decision and not more than 24 months before it)."""
    own = (
        records.frame("learning_actions")
        .filter(~pl.col("trigger").is_in(list(EXTERNAL_TRIGGERS)))
        .select(service_area="theme", own_action_on="opened_on")
        .sort("own_action_on")
    )
    return (
        records.frame("determinations")
        .with_columns(
            service_area=pl.col("category"),
            is_upheld=pl.col("finding").is_in(list(UPHELD_FINDINGS)),
            contested_on=pl.when(~pl.col("review_changed_finding").fill_null(False)).then("review_requested_on"),
        )
        .sort("decided_on")
        .join_asof(
            own,
            left_on="decided_on",
            right_on="own_action_on",
            by="service_area",
            strategy="backward",
            allow_exact_matches=False,
            check_sortedness=False,
        )
        .with_columns(
            own_action_on=pl.when(
                pl.col("own_action_on") >= pl.col("decided_on").dt.offset_by(f"-{LEARNED_WITHIN_MONTHS}mo")
            ).then("own_action_on")
        )
    )

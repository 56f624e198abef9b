"""One row per apology, read against the six criteria of the Ombudsman's report on apologies."""

import polars as pl

from metrics.records import Records

CRITERIA = ("timely", "personal", "empathetic", "takes_responsibility", "shares_learning", "offers_remedy")


def apologies(records: Records) -> pl.LazyFrame:
    """Every column of `apologies` but its words, beside service_area and team of the complaint, criteria_met (0 to 6;
    blank counts as not met) and is_assessed (any criterion filled)."""
    complaints = records.frame("complaints").select("complaint_ref", "team", service_area="category")
    return (
        records.frame("apologies")
        .drop("text")
        .join(complaints, on="complaint_ref", how="left")
        .with_columns(
            criteria_met=pl.sum_horizontal(pl.col(*CRITERIA).fill_null(False).cast(pl.Int8)),
            is_assessed=pl.any_horizontal(pl.col(*CRITERIA).is_not_null()),
        )
    )

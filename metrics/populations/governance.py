"""What the governing body received and did: one row per item, and one per quarter (CODE 9.7)."""

import polars as pl

from metrics.records import Records

GOVERNING = ("governing body", "committee")
REGULAR_ITEMS = ("performance update", "trend review", "ombudsman update")  # CODE 9.7 a, b and c
ACTIVE_RESPONSES = ("challenged", "decided")


def governance(records: Records) -> pl.LazyFrame:
    """Every column of `governance` beside is_governing and a service_area that is always null: the governing body is
    one, whatever the service."""
    return records.frame("governance").with_columns(
        is_governing=pl.col("body").is_in(list(GOVERNING)), service_area=pl.lit(None, pl.String)
    )


def governance_quarters(records: Records) -> pl.LazyFrame:
    """quarter_ended_on, items_taken (0 to 3 of the regular items), is_active (one of them was challenged or decided),
    is_scrutinised (all three taken and active); one row per quarter in which a governing item was taken."""
    regular = pl.col("item").is_in(list(REGULAR_ITEMS))
    return (
        governance(records)
        .filter(pl.col("is_governing") & regular)
        .group_by(quarter_ended_on=pl.col("met_on").dt.truncate("1q").dt.offset_by("1q").dt.offset_by("-1d"))
        .agg(
            items_taken=pl.col("item").n_unique().cast(pl.Int64),
            is_active=pl.col("response").is_in(list(ACTIVE_RESPONSES)).fill_null(False).any(),
        )
        .with_columns(
            is_scrutinised=(pl.col("items_taken") == len(REGULAR_ITEMS)) & pl.col("is_active"),
            service_area=pl.lit(None, pl.String),
        )
    )

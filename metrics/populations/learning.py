"""One row per learning action; its theme is the service area it belongs to."""

import polars as pl

from metrics.records import Records

# Set off from inside, before anybody outside asked for it (design §5 `proactive`).
PROACTIVE_TRIGGERS = ("own analysis", "resident voice", "staff voice", "emerging risk")
EXTERNAL_TRIGGERS = ("ombudsman", "regulator", "press", "legal")
SENIOR_OWNERS = ("executive", "governing body")


def actions(records: Records) -> pl.LazyFrame:
    """Every column of `learning_actions` beside service_area (the theme), is_change (not an individual remedy),
    is_proactive, is_senior_owned, is_joined_up and is_owned_beyond_complaints."""
    return records.frame("learning_actions").with_columns(
        service_area=pl.col("theme"),
        is_change=pl.col("kind") != "individual remedy",
        is_proactive=pl.col("trigger").is_in(list(PROACTIVE_TRIGGERS)),
        is_senior_owned=pl.col("owner_role").is_in(list(SENIOR_OWNERS)),
        is_joined_up=(pl.col("linked_to").str.strip_chars(" ;") != "").fill_null(False),
        is_owned_beyond_complaints=(
            (pl.col("owner_directorate").str.strip_chars() != "")
            & ~pl.col("owner_directorate").str.to_lowercase().str.contains("complaint", literal=True)
        ).fill_null(False),
    )

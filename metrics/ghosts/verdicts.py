"""What reviewers judged of episodes: *not a ghost* takes one out of the counts."""

import polars as pl

from metrics.ghosts.words import NOT_A_GHOST

VERDICTS = {
    "complaint_ref": pl.String,
    "household_ref": pl.String,
    "window": pl.String,
    "first_signal_on": pl.Date,
    "verdict": pl.String,
    "reason": pl.String,
    "reviewer": pl.String,
    "decided_on": pl.Date,
}
_OF = ["complaint_ref", "household_ref", "window", "first_signal_on"]


def without_those_turned_down(episodes: pl.DataFrame, verdicts: pl.DataFrame | None) -> pl.DataFrame:
    """Episodes but for those whose latest verdict is *not a ghost*.

    A verdict speaks of the episode a reviewer saw: its complaint (or, for `never`, its household), window and first
    signal. It corrects what was detected, so it holds for every as_at, also for those before it was given.
    """
    if verdicts is None or verdicts.is_empty():
        return episodes
    # A verdict on an episode with a complaint may leave the household out.
    said = verdicts.with_columns(household_ref=pl.when(pl.col("complaint_ref").is_null()).then("household_ref"))
    latest = said.sort("decided_on", nulls_last=False).group_by(_OF, maintain_order=True).agg(pl.col("verdict").last())
    turned_down = latest.filter(pl.col("verdict") == NOT_A_GHOST).select(*_OF, is_turned_down=pl.lit(True))
    keyed = episodes.with_columns(asked=pl.when(pl.col("complaint_ref").is_null()).then("household_ref"))
    left = keyed.join(
        turned_down,
        left_on=["complaint_ref", "asked", "window", "first_signal_on"],
        right_on=_OF,
        how="anti",
        nulls_equal=True,
    )
    return left.drop("asked")

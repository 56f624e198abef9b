"""Complaints as ghost stages need them: numbered, so that signals are looked up by number, and as known on any days."""

from datetime import date

import polars as pl

from metrics.ghosts.placing import AFTER_DAYS
from metrics.records import Records

HAPPENED = (
    "stage_1_responded_on",
    "stage_2_requested_on",
    "stage_2_acknowledged_on",
    "stage_2_responded_on",
)
_KEPT = ("complaint_ref", "household_ref", "category", "team", "channel", "received_on")
_ENDS = ("closed", "refused", "withdrawn")


def cases(records: Records) -> pl.DataFrame:
    """All complaints of one landlord, whenever received, by household, the smallest reference of a household last.

    `rank` is the place in that order. `household` and `issue` (household and category) are numbers no two of which are
    the same; they hang on the complaints alone. `ended_on` is the day a closed, refused or withdrawn one was closed.
    `over_by` is the last day on which any window or open stage of it may hold a signal; null for one still open.
    """
    ended = pl.when(pl.col("status").is_in(list(_ENDS))).then(pl.col("closed_on"))
    rows = records.frame("complaints").select(*_KEPT, *HAPPENED, ended_on=ended).sort("household_ref", "category")
    household = (pl.col("household_ref") != pl.col("household_ref").shift()).fill_null(False)
    issue = household | pl.col("category").ne_missing(pl.col("category").shift())
    numbered = rows.with_columns(household=household.cum_sum().cast(pl.Int64), issue=issue.cum_sum().cast(pl.Int64))
    return (
        numbered.with_columns(issue=pl.col("issue") + pl.col("household").max() + 1, over_by=_over_by())
        .sort("household", "complaint_ref", descending=[False, True])
        .with_row_index("rank")
        .collect()
    )


def _over_by() -> pl.Expr:
    answered, asked, _, ended = (pl.col(name) for name in HAPPENED)
    is_open = pl.col("ended_on").is_null() & (answered.is_null() | (asked.is_not_null() & ended.is_null()))
    latest = pl.max_horizontal("received_on", *HAPPENED, "ended_on") + pl.duration(days=AFTER_DAYS)
    return pl.when(~is_open).then(latest)


def keyed(signals: pl.DataFrame, complaints: pl.DataFrame) -> pl.DataFrame:
    """Signals with `household` (numbered on behind the complaints' numbers where the household never complained),
    `issue` and `key`, what they belong by: the issue, or the household where they name no category. Null where no
    complaint has it."""
    households = complaints.select("household_ref", "household").unique()
    issues = complaints.select("household_ref", "category", "issue").unique()
    named = signals.join(households, on="household_ref", how="left", maintain_order="left").join(
        issues, on=["household_ref", "category"], how="left", maintain_order="left"
    )
    strangers = named.filter(pl.col("household").is_null()).select(pl.col("household_ref").unique().sort())
    numbered = strangers.with_row_index("stranger", offset=keys(complaints))
    key = pl.when(pl.col("category").is_null()).then("household").otherwise("issue")
    return (
        named.with_columns(key=key)
        .join(numbered, on="household_ref", how="left", maintain_order="left")
        .with_columns(household=pl.coalesce("household", pl.col("stranger").cast(pl.Int64)))
        .drop("stranger")
    )


def keys(complaints: pl.DataFrame) -> int:
    """How many keys there are: households and issues together."""
    return int(complaints.select(pl.col("issue").max() + 1).item() or 0)


def known(complaints: pl.DataFrame, as_at: date, *, oldest: date) -> pl.DataFrame:
    """Complaints received by the day that may have to do with a signal dated `oldest` or later; what happened after the
    day has not happened, and `over_on` is the day a stage without a response is open to."""
    may_hold = pl.col("over_by").is_null() | (pl.col("over_by") >= oldest)
    return complaints.filter((pl.col("received_on") <= as_at) & may_hold).with_columns(
        *(pl.when(pl.col(name) <= as_at).then(pl.col(name)).alias(name) for name in HAPPENED),
        over_on=pl.when(pl.col("ended_on") <= as_at).then("ended_on").otherwise(as_at),
    )


def always_open(complaints: pl.DataFrame) -> pl.DataFrame:
    """Complaints with the shortest their stages were ever open to (`over_on`): a signal in them was a chaser on every
    day since."""
    answers = ("stage_1_responded_on", "stage_2_responded_on")
    shortest = (pl.min_horizontal(name, "ended_on").alias(name) for name in answers)
    return complaints.with_columns(*shortest, over_on=pl.lit(date.max))

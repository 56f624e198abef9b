"""Episodes: signals gathered by complaint and window, or by household and run where no complaint was ever made."""

from datetime import date

import polars as pl

from metrics.ghosts.evidence import Evidence
from metrics.ghosts.grading import family, grade, rank
from metrics.ghosts.known import moments_of
from metrics.ghosts.marks import RECORD
from metrics.ghosts.verdicts import without_those_turned_down
from metrics.ghosts.words import DETECTORS, FAMILIES, WINDOWS
from metrics.periods import window
from metrics.records import Records
from metrics.working_days import working_days

_EPISODE = ["household_ref", "complaint_ref", "window", "run"]
_COLUMNS = (
    "household_ref",
    "complaint_ref",
    "window",
    "detectors",
    "families",
    "grade",
    "first_signal_on",
    "hidden_working_days",
    "team",
    "channel",
    "category",
    "signals",
)


def signals(records: Records, as_at: date) -> pl.DataFrame:
    """Every signal known at as_at, whenever it was given, oldest first.

    household_ref, complaint_ref (null for `never`), window, run (which run of a household's signals of `never`, else
    0), detector, on, category, team, channel, records (list of table, ref, on).
    """
    found = Evidence.of(records).signals(moments_of([as_at])).sort(*_order(), "household_ref")
    return found.select(*_EPISODE, "detector", "on", "category", "team", "channel", "records")


def episodes(records: Records, as_at: date) -> pl.DataFrame:
    """The episodes known at as_at whose first signal lies in the twelve months to it, oldest first.

    household_ref, complaint_ref (null for `never`), window, detectors, families (lists), grade (A, B, C),
    first_signal_on, hidden_working_days, team, channel, category, signals (list of detector, table, ref, on: the
    records that fired, each with its own day; three for repeat_contacts, whose signal is dated by the third).
    Those a reviewer judged *not a ghost* are left out.
    """
    evidence, moments = Evidence.of(records), moments_of([as_at])
    first, last = window(as_at)
    found = _gathered(evidence.signals(moments), evidence.complaints.known(moments), as_at)
    left = without_those_turned_down(found, records.ghost_verdicts)
    order = pl.col("window").replace_strict(list(WINDOWS), list(range(len(WINDOWS))), return_dtype=pl.Int8)
    return left.filter(pl.col("first_signal_on").is_between(first, last)).sort(
        "first_signal_on", "household_ref", "complaint_ref", order
    )


def _gathered(found: pl.DataFrame, known: pl.DataFrame, as_at: date) -> pl.DataFrame:
    """Signals as episodes, in the columns of `episodes` and in no order."""
    ordered = found.with_columns(family=family()).sort(*_order())
    episode = ordered.group_by(_EPISODE, maintain_order=True).agg(
        pl.col("detector").unique().alias("detectors"),
        pl.col("family").unique().alias("families"),
        pl.col("on").min().alias("first_signal_on"),
        *(pl.col(name).drop_nulls().first().alias(name) for name in ("team", "channel", "category")),
    )
    of_complaint = known.select(
        "complaint_ref",
        "received_on",
        "stage_2_requested_on",
        own_team="team",
        own_channel="channel",
        own_category="category",
    )
    return (
        episode.join(of_complaint, on="complaint_ref", how="left", maintain_order="left")
        .join(_records(ordered), on=_EPISODE, how="left", nulls_equal=True, maintain_order="left")
        .with_columns(grade=grade(), hidden_working_days=_hidden(as_at))
        .with_columns(
            _in_order("detectors", DETECTORS),
            _in_order("families", FAMILIES),
            team=pl.coalesce("team", "own_team"),
            channel=pl.coalesce("channel", "own_channel"),
            category=pl.coalesce("own_category", "category"),
        )
        .select(*_COLUMNS)
    )


def _order() -> list[pl.Expr]:
    last_record = pl.col("records").list.last().struct.field("ref")
    return [pl.col("on"), rank(), last_record, pl.col("complaint_ref")]


def _records(ordered: pl.DataFrame) -> pl.DataFrame:
    """The records of each episode, each once per detector, by day."""
    each = ordered.select(*_EPISODE, "detector", "records").explode("records")
    fields = (pl.col("records").struct.field(name) for name in RECORD.to_schema())
    once = each.select(*_EPISODE, "detector", *fields).unique().sort("on", rank(), "table", "ref")
    return once.group_by(_EPISODE, maintain_order=True).agg(signals=pl.struct("detector", "table", "ref", "on"))


def _in_order(name: str, order: tuple[str, ...]) -> pl.Expr:
    """A list without repeats in the order the words are declared in."""
    held = (pl.when(pl.col(name).list.contains(word)).then(pl.lit(word)) for word in order)
    return pl.concat_list(held).list.drop_nulls().alias(name)


def _hidden(as_at: date) -> pl.Expr:
    """Working days from the first signal to the complaint (`before`), to the request for stage 2 (`between`), else to
    as_at; never below 0."""
    name = pl.col("window")
    until = pl.when(name == "before").then("received_on").when(name == "between").then("stage_2_requested_on")
    return working_days(pl.col("first_signal_on"), until.fill_null(as_at)).clip(0).cast(pl.Int64)

"""Episodes: signals gathered by complaint and window, or by household and run where no complaint was ever made."""

from datetime import date

import polars as pl

from metrics.ghosts.evidence import Evidence, oldest_first
from metrics.ghosts.grading import fired, graded
from metrics.ghosts.marks import RECORD
from metrics.ghosts.verdicts import without_those_turned_down
from metrics.ghosts.words import WINDOWS
from metrics.periods import window
from metrics.records import Records
from metrics.working_days import working_days

_EPISODE = ["household", "complaint", "window", "run"]
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
    evidence = Evidence.of(records)
    found = evidence.named(evidence.signals([as_at])).sort(*oldest_first(), "household_ref")
    return found.select(
        "household_ref",
        "complaint_ref",
        "window",
        "run",
        pl.col("detector").cast(pl.String),
        "on",
        "category",
        "team",
        "channel",
        "records",
    )


def episodes(records: Records, as_at: date) -> pl.DataFrame:
    """The episodes known at as_at whose first signal lies in the twelve months to it, oldest first.

    household_ref, complaint_ref (null for `never`), window, detectors, families (lists), grade (A, B, C),
    first_signal_on, hidden_working_days, team, channel, category, signals (list of detector, table, ref, on: the
    records that fired, each with its own day; three for repeat_contacts, whose signal is dated by the third).
    Those a reviewer judged *not a ghost* are left out.
    """
    return _episodes(records, as_at, since=window(as_at)[0])


def episodes_since(records: Records, as_at: date, since: date) -> pl.DataFrame:
    """The same, with a first signal on or after that day."""
    return _episodes(records, as_at, since=since)


def every_episode(records: Records, as_at: date) -> pl.DataFrame:
    """The same, whenever their first signal was."""
    return _episodes(records, as_at, since=None)


def _episodes(records: Records, as_at: date, *, since: date | None) -> pl.DataFrame:
    evidence = Evidence.of(records)
    found = evidence.signals([as_at], since=None if since is None else [since])
    gathered = found.group_by(_EPISODE).agg(fired(), first_signal_on=pl.col("on").min(), mark=pl.col("mark").first())
    inside = gathered if since is None else gathered.filter(pl.col("first_signal_on") >= since)
    named = evidence.with_household_refs(evidence.with_complaint_refs(inside))
    left = graded(without_those_turned_down(named, records.ghost_verdicts)).drop("mark")
    fired_there = found.join(left.select(_EPISODE), on=_EPISODE, how="semi", nulls_equal=True)
    order = pl.col("window").replace_strict(list(WINDOWS), list(range(len(WINDOWS))), return_dtype=pl.Int8)
    return (
        _told(left, evidence.named(fired_there).sort(*oldest_first()))
        .join(_of_complaints(evidence, left), on="complaint", how="left")
        .with_columns(
            hidden_working_days=_hidden(as_at),
            team=pl.coalesce("team", "own_team"),
            channel=pl.coalesce("channel", "own_channel"),
            category=pl.coalesce("own_category", "category"),
        )
        .sort("first_signal_on", "household_ref", "complaint_ref", order)
        .select(_COLUMNS)
    )


def _told(found: pl.DataFrame, ordered: pl.DataFrame) -> pl.DataFrame:
    """Episodes with the team, channel and category of their first signals, and the records that fired."""
    of_first = ordered.group_by(_EPISODE, maintain_order=True).agg(
        pl.col(name).drop_nulls().first() for name in ("team", "channel", "category")
    )
    for more in (of_first, _records(ordered)):
        found = found.join(more, on=_EPISODE, how="left", nulls_equal=True)
    return found


def _of_complaints(evidence: Evidence, found: pl.DataFrame) -> pl.DataFrame:
    """What the episodes' complaints say of themselves."""
    wanted = found["complaint"].drop_nulls().unique()
    return (
        evidence.cases.filter(pl.col("rank").is_in(wanted.implode()))
        .select(
            "received_on",
            "stage_2_requested_on",
            complaint="rank",
            own_team="team",
            own_channel="channel",
            own_category="category",
        )
        .collect()
    )


def _records(ordered: pl.DataFrame) -> pl.DataFrame:
    """The records of each episode, each once per detector, by day."""
    each = ordered.select(*_EPISODE, "detector", "records").explode("records")
    fields = (pl.col("records").struct.field(name) for name in RECORD.to_schema())
    once = each.select(*_EPISODE, "detector", *fields).unique().sort("on", "detector", "table", "ref")
    told = pl.struct(pl.col("detector").cast(pl.String), "table", "ref", "on")
    return once.group_by(_EPISODE, maintain_order=True).agg(signals=told)


def _hidden(as_at: date) -> pl.Expr:
    """Working days from the first signal to the complaint (`before`), to the request for stage 2 (`between`), else to
    as_at; never below 0. A request later than as_at is not known."""
    name, asked = pl.col("window"), pl.col("stage_2_requested_on")
    known = pl.when(asked <= as_at).then(asked)
    until = pl.when(name == "before").then("received_on").when(name == "between").then(known)
    return working_days(pl.col("first_signal_on"), until.fill_null(as_at)).clip(0).cast(pl.Int64)

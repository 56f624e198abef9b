"""Episodes: signals gathered by complaint and window, or by household and run where no complaint was ever made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl

from metrics.ghosts.known import Complaints
from metrics.ghosts.lexicon import DEFAULT, Lexicon
from metrics.ghosts.marks import RECORD, candidates
from metrics.ghosts.own_record import own_signals, with_status_words
from metrics.ghosts.placing import BEFORE_DAYS, known_by, placed
from metrics.ghosts.verdicts import without_those_turned_down
from metrics.ghosts.waiting import settled
from metrics.ghosts.words import DETECTORS, FAMILIES, FAMILY, RECORDED, WINDOWS
from metrics.periods import window
from metrics.records import Records
from metrics.working_days import working_days

RUN_GAP = 90  # days between two signals of one run, at most
SIGNAL = pl.Struct({"detector": pl.String, "table": pl.String, "ref": pl.String, "on": pl.Date})
_FAMILY_OF = {"old": list(FAMILY), "new": list(FAMILY.values())}
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


@dataclass(frozen=True)
class Evidence:
    """All that was read once: signals that may count, and complaints. Ask it about any day."""

    candidates: pl.DataFrame
    complaints: Complaints

    @classmethod
    def of(cls, records: Records, lexicon: Lexicon = DEFAULT) -> "Evidence":
        """Read contacts, payments and complaints."""
        complaints = Complaints.of(records)
        found = settled(candidates(records, lexicon), complaints)
        return cls(found, replace(complaints, rows=with_status_words(complaints.rows, lexicon)))

    def signals(self, as_at: date, *, since: date | None = None) -> pl.DataFrame:
        """Every signal known on a day with its window, complaint and run (see `signals`); `since` leaves out those of
        contacts and payments dated before it."""
        known = self.complaints.known(as_at)
        dated = known_by(self.candidates, as_at)
        dated = dated if since is None else dated.filter(pl.col("on") >= since)
        loose = placed(dated, known)
        own = own_signals(known, as_at)
        found = pl.concat([loose.select(own.columns), own], how="vertical")
        return _numbered_runs(found)


def signals(records: Records, as_at: date, *, lexicon: Lexicon = DEFAULT) -> pl.DataFrame:
    """Every signal known at as_at, whenever it was given: household_ref, complaint_ref (null for `never`), window, run
    (number of the run of a household's signals of `never`, else 0), detector, on, category, team, channel, and records
    (list of table, ref, on). Ordered by date, detector and records."""
    return (
        Evidence.of(records, lexicon)
        .signals(as_at)
        .sort(*_order(), "household_ref")
        .select(*_EPISODE, "detector", "on", "category", "team", "channel", "records")
    )


def episodes(
    records: Records, as_at: date, *, lexicon: Lexicon = DEFAULT, verdicts: pl.DataFrame | None = None
) -> pl.DataFrame:
    """The episodes known at as_at whose first signal lies in the twelve months to it, oldest first.

    household_ref, complaint_ref (null for `never`), window, detectors, families (lists), grade (A, B, C),
    first_signal_on, hidden_working_days, team, channel, category, signals (list of detector, table, ref, on: the records
    that fired, each with its own day; three for repeat_contacts, whose signal is dated by the third).
    Those a reviewer judged *not a ghost* are left out (`verdicts`: see `metrics.ghosts.verdicts`).
    """
    evidence = Evidence.of(records, lexicon)
    first, last = window(as_at)
    found = gathered(evidence.signals(as_at), evidence.complaints.known(as_at), as_at)
    reported = without_those_turned_down(found, verdicts).filter(pl.col("first_signal_on").is_between(first, last))
    order = pl.col("window").replace_strict(list(WINDOWS), list(range(len(WINDOWS))), return_dtype=pl.Int8)
    return reported.sort("first_signal_on", "household_ref", "complaint_ref", order).select(*_COLUMNS)


def gathered(found: pl.DataFrame, known: pl.DataFrame, as_at: date) -> pl.DataFrame:
    """Signals as episodes, in the columns of `episodes` and in no order."""
    family = pl.col("detector").replace_strict(**_FAMILY_OF, return_dtype=pl.String)
    ordered = found.with_columns(family=family).sort(*_order())
    first_named = [pl.col(name).drop_nulls().first().alias(name) for name in ("team", "channel", "category")]
    episode = ordered.group_by(_EPISODE, maintain_order=True).agg(
        pl.col("detector").unique().alias("detectors"),
        pl.col("family").unique().alias("families"),
        pl.col("on").min().alias("first_signal_on"),
        *first_named,
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
        .with_columns(
            _in_order("detectors", DETECTORS),
            _in_order("families", FAMILIES),
            grade=_grade(),
            hidden_working_days=_hidden(as_at),
            team=pl.coalesce("team", "own_team"),
            channel=pl.coalesce("channel", "own_channel"),
            category=pl.coalesce("own_category", "category"),
        )
        .select(*_COLUMNS)
    )


def ghosted_complaints(records: Records, days: Sequence[date], *, lexicon: Lexicon = DEFAULT) -> pl.DataFrame:
    """as_at, complaint_ref: complaints received in the twelve months to each day that have an episode of grade A or B
    known on that day, whenever its first signal. Texts are read once for all days."""
    evidence = Evidence.of(records, lexicon)
    return pl.concat([_NOBODY, *(_ghosted(evidence, day) for day in days)])


_NOBODY = pl.DataFrame(schema={"as_at": pl.Date, "complaint_ref": pl.String})


def _ghosted(evidence: Evidence, as_at: date) -> pl.DataFrame:
    first, last = window(as_at)
    received = evidence.complaints.rows.filter(pl.col("received_on").is_between(first, last)).select("complaint_ref")
    found = evidence.signals(as_at, since=first - timedelta(days=BEFORE_DAYS))
    family = pl.col("detector").replace_strict(**_FAMILY_OF, return_dtype=pl.String)
    return (
        found.join(received, on="complaint_ref", how="semi")
        .group_by("complaint_ref", "window")
        .agg(families=family.unique())
        .filter(_grade() != "C")
        .select(pl.lit(as_at).alias("as_at"), "complaint_ref")
        .unique()
        .sort("complaint_ref")
    )


def _order() -> list[pl.Expr]:
    rank = pl.col("detector").replace_strict(list(DETECTORS), list(range(len(DETECTORS))), return_dtype=pl.Int8)
    return [pl.col("on"), rank, pl.col("records").list.last().struct.field("ref"), pl.col("complaint_ref")]


def _numbered_runs(found: pl.DataFrame) -> pl.DataFrame:
    """A run of `never` ends where more than 90 days pass before the household's next signal."""
    loose = found.filter(pl.col("window") == "never").sort("household_ref", "on")
    begins = (pl.col("household_ref") != pl.col("household_ref").shift()) | (
        (pl.col("on") - pl.col("on").shift()).dt.total_days() > RUN_GAP
    )
    runs = loose.with_columns(run=begins.fill_null(True).cast(pl.Int64).cum_sum())
    others = found.filter(pl.col("window") != "never").with_columns(run=pl.lit(0, pl.Int64))
    return pl.concat([runs, others])


def _records(ordered: pl.DataFrame) -> pl.DataFrame:
    """The records of each episode, each once per detector, by day."""
    record = pl.col("records").struct
    each = ordered.select(*_EPISODE, "detector", "records").explode("records")
    flat = each.select(*_EPISODE, "detector", *(record.field(name) for name in RECORD.to_schema()))
    rank = pl.col("detector").replace_strict(list(DETECTORS), list(range(len(DETECTORS))), return_dtype=pl.Int8)
    once = flat.unique().sort("on", rank, "table", "ref")
    return once.group_by(_EPISODE, maintain_order=True).agg(signals=pl.struct("detector", "table", "ref", "on"))


def _in_order(name: str, order: tuple[str, ...]) -> pl.Expr:
    """A list without repeats in the order the words are declared in."""
    return (
        pl.concat_list(pl.when(pl.col(name).list.contains(word)).then(pl.lit(word)) for word in order)
        .list.drop_nulls()
        .alias(name)
    )


def _grade() -> pl.Expr:
    recorded = pl.any_horizontal(pl.col("families").list.contains(family) for family in RECORDED)
    several = pl.col("families").list.len() > 1
    return pl.when(recorded).then(pl.lit("A")).when(several).then(pl.lit("B")).otherwise(pl.lit("C"))


def _hidden(as_at: date) -> pl.Expr:
    """Working days from the first signal to the complaint (`before`), to the request for stage 2 (`between`), else to
    as_at; never below 0."""
    until = (
        pl.when(pl.col("window") == "before")
        .then("received_on")
        .when(pl.col("window") == "between")
        .then("stage_2_requested_on")
    )
    return working_days(pl.col("first_signal_on"), until.fill_null(as_at)).clip(0).cast(pl.Int64)

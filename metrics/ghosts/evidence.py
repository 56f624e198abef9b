"""What ghost stages are found from, read once, and the signals it gives on any days."""

from dataclasses import dataclass, replace

import polars as pl

from metrics.ghosts.known import Complaints
from metrics.ghosts.lexicon import DEFAULT, load
from metrics.ghosts.marks import candidates
from metrics.ghosts.own_record import own_signals, with_status_words
from metrics.ghosts.placing import known_by, placed
from metrics.ghosts.waiting import settled
from metrics.records import Records

RUN_GAP = 90  # days between two signals of one run, at most


@dataclass(frozen=True)
class Evidence:
    """Signals that contacts and payments may be, and complaints. Ask it about any days."""

    candidates: pl.DataFrame
    complaints: Complaints

    @classmethod
    def of(cls, records: Records) -> "Evidence":
        """Read contacts, payments and complaints, by the lexicons and the landlord's own additions."""
        lexicon = load(records.ghost_words) if records.ghost_words else DEFAULT
        complaints = Complaints.of(records)
        found = settled(candidates(records, lexicon), complaints)
        return cls(found, replace(complaints, rows=with_status_words(complaints.rows, lexicon)))

    def of_gradable_complaints(self) -> "Evidence":
        """Only what may come to grade A or B of a complaint. Without a signal of contacts or payments, and without the
        words of its status, a complaint has but one family: stage 2 late, or never asked for and begun again."""
        in_play = pl.col("household_ref").is_in(self.candidates["household_ref"].unique().implode())
        rows = self.complaints.rows.filter(in_play | pl.col("status_any") | pl.col("status_after"))
        named = self.candidates.filter(pl.col("key").is_not_null())
        return Evidence(named, replace(self.complaints, rows=rows))

    def signals(self, moments: pl.DataFrame) -> pl.DataFrame:
        """Every signal known on each day (`metrics.ghosts.known.moments_of`): as_at, household_ref, complaint_ref (null
        for `never`), window, run (which run of a household's signals of `never`, else 0), detector, on, category, team,
        channel, records (list of table, ref, on)."""
        known = self.complaints.known(moments)
        dated = known_by(self.candidates, moments).with_columns(self.complaints.of_moment("key"))
        own = own_signals(known)
        return _numbered_runs(pl.concat([placed(dated, known).select(own.columns), own], how="vertical"))


def _numbered_runs(found: pl.DataFrame) -> pl.DataFrame:
    """A run of `never` ends where more than 90 days pass before the household's next signal."""
    loose = found.filter(pl.col("window") == "never").sort("as_at", "household_ref", "on")
    other = pl.any_horizontal(pl.col(name) != pl.col(name).shift() for name in ("as_at", "household_ref"))
    begins = other | ((pl.col("on") - pl.col("on").shift()).dt.total_days() > RUN_GAP)
    runs = loose.with_columns(run=begins.fill_null(True).cast(pl.Int64).cum_sum())
    others = found.filter(pl.col("window") != "never").with_columns(run=pl.lit(0, pl.Int64))
    return pl.concat([runs, others])

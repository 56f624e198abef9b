"""What ghost stages are found from, and the signals it gives on any days.

Marks are all that contacts, payments and complaints ever said; they hang on the records and the lexicons alone, so a
store may keep them (`metrics.ghosts.kept`). Which of them are known on a day, and where they belong, is asked of a few
columns of numbers and dates; references and names are looked up only for what is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from metrics.ghosts.kept import CASES, MARKS, ghost_frame
from metrics.ghosts.known import HAPPENED, keys, known
from metrics.ghosts.placing import placed
from metrics.records import Records

RUN_GAP = 90  # days between two signals of one run, at most
_OF_MARKS = ("detector", "on", "household", "key", "after_only", "complaint", "window", "known_from", "known_until")
_OF_CASES = ("rank", "household", "issue", "received_on", *HAPPENED, "ended_on", "over_by")
_PLACED = ("moment", "as_at", "mark", "detector", "on", "household", "complaint", "window")


@dataclass(frozen=True)
class Evidence:
    """Marks and numbered complaints, as lazy frames. Ask it about any days."""

    marks: pl.LazyFrame
    cases: pl.LazyFrame

    @classmethod
    def of(cls, records: Records) -> "Evidence":
        """From what is kept, or else by reading contacts, payments and complaints with the lexicons and the landlord's
        own additions."""
        return cls(ghost_frame(records, MARKS), ghost_frame(records, CASES))

    def signals(
        self, days: Sequence[date], *, since: Sequence[date] | None = None, recent_only: bool = False
    ) -> pl.DataFrame:
        """Every signal known on each day, by number: as_at, mark (its row), detector, on, household, complaint (rank;
        null for `never`), window, run (which run of a household's signals of `never`, else 0).

        `since`, a date for each day, leaves out households that gave no signal from then on; `recent_only` leaves out
        also what belongs to no complaint, and signals dated before.
        """
        marks = self.marks.select(_OF_MARKS).with_row_index("mark").collect()
        complaints = self.cases.select(_OF_CASES).collect()
        if recent_only:
            marks = marks.filter(pl.col("key").is_not_null() | pl.col("complaint").is_not_null())
        parts = [
            _in_play(marks, complaints, day, None if since is None else since[moment], recent_only=recent_only)
            for moment, day in enumerate(days)
        ]
        # Keys of one day are those of no other.
        span = keys(complaints)
        dated = pl.concat(
            part.with_columns(pl.col("key") + moment * span, as_at=day, moment=moment)
            for moment, (day, (part, _)) in enumerate(zip(days, parts, strict=True))
        )
        there = pl.concat(
            part.with_columns(pl.col("household", "issue") + moment * span) for moment, (_, part) in enumerate(parts)
        )
        own = dated.filter(pl.col("complaint").is_not_null()).select(_PLACED)
        given = dated.filter(pl.col("complaint").is_null()).drop("complaint", "window")
        return _numbered_runs(pl.concat([placed(given, there).select(_PLACED), own], how="vertical")).drop("moment")

    def named(self, found: pl.DataFrame) -> pl.DataFrame:
        """Signals with household_ref, complaint_ref (null for `never`), category, team, channel and records (list of
        table, ref, on)."""
        marks = self.marks.select("household_ref", "category", "team", "channel", "records").collect()
        return self.with_complaint_refs(found.hstack(marks[found["mark"]]))

    def with_complaint_refs(self, found: pl.DataFrame) -> pl.DataFrame:
        """What has the column `complaint` with `complaint_ref`."""
        refs = self.cases.select("complaint_ref").collect()["complaint_ref"]
        return found.with_columns(complaint_ref=refs.gather(found["complaint"]))

    def with_household_refs(self, found: pl.DataFrame) -> pl.DataFrame:
        """What has the column `mark` with `household_ref`."""
        refs = self.marks.select("household_ref").collect()["household_ref"]
        return found.with_columns(household_ref=refs.gather(found["mark"]))


def oldest_first() -> list[pl.Expr]:
    """The order of named signals by which the first one that names a team, say, speaks for its episode."""
    return [pl.col("on"), pl.col("detector"), pl.col("records").list.last().struct.field("ref"), pl.col("complaint")]


def _in_play(
    marks: pl.DataFrame, complaints: pl.DataFrame, as_at: date, since: date | None, *, recent_only: bool
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Marks that on the day have happened, whose time has run out and that nothing has undone, of households with one
    dated `since` or later; and the complaints (`metrics.ghosts.known.known`) that decide where those belong."""
    on, until = pl.col("on"), pl.col("known_until")
    stands = (on <= as_at) & (pl.col("known_from") <= as_at) & (until.is_null() | (until > as_at))
    dated = marks.filter(stands & (on >= since) if recent_only else stands)
    if since is not None:
        recent = dated.filter(on >= since)["household"]
        dated, complaints = _of_households(dated, recent), _of_households(complaints, recent)
    oldest = dated["on"].min()
    return dated, known(complaints, as_at, oldest=oldest if isinstance(oldest, date) else as_at)


def _of_households(rows: pl.DataFrame, wanted: pl.Series) -> pl.DataFrame:
    """The rows of some households; faster by an array of flags than by a join, since households are small numbers."""
    numbers = rows["household"].to_numpy()
    is_wanted = np.zeros(1 + int(max(numbers.max(initial=0), wanted.to_numpy().max(initial=0))), dtype=np.bool_)
    is_wanted[wanted.to_numpy()] = True
    return rows.filter(pl.Series(is_wanted[numbers]))


def _numbered_runs(found: pl.DataFrame) -> pl.DataFrame:
    """A run of `never` ends where more than 90 days pass before the household's next signal."""
    loose = found.filter(pl.col("window") == "never").sort("moment", "household", "on")
    other = pl.any_horizontal(pl.col(name) != pl.col(name).shift() for name in ("moment", "household"))
    begins = other | ((pl.col("on") - pl.col("on").shift()).dt.total_days() > RUN_GAP)
    runs = loose.with_columns(run=begins.fill_null(True).cast(pl.Int64).cum_sum())
    others = found.filter(pl.col("window") != "never").with_columns(run=pl.lit(0, pl.Int64))
    return pl.concat([runs, others])

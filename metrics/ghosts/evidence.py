"""What ghost stages are found from, and the signals it gives on any days.

Marks are all that contacts, payments and complaints ever said; they hang on the records and the lexicons alone, so a
store may keep them (`metrics.ghosts.kept`). Which of them are known on a day, and where they belong, is asked of a few
columns of numbers and dates; references and names are looked up only for what is shown.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from metrics.ghosts.kept import CASES, MARKS, ghost_frame
from metrics.ghosts.known import HAPPENED, keys, known
from metrics.ghosts.placing import placed
from metrics.records import Records

RUN_GAP = 90  # days between two signals of one run, at most
_OF_MARKS = ("detector", "on", "household", "key", "after_only", "complaint", "window", "known_from", "known_until")
_OF_CASES = ("rank", "household", "issue", "received_on", *HAPPENED, "ended_on")
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

    def signals(self, moments: pl.DataFrame, *, recent_only: bool = False) -> pl.DataFrame:
        """Every signal known on each day (`metrics.ghosts.known.moments_of`), by number: as_at, mark (its row),
        detector, on, household, complaint (rank; null for `never`), window, run (which run of a household's signals of
        `never`, else 0). `recent_only` leaves out what belongs to no complaint, and signals dated before a day's
        `since`.
        """
        marks = self.marks.select(_OF_MARKS).with_row_index("mark").collect()
        complaints = self.cases.select(_OF_CASES).collect()
        dated = _known_by(marks, moments)
        if recent_only:
            belongs = pl.col("key").is_not_null() | pl.col("complaint").is_not_null()
            dated = dated.filter(belongs & (pl.col("on") >= pl.col("since")))
        dated, complaints = _in_play(dated, complaints)
        own = dated.filter(pl.col("complaint").is_not_null()).select(_PLACED)
        of_moment = pl.col("moment").cast(pl.Int64) * keys(complaints)
        given = dated.filter(pl.col("complaint").is_null()).drop("complaint", "window")
        there = placed(given.with_columns(pl.col("key") + of_moment), known(complaints, moments, of_moment))
        return _numbered_runs(pl.concat([there.select(_PLACED), own], how="vertical")).drop("moment")

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


def _known_by(marks: pl.DataFrame, moments: pl.DataFrame) -> pl.DataFrame:
    """Marks on each day by which they have happened, their time has run out, and nothing has undone them."""
    as_at = pl.col("as_at")
    happened = (pl.col("on") <= as_at) & (pl.col("known_from") <= as_at)
    stands = pl.col("known_until").is_null() | (as_at < pl.col("known_until"))
    return marks.join(moments, how="cross").filter(happened & stands)


def _in_play(dated: pl.DataFrame, complaints: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Marks of households that gave a signal since the day asked for, and the complaints of such households on any of
    the days: no other can change where those belong."""
    households = dated["household"].to_numpy()
    span = int(max(households.max(initial=0), complaints["household"].max() or 0)) + 1
    codes = dated["moment"].cast(pl.Int64).to_numpy() * span + households
    recent = dated.select((pl.col("on") >= pl.col("since")).fill_null(True)).to_series()
    days = int(codes.max(initial=0)) // span + 1
    playing = np.zeros((days, span), dtype=np.bool_)
    playing.flat[codes[recent.to_numpy()]] = True
    on_any_day: npt.NDArray[np.bool_] = np.any(playing, axis=0)
    of_cases = complaints.filter(pl.Series(on_any_day[complaints["household"].to_numpy()], dtype=pl.Boolean))
    return dated.filter(pl.Series(playing.flat[codes], dtype=pl.Boolean)), of_cases


def _numbered_runs(found: pl.DataFrame) -> pl.DataFrame:
    """A run of `never` ends where more than 90 days pass before the household's next signal."""
    loose = found.filter(pl.col("window") == "never").sort("moment", "household", "on")
    other = pl.any_horizontal(pl.col(name) != pl.col(name).shift() for name in ("moment", "household"))
    begins = other | ((pl.col("on") - pl.col("on").shift()).dt.total_days() > RUN_GAP)
    runs = loose.with_columns(run=begins.fill_null(True).cast(pl.Int64).cum_sum())
    others = found.filter(pl.col("window") != "never").with_columns(run=pl.lit(0, pl.Int64))
    return pl.concat([runs, others])

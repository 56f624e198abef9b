"""The review queue: the episodes behind every count, with what a reviewer said of each, those nobody has read first."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

import polars as pl

from metrics.ghosts.episodes import episodes_since, every_episode
from metrics.ghosts.placing import BEFORE_DAYS
from metrics.ghosts.precision import GIVEN_VERDICTS
from metrics.ghosts.where import OF_COMPLAINTS_ONLY, episodes_by
from metrics.ghosts.words import NOT_A_GHOST
from metrics.periods import window
from metrics.records import Records

Part = Literal["waiting", "counted", "way", "read"]
_STANDS = (pl.col("grade") != "C") & pl.col("verdict").ne_missing(NOT_A_GHOST)
PARTS: dict[Part, pl.Expr] = {
    "waiting": pl.col("is_reported") & (pl.col("grade") == "C") & pl.col("verdict").is_null(),
    "counted": pl.col("is_reported") & _STANDS,
    "way": pl.col("is_on_the_way") & _STANDS,
    "read": pl.col("verdict").is_not_null(),
}
"""What each list holds. `counted` is what the figures of these twelve months count, by first signal; `way` what the
picture of the way counts, by the day the complaint was received. An episode may be in several."""
_OF_HOUSEHOLDS = ("complaints", "contacts", "payments")
_SAID = ("verdict", "reason", "reviewer", "decided_on")


@dataclass(frozen=True, eq=False)
class Queue:
    """Episodes in the order to be read; `frame` is not to be changed.

    Columns of `metrics.ghosts.episodes`, `episode` (a name for the address, the same as long as the episode's first
    signal is), and verdict, reason, reviewer, decided_on (null where nobody has read it). Not in `of_complaint`:
    contractor and area (of the complaint, or of the household's latest), `is_reported` (the first signal lies in the
    twelve months), and `is_on_the_way` (the complaint was received in them; of `never`, as is_reported).
    """

    frame: pl.DataFrame

    def __len__(self) -> int:
        return self.frame.height

    def of(self, part: Part) -> "Queue":
        """One list."""
        return Queue(self.frame.filter(PARTS[part]))

    def unread(self) -> "Queue":
        """Those without a verdict."""
        return Queue(self.frame.filter(pl.col("verdict").is_null()))

    def reported(self) -> "Queue":
        """Those whose first signal lies in the twelve months."""
        return Queue(self.frame.filter("is_reported"))

    def only(self, **values: str | None) -> "Queue":
        """Episodes of a grade, team, window, channel, category, contractor or area; `detector` is one of those that
        fired. None asks nothing."""
        asked = {name: value for name, value in values.items() if value is not None}
        tests = [
            pl.col("detectors").list.contains(value) if name == "detector" else pl.col(name) == value
            for name, value in asked.items()
        ]
        return Queue(self.frame.filter(tests)) if tests else self

    def offered(self, column: str) -> list[str]:
        """The values of a column that occur, in alphabetical order."""
        found: list[str] = self.frame[column].cast(pl.String).drop_nulls().unique().sort().to_list()
        return found

    def row(self, episode: str) -> dict[str, Any] | None:
        """The episode of that name."""
        return self.frame.row(by_predicate=pl.col("episode") == episode, named=True) if self._place(episode) else None

    def beside(self, episode: str) -> tuple[str | None, str | None]:
        """The names of the episodes before and after it."""
        place = self._place(episode)
        names = self.frame["episode"]
        before = names[place - 2] if place and place > 1 else None
        after = names[place] if place and place < len(names) else None
        return before, after

    def first(self) -> str | None:
        """The name of the episode to read first."""
        return None if self.frame.is_empty() else str(self.frame["episode"][0])

    def _place(self, episode: str) -> int | None:
        """Which in the order, from 1."""
        found = self.frame["episode"].index_of(episode)
        return None if found is None else found + 1

    def place(self, episode: str) -> int:
        """Which in the order, from 1; 0 where it is not in the list."""
        return self._place(episode) or 0


def unread(records: Records, as_at: date) -> Queue:
    """The episodes behind the figures of the twelve months, as if nobody had read any."""
    first, last = window(as_at)
    # No window of a complaint received in these months opens earlier.
    since = first - timedelta(days=BEFORE_DAYS)
    found = _named(episodes_since(replace(records, ghost_verdicts=None), as_at, since))
    received = records.frame("complaints").select("complaint_ref", "received_on").collect()
    reported, received_on = pl.col("first_signal_on") >= first, pl.col("received_on")
    found = (
        found.join(received, on="complaint_ref", how="left", maintain_order="left")
        .with_columns(is_reported=reported, is_on_the_way=received_on.is_between(first, last).fill_null(reported))
        .filter(pl.col("is_reported") | pl.col("is_on_the_way"))
        .drop("received_on")
    )
    for by in OF_COMPLAINTS_ONLY:
        placed = episodes_by(records, as_at, found, by).select("episode", place=pl.col("place"))
        found = found.join(placed.rename({"place": by}), on="episode", how="left", maintain_order="left")
    return judged(Queue(found), None)


def of_complaint(records: Records, complaint_ref: str, household_ref: str, as_at: date) -> Queue:
    """Every episode of one complaint with the verdicts the records hold, oldest first, also those whose first signal is
    older than the twelve months. Only its household is read: no other has a part in it."""
    theirs = {
        name: rows.filter(pl.col("household_ref") == household_ref) if name in _OF_HOUSEHOLDS else rows
        for name, rows in records.frames.items()
    }
    found = every_episode(replace(records, frames=theirs, derived={}, ghost_verdicts=None), as_at)
    named = Queue(_named(found.filter(pl.col("complaint_ref") == complaint_ref)))
    return Queue(judged(named, records.ghost_verdicts).frame.sort("first_signal_on", "episode"))


def _named(found: pl.DataFrame) -> pl.DataFrame:
    """Episodes with their name for the address."""
    whose = pl.coalesce("complaint_ref", "household_ref")
    return found.with_columns(
        episode=pl.concat_str(whose, "window", pl.col("first_signal_on").cast(pl.String), separator="~")
    )


def judged(episodes_found: Queue, verdicts: pl.DataFrame | None) -> Queue:
    """The queue with the last verdict on each episode (`GIVEN_VERDICTS`), whatever it held before: those nobody has
    read first, of them the newest first signal."""
    given = pl.DataFrame(schema=GIVEN_VERDICTS) if verdicts is None else verdicts
    key = ["complaint_ref", "_asked", "window", "first_signal_on"]
    # A verdict on an episode with a complaint holds whosever household it is now.
    asked = pl.when(pl.col("complaint_ref").is_null()).then("household_ref").alias("_asked")
    said = given.with_columns(asked).select(*key, *_SAID)
    bare = episodes_found.frame.drop(*_SAID, strict=False)
    joined = bare.with_columns(asked).join(said, on=key, how="left", nulls_equal=True).drop("_asked")
    return Queue(
        joined.sort(pl.col("verdict").is_not_null(), "first_signal_on", "episode", descending=[False, True, False])
    )

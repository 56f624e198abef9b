"""The review queue: every episode of the twelve months with what a reviewer said of it, those nobody has read first."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import polars as pl

from metrics.ghosts.episodes import episodes, every_episode
from metrics.ghosts.precision import GIVEN_VERDICTS
from metrics.ghosts.where import OF_COMPLAINTS_ONLY, episodes_by
from metrics.ghosts.words import NOT_A_GHOST
from metrics.records import Records

Part = Literal["waiting", "counted", "read"]
PARTS: tuple[Part, ...] = ("waiting", "counted", "read")
_OF_HOUSEHOLDS = ("complaints", "contacts", "payments")
_SAID = ("verdict", "reason", "reviewer", "decided_on")


@dataclass(frozen=True, eq=False)
class Queue:
    """Episodes in the order to be read; `frame` is not to be changed.

    Columns of `metrics.ghosts.episodes`, `episode` (a name for the address, the same as long as the episode's first
    signal is), contractor and area (of the complaint, or of the household's latest; not in `of_complaint`), `part`, and
    verdict, reason, reviewer, decided_on (null where nobody has read it). Parts: `waiting` is grade C unread, `counted`
    A or B unread, `read` what has a verdict.
    """

    frame: pl.DataFrame

    def __len__(self) -> int:
        return self.frame.height

    def of(self, part: Part) -> "Queue":
        """One part."""
        return Queue(self.frame.filter(pl.col("part") == part))

    def only(self, **values: str | None) -> "Queue":
        """Episodes of a team, window, channel, category, contractor or area; `detector` is one of those that fired.
        None asks nothing."""
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

    def counted_now(self) -> int:
        """Episodes of grade A or B that no reviewer turned down."""
        return self.frame.filter(pl.col("grade") != "C", pl.col("verdict").ne_missing(NOT_A_GHOST)).height


def unread(records: Records, as_at: date) -> Queue:
    """The episodes of the twelve months as if nobody had read any."""
    found = _named(episodes(replace(records, ghost_verdicts=None), as_at))
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
    """The queue with the last verdict on each episode (`GIVEN_VERDICTS`), whatever it held before.

    Grade C first, because no headline holds it until somebody has read it; then A and B, which are counted meanwhile;
    of each the newest first signal first.
    """
    given = pl.DataFrame(schema=GIVEN_VERDICTS) if verdicts is None else verdicts
    key = ["complaint_ref", "_asked", "window", "first_signal_on"]
    # A verdict on an episode with a complaint holds whosever household it is now.
    asked = pl.when(pl.col("complaint_ref").is_null()).then("household_ref").alias("_asked")
    said = given.with_columns(asked).select(*key, *_SAID)
    bare = episodes_found.frame.drop(*_SAID, "part", strict=False)
    joined = bare.with_columns(asked).join(said, on=key, how="left", nulls_equal=True).drop("_asked")
    part = (
        pl.when(pl.col("verdict").is_not_null())
        .then(pl.lit("read"))
        .when(pl.col("grade") == "C")
        .then(pl.lit("waiting"))
        .otherwise(pl.lit("counted"))
    )
    order = pl.col("part").replace_strict(list(PARTS), list(range(len(PARTS))), return_dtype=pl.Int8)
    return Queue(
        joined.with_columns(part=part).sort(order, "first_signal_on", "episode", descending=[False, True, False])
    )

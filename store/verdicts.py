"""Reviewers' verdicts on ghost episodes: kept at once, the last one on an episode counting."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal, get_args

import polars as pl
from sqlalchemy import select

from metrics.ghosts.precision import GIVEN_VERDICTS
from metrics.ghosts.words import DETECTORS, GRADES, NOT_A_GHOST, WINDOWS
from store.database import Store, reading
from store.ledger import enter, require_offered, require_words
from store.secrets import audited_name
from store.tables import metadata

VerdictWord = Literal["ghost", "not a ghost"]
VERDICT_WORDS: tuple[VerdictWord, ...] = get_args(VerdictWord)
assert NOT_A_GHOST in VERDICT_WORDS


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a reviewer holds an episode to be, and why.

    The episode is named by its complaint (None for `never`), household, window and first signal; `detectors` and
    `grade` are what the reviewer saw. Raises ValueError for words that are none and for a missing reason or reviewer.
    """

    landlord_code: str
    complaint_ref: str | None
    household_ref: str
    window: str
    first_signal_on: date
    detectors: tuple[str, ...]
    grade: str
    verdict: VerdictWord
    reason: str
    reviewer: str
    decided_on: date

    def __post_init__(self) -> None:
        require_offered(self, verdict=VERDICT_WORDS, window=WINDOWS, grade=GRADES)
        if unknown := [each for each in self.detectors if each not in DETECTORS]:
            raise ValueError(f"detectors: found {', '.join(unknown)}; wanted some of {', '.join(DETECTORS)}")
        require_words(self, reason="the reason of the verdict", reviewer="the reviewer of the verdict")


def record_verdict(store: Store, verdict: Verdict) -> None:
    """Keep a verdict. Earlier ones on the same episode stay on record and count no more. Raises RefusedError."""
    store.reader.require("review", verdict.landlord_code)
    values = asdict(verdict) | {"detectors": ",".join(verdict.detectors)}
    whose, column = verdict.complaint_ref, "complaint_ref"
    if whose is None:
        whose, column = verdict.household_ref, "household_ref"
    name = audited_name(store, verdict.landlord_code, whose, column=column)
    enter(store, "ghost_verdicts", values, what="verdict", detail=f"{verdict.verdict}: {verdict.window} {name}")


def verdicts(store: Store, landlord_code: str) -> pl.DataFrame:
    """The last verdict on each episode of a landlord, in the order they were given, for a reader of the review queue.
    Raises RefusedError for any other.

    Columns of `metrics.ghosts.precision.GIVEN_VERDICTS`: those of `metrics.ghosts.verdicts.VERDICTS`, and `detectors`
    (list) and `grade` as they were when it was given.
    """
    store.reader.require("review", landlord_code)
    return verdicts_to_count(store, landlord_code)


def verdicts_to_count(store: Store, landlord_code: str) -> pl.DataFrame:
    """The same, to be counted and not to be shown: verdicts take episodes out of every reader's figures."""
    table = metadata.tables["ghost_verdicts"]
    columns = [table.c[name] for name in GIVEN_VERDICTS]
    with reading(store) as connection:
        found = connection.execute(
            select(*columns).where(table.c.landlord_code == landlord_code).order_by(table.c.entry)
        )
        rows = [dict(row) | {"detectors": row["detectors"].split(",")} for row in found.mappings()]
    given = pl.DataFrame(rows, schema=GIVEN_VERDICTS, orient="row")
    # A complaint may be handed to another household in a later load; its episode stays the same.
    whose = pl.coalesce("complaint_ref", "household_ref").alias("_whose")
    of_complaint = pl.col("complaint_ref").is_not_null().alias("_of_complaint")
    last = given.with_columns(whose, of_complaint).unique(
        ["_whose", "_of_complaint", "window", "first_signal_on"], keep="last", maintain_order=True
    )
    return last.select(list(GIVEN_VERDICTS))

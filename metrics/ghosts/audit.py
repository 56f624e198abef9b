"""Audit: a random sample of contacts, flagged and not flagged, read by a reviewer, and what the answers say of all.

What a lexicon finds is not how much there is: it fires where it should not and is silent where it should fire. A sample
of both kinds, drawn at random, measures both faults at once.
"""

from dataclasses import dataclass
from datetime import date
from math import sqrt

import numpy as np
import polars as pl

from metrics.counting.judge import wilson
from metrics.ghosts.hidden import counted, hidden_stages
from metrics.periods import window
from metrics.records import Records

ENOUGH_OF_A_KIND = 50  # answers of each kind below which the corrected figure says little

SAMPLE: dict[str, pl.DataType | type[pl.DataType]] = {
    "contact_ref": pl.String,
    "household_ref": pl.String,
    "on": pl.Date,
    "flagged": pl.Boolean,
    "drawn_from": pl.Int64,
}
ANSWERS = SAMPLE | {"is_ghost": pl.Boolean}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Flagged or unflagged contacts: how many there were when the sample was drawn, how many answers, how many of them
    a ghost."""

    contacts: int
    answered: int
    ghosts: int

    @property
    def share(self) -> float:
        """Ghosts of those answered; 0 where there was nothing to ask."""
        return self.ghosts / self.answered if self.answered else 0.0


@dataclass(frozen=True, kw_only=True)
class Prevalence:
    """The share of inbound contacts that were dissatisfaction handled outside the formal stages.

    raw         the flagged share of contacts, uncorrected
    value, low, high    corrected, with 95% interval; standard_error that of a stratified sample
    """

    flagged: Kind
    unflagged: Kind
    raw: float
    value: float
    low: float
    high: float
    standard_error: float

    @property
    def is_thin(self) -> bool:
        """Fewer than fifty answers of a kind, though there were contacts to ask about."""
        kinds = (self.flagged, self.unflagged)
        return any(kind.answered < min(ENOUGH_OF_A_KIND, kind.contacts) for kind in kinds)

    @property
    def found(self) -> float:
        """Precision: the share of flagged contacts that the reviewer confirmed."""
        return self.flagged.share

    @property
    def factor(self) -> tuple[float, float, float] | None:
        """True ghosts for every flagged contact (value, low, high): what a count of flagged things is multiplied by.
        None where nothing was flagged."""
        return (self.value / self.raw, self.low / self.raw, self.high / self.raw) if self.raw else None


def sample_for_audit(
    records: Records, as_at: date, n: int, seed: int, *, hidden: pl.DataFrame | None = None
) -> pl.DataFrame:
    """`n` flagged and `n` unflagged inbound contacts of the twelve months, drawn at random (`SAMPLE`), in random order
    so that a reviewer cannot guess the kind; fewer where there are no more.

    Flagged: one of the records of an episode of grade A or B. `drawn_from` is how many contacts of its kind there were;
    answers keep it, because verdicts and later records change what is flagged. The same records and seed give the same
    sample. `hidden`: what `hidden_stages` gives for as_at, where it is at hand. Raises ValueError for n below 1.
    """
    if n < 1:
        raise ValueError(f"a sample of {n} contacts cannot be drawn: ask for 1 or more")
    contacts = _inbound(records, as_at, hidden_stages(records, [as_at]) if hidden is None else hidden)
    draw = np.random.default_rng(seed)
    drawn = [_drawn(contacts.filter(pl.col("flagged") == kind), n, draw) for kind in (True, False)]
    both = pl.concat(drawn)
    return both[draw.permutation(both.height)].select(list(SAMPLE))


def _inbound(records: Records, as_at: date, hidden: pl.DataFrame) -> pl.DataFrame:
    flagged = counted(hidden).select(contact_ref=pl.col("contacts").explode()).drop_nulls().unique()
    on = pl.col("occurred_at").dt.date()
    return (
        records.frame("contacts")
        .filter((pl.col("direction") == "inbound") & on.is_between(*window(as_at)))
        .select("contact_ref", "household_ref", on=on)
        .sort("contact_ref")
        .collect()
        .with_columns(flagged=pl.col("contact_ref").is_in(flagged["contact_ref"].implode()))
    )


def _drawn(contacts: pl.DataFrame, n: int, draw: np.random.Generator) -> pl.DataFrame:
    places = draw.choice(contacts.height, size=min(n, contacts.height), replace=False)
    return contacts[places].with_columns(drawn_from=pl.lit(contacts.height, pl.Int64))


def prevalence(answers: pl.DataFrame) -> Prevalence | None:
    """The corrected share from the answers to one sample (`ANSWERS`; a null is_ghost is not answered and left out).

    None where a kind has no answer yet; a kind without rows had no contacts. Raises ValueError where the answers come
    from samples drawn from different numbers of contacts: their weights differ.

    π = w·p(flagged) + (1 − w)·p(unflagged), w the flagged share of contacts when drawn. The interval joins Wilson's of
    both parts (square-and-add), because a part in which nothing was found has no spread by the plain formula.
    """
    flagged, unflagged = _kind(answers, of=True), _kind(answers, of=False)
    kinds = [kind for kind in (flagged, unflagged) if kind.contacts]
    if not kinds or not all(kind.answered for kind in kinds):
        return None
    of_all = flagged.contacts + unflagged.contacts
    parts = [(kind.contacts / of_all, kind) for kind in kinds]
    low, high = added_up([(weight, kind.share, *wilson(kind.ghosts, kind.answered)) for weight, kind in parts])
    return Prevalence(
        flagged=flagged,
        unflagged=unflagged,
        raw=flagged.contacts / of_all,
        value=sum(weight * kind.share for weight, kind in parts),
        low=low,
        high=high,
        standard_error=sqrt(sum(w**2 * kind.share * (1 - kind.share) / kind.answered for w, kind in parts)),
    )


def _kind(answers: pl.DataFrame, *, of: bool) -> Kind:
    rows = answers.filter(pl.col("flagged") == of)
    drawn_from = rows["drawn_from"].unique().to_list()
    if len(drawn_from) > 1:
        raise ValueError(f"answers of several samples, drawn from {sorted(drawn_from)} contacts: give those of one")
    answered = rows["is_ghost"].drop_nulls()
    return Kind(contacts=drawn_from[0] if drawn_from else 0, answered=len(answered), ghosts=int(answered.sum()))


def added_up(parts: list[tuple[float, float, float, float]]) -> tuple[float, float]:
    """Interval of a weighted sum of independent estimates (weight above 0, value, low, high), by square-and-add."""
    value = sum(weight * estimate for weight, estimate, _, _ in parts)
    down = sqrt(sum((weight * (estimate - low)) ** 2 for weight, estimate, low, _ in parts))
    up = sqrt(sum((weight * (high - estimate)) ** 2 for weight, estimate, _, high in parts))
    return value - down, value + up


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far an audit has come.

    asked, answered     contacts of the sample, and those with an answer; `untold` of them could not be told
    last_on             the day of the last answer; None before the first
    corrected           the corrected share, once there are enough answers of each kind; until then why_not
    """

    asked: int
    answered: int
    untold: int
    last_on: date | None
    corrected: Prevalence | None
    why_not: str = ""


def standing(answers: pl.DataFrame) -> Standing:
    """Where the answers to one sample stand: `ANSWERS` with `answered` and `answered_on`, every contact of the sample a
    row. The corrected share is given from fifty answers of each kind on, or all there are."""
    answered = answers.filter("answered")
    found = prevalence(answers)
    enough = found is not None and not found.is_thin
    return Standing(
        asked=answers.height,
        answered=answered.height,
        untold=answered["is_ghost"].null_count(),
        last_on=max(answered["answered_on"].drop_nulls().to_list(), default=None),
        corrected=found if enough else None,
        why_not=""
        if enough
        else f"{answered.height} of {answers.height} contacts of the sample are read; {ENOUGH_OF_A_KIND} answers of "
        "each kind are needed, or all there are.",
    )

"""The ladder of estimates: floor ≤ likely ≤ upper, in households, and whether the three are in order.

How much is hidden cannot be counted, only bounded. What somebody recorded is certain (floor, grade A); what two kinds
of evidence agree on is likely (A and B, corrected by an audit where there is one); what tenants say and nobody recorded
bounds it above (survey). All three count households of the twelve months, so that they can be compared.
"""

from dataclasses import dataclass
from datetime import date
from math import sqrt

import polars as pl

from metrics.ghosts.audit import Prevalence, prevalence
from metrics.ghosts.hidden import counted, hidden_stages
from metrics.ghosts.runnable import runnable
from metrics.ghosts.survey import SurveyGap, complaining, survey_gap
from metrics.periods import window
from metrics.records import Records

MEANING = {
    "floor": "Households with an episode that somebody recorded as such (grade A): counted, not estimated.",
    "likely": "Households with an episode of grade A or B.",
    "upper": "Households that say they complained and are not recorded, and recorded ones with a hidden stage.",
}

# A complaint's own record alone shows little of what was never made a complaint.
LOOKS_FOR_RECORDED = ("label", "payment", "third_party")
LOOKS_BEYOND = (*LOOKS_FOR_RECORDED, "phrase", "repeat_contacts")
NOBODY_LOOKED = "Neither contacts nor payments could be read beside complaints, so nobody has looked."


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One rung of the ladder, in households. value is None where there is no evidence, and why_not says why; low and
    high are None where it was counted. `basis` says in words what it rests on."""

    name: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    basis: str = ""
    why_not: str = ""


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """Households with dissatisfaction handled outside the formal stages in the twelve months to as_at.

    broken      a sentence for each pair out of order; empty where they are in order
    notes       what the figures leave out or take for granted
    waiting     households with nothing but grade C: in no rung, waiting for a reviewer
    """

    as_at: date
    floor: Rung
    likely: Rung
    upper: Rung
    broken: tuple[str, ...]
    notes: tuple[str, ...]
    waiting: int

    @property
    def rungs(self) -> tuple[Rung, Rung, Rung]:
        """From the lowest."""
        return self.floor, self.likely, self.upper

    @property
    def in_order(self) -> bool | None:
        """Is floor ≤ likely ≤ upper, among the rungs that have a value? None with fewer than two."""
        return None if sum(rung.value is not None for rung in self.rungs) < 2 else not self.broken


def ladder(
    records: Records,
    as_at: date,
    *,
    answers: pl.DataFrame | None = None,
    design_effect: float = 1.0,
    hidden: pl.DataFrame | None = None,
) -> Ladder:
    """The ladder on one day. `answers` are those of an audit (`metrics.ghosts.audit.ANSWERS`); `hidden` is what
    `hidden_stages` gives for as_at, where it is at hand."""
    found = hidden_stages(records, [as_at]) if hidden is None else hidden
    inside = found.filter(pl.col("first_signal_on").is_between(*window(as_at)))
    looked = runnable(records, as_at)
    gap = survey_gap(records, as_at, months_to=as_at, design_effect=design_effect)
    floor, likely = _floor(inside, looked), _likely(inside, looked, None if answers is None else prevalence(answers))
    upper = _upper(records, as_at, found, gap)
    seen = counted(inside)["household_ref"].unique()
    waiting = inside.filter(~pl.col("household_ref").is_in(seen.implode()))["household_ref"].n_unique()
    return Ladder(
        as_at=as_at,
        floor=floor,
        likely=likely,
        upper=upper,
        broken=_broken(floor, likely, upper),
        notes=_notes(looked, gap),
        waiting=waiting,
    )


def _floor(episodes: pl.DataFrame, looked: pl.DataFrame) -> Rung:
    if not _has_looked(looked, LOOKS_FOR_RECORDED):
        return Rung(name="floor", why_not=NOBODY_LOOKED)
    households = counted(episodes, grades=["A"])["household_ref"].n_unique()
    return Rung(name="floor", value=households, basis=MEANING["floor"])


def _likely(episodes: pl.DataFrame, looked: pl.DataFrame, audited: Prevalence | None) -> Rung:
    if not _has_looked(looked, LOOKS_BEYOND):
        return Rung(name="likely", why_not=NOBODY_LOOKED)
    households = counted(episodes)["household_ref"].n_unique()
    if audited is None or audited.factor is None:
        return Rung(name="likely", value=households, basis=f"{MEANING['likely']} Counted; no audit has corrected it.")
    value, low, high = (households * each for each in audited.factor)
    asked = audited.flagged.answered + audited.unflagged.answered
    thin = " Fewer than fifty answers of a kind: it says little." if audited.is_thin else ""
    return Rung(
        name="likely",
        value=value,
        low=low,
        high=high,
        basis=f"{MEANING['likely']} {households:,} counted, corrected by an audit of {asked:,} contacts; contacts that "
        f"were missed are taken to be spread over households as those found are.{thin}",
    )


def _has_looked(looked: pl.DataFrame, detectors: tuple[str, ...]) -> bool:
    """Could one of them run? A count means something only then."""
    return not looked.filter(pl.col("could_run") & pl.col("detector").is_in(list(detectors))).is_empty()


def _upper(records: Records, as_at: date, found: pl.DataFrame, gap: SurveyGap) -> Rung:
    if gap.why_not:
        return Rung(name="upper", why_not=gap.why_not)
    hidden = counted(found)["complaint_ref"].drop_nulls().unique()
    value, low, high = 0.0, 0.0, 0.0
    for stock in gap.stocks:
        recorded = complaining(records, as_at, stock=stock.stock)
        staged = recorded.filter(pl.col("complaint_ref").is_in(hidden.implode()))["household_ref"].n_unique()
        said, least, most = stock.said
        unseen = said - stock.recorded_households + staged
        value, low, high = value + unseen, low + (said - least) ** 2, high + (most - said) ** 2
    years = " and ".join(dict.fromkeys(stock.year for stock in gap.stocks))
    return Rung(
        name="upper",
        value=max(0.0, value),
        low=max(0.0, value - sqrt(low)),
        high=max(0.0, value + sqrt(high)),
        basis=f"{MEANING['upper']} The survey of {years}, taken to hold for these twelve months.",
    )


def _broken(*rungs: Rung) -> tuple[str, ...]:
    known = [rung for rung in rungs if rung.value is not None]
    pairs = [(known[place], known[place + 1]) for place in range(len(known) - 1)]
    return tuple(sentence for lower, upper in pairs if (sentence := _out_of_order(lower, upper)) is not None)


def _out_of_order(lower: Rung, upper: Rung) -> str | None:
    assert lower.value is not None and upper.value is not None
    if lower.value <= upper.value:
        return None
    why = (
        "more episodes are false alarms than their grade allows; read them in the review queue"
        if upper.name == "likely"
        else "the survey asked too few, or too few of those concerned, or the detectors find too much"
    )
    least = lower.value if lower.low is None else lower.low
    most = upper.value if upper.high is None else upper.high
    sure = "and their intervals do not meet" if least > most else "though their intervals meet"
    return (
        f"The order is broken: {lower.name} ({lower.value:,.0f}) lies above {upper.name} ({upper.value:,.0f}), {sure}. "
        f"It may be that {why}."
    )


def _notes(looked: pl.DataFrame, gap: SurveyGap) -> tuple[str, ...]:
    notes = [
        f"{row['detector'].replace('_', ' ').capitalize()} could not be looked for: {row['why_not']}"
        for row in looked.filter(~pl.col("could_run")).iter_rows(named=True)
    ]
    if gap.left_out:
        notes.append(f"No survey figure for {' and '.join(gap.left_out)} homes: upper leaves them out.")
    return tuple(notes)

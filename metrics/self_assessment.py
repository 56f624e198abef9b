"""The Code self-assessment as last approved, and what the records say to it: the say-do matrix.

Which figures speak to which provision is our judgement, except where the provision is itself a time limit. A provision
that no figure speaks to is listed with the evidence given, and nothing more is said of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from metrics.reading import Reading
from metrics.records import Records

Verdict = Literal["agrees", "contradicted", "better than said", "too close to call", "not evidenced", "no figure"]

# The Code in our own words, for the provisions that figures speak to or that papers name.
PROVISION_WORDS: Mapping[str, str] = {
    "1.2": "A complaint is any expression of dissatisfaction, however made",
    "1.5": "A complaint is raised where a resident is dissatisfied with the answer to a service request",
    "5.2": "No extra stages before stage 1",
    "5.3": "No more than two stages",
    "6.2": "Stage 1 acknowledged within five working days",
    "6.3": "Stage 1 answered within ten working days of acknowledgement",
    "6.11": "Stage 2 acknowledged within five working days",
    "6.13": "Stage 2 decided by another person",
    "6.14": "Stage 2 answered within twenty working days of acknowledgement",
    "7.1": "Fault is acknowledged, with an apology where due",
    "7.3": "A remedy is followed through to completion",
    "9.1": "Looks beyond the single case for what to improve",
    "9.2": "Complaints are used to introduce positive change",
    "9.3": "Wider learning is reported to residents, staff and committees",
    "9.4": "A senior lead assesses themes for systemic issues",
    "9.7": "The governing body is told regularly of performance, trends and the Ombudsman",
}
SPEAKS_TO: Mapping[str, tuple[str, ...]] = {
    "1.2": ("complaints_without_ghost",),
    "1.5": ("complaints_without_ghost",),
    "5.2": ("complaints_without_ghost",),
    "5.3": ("complaints_without_ghost",),
    "6.2": ("acknowledged_on_time",),
    "6.3": ("stage_1_on_time",),
    "6.11": ("acknowledged_on_time",),
    "6.13": ("independent_stage_2",),
    "6.14": ("stage_2_on_time",),
    "7.1": ("apology_given",),
    "7.3": ("commitments_honoured", "orders_complied"),
    "9.1": ("learning_recorded",),
    "9.2": ("practice_changed",),
    "9.3": ("told_residents",),
    "9.4": ("root_cause_analysed",),
    "9.7": ("board_scrutiny",),
}


@dataclass(frozen=True, kw_only=True)
class Provision:
    """One provision: what the landlord says of it, and what its own figures say (keys of indicators)."""

    number: str
    words: str
    complies: bool
    evidence: str
    figures: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True, kw_only=True)
class SelfAssessment:
    """The last self-assessment approved by as_at; `approved_on` is None where there is none."""

    approved_on: date | None
    provisions: tuple[Provision, ...] = ()

    @property
    def not_complied(self) -> tuple[Provision, ...]:
        """Provisions the landlord itself says it does not meet."""
        return tuple(each for each in self.provisions if not each.complies)

    @property
    def contradicted(self) -> tuple[Provision, ...]:
        """Provisions it says it meets and its own figures say it does not."""
        return tuple(each for each in self.provisions if each.verdict == "contradicted")

    @property
    def with_figures(self) -> tuple[Provision, ...]:
        """Provisions that figures speak to."""
        return tuple(each for each in self.provisions if each.figures)


def self_assessment(records: Records, as_at: date, readings: Mapping[str, Reading]) -> SelfAssessment:
    """The self-assessment in force, in the order of the Code, beside the readings of the same day."""
    approved = records.frame("self_assessment").filter(pl.col("approved_on") <= as_at)
    newest = approved.filter(pl.col("approved_on") == pl.col("approved_on").max()).collect()
    if newest.is_empty():
        return SelfAssessment(approved_on=None)
    rows = sorted(newest.iter_rows(named=True), key=lambda row: _in_order(row["provision"]))
    return SelfAssessment(
        approved_on=rows[0]["approved_on"],
        provisions=tuple(
            _provision(row["provision"], row["complies"], row["evidence"] or "", readings) for row in rows
        ),
    )


def _in_order(number: str) -> tuple[tuple[int, str], ...]:
    """6.2 before 6.11; anything else as text, last."""
    return tuple((int(part), "") if part.isdecimal() else (10_000, part) for part in number.split("."))


def _provision(number: str, complies: bool, evidence: str, readings: Mapping[str, Reading]) -> Provision:
    figures = SPEAKS_TO.get(number, ())
    return Provision(
        number=number,
        words=PROVISION_WORDS.get(number, ""),
        complies=complies,
        evidence=evidence,
        figures=figures,
        verdict=_verdict(complies, [readings[key] for key in figures]),
    )


def _verdict(complies: bool, found: list[Reading]) -> Verdict:
    """One figure not met contradicts a yes; a no is better than said only where every figure is met."""
    if not found:
        return "no figure"
    states = {reading.state for reading in found}
    if "not met" in states:
        return "contradicted" if complies else "agrees"
    if "too close to call" in states:
        return "too close to call"
    if states == {"not evidenced"}:
        return "not evidenced"
    return "agrees" if complies else "better than said"

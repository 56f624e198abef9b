"""Reviewers' verdicts, the list behind the figure, and the coverage strip."""

from dataclasses import replace
from datetime import date, datetime

import polars as pl

from metrics.assessment import read_indicators
from metrics.counting.cases import cases_behind
from metrics.ghosts import episodes, runnable
from metrics.ghosts.verdicts import VERDICTS
from metrics.ghosts.words import DETECTORS, NOT_A_GHOST
from metrics.records import Records
from tests import builders

AS_AT = date(2025, 3, 31)
KEY = "complaints_without_ghost"


def _records() -> Records:
    """Six complaints, one of them handled informally before; and a household that never complained."""
    complaints = [
        builders.complaint(
            complaint_ref=f"C{n}", household_ref=f"H{n}", received_on=date(2025, 2, 3), stage_1_responded_on=AS_AT
        )
        for n in range(6)
    ]
    contacts = [
        builders.contact(contact_ref=ref, household_ref=who, occurred_at=datetime(2025, 1, 6), label="Stage 0")
        for ref, who in (("K0", "H0"), ("K9", "H9"))
    ]
    return builders.records(complaints=complaints, contacts=contacts)


def _verdict(verdict: str = NOT_A_GHOST, **of: object) -> pl.DataFrame:
    plain = {
        "window": "before",
        "first_signal_on": date(2025, 1, 6),
        "verdict": verdict,
        "decided_on": date(2025, 5, 1),
    }
    return pl.DataFrame([dict.fromkeys(VERDICTS) | plain | of], schema=VERDICTS)


def test_the_figure_counts_and_lists_the_same_complaint() -> None:
    reading = read_indicators(_records(), AS_AT)[KEY]
    assert (reading.numerator, reading.denominator) == (5, 6)
    assert cases_behind(_records(), KEY, AS_AT, which="attention")["complaint_ref"].to_list() == ["C0"]
    assert cases_behind(_records(), KEY, AS_AT, which="numerator").height == 5


def test_not_a_ghost_takes_the_episode_out_of_list_and_figure() -> None:
    judged = replace(_records(), ghost_verdicts=_verdict(complaint_ref="C0", household_ref="H0"))
    assert episodes(judged, AS_AT)["household_ref"].to_list() == ["H9"]
    assert read_indicators(judged, AS_AT)[KEY].numerator == 6


def test_a_verdict_on_a_household_that_never_complained() -> None:
    judged = replace(_records(), ghost_verdicts=_verdict(household_ref="H9", window="never"))
    assert episodes(judged, AS_AT)["household_ref"].to_list() == ["H0"]


def test_the_latest_verdict_counts_and_a_ghost_stays() -> None:
    both = pl.concat(
        [
            _verdict(complaint_ref="C0", decided_on=date(2025, 5, 1)),
            _verdict("ghost", complaint_ref="C0", decided_on=date(2025, 5, 2)),
        ]
    )
    assert episodes(replace(_records(), ghost_verdicts=both), AS_AT).height == 2


def test_a_verdict_on_other_evidence_says_nothing_of_this() -> None:
    other = _verdict(complaint_ref="C0", first_signal_on=date(2025, 1, 7))
    assert episodes(replace(_records(), ghost_verdicts=other), AS_AT).height == 2


def test_without_contacts_the_figure_is_not_evidenced() -> None:
    records = _records()
    blind = replace(records, frames={"complaints": records.frame("complaints")})
    reading = read_indicators(blind, AS_AT)[KEY]
    assert (reading.state, reading.value) == ("not evidenced", None)


def test_the_strip_says_of_every_detector_whether_it_could_run() -> None:
    strip = runnable(_records(), AS_AT)
    assert strip["detector"].to_list() == list(DETECTORS)
    why = dict(strip.select("detector", "why_not").rows())
    assert why["label"] is None
    assert why["payment"] == "Payments are not held."
    assert why["phrase"] == "No row of contacts fills note."
    before = dict(runnable(_records(), date(2024, 1, 1)).select("detector", "why_not").rows())
    assert before["label"] == "Contacts are not held."


def test_contacts_without_complaints_have_not_been_looked_through() -> None:
    records = _records()
    alone = replace(records, frames={"contacts": records.frame("contacts")})
    strip = runnable(alone, AS_AT)
    assert not strip["could_run"].any()
    assert dict(strip.select("detector", "why_not").rows())["label"] == "Complaints are not held."

"""What is planted is really there, and nothing else: a plain recount of signals and phantoms against the truth."""

from datetime import date, timedelta

import polars as pl
import pytest

from seed_data.generator import truth
from tests.seed_data.plain import contact_signals, payment_signals, phantoms, rows

FULLER = ("BRACK", "TARRO", "QUILL", "LARKS", "MALLO")
PLANTED = ("label", "phrase", "third_party", "repeat_contacts", "payment")
# Three requests within four weeks happen to a few households by chance, as they do in life.
MOST_CHANCE_REPEATS = 8


def signals(landlord: str) -> pl.DataFrame:
    """The planted ghost signals."""
    return truth(landlord).filter(pl.col("what") == "ghost signal")


@pytest.mark.parametrize("landlord", FULLER)
def test_planted_signals_are_found_and_nothing_else(landlord: str) -> None:
    told = signals(landlord).filter(pl.col("detector").is_in(PLANTED))
    planted = set(told.select("detector", "household_ref", "happened_on").rows())
    found = contact_signals(landlord) | payment_signals(landlord)
    assert planted - found == set()
    beyond = found - planted
    assert {detector for detector, _, _ in beyond} <= {"repeat_contacts"}
    assert len(beyond) <= MOST_CHANCE_REPEATS


@pytest.mark.parametrize("landlord", FULLER)
def test_planted_phantoms_are_the_phantoms(landlord: str) -> None:
    told = truth(landlord).filter(pl.col("what") == "phantom")
    assert dict(told.select("record_ref", "detector").rows()) == phantoms(landlord)


@pytest.mark.parametrize("landlord", FULLER)
def test_signals_lie_in_their_window(landlord: str) -> None:
    complaints = {row["complaint_ref"]: row for row in rows(landlord, "complaints")}
    complaining = {row["household_ref"] for row in complaints.values()}
    for signal in signals(landlord).filter(pl.col("detector").is_in(PLANTED)).to_dicts():
        day: date = signal["happened_on"]
        if signal["window"] == "never":
            assert signal["household_ref"] not in complaining
            continue
        row = complaints[signal["complaint_ref"]]
        match signal["window"]:
            case "before":
                assert 8 <= (row["received_on"] - day).days <= 90, signal
            case "between":
                asked = row["stage_2_requested_on"]
                last = asked - timedelta(8) if asked else row["stage_1_responded_on"] + timedelta(183)
                assert row["stage_1_responded_on"] < day <= last, signal
            case "after":
                assert 1 <= (day - row["stage_2_responded_on"]).days <= 183, signal


def test_every_detector_and_window_is_planted_somewhere() -> None:
    told = pl.concat([signals(landlord) for landlord in FULLER])
    assert set(told["window"]) == {"before", "between", "after", "never"}
    assert set(told["detector"]) == {*PLANTED, "stage_2_lag", "reset", "status_label"}


def test_decoys_are_there_to_be_left_alone() -> None:
    contacts = rows("TARRO", "contacts")
    notes = " ".join(contact["note"] for contact in contacts)
    for decoy in ("not unhappy", "not fed up", "Job in three visits", "Agreed follow-up", "still waiting to hear"):
        assert decoy in notes
    assert any(contact["channel"] == "Ombudsman" for contact in contacts)
    assert any(row["reason"] == "Home loss payment" for row in rows("TARRO", "payments"))

"""A complaint's own hidden stages, read from its household alone, are those found among everybody's."""

from dataclasses import replace
from datetime import date, datetime

import polars as pl
from hypothesis import given

from metrics.case_file import case_file
from metrics.ghosts.episodes import every_episode
from metrics.ghosts.queue import of_complaint
from metrics.ghosts.words import NOT_A_GHOST
from metrics.records import Records
from tests import builders
from tests.metrics.ghosts.landlords import as_plain, ghostly_landlords
from tests.metrics.ghosts.test_verdicts import _verdict
from tests.strategies import Landlord

AS_AT = date(2025, 3, 31)


@given(landlord=ghostly_landlords())
def test_reading_one_household_finds_what_reading_all_finds(landlord: Landlord) -> None:
    records, as_at = landlord.records(), landlord.as_at
    everybodys = every_episode(records, as_at)
    known = records.frame("complaints").filter(pl.col("received_on") <= as_at).collect()
    for ref, household in known.select("complaint_ref", "household_ref").iter_rows():
        found = of_complaint(records, ref, household, as_at).frame
        assert as_plain(found.select(everybodys.columns)) == as_plain(everybodys.filter(pl.col("complaint_ref") == ref))


def _records() -> Records:
    """A complaint with an informal contact before, and one of two years ago likewise."""
    return builders.records(
        complaints=[
            builders.complaint(complaint_ref="C1", received_on=date(2025, 2, 3), stage_1_responded_on=AS_AT),
            builders.complaint(complaint_ref="C2", household_ref="H2", received_on=date(2023, 2, 3)),
        ],
        contacts=[
            builders.contact(contact_ref="K1", occurred_at=datetime(2025, 1, 6), label="Stage 0", note="Fed up."),
            builders.contact(contact_ref="K2", occurred_at=datetime(2025, 1, 8), label="Service request"),
            builders.contact(
                contact_ref="K3", household_ref="H2", occurred_at=datetime(2023, 1, 6), label="Informal complaint"
            ),
        ],
    )


def test_the_case_holds_its_hidden_stages_and_marks_the_contacts_that_show_them() -> None:
    case = case_file(_records(), "C1", AS_AT)
    assert case is not None
    [episode] = case.episodes
    assert (episode["window"], episode["grade"], episode["in_queue"]) == ("before", "A", True)
    assert episode["episode"] == "C1~before~2025-01-06"
    assert case.fired == {"K1": ("label", "phrase")}


def test_one_older_than_the_queue_is_there_and_said_to_be() -> None:
    case = case_file(_records(), "C2", AS_AT)
    assert case is not None
    assert [episode["in_queue"] for episode in case.episodes] == [False]


def test_one_turned_down_stays_with_its_verdict_and_marks_nothing() -> None:
    records = replace(
        _records(), ghost_verdicts=_verdict(NOT_A_GHOST, complaint_ref="C1", household_ref="H1", reason="Booked.")
    )
    case = case_file(records, "C1", AS_AT)
    assert case is not None
    assert [episode["verdict"] for episode in case.episodes] == [NOT_A_GHOST]
    assert case.fired == {}

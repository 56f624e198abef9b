"""What the phrases and labels do to real texts of another sector: complaints about an internet provider, 2015."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from metrics.ghosts import DEFAULT, episodes
from metrics.ghosts.matching import dissatisfied, distinct_held_in
from metrics.records import TABLE_BY_NAME, Records

FILE = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "other_complaints" / "comcast_2015.csv"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="needs ../shared/data/other_complaints beside the checkout")
AS_AT = date(2015, 12, 31)


@pytest.fixture(scope="module")
def tickets() -> pl.DataFrame:
    """ticket, text, day, channel, status, zip; days are written in two ways, read as day first."""
    read = pl.read_csv(FILE, infer_schema=False)
    return read.select(
        ticket="Ticket #",
        text="Customer Complaint",
        day=pl.col("Date").str.to_date("%d-%m-%Y"),
        channel="Received Via",
        status="Status",
        zip="Zip code",
    )


def as_contacts(tickets: pl.DataFrame, *, household: str) -> Records:
    """Each ticket as an inbound contact of the household that the column names, about the one service there is."""
    declared = TABLE_BY_NAME["contacts"].schema
    contacts = tickets.select(
        landlord_code=pl.lit("OTHER"),
        contact_ref="ticket",
        household_ref=household,
        occurred_at=pl.col("day").cast(pl.Datetime("us")),
        direction=pl.lit("inbound"),
        channel="channel",
        label="status",
        category=pl.lit("internet"),
        note="text",
    )
    blank = {name: pl.lit(None, dtype) for name, dtype in declared.items() if name not in contacts.columns}
    whole = contacts.with_columns(**blank).select(pl.col(name).cast(dtype) for name, dtype in declared.items())
    return Records(landlord_code="OTHER", frames={"contacts": whole.lazy()})


def test_one_text_in_six_sounds_dissatisfied_and_the_rest_only_name_a_matter(tickets: pl.DataFrame) -> None:
    heard = tickets.filter(dissatisfied(tickets["text"], DEFAULT))
    assert tickets.height == 2224
    assert heard.height == 343
    matters = {"Internet speed", "Comcast Data Cap", "Billing Dispute", "Speed and Service", "Comcast Internet"}
    assert matters <= set(tickets["text"])
    assert not matters & set(heard["text"])
    assert "Comcast is terrible" in heard["text"].to_list()


def test_no_status_of_that_log_names_a_hidden_stage(tickets: pl.DataFrame) -> None:
    for name in ("labels.any_window", "labels.after_only"):
        assert distinct_held_in(tickets["status"], DEFAULT, name, but_for="labels.except").is_empty()
    for name in ("channels.third_party", "channels.ombudsman"):
        assert distinct_held_in(tickets["channel"], DEFAULT, name).is_empty()


def test_each_customer_by_itself_gives_grade_c_and_nothing_for_a_headline(tickets: pl.DataFrame) -> None:
    found = episodes(as_contacts(tickets, household="ticket"), AS_AT)
    assert found.height == 343
    assert set(found["grade"]) == {"C"}
    assert set(found["detectors"].explode()) == {"phrase"}


def test_a_shared_reference_makes_repeats_of_strangers(tickets: pl.DataFrame) -> None:
    """The trap: by postal district everybody of a place is one household, and repeats of strangers confirm phrases."""
    found = episodes(as_contacts(tickets, household="zip"), AS_AT)
    assert dict(found.group_by("grade").len().iter_rows()) == {"C": 325, "B": 24}
    assert found.filter(pl.col("detectors").list.contains("repeat_contacts")).height == 57

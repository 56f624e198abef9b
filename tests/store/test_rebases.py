"""Decisions to rebase, and events noted on the screen: kept for good, the last word counting."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from store.database import Store
from store.history import history
from store.loading import Manner, kept, load, prepared_of
from store.newest import newest_rebase
from store.noted_events import NotedEvent, note_event
from store.rebases import RebaseDecision, rebase_decisions, record_rebase, standing_rebases
from store.snapshot import read_records, version
from tests.builders import frame, row

OURS = RebaseDecision(
    landlord_code="L1",
    event_ref="E1",
    line="acknowledged_on_time",
    stands=True,
    reason="The new system counts each stage; the old one counted each case.",
    author="A. Executive",
    decided_on=date(2025, 3, 3),
)
NOTED = NotedEvent(
    landlord_code="L1",
    happened_on=date(2025, 2, 10),
    title="  New   system ",
    kind="system migration",
    author="A. Executive",
)


def test_the_last_word_on_an_event_and_a_line_counts(store: Store) -> None:
    other = replace(OURS, line="every", author="B. Executive")
    taken_back = replace(OURS, stands=False, reason="It was the label that changed, not the count.")
    assert newest_rebase(store, "L1") == 0
    for each in (OURS, other, taken_back, replace(OURS, landlord_code="L2")):
        record_rebase(store, each)
    found = rebase_decisions(store, "L1")
    assert found == [taken_back, other, OURS]
    assert standing_rebases(found) == (other.rebase,)
    assert newest_rebase(store, "L1") == 3
    assert rebase_decisions(store, "nobody") == []


@pytest.mark.parametrize("what", ["event_ref", "line", "reason", "author"])
def test_a_decision_without_its_parts_is_refused(what: str) -> None:
    with pytest.raises(ValueError, match="found nothing; wanted"):
        replace(OURS, **{what: "  "})


def test_a_noted_event_is_a_record_with_its_author_in_the_history(store: Store) -> None:
    load(store, prepared_of({"landlords": kept(frame("landlords", [row("landlords")]))}), manner=Manner())
    before = version(store)
    reference = note_event(store, NOTED)
    events = read_records(store, "L1").frame("events").collect()
    assert events.select("event_ref", "happened_on", "title", pl.col("kind").cast(pl.String)).rows() == [
        (reference, date(2025, 2, 10), "New system", "system migration")
    ]
    assert version(store) != before
    assert (history(store)[0].loaded_by, history(store)[0].method) == ("A. Executive", "form")
    assert note_event(store, NOTED) != reference


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": " "}, "title: found nothing"),
        ({"author": ""}, "author: found nothing"),
        ({"kind": "party"}, "kind: found 'party'; wanted one of policy change"),
        ({"happened_on": date.today() + timedelta(days=1)}, "wanted a day that has come"),
    ],
)
def test_an_event_that_cannot_be_is_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        replace(NOTED, **change)

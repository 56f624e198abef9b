"""Kept populations: what the records themselves would give, made once per load, and made again after the next."""

import os
from dataclasses import replace
from datetime import date, datetime

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from metrics.ghosts import episodes, kept
from metrics.ghosts.hidden import hidden_stages
from metrics.populations import POPULATIONS, population
from metrics.records import Records
from store.database import Store
from store.derived import KEPT
from store.snapshot import read_records
from tests.builders import row
from tests.store.loads import load_rows


def _complaint(number: int, **values: object) -> dict[str, object]:
    return row("complaints", complaint_ref=f"C{number}", received_on=date(2024, 4, 1)) | values


def _load(store: Store) -> None:
    load_rows(
        store,
        landlords=[row("landlords")],
        complaints=[
            _complaint(1, stage_1_acknowledged_on=date(2024, 4, 3), stage_1_responded_on=date(2024, 4, 12)),
            _complaint(2, stage_1_responded_on=date(2024, 4, 15), stage_1_outcome="upheld"),
        ],
        commitments=[
            row(
                "commitments",
                commitment_ref="P1",
                complaint_ref="C1",
                promised_on=date(2024, 4, 12),
                due_on=date(2024, 5, 1),
            )
        ],
    )


def _read_all(store: Store) -> None:
    records = read_records(store, "L1")
    for name in KEPT:
        population(records, name).collect()


@pytest.mark.parametrize("name", KEPT)
def test_what_is_kept_is_what_the_records_give(store: Store, name: str) -> None:
    _load(store)
    records = read_records(store, "L1")
    assert name in records.derived
    kept, fresh = population(records, name).collect(), POPULATIONS[name](records).collect()
    assert_frame_equal(kept, fresh, check_row_order=False)


def test_a_load_is_seen_by_the_next_reader(store: Store) -> None:
    _load(store)
    before = population(read_records(store, "L1"), "stages").collect()
    load_rows(store, complaints=[_complaint(3)])
    after = population(read_records(store, "L1"), "stages").collect()
    assert (before.height, after.height) == (2, 3)


def test_a_second_reader_finds_the_files_of_the_first(store: Store) -> None:
    _load(store)
    _read_all(store)
    files = {file: file.stat().st_mtime_ns for file in (store.snapshot_folder / "derived").glob("*.parquet")}
    _read_all(store)
    assert len(files) == len(KEPT)
    assert files == {file: file.stat().st_mtime_ns for file in (store.snapshot_folder / "derived").glob("*.parquet")}


def test_nobody_waits_for_what_was_not_asked_for(store: Store) -> None:
    _load(store)
    records = read_records(store, "L1")
    assert set(KEPT) <= set(records.derived)
    assert not list((store.snapshot_folder / "derived").glob("*.parquet"))
    population(records, "stages").collect()
    assert [file.name.partition("-")[0] for file in (store.snapshot_folder / "derived").glob("*.parquet")] == ["stages"]


def test_files_nobody_can_need_are_removed(store: Store) -> None:
    _load(store)
    _read_all(store)
    for file in (store.snapshot_folder / "derived").glob("*.parquet"):
        os.utime(file, (0, 0))
    load_rows(store, complaints=[_complaint(3)])
    _read_all(store)
    assert len(list((store.snapshot_folder / "derived").glob("*.parquet"))) == len(KEPT)


def test_a_landlord_without_complaints_has_nothing_derived(store: Store) -> None:
    load_rows(store, landlords=[row("landlords")])
    records = read_records(store, "L1")
    assert records.derived == {}
    assert population(records, "complaints").select(pl.len()).collect().item() == 0


def _load_hidden(store: Store) -> None:
    _load(store)
    load_rows(
        store,
        contacts=[
            row(
                "contacts",
                contact_ref="K1",
                household_ref=row("complaints")["household_ref"],
                occurred_at=datetime(2024, 2, 1),
                direction="inbound",
                label="Amber case",
                note="Still waiting, fed up",
            )
        ],
    )


def test_ghost_stages_are_found_in_what_is_kept_as_in_the_records(store: Store) -> None:
    _load_hidden(store)
    records = read_records(store, "L1")
    fresh = replace(records, derived={})
    found = episodes(records, date(2024, 6, 30))
    assert found.height
    assert_frame_equal(found, episodes(fresh, date(2024, 6, 30)))
    assert_frame_equal(
        hidden_stages(records, [date(2024, 6, 30)]), hidden_stages(fresh, [date(2024, 6, 30)]), check_row_order=False
    )
    assert list((store.snapshot_folder / "derived").glob("ghost_marks-*.parquet"))


def test_notes_are_read_once_per_load(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    _load_hidden(store)
    episodes(read_records(store, "L1"), date(2024, 6, 30))

    def unread(*_: object) -> pl.DataFrame:
        raise AssertionError("notes were read again")

    monkeypatch.setattr(kept, "candidates", unread)
    assert episodes(read_records(store, "L1"), date(2024, 3, 31)).height
    load_rows(store, complaints=[_complaint(3)])
    with pytest.raises(AssertionError, match="read again"):
        episodes(read_records(store, "L1"), date(2024, 3, 31))


def test_a_landlords_own_words_are_not_answered_with_what_was_kept_without_them(store: Store) -> None:
    _load_hidden(store)
    records = read_records(store, "L1")
    before = episodes(records, date(2024, 6, 30))["detectors"].explode().to_list()
    own = replace(records, ghost_words='[labels]\nany_window = ["amber case"]\n')
    assert "label" not in before
    assert "label" in episodes(own, date(2024, 6, 30))["detectors"].explode().to_list()
    assert episodes(records, date(2024, 6, 30))["detectors"].explode().to_list() == before


def test_another_lexicon_or_method_makes_another_file() -> None:
    records = Records(landlord_code="L1", frames={})
    own = replace(records, ghost_words='[labels]\nany_window = ["amber case"]\n')
    assert kept.kept_name(records, kept.MARKS) != kept.kept_name(own, kept.MARKS)
    assert kept.kept_name(records, kept.MARKS) == kept.kept_name(replace(records, landlord_code="L2"), kept.MARKS)
    read = {path.name for path in kept.method_files()}
    assert {"phrases.toml", "labels.toml", "matching.py", "spelling.py", "records.py"} <= read

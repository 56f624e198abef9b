"""Kept populations: what the records themselves would give, made once per load, and made again after the next."""

import os
from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from metrics.populations import POPULATIONS, population
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
    read_records(store, "L1")
    files = {file: file.stat().st_mtime_ns for file in (store.snapshot_folder / "derived").glob("*.parquet")}
    read_records(store, "L1")
    assert len(files) == len(KEPT)
    assert files == {file: file.stat().st_mtime_ns for file in (store.snapshot_folder / "derived").glob("*.parquet")}


def test_files_nobody_can_need_are_removed(store: Store) -> None:
    _load(store)
    read_records(store, "L1")
    for file in (store.snapshot_folder / "derived").glob("*.parquet"):
        os.utime(file, (0, 0))
    load_rows(store, complaints=[_complaint(3)])
    read_records(store, "L1")
    assert len(list((store.snapshot_folder / "derived").glob("*.parquet"))) == len(KEPT)


def test_a_landlord_without_complaints_has_nothing_derived(store: Store) -> None:
    load_rows(store, landlords=[row("landlords")])
    records = read_records(store, "L1")
    assert records.derived == {}
    assert population(records, "complaints").select(pl.len()).collect().item() == 0

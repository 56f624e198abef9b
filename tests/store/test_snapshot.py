"""The columnar copies: always what the database says, rebuilt when lost, removed when nobody can need them."""

import os
import random
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from metrics.published.national import shipped
from metrics.records import TABLE_BY_NAME
from store import snapshot
from store.database import Store, open_store, upgrade
from store.landlords import list_landlords
from store.snapshot import current, data_through, read_records, version
from tests.builders import row
from tests.store.loads import assert_snapshot_is_database, frame, load_rows, stored

COMPLAINTS = TABLE_BY_NAME["complaints"]


def complaint(number: int, landlord: str = "L1", **values: Any) -> dict[str, Any]:
    """A complaint of one of two landlords."""
    return (
        row("complaints", landlord_code=landlord, complaint_ref=f"C{number:04}", received_on=date(2024, 4, 1)) | values
    )


def two_landlords(store: Store) -> None:
    """Three complaints of one landlord, two of the other."""
    load_rows(
        store,
        landlords=[row("landlords"), row("landlords", landlord_code="L2", name="Ash Homes", homes_lcho=None)],
        complaints=[
            complaint(1),
            complaint(2, "L2"),
            complaint(3),
            complaint(4, "L2", received_on=date(2024, 6, 30)),
            complaint(5),
        ],
    )


def test_a_landlord_sees_its_own_rows_in_the_declared_types(store: Store) -> None:
    two_landlords(store)
    records = read_records(store, "L2")
    assert records.frames.keys() == {"landlords", "complaints"}
    held = records.frame("complaints").collect()
    assert dict(held.schema) == COMPLAINTS.schema
    assert held["complaint_ref"].to_list() == ["C0002", "C0004"]
    assert records.frame("contacts").collect().is_empty()
    assert dict(records.frame("contacts").collect_schema()) == TABLE_BY_NAME["contacts"].schema


def test_a_landlord_alone_in_the_store_is_read_without_a_filter(store: Store) -> None:
    load_rows(store, landlords=[row("landlords")], complaints=[complaint(1), complaint(2)])
    assert read_records(store, "L1").frame("complaints").collect().height == 2
    assert read_records(store, "nobody").frames == {}


def test_what_a_landlord_holds(store: Store) -> None:
    two_landlords(store)
    ash, riverbank = list_landlords(store)
    assert (ash.code, ash.name, ash.homes, ash.tables) == ("L2", "Ash Homes", 5000, {"landlords": 1, "complaints": 2})
    assert (riverbank.homes, riverbank.data_through) == (5400, date(2024, 4, 1))
    assert data_through(current(store)) == {"L1": date(2024, 4, 1), "L2": date(2024, 6, 30)}


def test_freshness_is_not_proved_by_events_or_surveys(store: Store) -> None:
    event = row("events", happened_on=date(2024, 9, 1))
    load_rows(store, landlords=[row("landlords")], events=[event], tsm=[row("tsm")])
    assert list_landlords(store)[0].data_through is None


def test_an_empty_store_has_nothing(store: Store) -> None:
    assert current(store).files == {}
    assert list_landlords(store) == []
    assert read_records(store, "L1").frames == {}


def test_lost_copies_are_built_again_from_the_database(store: Store) -> None:
    two_landlords(store)
    before = current(store)
    for file in before.files.values():
        file.unlink()
    again = current(store)
    assert again.files == before.files
    assert_snapshot_is_database(store, again)


def test_random_loads_leave_snapshot_database_and_a_plain_model_equal(store: Store) -> None:
    chance = random.Random(20240401)
    model: dict[tuple[Any, ...], dict[str, Any]] = {}
    load_rows(store, landlords=[row("landlords")])
    key = ("landlord_code", "contractor", "engaged_from")
    for _ in range(12):
        carried = list(key) + (["engaged_to"] if chance.random() < 0.7 else [])
        rows = {}
        for _ in range(chance.randint(1, 8)):
            values = {
                "landlord_code": chance.choice(["L1", "L2"]),
                "contractor": chance.choice("ABC"),
                "engaged_from": chance.choice([None, date(2020, 1, 1), date(2021, 1, 1)]),
                "engaged_to": chance.choice([None, date(2025, 1, 1), date(2026, 1, 1)]),
            }
            rows[tuple(values[name] for name in key)] = {name: values[name] for name in carried}
        new = sum(each not in model for each in rows)
        result = load_rows(store, contractors=list(rows.values()))
        assert result.tables["contractors"].kept == new
        for each, values in rows.items():
            model[each] = model.get(each, {}) | values
        assert_frame_equal(
            stored(store, "contractors"), frame("contractors", list(model.values())).sort(key), check_row_order=True
        )
        assert_snapshot_is_database(store)


def test_a_store_made_anew_under_the_same_name_is_not_taken_for_the_old_one(
    new_url: Callable[[], str], request: pytest.FixtureRequest
) -> None:
    if "postgres" in request.node.name:
        pytest.skip("a file is replaced on SQLite only")
    url = new_url()
    old = open_store(url)
    upgrade(old)
    load_rows(old, landlords=[row("landlords", name="Old")])
    seen = version(old)
    old.engine.dispose()
    for file in old.snapshot_folder.parent.glob("store*.db*"):
        if file.is_file():
            file.unlink()
    new = open_store(url)
    upgrade(new)
    load_rows(new, landlords=[row("landlords", name="New")])
    assert list_landlords(new)[0].name == "New"
    assert version(new) != seen
    new.engine.dispose()


def test_superseded_copies_stay_an_hour_and_those_of_killed_loads_go_at_once(store: Store) -> None:
    two_landlords(store)
    first = current(store).files["complaints"]
    scanned_before = read_records(store, "L1").frame("complaints")
    load_rows(store, complaints=[complaint(6)])
    second = current(store).files["complaints"]
    assert first.exists() and second.exists()
    assert scanned_before.collect().height == 3
    orphan = snapshot.file_of(store, COMPLAINTS, 999, "a token that was never committed")
    pl.DataFrame(schema=COMPLAINTS.schema).write_parquet(orphan)
    hour_ago = second.stat().st_mtime - snapshot.KEEP_SUPERSEDED_SECONDS - 60
    os.utime(second, (hour_ago, hour_ago))
    load_rows(store, complaints=[complaint(7)])
    assert not orphan.exists() and not first.exists() and second.exists()
    assert_snapshot_is_database(store)


def test_national_figures_of_a_workbook_take_the_place_of_those_shipped(store: Store) -> None:
    load_rows(store, landlords=[row("landlords")])
    assert read_records(store, "L1").national.height == shipped().height
    changed = shipped().row(0, named=True) | {"value": 12.25}
    added = changed | {"year": "2030-31"}
    load_rows(store, national_figures=[changed, added])
    national = read_records(store, "L1").national
    assert national.height == shipped().height + 1
    same = [pl.col(name) == changed[name] for name in ("stock", "landlord_group", "measure", "statistic")]
    assert national.filter(*same, pl.col("year") == changed["year"])["value"].to_list() == [12.25]

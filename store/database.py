"""Which database, how to open it, and its two kinds of transaction: reading at one moment, and the one writer."""

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from metrics.access import LOCAL, Reader
from store.settings import from_environment
from store.sqlite_file import engine_of

CHECKOUT = Path(__file__).resolve().parents[1]
DEFAULT_FILE = CHECKOUT / "data" / "learning_pyramid.db"
MIGRATIONS = Path(__file__).with_name("migrations")

# One writer at a time on PostgreSQL: any fixed number serves, every copy of the program must use the same one.
WRITER_LOCK = 5_023_117_208
# A load waits for the one before it rather than failing; an hour is longer than any load.
WAIT_FOR_WRITER_SECONDS = 3600
# A PostgreSQL that vanished without a word is given up within the minute; an address may say otherwise (`?connect_…`).
PATIENCE = {"connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
_LOST = (OperationalError, InterfaceError, PoolTimeoutError, psycopg.OperationalError, sqlite3.OperationalError)
"""What a database that is gone raises: through SQLAlchemy, and through the drivers, to which `store.bulk` speaks."""

_ONCE_COMMITTED = "once committed"
_SPEAKS = "the store speaks SQLite (sqlite:///file.db) and PostgreSQL (postgresql://…)"


class StoreUnavailableError(OSError):
    """The database cannot be reached, went away, has no room, or refuses us; the message holds its own words. What was
    begun has not happened, and the same store may be asked again."""


@dataclass(frozen=True, kw_only=True)
class Store:
    """An open store: the database, the folder of columnar snapshots that belongs to it, and for whom it is open.

    Every function that gives rows out holds them to `reader` (`store.sight`). A store is opened for whoever sits at the
    machine; the screens only ever hold one that is `opened_for` the person signed in.
    """

    url: str
    engine: Engine
    snapshot_folder: Path
    reader: Reader = LOCAL

    def opened_for(self, reader: Reader) -> "Store":
        """The same store for another reader."""
        return replace(self, reader=reader)

    @property
    def is_postgres(self) -> bool:
        """Whether the records are in PostgreSQL (else SQLite)."""
        return self.engine.dialect.name == "postgresql"


def open_store(url: str | None = None) -> Store:
    """The store at `url`; without it at `DATABASE_URL`; without that a SQLite file in the checkout's `data` folder.

    Nothing is created but the folder of a SQLite file; `upgrade` makes the tables. Raises ValueError for a database
    that is neither SQLite nor PostgreSQL.
    """
    given = url or from_environment().database_url or f"sqlite:///{DEFAULT_FILE}"
    try:
        address = make_url(given)
    except ArgumentError as error:
        raise ValueError(f"{_SPEAKS}; found {given}") from error
    match address.get_backend_name():
        case "sqlite":
            return _open_sqlite(address)
        case "postgresql" | "postgres":
            return _open_postgres(address)
        case other:
            raise ValueError(
                f"the store speaks SQLite (sqlite:///file.db) and PostgreSQL (postgresql://…); found {other}://"
            )


def _open_sqlite(address: URL) -> Store:
    if not address.database or address.database == ":memory:":
        raise ValueError("a SQLite store needs a file, such as sqlite:///data/learning_pyramid.db")
    path = Path(address.database).absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = path.with_name(path.name + ".snapshots")
    return Store(url=f"sqlite:///{path}", engine=engine_of(path), snapshot_folder=folder)


def _open_postgres(address: URL) -> Store:
    address = address.set(drivername="postgresql+psycopg")
    patience = {name: value for name, value in PATIENCE.items() if name not in address.query}
    engine = create_engine(address, pool_pre_ping=True, pool_size=10, max_overflow=30, connect_args=patience)
    place = f"{address.host}:{address.port}/{address.database}?{sorted(address.query.items())}"
    folder = f"{address.database}-{hashlib.sha256(place.encode()).hexdigest()[:12]}.snapshots"
    cache = from_environment().cache or CHECKOUT / "data"
    url = address.render_as_string(hide_password=False)
    return Store(url=url, engine=engine, snapshot_folder=cache / folder)


@contextmanager
def reading(store: Store) -> Iterator[Connection]:
    """A read transaction that sees the store at one moment, whatever a load does meanwhile. Raises
    StoreUnavailableError, as the two below do."""
    options: dict[str, Any] = {"isolation_level": "REPEATABLE READ"} if store.is_postgres else {}
    with _said_plainly(), store.engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def writing(store: Store) -> Iterator[Connection]:
    """The one write transaction: another writer waits here until this one is done. Commits at the end, or not."""
    with _said_plainly(), _sole_writer(store) as connection, _committed(connection):
        yield connection


@contextmanager
def writing_soon(store: Store) -> Iterator[Connection]:
    """A write transaction for a few rows that no load may hold up: on PostgreSQL it queues behind none; on SQLite it
    raises StoreUnavailableError where the only writer is taken for longer than a second."""
    options: dict[str, Any] = {} if store.is_postgres else {"begin": "BEGIN IMMEDIATE"}
    with _said_plainly(), store.engine.connect().execution_options(**options) as connection, _committed(connection):
        yield connection


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except _LOST as fault:
        words = getattr(fault, "orig", None) or fault
        raise StoreUnavailableError(f"the database does not answer as it should: {words}") from fault


@contextmanager
def _committed(connection: Connection) -> Iterator[None]:
    to_do: list[Callable[[], object]] = connection.info.setdefault(_ONCE_COMMITTED, [])
    to_do.clear()
    with connection.get_transaction() or connection.begin():
        yield
    for each in to_do:
        each()


def once_committed(connection: Connection, do: Callable[[], object]) -> None:
    """Have something done when the write transaction of this connection has committed, and not if it never does."""
    connection.info[_ONCE_COMMITTED].append(do)


def _sole_writer(store: Store) -> Connection:
    if store.is_postgres:
        connection = store.engine.connect()
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITER_LOCK})
        return connection
    give_up_at = time.monotonic() + WAIT_FOR_WRITER_SECONDS
    while True:
        connection = store.engine.connect().execution_options(begin="BEGIN IMMEDIATE")
        try:
            connection.begin()
        except OperationalError as busy:
            connection.close()
            if "locked" not in str(busy) or time.monotonic() > give_up_at:
                raise
        else:
            return connection


def upgrade(store: Store) -> None:
    """Create the tables, or bring them up to this version of the program. Does nothing where they are.

    One transaction behind the writer's lock: two programs that start together do not upgrade twice, and an upgrade that
    is killed leaves the store as it was. Raises StoreUnavailableError where the database cannot be reached or read.
    """
    try:
        ready = is_current(store)
    except (DatabaseError, StoreUnavailableError) as error:
        words = getattr(error, "orig", None) or error
        raise StoreUnavailableError(f"the store at {store.engine.url} cannot be used: {words}") from error
    if ready:
        return
    try:
        with writing(store) as connection:
            migrate(connection)
    except CommandError as error:
        raise StoreUnavailableError(f"the store was made by a newer version of this program ({error})") from error


def migrate(connection: Connection, version: str = "head") -> None:
    """Bring the tables up to a version within a write transaction; to "base": drop them all."""
    change = command.downgrade if version == "base" else command.upgrade
    change(_alembic(connection), version)


def is_current(store: Store) -> bool:
    """Whether the store's tables are those of this version of the program."""
    head = ScriptDirectory.from_config(_alembic(None)).get_current_head()
    with reading(store) as connection:
        return revision_of(connection) == head


def revision_of(connection: Connection) -> str | None:
    """The migration that the tables are of; None where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def _alembic(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config

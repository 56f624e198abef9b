"""How a SQLite file is opened, and what is done when it goes away or another takes its place."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError

# Programs that open a new file at once wait for the one that sets it to write-ahead logging.
FIRST_OPENING_SECONDS = 30
# SQLite asks again every second, so that a person who waits can still interrupt.
ASK_AGAIN_SECONDS = 1


def engine_of(path: Path) -> Engine:
    """An engine of that file. It makes the file where there is none, but only once: a file that is gone afterwards (a
    disk that was taken away) is an error, and not an empty store; one that took its place is opened anew."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": FIRST_OPENING_SECONDS})
    opened: set[tuple[int, int]] = set()

    def hold_to_file(_dialect: object, _record: object, _arguments: object, _options: object) -> None:
        if opened and not path.exists():
            raise sqlite3.OperationalError(f"the file {path} is gone")

    def remember(connection: Any, record: Any) -> None:
        _prepare(connection)
        record.info["file"] = _identity(path)
        opened.add(record.info["file"])

    def hold_to_same(_connection: object, record: Any, _proxy: object) -> None:
        if record.info["file"] != _identity(path):
            raise DisconnectionError("another file is there now")

    event.listen(engine, "do_connect", hold_to_file)
    event.listen(engine, "connect", remember)
    event.listen(engine, "checkout", hold_to_same)
    event.listen(engine, "begin", _begin)
    return engine


def _identity(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_dev, found.st_ino)


def _prepare(connection: Any) -> None:
    """Write-ahead log, so that readers and a load do not wait for each other; synchronous FULL, so that a committed
    load survives a power cut (NORMAL would not promise it)."""
    connection.isolation_level = None  # SQLAlchemy begins transactions itself (`_begin`)
    for pragma in (
        "page_size=16384",  # only a new file takes it; a bulk load writes a seventh faster than with pages of 4 kB
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "cache_size=-65536",
        "temp_store=MEMORY",
        f"busy_timeout={ASK_AGAIN_SECONDS * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

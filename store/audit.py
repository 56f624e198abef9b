"""The audit: who saw cases, loaded, took away, judged or changed a setting. Append-only, and each entry seals the one
before: its hash covers what it says and the hash of its predecessor, so that a change or a gap shows.

Whoever can rewrite the whole table can rewrite the chain too; `verify` therefore names the last hash, to be noted
outside the store and compared. Entries tell references and counts, never residents' words.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, insert, select, text

from store.database import Store, StoreUnavailableError, reading, writing_soon
from store.tables import metadata

What = Literal[
    "viewed cases",
    "viewed a case",
    "viewed the review queue",
    "exported",
    "paper",
    "loaded",
    "verdict",
    "board judgement",
    "accepted deviation",
    "setting",
    "person",
    "refused",
    "erased",
    "retention",
    "restored",
    "signed in",
]
BEGINNING = "0" * 64
# On PostgreSQL only the appending itself waits its turn, not the load around it; any fixed number serves.
AUDIT_LOCK = 5_023_117_209
_BATCH = 10_000


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry. `happened_at` is in UTC; `landlord_code` is empty where no single landlord is meant."""

    entry: int
    happened_at: datetime
    who: str
    what: str
    landlord_code: str
    detail: str
    hash: str


@dataclass(frozen=True, kw_only=True)
class Verified:
    """Whether the chain holds: how many entries were read, the last hash, and the first fault where there is one."""

    entries: int
    last_hash: str
    fault: str | None


def append(connection: Connection, store: Store, what: What, *, landlord_code: str = "", detail: str = "") -> None:
    """Add an entry within a write transaction: it stands exactly if what it tells of does."""
    if store.is_postgres:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": AUDIT_LOCK})
    for waiting in _waiting(store):
        _add(connection, **waiting)
    _add(connection, **_said(store, what, landlord_code, detail))
    if not store.is_postgres:
        _file(store).unlink(missing_ok=True)


def note(store: Store, what: What, *, landlord_code: str = "", detail: str = "") -> None:
    """Add an entry by itself. While a load holds the only writer of a SQLite store, the entry waits in a file beside it
    and joins the chain with the next one: a reader never waits for a load."""
    try:
        with writing_soon(store) as connection:
            append(connection, store, what, landlord_code=landlord_code, detail=detail)
    except StoreUnavailableError:
        if store.is_postgres:
            raise
        said = _said(store, what, landlord_code, detail)
        with _file(store).open("a", encoding="utf-8") as waiting:
            waiting.write(json.dumps(said, default=datetime.isoformat) + "\n")


def entries(store: Store, *, limit: int = 200, before: int | None = None) -> list[Entry]:
    """The last entries, newest first; with `before`, those before that number. Raises RefusedError for all but the
    administrator."""
    store.reader.require("people and settings")
    table = metadata.tables["audit_entries"]
    asked = select(table).order_by(table.c.entry.desc()).limit(limit)
    if before is not None:
        asked = asked.where(table.c.entry < before)
    with reading(store) as connection:
        return [Entry(**row) for row in connection.execute(asked).mappings()]


def verify(store: Store) -> Verified:
    """Read the whole chain. Raises RefusedError for all but the administrator."""
    store.reader.require("people and settings")
    with reading(store) as connection:
        return chain(connection)


def chain(connection: Connection) -> Verified:
    """The same within a transaction, of a backup or its restore."""
    number, sealed = 0, BEGINNING
    for found in _every(connection):
        if found.entry != number + 1:
            return Verified(entries=number, last_hash=sealed, fault=f"entry {number + 1} is missing")
        if found.hash != _sealed(found, sealed):
            return Verified(entries=number, last_hash=sealed, fault=f"entry {found.entry} was changed")
        number, sealed = found.entry, found.hash
    return Verified(entries=number, last_hash=sealed, fault=None)


def _every(connection: Connection) -> Iterator[Entry]:
    table = metadata.tables["audit_entries"]
    last = 0
    while True:
        rows = connection.execute(select(table).where(table.c.entry > last).order_by(table.c.entry).limit(_BATCH))
        found = [Entry(**row) for row in rows.mappings()]
        yield from found
        if len(found) < _BATCH:
            return
        last = found[-1].entry


def _said(store: Store, what: What, landlord_code: str, detail: str) -> dict[str, object]:
    return {
        "happened_at": datetime.now(UTC).replace(tzinfo=None),
        "who": store.reader.name or "at the machine",
        "what": what,
        "landlord_code": landlord_code,
        "detail": detail,
    }


def _add(connection: Connection, **said: object) -> None:
    table = metadata.tables["audit_entries"]
    last = connection.execute(select(table.c.entry, table.c.hash).order_by(table.c.entry.desc()).limit(1)).first()
    number, before = (last.entry, last.hash) if last else (0, BEGINNING)
    made = Entry(entry=number + 1, hash="", **said)  # type: ignore[arg-type]  # the fields of _said
    values = {**said, "entry": made.entry, "hash": _sealed(made, before)}
    connection.execute(insert(table).values(**values))


def _sealed(entry: Entry, before: str) -> str:
    told = [entry.entry, entry.happened_at.isoformat(), entry.who, entry.what, entry.landlord_code, entry.detail]
    return hashlib.sha256(json.dumps([*told, before], ensure_ascii=False).encode()).hexdigest()


def _file(store: Store) -> Path:
    return store.snapshot_folder.with_suffix(".audit-waiting")


def _waiting(store: Store) -> list[dict[str, object]]:
    if store.is_postgres or not _file(store).exists():
        return []
    lines = _file(store).read_text("utf-8").splitlines()
    said = [json.loads(line) for line in lines if line.strip()]
    return [each | {"happened_at": datetime.fromisoformat(each["happened_at"])} for each in said]

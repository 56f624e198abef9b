"""The audit: who saw cases, loaded, took away, judged or changed a setting. Append-only, and each entry seals the one
before: its hash covers what it says and the hash of its predecessor, so that a change or a gap shows.

Whoever can rewrite the whole table can rewrite the chain too, and a chain whose end was cut off still holds together:
`verify` therefore compares it with the seals noted outside the database (`store.audit_seals`). Entries tell references
and counts, never residents' words.
"""

import hashlib
import json
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import polars as pl
from sqlalchemy import Connection, insert, select, text

from store import audit_seals, audit_waiting
from store.audit_seals import Seal
from store.database import Store, StoreUnavailableError, once_committed, reading, writing_soon
from store.tables import metadata

What = Literal[
    "viewed cases",
    "viewed a case",
    "viewed the review queue",
    "exported",
    "loaded",
    "verdict",
    "board judgement",
    "accepted deviation",
    "audit of contacts",
    "paper",
    "column matches",
    "setting",
    "person",
    "refused",
    "erased",
    "masked",
    "retention",
    "restored",
    "signed in",
    "signed out",
]
BEGINNING = "0" * 64
# On PostgreSQL only the appending itself waits its turn, not the load around it; any fixed number serves.
AUDIT_LOCK = 5_023_117_209
LONGEST_DETAIL = 1000
_BATCH = 10_000
_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "entry": pl.Int64,
    "happened_at": pl.Datetime("us"),
    **dict.fromkeys(("who", "what", "landlord_code", "detail", "hash"), pl.String),
}


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
    """Whether the chain holds: how many entries were read, the hash of the last one, how many seals noted outside the
    database were compared with it, and the first fault where there is one."""

    entries: int
    last_hash: str
    compared: int
    fault: str | None

    @property
    def last_seal(self) -> str:
        """What to note of it."""
        return str(Seal(self.entries, self.last_hash))


def append(connection: Connection, store: Store, what: What, *, landlord_code: str = "", detail: str = "") -> None:
    """Add an entry within a write transaction (`writing`): it stands exactly if what it tells of does."""
    if store.is_postgres:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": AUDIT_LOCK})
    waited = audit_waiting.found(store)
    # Another process may have taken an entry in and not yet removed its file.
    said = [each for _, each in waited if not _held(connection, each)]
    said.append(_said(store, what, landlord_code, detail))
    made = [_add(connection, **each) for each in said]
    once_committed(connection, lambda: _stands(store, made, [file for file, _ in waited]))


def _stands(store: Store, made: list[Seal], waited: list[Path]) -> None:
    audit_seals.note(store, made)
    for file in waited:
        file.unlink(missing_ok=True)


def note(store: Store, what: What, *, landlord_code: str = "", detail: str = "") -> None:
    """Add an entry by itself. While a load holds the only writer of a SQLite store, the entry waits in a file beside it
    and joins the chain with the next one: a reader never waits for a load."""
    try:
        with writing_soon(store) as connection:
            append(connection, store, what, landlord_code=landlord_code, detail=detail)
    except StoreUnavailableError:
        if store.is_postgres:
            raise
        audit_waiting.put(store, _said(store, what, landlord_code, detail))


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


def every_entry(store: Store) -> pl.DataFrame:
    """The whole audit, the first entry first: a column a field. Raises RefusedError for all but the administrator."""
    store.reader.require("people and settings")
    with reading(store) as connection:
        return pl.DataFrame([asdict(each) for each in _every(connection)], schema=_SCHEMA, orient="row")


def verify(store: Store, *, seals: tuple[Seal, ...] = ()) -> Verified:
    """Read the whole chain, and compare it with the seals noted on this machine and those given. Raises RefusedError
    for all but the administrator."""
    store.reader.require("people and settings")
    outside = {*audit_seals.noted(store), *seals}
    with reading(store) as connection:
        return chain(connection, outside)


def chain(connection: Connection, seals: AbstractSet[Seal] = frozenset()) -> Verified:
    """The same within a transaction, compared with these seals alone."""
    wanted: dict[int, list[str]] = {}
    for seal in seals:
        wanted.setdefault(seal.entry, []).append(seal.hash)
    number, sealed, fault = 0, BEGINNING, None
    for found in _every(connection):
        if fault := _fault(found, number, sealed, wanted.get(number + 1, [])):
            break
        number, sealed = found.entry, found.hash
    if fault is None and (cut_off := [each for each in wanted if each > number]):
        fault = f"entries {number + 1} to {max(cut_off)}, which were noted outside the database, are missing"
    return Verified(entries=number, last_hash=sealed, compared=len(seals), fault=fault)


def _fault(found: Entry, number: int, sealed: str, outside: list[str]) -> str | None:
    """What is wrong with an entry after the entry of that number and seal; None where nothing is."""
    if found.entry != number + 1:
        return f"entry {number + 1} is missing"
    if found.hash != _sealed(found, sealed):
        return f"entry {found.entry} was changed"
    if not all(found.hash.startswith(each) for each in outside):
        return f"entry {found.entry} is not the one that was noted outside the database"
    return None


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
        "who": _plain(store.reader.name) or "at the machine",
        "what": what,
        "landlord_code": _plain(landlord_code),
        "detail": _plain(detail),
    }


def _plain(told: str) -> str:
    """One line that every database takes and that reads as it is written: no control signs, none that turn the
    direction of reading, not without end."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in told[:LONGEST_DETAIL])


def _held(connection: Connection, said: dict[str, object]) -> bool:
    table = metadata.tables["audit_entries"]
    return connection.execute(select(table.c.entry).filter_by(**said).limit(1)).first() is not None


def _add(connection: Connection, **said: object) -> Seal:
    table = metadata.tables["audit_entries"]
    last = connection.execute(select(table.c.entry, table.c.hash).order_by(table.c.entry.desc()).limit(1)).first()
    number, before = (last.entry, last.hash) if last else (0, BEGINNING)
    made = Entry(entry=number + 1, hash="", **said)  # type: ignore[arg-type]  # the fields of _said
    seal = Seal(made.entry, _sealed(made, before))
    connection.execute(insert(table).values(**said, entry=seal.entry, hash=seal.hash))
    return seal


def _sealed(entry: Entry, before: str) -> str:
    told = [entry.entry, entry.happened_at.isoformat(), entry.who, entry.what, entry.landlord_code, entry.detail]
    return hashlib.sha256(json.dumps([*told, before], ensure_ascii=False).encode()).hexdigest()

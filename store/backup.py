"""Backup and restore: everything a store holds, from either database into either.

A restore is one transaction. It puts the tables back at the version the backup was made with, reads every one of them
again and compares it with the archive, follows the chain of the audit, and only then brings the tables up to this
version of the program. Whatever goes wrong on the way, the store is as it was.
"""

import shutil
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from alembic.util import CommandError
from polars.exceptions import PolarsError
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from metrics.access import RefusedError
from metrics.words import METHOD_VERSION
from store import audit, audit_seals, snapshot, whole_tables
from store.archive import Archive, ArchiveError, Manifest, reading_archive, writing_archive
from store.audit import Verified
from store.database import Store, migrate, once_committed, reading, revision_of, writing

# Made with the tables, so that also a store nobody has used yet has one.
_MADE_WITH_TABLES = "store_secrets"
# What rows raise that do not fit: Polars, SQLAlchemy, and the drivers, to which `store.bulk` speaks itself.
_UNFIT = (PolarsError, DatabaseError, sqlite3.Error, psycopg.Error, KeyError)


class HoldsDataError(ValueError):
    """The store to restore into is not empty, and nobody said that it may be replaced."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What a backup holds: its manifest, and of a restore the seal of the audit that was replaced, if there was one."""

    manifest: Manifest
    replaced_seal: str | None = None

    @property
    def rows(self) -> Mapping[str, int]:
        """Rows of each table that has any."""
        return {name: kept.rows for name, kept in self.manifest.tables.items() if kept.rows}


def backup(store: Store, path: Path) -> Kept:
    """Write everything the store holds at this moment to `path`. Loads and readers go on meanwhile.

    Raises RefusedError for a reader who does not see everything, FileExistsError, OSError where it cannot be written.
    """
    _hold_to_everything(store)
    audit.note(store, "exported", detail=f"backup to {path.name}")
    with writing_archive(path) as archive, reading(store) as connection:
        for name in whole_tables.names():
            archive.add(name, whole_tables.read(connection, name))
        chain = audit.chain(connection)
        manifest = Manifest(
            made_at=datetime.now(UTC),
            tables_version=str(revision_of(connection)),
            method_version=METHOD_VERSION,
            audit_entries=chain.entries,
            audit_last_hash=chain.last_hash,
            audit_fault=chain.fault,
            tables=archive.tables,
        )
        archive.close(manifest)
    return checked(path)


def checked(path: Path) -> Kept:
    """Read a backup from its first byte to its last. Raises ArchiveError where it is damaged."""
    with reading_archive(path) as archive:
        for name in archive.manifest.tables:
            archive.read(name)
        return Kept(manifest=archive.manifest)


def restore(store: Store, path: Path, *, replace: bool = False) -> Kept:
    """Make the store hold what the backup at `path` holds, and nothing else.

    Raises HoldsDataError for a store that holds anything, unless `replace`; ArchiveError for a backup that is damaged
    or of a newer version of this program; RefusedError. In each case the store is as it was.
    """
    _hold_to_everything(store)
    with reading_archive(path) as archive:
        manifest = archive.manifest
        with writing(store) as connection:
            before = _hold_to_empty(connection, replace=replace)
            _refill(connection, archive)
            _hold_to_chain(audit.chain(connection), manifest)
            seal = before.last_hash if before.entries else None
            # What was noted outside speaks of the store that is replaced.
            once_committed(connection, lambda: audit_seals.set_aside(store))
            audit.append(connection, store, "restored", detail=_told(manifest, seal))
    # What is kept beside the database was made from what it held before.
    shutil.rmtree(store.snapshot_folder, ignore_errors=True)
    snapshot.current(store)
    return Kept(manifest=manifest, replaced_seal=seal)


def _hold_to_everything(store: Store) -> None:
    store.reader.require("people and settings")
    store.reader.require("cases")
    if store.reader.landlords is not None:
        raise RefusedError("A backup holds the records of every landlord: only a reader of all of them may touch one.")


def _hold_to_empty(connection: Connection, *, replace: bool) -> Verified:
    held = {name: whole_tables.rows_of(connection, name) for name in whole_tables.names()}
    told = ", ".join(f"{name} {rows:,}" for name, rows in held.items() if rows and name != _MADE_WITH_TABLES)
    if told and not replace:
        raise HoldsDataError(
            f"the store is not empty, and a restore replaces all of it. It holds {told} (rows). "
            "Back it up first; then say --replace, or restore into another database."
        )
    return audit.chain(connection)


def _refill(connection: Connection, archive: Archive) -> None:
    """The tables anew, because the audit's refuse to be emptied; filled, read again and compared."""
    manifest = archive.manifest
    unknown = sorted(set(manifest.tables) - set(whole_tables.names()))
    try:
        if unknown:
            raise CommandError(f"it holds tables unknown here: {', '.join(unknown)}")
        migrate(connection, "base")
        migrate(connection, manifest.tables_version)
    except CommandError as fault:
        raise ArchiveError(f"the backup was made by a newer version of this program ({fault})") from fault
    for name in whole_tables.names():
        if name in manifest.tables:
            _put_back(connection, archive, name)
    migrate(connection)
    whole_tables.go_on_numbering(connection)


def _put_back(connection: Connection, archive: Archive, name: str) -> None:
    rows = archive.read(name)
    try:
        whole_tables.fill(connection, name, rows)
        same = whole_tables.read(connection, name, rows.columns).equals(rows)
    except _UNFIT as fault:
        raise ArchiveError(f"the backup's {name} cannot be stored here: {fault}") from fault
    if not same:
        raise ArchiveError(f"after restoring, {name} read back is not what the backup holds; nothing was changed")


def _hold_to_chain(found: Verified, manifest: Manifest) -> None:
    said = (manifest.audit_entries, manifest.audit_last_hash, manifest.audit_fault)
    if said != (found.entries, found.last_hash, found.fault):
        raise ArchiveError(
            f"the backup's audit is not the one it was made with: {found.fault or f'{found.entries} entries'}, "
            f"wanted {manifest.audit_entries} entries sealed {manifest.audit_last_hash[:16]}; nothing was changed"
        )


def _told(manifest: Manifest, seal: str | None) -> str:
    replaced = f"; replaced a store whose audit was sealed {seal}" if seal else ""
    return f"backup of {manifest.made_at:%Y-%m-%d %H:%M} UTC, audit sealed {manifest.audit_last_hash}{replaced}"

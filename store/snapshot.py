"""Columnar copies of the stored tables, so that a visit reads only the columns and the landlord it needs.

A table's copy is one Parquet file, named by the load that last changed the table. A load writes its copies before it
commits: until then nothing points at them, from then on they are there. A copy that is missing (deleted, or made on
another machine) is built again from the database by whoever needs it first.
"""

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path

import polars as pl
from sqlalchemy import Connection, text

from metrics.access import CASE_TABLES, LOCAL, Reader
from metrics.published.national import SCHEMA, shipped
from metrics.records import NOT_PROOF_OF_FRESHNESS, TABLE_BY_NAME, TABLES, Records
from metrics.table import Table
from store import bulk
from store.database import Store, reading
from store.derived import derived
from store.files import KEEP_SUPERSEDED_SECONDS, is_older, write
from store.ghost_words import words_in_force
from store.kept_days import kept_days
from store.own_records import LOADED_BY_NAME, NATIONAL_FIGURES
from store.secrets import view_secret
from store.sight import as_seen, of_reach
from store.thresholds import thresholds_in_force
from store.verdicts import verdicts_to_count

_VERSIONS = text(
    "SELECT changes.table_name, loads.load, loads.token FROM loads JOIN ("
    " SELECT table_name, max(load) AS load FROM load_tables WHERE kept + changed > 0 GROUP BY table_name"
    ") AS changes ON changes.load = loads.load"
)


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The store at one committed load: a file per table that holds rows, and the reader it is read for."""

    version: int
    files: Mapping[str, Path]
    reader: Reader = LOCAL

    def scan(self, table: Table) -> pl.LazyFrame:
        """The rows of every landlord within the reader's reach, lazily, in the table's declared schema. Raises
        RefusedError for a table of cases that this reader does not see whole."""
        if table.name in CASE_TABLES:
            self.reader.require("cases")
        stored = self.stored(table)
        return table.empty().lazy() if stored is None else of_reach(self.reader, stored)

    def to_count(self, table: Table) -> pl.LazyFrame:
        """The same rows of landlords within reach, whole, to be counted and not to be shown."""
        self.reader.require("figures")
        stored = self.stored(table)
        return table.empty().lazy() if stored is None else of_reach(self.reader, stored)

    def stored(self, table: Table) -> pl.LazyFrame | None:
        """Every row whoever asks, for comparing a load with what is held; None where none was ever stored."""
        file = self.files.get(table.name)
        return None if file is None else pl.scan_parquet(file, glob=False)


def current(store: Store) -> Snapshot:
    """The snapshot of the last committed load; builds what is missing of it from the database."""
    with reading(store) as connection:
        versions = _versions(connection)
        files = {name: file_of(store, LOADED_BY_NAME[name], load, token) for name, (load, token) in versions.items()}
        for name, file in files.items():
            if not file.exists():
                table = LOADED_BY_NAME[name]
                write(bulk.read(connection, table).sort(table.key).lazy(), file)
    return Snapshot(version=_as_number(versions), files=files, reader=store.reader)


def version(store: Store) -> int:
    """A number that changes with every load that changed anything, and differs between readers of different scope: a
    key for caches, without order. What one reader was shown can so never be handed to another."""
    with reading(store) as connection:
        return _as_number(_versions(connection), scope="" if store.reader == LOCAL else store.reader.scope)


def _versions(connection: Connection) -> dict[str, tuple[int, str]]:
    rows = {name: (load, token) for name, load, token in connection.execute(_VERSIONS)}
    return {name: rows[name] for name in LOADED_BY_NAME if name in rows}


def _as_number(versions: Mapping[str, tuple[int, str]], *, scope: str = "") -> int:
    return int.from_bytes(hashlib.sha256((repr(sorted(versions.items())) + scope).encode()).digest()[:6])


def file_of(store: Store, table: Table, load: int, token: str) -> Path:
    """Where the copy of a table as left by a load belongs. The load's token tells a restored or replaced database from
    the one before, the schema a new version of the program from an old one."""
    print_of = hashlib.sha256(f"{token} {table.schema}".encode()).hexdigest()[:12]
    return store.snapshot_folder / f"{table.name}-{load:09d}-{print_of}.parquet"


def remove_superseded(store: Store) -> None:
    """Remove copies nobody can need: call it with the writer's lock held.

    Under that lock no load is under way, so a copy newer than the committed one belongs to a load that was killed. An
    older one goes an hour after the copy that took its place was written.
    """
    with reading(store) as connection:
        versions = _versions(connection)
    long_ago = time.time() - KEEP_SUPERSEDED_SECONDS
    for name, table in LOADED_BY_NAME.items():
        copies = sorted(store.snapshot_folder.glob(f"{name}-*.parquet"))
        kept = file_of(store, table, *versions[name]) if name in versions else None
        for copy, successor in zip_longest(copies, copies[1:]):
            if copy != kept and (kept is None or copy > kept or successor is None or is_older(successor, long_ago)):
                copy.unlink(missing_ok=True)
    for half_done in store.snapshot_folder.glob(".*.part"):
        if is_older(half_done, long_ago):
            half_done.unlink(missing_ok=True)


def read_records(store: Store, landlord_code: str, *, snapshot: Snapshot | None = None) -> Records:
    """One landlord's records as the store's reader may see them: a lazy frame per table that holds rows of it, the
    national figures, and what reviewers said of ghost episodes.

    Raises RefusedError for a landlord out of reach, and for a reader who sees no cases: figures are counted from
    `records_to_count`. In the pseudonymous view references are pseudonyms and residents' words blank.
    """
    records = records_to_count(store, landlord_code, snapshot=snapshot)
    if store.reader.may("cases", landlord_code):
        return records
    secret = view_secret(store)
    seen = {
        name: as_seen(store.reader, TABLE_BY_NAME[name], rows, landlord_code, secret=secret)
        for name, rows in records.frames.items()
    }
    store.reader.require("pseudonymous cases", landlord_code)
    return replace(records, frames=seen, derived={}, ghost_verdicts=None)


def records_to_count(store: Store, landlord_code: str, *, snapshot: Snapshot | None = None) -> Records:
    """The same records whole, to be counted and not to be shown: nothing made of them for a reader without cases may
    name a case. Raises RefusedError for a landlord out of reach and for a reader without figures."""
    store.reader.require("figures", landlord_code)
    seen = snapshot or current(store)
    frames = {}
    for table in TABLES:
        holding = holdings(seen, table)
        own = holding.filter(landlord_code=landlord_code)
        rows = seen.stored(table)
        if own.is_empty() or rows is None:
            continue
        # Where the file holds one landlord only, a filter would cost a comparison a row and tell nothing.
        frames[table.name] = rows if holding.height == 1 else rows.filter(pl.col("landlord_code") == landlord_code)
    lines = thresholds_in_force(store, landlord_code)
    records = Records(
        landlord_code=landlord_code,
        frames=frames,
        national=_national(seen),
        ghost_verdicts=verdicts_to_count(store, landlord_code),
        ghost_words=words_in_force(store, landlord_code),
        kept_days=kept_days(store, landlord_code),
        own_thresholds=lines.values,
        thresholds_version=lines.version,
    )
    return replace(records, derived=derived(store, records, seen.version))


def holdings(snapshot: Snapshot, table: Table) -> pl.DataFrame:
    """Per landlord: `landlord_code`, `rows`, and `newest`, the last first-date of its rows (null if they have none)."""
    file = snapshot.files.get(table.name)
    if file is None:
        return pl.DataFrame(schema={"landlord_code": pl.String, "rows": pl.UInt32, "newest": pl.Date})
    return _holdings(table.name, str(file))


@lru_cache(maxsize=256)
def _holdings(table_name: str, file: str) -> pl.DataFrame:
    known_on = LOADED_BY_NAME[table_name].known_on
    newest = pl.col(known_on).max().cast(pl.Date) if known_on else pl.lit(None, dtype=pl.Date)
    rows = (
        pl.scan_parquet(file, glob=False).group_by("landlord_code").agg(pl.len().alias("rows"), newest.alias("newest"))
    )
    return rows.sort("landlord_code").collect()


def data_through(snapshot: Snapshot) -> dict[str, date | None]:
    """Landlord code to the date of its newest record, of those that prove its records to be up to date."""
    proof = [table for table in TABLES if table.known_on and table.name not in NOT_PROOF_OF_FRESHNESS]
    newest = pl.concat([holdings(snapshot, table).select("landlord_code", "newest") for table in proof])
    latest = newest.group_by("landlord_code").agg(pl.col("newest").max())
    return dict(zip(latest["landlord_code"].to_list(), latest["newest"].to_list(), strict=True))


def _national(snapshot: Snapshot) -> pl.DataFrame:
    """The figures that come with the product, and those of workbooks loaded since, which take their place."""
    file = snapshot.files.get(NATIONAL_FIGURES.name)
    return shipped() if file is None else _with_loaded(str(file))


@lru_cache(maxsize=4)
def _with_loaded(file: str) -> pl.DataFrame:
    loaded = pl.read_parquet(file, glob=False).select(*SCHEMA)
    together = pl.concat([shipped().select(*SCHEMA), loaded])
    return together.unique(NATIONAL_FIGURES.key, keep="last", maintain_order=True)

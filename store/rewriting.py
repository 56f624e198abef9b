"""Changing what is held already, where the law asks for it: a landlord's rows replaced or removed, and no trace left of
what they were, neither in columnar copies nor in the database's own free pages."""

import sqlite3
import time
from collections.abc import Mapping
from io import BytesIO

import polars as pl
from sqlalchemy import Connection, delete, select, text, update

from metrics.access import CASE_TABLES
from metrics.records import TABLE_BY_NAME
from store import bulk, files, history, snapshot
from store.database import Store
from store.history import MASKED, REASONS, WARNINGS, TableCounts, Visit
from store.own_records import LOADED_BY_NAME
from store.tables import metadata

LANDLORD = "landlord_code"
# A reader may be in the middle of a page.
WAIT_FOR_READERS_SECONDS = 60


def held(store: Store, landlord_code: str) -> dict[str, pl.DataFrame]:
    """Every row of a landlord in the tables that speak of households, by table."""
    seen = snapshot.current(store)
    found = {}
    for name in sorted(CASE_TABLES):
        rows = seen.stored(TABLE_BY_NAME[name])
        own = TABLE_BY_NAME[name].empty() if rows is None else rows.filter(pl.col(LANDLORD) == landlord_code).collect()
        if own.height:
            found[name] = own
    return found


def rewrite(
    store: Store, connection: Connection, landlord_code: str, tables: Mapping[str, pl.DataFrame], *, method: str
) -> int | None:
    """Put `tables` (all rows the landlord is to have from now on, in the declared schema) in place of those held,
    within the caller's write transaction; gives the number under which the history tells of it. Call `leave_no_trace`
    once it is committed."""
    if not tables:
        return None
    seen = snapshot.current(store)
    before = {name: _own(seen, name, landlord_code) for name in tables}
    counts = {name: TableCounts(changed=max(before[name].height, rows.height, 1)) for name, rows in tables.items()}
    visit = Visit.begun(store.reader.name or None, method=method, extract_date=None)
    number = history.record(connection, visit, (), counts)
    for name, rows in tables.items():
        table = LOADED_BY_NAME[name]
        connection.execute(delete(metadata.tables[name]).where(metadata.tables[name].c.landlord_code == landlord_code))
        bulk.upsert(connection, table, rows)
        stored = seen.stored(table)
        others = table.empty().lazy() if stored is None else stored.filter(pl.col(LANDLORD) != landlord_code)
        together = pl.concat([others, rows.lazy()]).sort(table.key)
        files.write(together, snapshot.file_of(store, table, number, visit.token))
    return number


def _own(seen: snapshot.Snapshot, name: str, landlord_code: str) -> pl.DataFrame:
    rows = seen.stored(LOADED_BY_NAME[name])
    empty = LOADED_BY_NAME[name].empty()
    return empty if rows is None else rows.filter(pl.col(LANDLORD) == landlord_code).collect()


def drop_refused_rows(connection: Connection, landlord_code: str) -> None:
    """Remove a landlord's refused rows, with the reasons that quote them, from every load kept."""
    table = metadata.tables["load_refusals"]
    parts = connection.execute(select(table.c.load, table.c.part, table.c.content)).all()
    for load, part, content in parts:
        where = (table.c.load == load) & (table.c.part == part)
        if part in (REASONS, WARNINGS):
            kept = pl.read_parquet(BytesIO(content)).with_columns(found=pl.lit(""))
            connection.execute(update(table).where(where).values(content=history.as_parquet(kept)))
        elif part != MASKED:
            rows = pl.read_parquet(BytesIO(content))
            others = rows.filter(pl.col(LANDLORD) != landlord_code) if LANDLORD in rows.columns else rows.clear()
            if others.height == rows.height:
                continue
            connection.execute(update(table).where(where).values(content=history.as_parquet(others)))


def leave_no_trace(store: Store) -> None:
    """Remove every columnar and derived file that the store no longer points at, and rewrite the database's files
    without their free pages. A reader in the middle of a page may have to ask for it again."""
    kept = set(snapshot.current(store).files.values())
    for file in (*store.snapshot_folder.glob("*.parquet"), *store.snapshot_folder.glob("derived/*.parquet")):
        if file not in kept:
            file.unlink(missing_ok=True)
    for half_done in store.snapshot_folder.glob("**/.*.part"):
        half_done.unlink(missing_ok=True)
    _vacuum(store)


def _vacuum(store: Store) -> None:
    if store.is_postgres:
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for name in metadata.tables:
                connection.execute(text(f"VACUUM FULL {name}"))
        return
    give_up_at = time.monotonic() + WAIT_FOR_READERS_SECONDS
    while not _vacuumed(store):
        if time.monotonic() > give_up_at:
            raise OSError(
                "the rows are gone, but the database's file still holds free pages because somebody is reading; stop "
                "the app and run `cli.py vacuum`"
            )
        time.sleep(0.2)


def _vacuumed(store: Store) -> bool:
    """Whether the file and its log hold nothing but what the tables say."""
    with store.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        try:
            driver.execute("VACUUM")
            return bool(driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
        except sqlite3.OperationalError:
            return False

"""Loads as the tests make them: rows in, without files, and what the store then holds."""

from collections.abc import Sequence
from typing import Any

import polars as pl
from polars.testing import assert_frame_equal

from intake.prepared import KeptPart, KeptTable, Prepared
from store import bulk
from store.database import Store, reading
from store.loading import LoadResult, Manner, Progress, load, prepared_of
from store.own_records import LOADED_BY_NAME
from store.snapshot import Snapshot, current

BY_TEST = Manner(method="test", loaded_by="tester")


def frame(table: str, rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """Rows as intake hands them on; what a row leaves out is blank."""
    declared = LOADED_BY_NAME[table].schema
    return pl.DataFrame([dict.fromkeys(declared) | row for row in rows], schema=declared)


def prepared(**tables: Sequence[dict[str, Any]]) -> Prepared:
    """Kept rows of each table; the columns the first row names are those the file carried."""
    kept = {
        name: KeptTable(parts=(KeptPart(frame=frame(name, rows), provided=tuple(rows[0])),))
        for name, rows in tables.items()
    }
    return prepared_of(kept)


def load_rows(store: Store, *, progress: Progress | None = None, **tables: Sequence[dict[str, Any]]) -> LoadResult:
    """Load rows of several tables in one load."""
    return load(store, prepared(**tables), manner=BY_TEST, progress=progress)


def stored(store: Store, table: str) -> pl.DataFrame:
    """What the database itself holds, by key."""
    declared = LOADED_BY_NAME[table]
    with reading(store) as connection:
        return bulk.read(connection, declared).sort(declared.key)


def assert_snapshot_is_database(store: Store, snapshot: Snapshot | None = None) -> None:
    """Every columnar copy says what its table says, and every table with rows has one."""
    seen = snapshot or current(store)
    for name, table in LOADED_BY_NAME.items():
        assert_frame_equal(seen.scan(table).collect(), stored(store, name), check_row_order=True)

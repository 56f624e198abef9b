"""Any table of the store as one frame, whole, out of the database and into it: for backups, on either database.

Kinds of record go through `store.bulk`, because there are millions of them; the store's own tables through SQLAlchemy.
"""

from dataclasses import replace
from typing import Any

import polars as pl
from sqlalchemy import (
    BigInteger,
    Boolean,
    Connection,
    Date,
    DateTime,
    Double,
    Integer,
    LargeBinary,
    delete,
    func,
    insert,
    select,
    text,
)
from sqlalchemy import Column as DatabaseColumn

from metrics.table import Table
from store import bulk
from store.own_records import LOADED_BY_NAME
from store.tables import metadata

_INSERTED_ROWS = 10_000
_TYPES: tuple[tuple[type, pl.DataType], ...] = (
    (Boolean, pl.Boolean()),
    (BigInteger, pl.Int64()),
    (Integer, pl.Int64()),
    (Double, pl.Float64()),
    (DateTime, pl.Datetime("us")),
    (Date, pl.Date()),
    (LargeBinary, pl.Binary()),
)


def names() -> list[str]:
    """Every table, each after those it refers to."""
    return [table.name for table in metadata.sorted_tables]


def rows_of(connection: Connection, name: str) -> int:
    """How many rows a table holds."""
    return int(connection.execute(select(func.count()).select_from(metadata.tables[name])).scalar_one())


def read(connection: Connection, name: str, columns: list[str] | None = None) -> pl.DataFrame:
    """Every row of a table by its key, or of it these columns. A choice is text: an archive outlives the list of what
    is allowed."""
    loaded = LOADED_BY_NAME.get(name)
    if loaded is None:
        return _read_own(connection, name, columns)
    some = _of(loaded, columns or list(loaded.schema))
    choices = [column.name for column in some.columns if column.kind == "choice"]
    return bulk.read(connection, some).sort(loaded.key).with_columns(pl.col(choices).cast(pl.String))


def fill(connection: Connection, name: str, rows: pl.DataFrame) -> None:
    """Let the table hold these rows and no others; columns that the frame leaves out stay blank."""
    if name in LOADED_BY_NAME:
        table = _of(LOADED_BY_NAME[name], rows.columns)
        bulk.upsert(connection, table, rows.cast(table.schema))  # type: ignore[arg-type]  # instances of types are types
        return
    table_ = metadata.tables[name]
    if rows_of(connection, name):  # which a migration put in; the audit refuses to be emptied even of nothing
        connection.execute(delete(table_))
    for chunk in rows.iter_slices(_INSERTED_ROWS):
        connection.execute(insert(table_), chunk.to_dicts())


def go_on_numbering(connection: Connection) -> None:
    """Let PostgreSQL number new rows after those filled in; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        numbered = table.autoincrement_column
        if numbered is not None and (last := connection.execute(select(func.max(numbered))).scalar()):
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)"),
                {"table": table.name, "column": numbered.name, "last": last},
            )


def _of(table: Table, columns: list[str]) -> Table:
    return replace(table, columns=tuple(table.column(name) for name in columns))


def _read_own(connection: Connection, name: str, columns: list[str] | None) -> pl.DataFrame:
    table = metadata.tables[name]
    wanted = [table.c[column] for column in columns or table.c.keys()]
    found = connection.execute(select(*wanted).order_by(*table.primary_key.columns)).all()
    schema = {column.name: _type_of(column) for column in wanted}
    return pl.DataFrame([tuple(row) for row in found], schema=schema, orient="row")


def _type_of(column: DatabaseColumn[Any]) -> pl.DataType:
    return next((kept for kind, kept in _TYPES if isinstance(column.type, kind)), pl.String())

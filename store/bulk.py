"""Many rows at once, in and out of either database: no object per row, and nothing committed here."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any, cast

import polars as pl
from psycopg import Connection as PostgresConnection
from psycopg import sql
from sqlalchemy import Connection

from metrics.table import Column, Table
from store.tables import BLANK_DATE, nullable_key

# Small enough that a chunk's values stay in the processor's cache: a tenth faster than chunks of 50,000.
CHUNK_ROWS = 5_000
FETCHED_ROWS = 50_000
Progress = Callable[[int], None]
"""Called with the number of rows just written."""


def upsert(connection: Connection, table: Table, rows: pl.DataFrame, *, written: Progress | None = None) -> None:
    """Insert `rows` (the table's declared schema, one row a key), replacing those whose key is stored already."""
    if rows.is_empty():
        return
    if connection.dialect.name == "postgresql":
        _copy_in(connection, table, rows, written)
    else:
        _executemany(connection, table, rows, written)


def read(connection: Connection, table: Table) -> pl.DataFrame:
    """Every stored row of the table, in its declared schema, in no particular order."""
    if connection.dialect.name == "postgresql":
        return _copy_out(connection, table)
    return _fetch(connection, table)


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _upsert_sql(table: Table, source: str) -> str:
    """The names come from our own declaration, never from a file."""
    blank = nullable_key(table)
    target = ", ".join(f"coalesce({name}, '{BLANK_DATE}')" if name in blank else name for name in table.key)
    updates = ", ".join(f"{name} = excluded.{name}" for name in _names(table) if name not in table.key)
    action = f"DO UPDATE SET {updates}" if updates else "DO NOTHING"  # nosec B608
    into = f"{table.name} ({', '.join(_names(table))})"
    return f"INSERT INTO {into} {source} ON CONFLICT ({target}) {action}"  # nosec B608  # reported here or above, by the Python that runs


def _executemany(connection: Connection, table: Table, rows: pl.DataFrame, written: Progress | None) -> None:
    statement = _upsert_sql(table, f"VALUES ({', '.join('?' * len(table.columns))})")
    cursor = _driver(connection).cursor()
    stored = rows.select(as_sqlite_stores(column) for column in table.columns)
    for chunk in stored.iter_slices(CHUNK_ROWS):
        cursor.executemany(statement, zip(*(series.to_list() for series in chunk), strict=True))
        if written is not None:
            written(chunk.height)
    cursor.close()


def as_sqlite_stores(column: Column) -> pl.Expr:
    """The value as SQLAlchemy would have written it, so that both read each other's rows."""
    match column.kind:
        case "date":
            return pl.col(column.name).dt.to_string("%Y-%m-%d")
        case "moment":
            return pl.col(column.name).dt.to_string("%Y-%m-%d %H:%M:%S.%6f")
        case "yes_no":
            return pl.col(column.name).cast(pl.Int8)
        case "choice":
            return pl.col(column.name).cast(pl.String)
        case _:
            return pl.col(column.name)


def _fetch(connection: Connection, table: Table) -> pl.DataFrame:
    as_stored: dict[str, pl.DataType] = {c.name: _sqlite_type(c) for c in table.columns}
    # The names come from our own declaration, here and below.
    cursor = _driver(connection).execute(f"SELECT {', '.join(as_stored)} FROM {table.name}")  # noqa: S608  # nosec B608
    chunks = [pl.DataFrame(rows, schema=as_stored, orient="row") for rows in _chunks_of(cursor)]
    cursor.close()
    together = pl.concat(chunks) if chunks else pl.DataFrame(schema=as_stored)
    return together.select(_from_sqlite(column) for column in table.columns)


def _chunks_of(cursor: Any) -> Iterator[list[tuple[Any, ...]]]:
    while rows := cursor.fetchmany(FETCHED_ROWS):
        yield rows


def _sqlite_type(column: Column) -> pl.DataType:
    match column.kind:
        case "whole" | "yes_no":
            return pl.Int64()
        case "number":
            return pl.Float64()
        case _:
            return pl.String()


def _from_sqlite(column: Column) -> pl.Expr:
    match column.kind:
        case "date":
            return pl.col(column.name).str.to_date("%Y-%m-%d")
        case "moment":
            return pl.col(column.name).str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="us")
        case _:
            return pl.col(column.name).cast(column.dtype)


def _copy_in(connection: Connection, table: Table, rows: pl.DataFrame, written: Progress | None) -> None:
    """COPY into a table of this transaction, then one upsert: the fastest way that still meets a stored key."""
    postgres = cast("PostgresConnection[Any]", _driver(connection))
    incoming = sql.Identifier(f"incoming_{table.name}")
    columns = sql.SQL(", ").join(map(sql.Identifier, _names(table)))
    with postgres.cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                incoming, columns, sql.Identifier(table.name)
            )
        )
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(incoming, columns)) as copy:
            for chunk in rows.select(_names(table)).iter_slices(CHUNK_ROWS):
                # Only "always" and "non_numeric" quote an empty text, which is how COPY tells it from a blank.
                copy.write(chunk.write_csv(include_header=False, quote_style="non_numeric"))
                if written is not None:
                    written(chunk.height)
        source = f"SELECT {', '.join(_names(table))} FROM incoming_{table.name}"  # noqa: S608  # nosec B608
        cursor.execute(_upsert_sql(table, source).encode())
        cursor.execute(sql.SQL("DROP TABLE {}").format(incoming))


def _copy_out(connection: Connection, table: Table) -> pl.DataFrame:
    postgres = cast("PostgresConnection[Any]", _driver(connection))
    parts = sql.SQL(", ").join(map(_as_csv_reads, table.columns))
    query = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT (FORMAT csv)").format(parts, sql.Identifier(table.name))
    received = BytesIO()
    with postgres.cursor() as cursor, cursor.copy(query) as copy:
        for block in copy:
            received.write(block)
    if not received.tell():
        return table.empty()
    received.seek(0)
    text = {column.name: pl.String() for column in table.columns}
    read_back = pl.read_csv(received, has_header=False, schema=text)
    return read_back.select(_from_postgres(column) for column in table.columns)


def _as_csv_reads(column: Column) -> sql.Composable:
    name = sql.Identifier(column.name)
    if column.kind == "moment":  # the server's own form leaves the microseconds out where they are nought
        return sql.SQL("to_char({}, 'YYYY-MM-DD HH24:MI:SS.US')").format(name)
    return name


def _from_postgres(column: Column) -> pl.Expr:
    match column.kind:
        case "yes_no":
            return pl.col(column.name) == "t"
        case _:
            return _from_sqlite(column)

"""Rules a row must pass, read off the table's declaration; every breach is a fault that names found and wanted."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from intake.values import AT, joined_faults
from metrics.table import Column, Table

BLANK = "a blank cell"


def row_faults(frame: pl.DataFrame, *, table: Table, extract_date: date, unread: pl.DataFrame) -> pl.DataFrame:
    """Faults of single rows: required, bounds, order of dates, nothing that has happened after the extract date.

    `frame` has `AT` and the declared columns; `unread` the faults already found when cells were read, so that a cell
    that could not be read is not called blank as well.
    """
    parts = [
        *_required(frame, table=table, unread=unread),
        *_bounds(frame, table=table),
        *_order(frame, table=table),
        *_not_yet(frame, table=table, extract_date=extract_date),
    ]
    return joined_faults(parts)


def _breach(frame: pl.DataFrame, *, where: pl.Expr, column: str, found: pl.Expr, wanted: pl.Expr) -> pl.DataFrame:
    broken = frame.filter(where)
    return broken.select(AT, pl.lit(column).alias("column"), found.alias("found"), wanted.alias("wanted"))


def _required(frame: pl.DataFrame, *, table: Table, unread: pl.DataFrame) -> Iterator[pl.DataFrame]:
    for column in table.columns:
        if not column.required or not frame[column.name].null_count():
            continue
        wanted = pl.lit(f"{column.meaning} ({column.name} is required)")
        blank = _breach(
            frame, where=pl.col(column.name).is_null(), column=column.name, found=pl.lit(BLANK), wanted=wanted
        )
        said = unread.filter(pl.col("column") == column.name).select(AT)
        yield blank.join(said, on=AT, how="anti", maintain_order="left")


def _bounds(frame: pl.DataFrame, *, table: Table) -> Iterator[pl.DataFrame]:
    for column in table.columns:
        if column.at_least is not None:
            value = pl.col(column.name)
            wanted = pl.lit(f"{column.at_least:g} or more")
            yield _breach(
                frame, where=value < column.at_least, column=column.name, found=value.cast(pl.String), wanted=wanted
            )


def _order(frame: pl.DataFrame, *, table: Table) -> Iterator[pl.DataFrame]:
    for earlier, later in table.order:
        yield _breach(
            frame,
            where=pl.col(later) < pl.col(earlier),
            column=later,
            found=pl.col(later).cast(pl.String),
            wanted=pl.format("a date on or after {} ({})", pl.lit(earlier), pl.col(earlier).cast(pl.String)),
        )


def _not_yet(frame: pl.DataFrame, *, table: Table, extract_date: date) -> Iterator[pl.DataFrame]:
    for column in table.columns:
        if _has_happened(column):
            day = pl.col(column.name).cast(pl.Date)
            wanted = pl.lit(f"a date up to the extract date ({extract_date.isoformat()})")
            yield _breach(frame, where=day > extract_date, column=column.name, found=day.cast(pl.String), wanted=wanted)


def _has_happened(column: Column) -> bool:
    return column.kind in ("date", "moment") and not column.plan


def repeated(frame: pl.DataFrame, *, table: Table, cells: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows to count once, and faults of rows that share a key but differ.

    `cells` is the cleaned text beside `frame`, row by row: two rows are the same when all values read are the same, and
    all cells that could not be read too. Gives (`AT` of each repeat with `first`, the position of the row it repeats)
    and the faults. Rows with a blank required part of the key are judged elsewhere.
    """
    key = [name for name in table.key if name in frame.columns]
    required = [name for name in key if table.column(name).required]
    doubled = frame.filter(pl.struct(key).is_duplicated() & pl.all_horizontal(pl.col(required).is_not_null()))
    if doubled.is_empty():
        return pl.DataFrame(schema={AT: pl.Int64, "first": pl.Int64}), joined_faults([])
    content = doubled.select(AT, *key, pl.struct(_as_read(table, doubled, cells)).alias("content"))
    content = content.with_columns(
        pl.col(AT).min().over(*key, "content").alias("first"), pl.col("content").n_unique().over(*key).alias("kinds")
    )
    repeats = content.filter(pl.col(AT) != pl.col("first")).select(AT, "first")
    shown = pl.concat_str([pl.col(name).cast(pl.String).fill_null("blank") for name in key], separator=", ")
    clashes = content.filter((pl.col("kinds") > 1) & (pl.col(AT) == pl.col("first"))).select(
        AT,
        pl.lit(key[-1] if len(key) < 3 else ", ".join(key[1:])).alias("column"),
        pl.format("{}: more than one row of this key, and they differ", shown).alias("found"),
        pl.lit(f"one row for each {', '.join(key)}").alias("wanted"),
    )
    return repeats, joined_faults([clashes])


def _as_read(table: Table, doubled: pl.DataFrame, cells: pl.DataFrame) -> list[pl.Series]:
    beside = cells[doubled[AT].to_list()]
    series = []
    for column in table.columns:
        values = doubled[column.name].cast(pl.String)
        raw = beside[column.name] if column.name in beside.columns else values
        series.append(values.zip_with(values.is_not_null(), raw).rename(column.name))
    return series

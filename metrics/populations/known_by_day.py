"""One row per table and day: how many of its rows became known on that day."""

from datetime import date

import polars as pl

from metrics.records import TABLES, Records
from metrics.table import Table

ALWAYS = date(1, 1, 1)  # a record without a date of its own has always been known
SCHEMA = {"table": pl.String, "known_on": pl.Date, "rows": pl.Int64}


def known_by_day(records: Records) -> pl.LazyFrame:
    """table, known_on, rows; no row for a table that is not held."""
    counted = [_by_day(_dated(records, table), table) for table in TABLES if table.name in records.frames]
    return pl.concat([pl.LazyFrame(schema=SCHEMA), *counted], how="vertical")


def _dated(records: Records, table: Table) -> pl.LazyFrame:
    """The table's rows; a learning link is known once both the action and the complaint it joins are."""
    rows = records.frame(table.name)
    if table.name != "learning_links":
        return rows
    actions = records.frame("learning_actions").select("action_ref", "opened_on")
    complaints = records.frame("complaints").select("complaint_ref", "received_on")
    return rows.join(actions, on="action_ref").join(complaints, on="complaint_ref")


def _by_day(rows: pl.LazyFrame, table: Table) -> pl.LazyFrame:
    return (
        rows.select(known_on=_known_on(table).fill_null(ALWAYS))
        .group_by("known_on")
        .agg(rows=pl.len().cast(pl.Int64))
        .select(pl.lit(table.name).alias("table"), "known_on", "rows")
    )


def _known_on(table: Table) -> pl.Expr:
    if table.name == "tsm":
        return pl.date(pl.col("year").str.head(4).cast(pl.Int32, strict=False) + 1, 3, 31)
    if table.name == "learning_links":
        return pl.max_horizontal("opened_on", "received_on")
    if table.known_on is None:
        return pl.lit(None, pl.Date)
    return pl.col(table.known_on).cast(pl.Date)

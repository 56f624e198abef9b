"""What is held, since when and how fresh: the coverage every placement carries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from metrics.periods import last_quarter_end, window
from metrics.records import NOT_PROOF_OF_FRESHNESS, TABLES, Records
from metrics.table import Table

ALWAYS = date(1, 1, 1)  # a record without a date of its own has always been known
FRESH_MONTHS = 6


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Rows by the day they became known: table, known_on, rows. Read once, asked for any as_at."""

    by_day: pl.DataFrame

    def held(self, as_at: date) -> dict[str, int]:
        """Rows known at as_at, for each table that has any."""
        known = self.by_day.filter(pl.col("known_on") <= as_at).group_by("table").agg(pl.col("rows").sum())
        counts = dict(known.iter_rows())
        return {table.name: counts[table.name] for table in TABLES if table.name in counts}

    def newest(self, as_at: date | None = None) -> date | None:
        """The newest record's first date (as_at or before, where given), over the tables that prove freshness."""
        dated = [table.name for table in TABLES if table.known_on and table.name not in NOT_PROOF_OF_FRESHNESS]
        known = self.by_day.filter(pl.col("table").is_in(dated) & (pl.col("known_on") > ALWAYS))
        known = known.filter(pl.col("known_on") <= as_at) if as_at else known
        newest = known["known_on"].max()
        return newest if isinstance(newest, date) else None

    def is_fresh(self, as_at: date) -> bool:
        """Does the newest record lie in the six months to as_at?"""
        newest = self.newest(as_at)
        return newest is not None and newest >= window(as_at, FRESH_MONTHS)[0]


def coverage(records: Records) -> Coverage:
    """The coverage of one landlord's records."""
    counted = [_by_day(_dated(records, table), table) for table in TABLES if table.name in records.frames]
    schema = {"table": pl.String, "known_on": pl.Date, "rows": pl.Int64}
    return Coverage(by_day=pl.concat([pl.DataFrame(schema=schema), *pl.collect_all(counted)], how="vertical"))


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


def held(records: Records, as_at: date) -> Mapping[str, int]:
    """Rows known at as_at by table; a table that is missing has none."""
    return coverage(records).held(as_at)


def data_through(records: Records) -> date | None:
    """The date of the newest record; None where there is none."""
    return coverage(records).newest()


def default_as_at(records: Records) -> date | None:
    """The last quarter end the data covers; None where there is no record."""
    newest = data_through(records)
    return last_quarter_end(newest) if newest else None

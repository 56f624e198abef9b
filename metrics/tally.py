"""Counting: numerator and denominator of every indicator, for several days and every service area in one pass.

Rows are first gathered by service area and by the period their dates lie in (see `metrics.formula.Periods`), which
leaves a small table whatever the number of cases; the windows of seventeen quarter ends then cost hardly more than
one.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from metrics.formula import Periods, is_counted, is_known_in_window
from metrics.indicator import Indicator
from metrics.populations import population
from metrics.records import Records

TALLY_SCHEMA = {
    "key": pl.String,
    "as_at": pl.Date,
    "service_area": pl.String,
    "numerator": pl.Int64,
    "denominator": pl.Int64,
}


def tally(records: Records, indicators: Iterable[Indicator], days: Sequence[date]) -> pl.DataFrame:
    """One row per key, as_at and service area that has any row in the window.

    Columns as `TALLY_SCHEMA`; service_area is null for rows that belong to none. Indicators read from published
    measures or waiting for an engine have no rows.
    """
    counted = [each for each in indicators if not each.tsm_measure and not each.waits_for]
    gathered: list[tuple[Indicator, pl.DataFrame]] = []
    for name in dict.fromkeys(each.population for each in counted):
        of_this = [each for each in counted if each.population == name]
        rows = population(records, name).select(sorted(set().union(*(_columns(each) for each in of_this)))).collect()
        tables = pl.collect_all([_gathered(rows.lazy(), each, _periods(each, days)) for each in of_this])
        gathered += zip(of_this, tables, strict=True)
    windows = [_in_window(table, each, day, _periods(each, days)) for each, table in gathered for day in days]
    return pl.concat([pl.DataFrame(schema=TALLY_SCHEMA), *pl.collect_all(windows)], how="vertical")


def _periods(indicator: Indicator, days: Sequence[date]) -> Periods:
    return Periods.around(days, indicator.months)


def _dates(indicator: Indicator) -> list[str]:
    named = (indicator.dated_by, indicator.known_from, indicator.counted_from, indicator.counted_until)
    return [name for name in dict.fromkeys(named) if name]


def _columns(indicator: Indicator) -> set[str]:
    formula = (indicator.denominator, indicator.numerator)
    return {"service_area", *_dates(indicator), *(name for part in formula for name in part.meta.root_names())}


def _gathered(rows: pl.LazyFrame, indicator: Indicator, periods: Periods) -> pl.LazyFrame:
    """Rows of the denominator by service area, numbered dates and `good`; column `rows` counts them."""
    keys = ["service_area", *_dates(indicator), "good"]
    return (
        rows.filter(indicator.denominator.fill_null(False))
        .select(
            "service_area",
            *(periods.numbers(name) for name in _dates(indicator)),
            good=indicator.numerator.fill_null(False),
        )
        .group_by(*keys)
        .agg(rows=pl.len().cast(pl.Int64))
    )


def _in_window(gathered: pl.DataFrame, indicator: Indicator, day: date, periods: Periods) -> pl.LazyFrame:
    def number(moment: date) -> pl.Expr:
        return pl.lit(periods.number(moment))

    counts = pl.col("good") & is_counted(indicator, day, pl.col, number)
    return (
        gathered.lazy()
        .filter(is_known_in_window(indicator, day, pl.col, number))
        .group_by("service_area")
        .agg(
            key=pl.lit(indicator.key),
            as_at=pl.lit(day),
            numerator=pl.col("rows").filter(counts).sum(),
            denominator=pl.col("rows").sum(),
        )
        .select(*TALLY_SCHEMA)
    )

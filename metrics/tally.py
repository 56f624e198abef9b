"""Counting: numerator and denominator of every indicator, for several days and every service area in one pass.

A row counts on the day a figure speaks for if its date lies in the window that ends that day. Rows are first gathered by
date and service area, so that seventeen quarter ends cost hardly more than one: windows then add up a small table.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from metrics.indicator import Counted, Indicator
from metrics.periods import window
from metrics.populations import population
from metrics.records import Records

TALLY_SCHEMA = {
    "key": pl.String,
    "as_at": pl.Date,
    "service_area": pl.String,
    "numerator": pl.Int64,
    "denominator": pl.Int64,
}


def at(counted: Counted, as_at: date) -> pl.Expr:
    """The expression of a formula on one day."""
    return counted if isinstance(counted, pl.Expr) else counted(as_at)


def in_window(indicator: Indicator, as_at: date) -> pl.Expr:
    """The rows whose date puts them into the window of `as_at`."""
    return pl.col(indicator.dated_by).is_between(*window(as_at, indicator.months))


def tally(records: Records, indicators: Iterable[Indicator], days: Sequence[date]) -> pl.DataFrame:
    """One row per key, as_at and service area that has any row in the window.

    Columns as `TALLY_SCHEMA`; service_area is null for rows that belong to none. Indicators read from published measures
    or waiting for an engine have no rows.
    """
    counted = [each for each in indicators if not each.tsm_measure and not each.waits_for]
    frames: list[pl.DataFrame] = []
    for name in dict.fromkeys(each.population for each in counted):
        of_this = [each for each in counted if each.population == name]
        rows = population(records, name).select(sorted(_columns(of_this, days[-1]))).collect()
        frames += pl.collect_all([_over_windows(_by_date(rows, each, days), each, days) for each in of_this])
    return pl.concat([pl.DataFrame(schema=TALLY_SCHEMA), *frames], how="vertical")


def _columns(indicators: Iterable[Indicator], day: date) -> set[str]:
    needed = {"service_area"}
    for each in indicators:
        needed |= {each.dated_by, *_roots(each, day)}
    return needed


def _roots(indicator: Indicator, day: date) -> set[str]:
    formula = (at(indicator.denominator, day), at(indicator.numerator, day))
    return {name for part in formula for name in part.meta.root_names()}


def _by_date(rows: pl.DataFrame, indicator: Indicator, days: Sequence[date]) -> pl.LazyFrame:
    """Rows gathered by everything that decides whether they count: the date, the area and, where the formula depends on
    the day, the columns it reads. Adds `rows`, and `counts`/`due` where the formula is the same every day."""
    dated = rows.lazy().filter(
        pl.col(indicator.dated_by).is_between(window(days[0], indicator.months)[0], days[-1])
    )
    keys = [indicator.dated_by, "service_area"]
    if _depends_on_day(indicator):
        roots = sorted(_roots(indicator, days[-1]) - set(keys))
        return dated.group_by(*keys, *roots).agg(rows=pl.len().cast(pl.Int64))
    due = at(indicator.denominator, days[-1]).fill_null(False)
    return (
        dated.filter(due)
        .select(*keys, counts=at(indicator.numerator, days[-1]).fill_null(False))
        .group_by(*keys)
        .agg(denominator=pl.len().cast(pl.Int64), numerator=pl.col("counts").sum().cast(pl.Int64))
    )


def _depends_on_day(indicator: Indicator) -> bool:
    return not (isinstance(indicator.denominator, pl.Expr) and isinstance(indicator.numerator, pl.Expr))


def _over_windows(gathered: pl.LazyFrame, indicator: Indicator, days: Sequence[date]) -> pl.LazyFrame:
    return pl.concat([_in_one_window(gathered, indicator, day) for day in days], how="vertical")


def _in_one_window(gathered: pl.LazyFrame, indicator: Indicator, day: date) -> pl.LazyFrame:
    rows = gathered.filter(in_window(indicator, day))
    if _depends_on_day(indicator):
        counts = at(indicator.numerator, day).fill_null(False)
        rows = rows.filter(at(indicator.denominator, day).fill_null(False)).with_columns(
            denominator="rows", numerator=pl.when(counts).then("rows").otherwise(0)
        )
    return rows.group_by("service_area").agg(pl.col("numerator", "denominator").sum()).select(
        key=pl.lit(indicator.key),
        as_at=pl.lit(day),
        service_area="service_area",
        numerator=pl.col("numerator").cast(pl.Int64),
        denominator=pl.col("denominator").cast(pl.Int64),
    )

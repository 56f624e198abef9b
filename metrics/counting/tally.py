"""Counting: numerator and denominator of every indicator, for several days and every service area in one pass.

Rows are first gathered by service area and by the period their dates lie in (see `metrics.counting.formula.Periods`),
which leaves a small table whatever the number of cases; the windows of seventeen quarter ends then cost hardly more
than one.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from metrics.counting.formula import DAY, Periods, due, falls_due, has_succeeded
from metrics.indicator import THEMES, Indicator
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


def tally(records: Records, indicators: Iterable[Indicator], days: Sequence[date]) -> pl.DataFrame:
    """One row per key, as_at and service area that has any row in the window.

    Columns as `TALLY_SCHEMA`; service_area is null for rows that belong to none. Indicators read from published
    measures, counted by the effect engine or waiting for an engine have no rows.
    """
    counted = [each for each in indicators if not each.tsm_measure and each.population != THEMES]
    by_row = [each for each in counted if each.fails is None]
    periods = Periods.around(days, {each.months for each in by_row})
    tables: list[pl.DataFrame] = [pl.DataFrame(schema=GATHERED_SCHEMA)]
    for name in dict.fromkeys(each.population for each in by_row):
        of_this = [each for each in by_row if each.population == name]
        rows = _numbered(population(records, name), of_this, periods).collect()
        tables += pl.collect_all([_gathered(rows.lazy(), each, periods) for each in of_this])
    found = _over_windows(pl.concat(tables, how="vertical"), _windows(by_row, days, periods))
    return pl.concat([found, *(_by_case(records, each, days) for each in counted if each.fails)])


# Rows gathered by everything that decides whether they count; dates are numbers of periods. Grouping by words would
# cost twice as much as by categories.
GATHERED_SCHEMA = {
    "key": pl.String,
    "service_area": pl.Categorical,
    "dated": pl.Int16,
    "known": pl.Int16,
    "began": pl.Int16,
    "ended": pl.Int16,
    "good": pl.Boolean,
    "rows": pl.Int64,
}
ALWAYS = pl.lit(0, pl.Int16)
NEVER = pl.lit(None, pl.Int16)
_UNLESS_DATED = {"known": ALWAYS, "began": ALWAYS, "ended": NEVER}
PERIOD_OF = "period of "


def _dates(indicator: Indicator) -> dict[str, str]:
    """The date columns that decide whether a row counts, by what they decide; blank where nothing does."""
    return {
        "dated": indicator.dated_by,
        "known": indicator.known_from,
        "began": indicator.counted_from,
        "ended": indicator.counted_until,
    }


def _columns(indicator: Indicator) -> set[str]:
    formula = (indicator.denominator, indicator.numerator)
    roots = (name for part in formula for name in part.meta.root_names())
    return {"service_area", *(name for name in _dates(indicator).values() if name), *roots}


def _numbered(rows: pl.LazyFrame, indicators: Sequence[Indicator], periods: Periods) -> pl.LazyFrame:
    """The columns these indicators need, and the period each of their dates lies in: several share a date."""
    dates = sorted({name for each in indicators for name in _dates(each).values() if name})
    return rows.select(sorted(set().union(*(_columns(each) for each in indicators)))).with_columns(
        pl.col("service_area").cast(pl.Categorical), **{PERIOD_OF + name: periods.numbers(name) for name in dates}
    )


def _gathered(rows: pl.LazyFrame, indicator: Indicator, periods: Periods) -> pl.LazyFrame:
    """The rows of the denominator that some window can hold, gathered: columns as `GATHERED_SCHEMA`."""
    numbers = {what: pl.col(PERIOD_OF + name) for what, name in _dates(indicator).items() if name}
    # Only what differs between rows is grouped by: grouping by constants costs as much as by columns.
    constants = {what: value for what, value in _UNLESS_DATED.items() if what not in numbers}
    return (
        rows.filter(numbers["dated"].is_between(1, len(periods.ends) - 1))
        .filter(indicator.denominator.fill_null(False))
        .select("service_area", good=indicator.numerator.fill_null(False), **numbers)
        .group_by("service_area", "good", *numbers)
        .agg(rows=pl.len().cast(pl.Int64))
        .with_columns(key=pl.lit(indicator.key), **constants)
        .select(*GATHERED_SCHEMA)
    )


def _windows(indicators: Iterable[Indicator], days: Sequence[date], periods: Periods) -> pl.DataFrame:
    """key, as_at and the numbers its window lies between."""
    rows = [
        (each.key, day, periods.number(window(day, each.months)[0] - DAY), periods.number(day))
        for each in indicators
        for day in days
    ]
    schema = {"key": pl.String, "as_at": pl.Date, "after": pl.Int16, "until": pl.Int16}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _over_windows(gathered: pl.DataFrame, windows: pl.DataFrame) -> pl.DataFrame:
    after, until = pl.col("after"), pl.col("until")
    counts = pl.col("good") & has_succeeded(began=pl.col("began"), ended=pl.col("ended"), until=until)
    return (
        gathered.lazy()
        .join(windows.lazy(), on="key")
        .filter(falls_due(dated=pl.col("dated"), known=pl.col("known"), after=after, until=until))
        .group_by("key", "as_at", "service_area")
        .agg(numerator=pl.col("rows").filter(counts).sum(), denominator=pl.col("rows").sum())
        .select(pl.col(name).cast(dtype) for name, dtype in TALLY_SCHEMA.items())
        .collect()
    )


def _by_case(records: Records, indicator: Indicator, days: Sequence[date]) -> pl.DataFrame:
    """Counts of an indicator that names the cases that fail on each day."""
    assert indicator.fails is not None
    if any(table not in records.frames for table in indicator.needs):
        return pl.DataFrame(schema=TALLY_SCHEMA)
    failed = indicator.fails(records, days).lazy()
    reference = next(name for name in failed.collect_schema().names() if name != "as_at")
    rows = population(records, indicator.population).select(sorted({reference, *_columns(indicator)})).collect().lazy()
    cases = [rows.filter(due(indicator, day)).select("service_area", reference, as_at=pl.lit(day)) for day in days]
    return (
        pl.concat(cases)
        .join(failed.with_columns(has_failed=True), on=["as_at", reference], how="left")
        .group_by("as_at", "service_area")
        .agg(numerator=pl.col("has_failed").is_null().sum().cast(pl.Int64), denominator=pl.len().cast(pl.Int64))
        .select(key=pl.lit(indicator.key), **{name: pl.col(name) for name in list(TALLY_SCHEMA)[1:]})
        .collect()
    )

"""The cases behind a figure: the same expressions that count, listing instead of counting."""

from datetime import date
from typing import Literal

import polars as pl

from metrics.catalogue import indicator
from metrics.counting.formula import due, succeeded
from metrics.effects import theme_rows
from metrics.indicator import THEMES, Indicator
from metrics.populations import population
from metrics.records import Records

Which = Literal["all", "numerator", "attention"]


def cases_behind(
    records: Records, key: str, as_at: date, *, which: Which = "all", area: str | None = None
) -> pl.DataFrame:
    """The rows a figure counts (all), those that succeeded (numerator) or those that did not (attention), oldest first.

    Columns are the indicator's `shows`; dates after as_at have not happened yet and are blank. A figure read from
    published measures has no rows to list. Raises KeyError for an unknown key.
    """
    declared = indicator(key)
    if not declared.lists_cases:
        return pl.DataFrame()
    if declared.population == THEMES:
        return _themes(records, declared, as_at, area, which)
    rows = rows_behind(records, declared, as_at, which)
    if area is not None:
        rows = rows.filter(pl.col("service_area") == area)
    return listed(rows, declared, as_at)


def rows_behind(records: Records, declared: Indicator, as_at: date, which: Which) -> pl.LazyFrame:
    """The rows of the population that the figure counts on that day."""
    rows = population(records, declared.population).filter(due(declared, as_at))
    if which == "all":
        return rows
    return _that_succeeded(rows, records, declared, as_at, wanted=which == "numerator")


def listed(rows: pl.LazyFrame, declared: Indicator, as_at: date) -> pl.DataFrame:
    """The columns of those rows that the figure shows, oldest first, as known on that day."""
    reference = next((name for name in declared.shows if name.endswith("_ref")), declared.dated_by)
    return (
        rows.sort(declared.dated_by, reference)
        .select(*declared.shows)
        .with_columns(_not_yet_happened(name, as_at) for name in declared.shows if name in HAPPENED)
        .collect()
    )


def _themes(records: Records, declared: Indicator, as_at: date, area: str | None, which: Which) -> pl.DataFrame:
    """A row per theme: the action that speaks for it."""
    rows = theme_rows(records, declared, as_at, area)
    if which != "all":
        rows = rows.filter(pl.col("succeeded") == (which == "numerator"))
    return rows.select(*declared.shows)


def _that_succeeded(
    rows: pl.LazyFrame, records: Records, declared: Indicator, as_at: date, *, wanted: bool
) -> pl.LazyFrame:
    """Rows of the denominator that belong to the numerator, or (not wanted) those that do not."""
    good = succeeded(declared, as_at)
    if declared.fails is None:
        return rows.filter(good if wanted else ~good)
    failed = declared.fails(records, [as_at]).lazy().drop("as_at")
    return rows.join(failed, on=failed.collect_schema().names(), how="anti" if wanted else "semi")


# Dates of what has happened, as the populations name them; plans and due dates stand whatever the day.
HAPPENED = frozenset(
    {
        "acknowledged_on",
        "responded_on",
        "completed_on",
        "apology_on",
        "learned_on",
        "came_back_on",
        "done_on",
        "told_residents_on",
        "review_requested_on",
        "stage_1_responded_on",
        "stage_2_requested_on",
        "stage_2_responded_on",
        "order_raised_on",
    }
)


def _not_yet_happened(name: str, as_at: date) -> pl.Expr:
    return pl.when(pl.col(name) <= as_at).then(name).alias(name)

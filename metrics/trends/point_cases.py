"""The cases behind one point of a control chart: the periods and the expressions by which it was counted."""

from dataclasses import dataclass, replace
from datetime import date

import polars as pl
from dateutil.relativedelta import relativedelta

from metrics.catalogue import indicator
from metrics.counting.cases import Which, listed, rows_behind
from metrics.periods import DAY
from metrics.records import Records
from metrics.trends.by_period import LENGTH
from metrics.trends.lines import SETTLES
from metrics.trends.rows import Period


@dataclass(frozen=True, kw_only=True)
class PointAsked:
    """A line by its key, and the month or quarter that ends on a day."""

    key: str
    period: Period
    end: date


def cases_of_point(records: Records, asked: PointAsked, which: Which) -> pl.DataFrame:
    """The rows the point counts (all), those that succeeded (numerator) or did not (attention), oldest first, as known
    on the day the point is read; columns are the indicator's `shows`. Raises KeyError for an unknown key."""
    settles = SETTLES.get(asked.key, 0)
    declared = replace(indicator(asked.key), months=LENGTH[asked.period] + settles)
    read_on = asked.end + DAY + relativedelta(months=settles) - DAY
    rows = rows_behind(records, declared, read_on, which).filter(pl.col(declared.dated_by) <= asked.end)
    return listed(rows, declared, read_on)

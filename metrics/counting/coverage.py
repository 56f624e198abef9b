"""What is held, since when and how fresh: the coverage every placement carries."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from metrics.periods import last_quarter_end, window
from metrics.populations import population
from metrics.populations.known_by_day import ALWAYS
from metrics.records import NOT_PROOF_OF_FRESHNESS, TABLES, Records

FRESH_MONTHS = 6


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Rows by the day they became known: table, known_on, rows. Read once, asked for any as_at."""

    by_day: pl.DataFrame

    @cached_property
    def _course(self) -> Mapping[str, tuple[list[date], list[int]]]:
        """Table to the days on which rows became known, ascending, and how many were known by then."""
        known = self.by_day.sort("known_on").with_columns(pl.col("rows").cum_sum().over("table"))
        return {
            str(name): (rows["known_on"].to_list(), rows["rows"].to_list())
            for (name,), rows in known.partition_by("table", as_dict=True, maintain_order=True).items()
        }

    def held(self, as_at: date) -> dict[str, int]:
        """Rows known at as_at, for each table that has any."""
        found = {}
        for table in TABLES:
            days, rows = self._course.get(table.name, ([], []))
            place = bisect_right(days, as_at)
            if place:
                found[table.name] = rows[place - 1]
        return found

    def newest(self, as_at: date | None = None) -> date | None:
        """The newest record's first date (as_at or before, where given), over the tables that prove freshness."""
        found = ALWAYS
        for table in TABLES:
            if table.known_on and table.name not in NOT_PROOF_OF_FRESHNESS:
                days, _ = self._course.get(table.name, ([], []))
                place = bisect_right(days, as_at or date.max)
                found = max(found, days[place - 1]) if place else found
        return found if found > ALWAYS else None

    def is_fresh(self, as_at: date) -> bool:
        """Does the newest record lie in the six months to as_at?"""
        newest = self.newest(as_at)
        return newest is not None and newest >= window(as_at, FRESH_MONTHS)[0]


def coverage(records: Records) -> Coverage:
    """The coverage of one landlord's records."""
    return Coverage(by_day=population(records, "known_by_day").collect())


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

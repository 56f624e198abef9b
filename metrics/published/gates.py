"""The three gates read from published measures (design §5: listens, complaints_satisfaction, openness).

They arrive already counted: k = value / 100 × base, not rounded, of base respondents.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from metrics.indicator import Indicator
from metrics.periods import window, year_end
from metrics.records import Records

STOCK = "LCRA"
_WORDS = {"complained": "the share of tenants who say they complained"}


@dataclass(frozen=True, kw_only=True)
class PublishedShare:
    """A published share against its national line: k of base, line 0 to 1, the year, or why there is none."""

    k: float = 0.0
    base: int = 0
    line: float = 0.0
    year: str = ""
    missing: str = ""


@dataclass(frozen=True, kw_only=True)
class PublishedFigures:
    """One landlord's LCRA measures and the national figures, ready to be asked for any day."""

    own: Mapping[tuple[str, str], tuple[float, int | None]]  # (year, measure) → value, base
    national: Mapping[tuple[str, str, str], float]  # (year, measure, statistic) → value

    def share(self, indicator: Indicator, as_at: date) -> PublishedShare:
        """The latest year both the landlord and the national figures have, ended within the window before as_at."""
        measure, line_of = _LINES[indicator.key]
        first, last = window(as_at, indicator.months)
        for year in sorted({year for year, own in self.own if own == measure}, reverse=True):
            line = line_of(self, year)
            if first <= year_end(year) <= last and line is not None:
                value, base = self.own[year, measure]
                if not base:
                    return PublishedShare(year=year, missing=f"the number of respondents of {year} is not given")
                return PublishedShare(k=value / 100 * base, base=base, line=line, year=year)
        return PublishedShare(
            missing=f"{_WORDS.get(measure, measure)} is not held for a year that has national figures and ended within "
            f"{indicator.months} months"
        )

    def upper_quartile(self, year: str, measure: str) -> float | None:
        """The national upper quartile as a share."""
        quartile = self.national.get((year, measure, "q3"))
        return None if quartile is None else quartile / 100

    def expected_reported(self, year: str) -> float | None:
        """The share who would say they complained, were the landlord's recorded stage 1 complaints matched by reports
        as at the median landlord: national median of (complained ÷ stage 1 complaints per home) × own CH01(1) per
        home."""
        ratio = self.national.get((year, "reported_to_recorded", "median"))
        recorded = self.own.get((year, "CH01(1)"))
        return None if ratio is None or recorded is None else ratio * recorded[0] / 1000


def _upper_quartile(measure: str) -> "Line":
    return lambda figures, year: figures.upper_quartile(year, measure)


Line = Callable[[PublishedFigures, str], float | None]
_LINES: Mapping[str, tuple[str, Line]] = {
    "listens": ("TP06", _upper_quartile("TP06")),
    "complaints_satisfaction": ("TP09", _upper_quartile("TP09")),
    "openness": ("complained", PublishedFigures.expected_reported),
}


def published_figures(records: Records) -> PublishedFigures:
    """Read one landlord's published measures."""
    own = records.frame("tsm").filter(pl.col("stock") == STOCK).select("year", "measure", "value", "base").collect()
    national = records.national.filter((pl.col("stock") == STOCK) & (pl.col("landlord_group") == "all"))
    return PublishedFigures(
        own={(year, measure): (value, base) for year, measure, value, base in own.iter_rows()},
        national={
            (year, measure, statistic): value
            for year, measure, statistic, value in national.select("year", "measure", "statistic", "value").iter_rows()
        },
    )

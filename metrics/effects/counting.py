"""Complaints counted in any window of any scope by two searches in one sorted list, whatever their number."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

Whole = NDArray[np.int64]

# One number for scope and day: days since 1970 of any date of a calendar, moved above zero, stay below the span.
_SPAN = np.int64(2**22)
_ABOVE_ZERO = np.int64(2**20)


@dataclass(frozen=True)
class Counter:
    """Rows by scope (a number) and day: sorted keys, and how many rows stand before each."""

    keys: Whole
    before: Whole

    @classmethod
    def of(cls, rows: pl.LazyFrame) -> "Counter":
        """From rows with the columns scope and day (a date); rows without either are left out."""
        day = pl.col("day").to_physical().cast(pl.Int64) + int(_ABOVE_ZERO)
        counted = (
            rows.drop_nulls(["scope", "day"])
            .group_by(key=pl.col("scope").cast(pl.Int64) * int(_SPAN) + day)
            .agg(rows=pl.len().cast(pl.Int64))
            .sort("key")
            .collect()
        )
        totals = np.concatenate([np.zeros(1, dtype=np.int64), counted["rows"].cum_sum().to_numpy()])
        return cls(counted["key"].to_numpy(), totals)

    def first_day(self) -> int:
        """The first day of any row, as days since 1970; where there is none, a day after all others."""
        return int((self.keys % _SPAN).min() - _ABOVE_ZERO) if len(self.keys) else int(_ABOVE_ZERO)

    def within(self, scope: Whole | np.int64, first: Whole, last: Whole) -> Whole:
        """How many rows of each scope lie from day `first` to day `last`, both in. Arrays broadcast."""
        start = scope * _SPAN + _ABOVE_ZERO
        until = np.searchsorted(self.keys, start + last, side="right")
        since = np.searchsorted(self.keys, start + first, side="left")
        found: Whole = self.before[until] - self.before[since]
        return found


def days(column: pl.Series) -> Whole:
    """A column of dates as whole days since 1970."""
    found: Whole = column.to_physical().cast(pl.Int64).to_numpy()
    return found


@dataclass(frozen=True)
class Scopes:
    """The scopes of one landlord: what its actions are about (category, and area and team where they name them), and
    every category by itself. `numbers` has the columns category, area, team, scope; `complained` the
    categories complained about."""

    numbers: pl.DataFrame
    complained: pl.DataFrame

    @classmethod
    def of(cls, actions: pl.DataFrame, complaints: pl.LazyFrame) -> "Scopes":
        """`actions` has service_area (the theme), area and team; `complaints` category."""
        named = actions.select("area", "team", category="service_area")
        complained = complaints.select("category").drop_nulls().unique().collect()
        plain = complained.with_columns(area=pl.lit(None, pl.String), team=pl.lit(None, pl.String))
        every = pl.concat([named, plain.select(named.columns)]).unique().sort("category", "area", "team")
        return cls(every.with_row_index("scope"), complained)

    def categories(self) -> pl.DataFrame:
        """category, scope of the categories complained about."""
        plain = self.numbers.filter(pl.col("area").is_null() & pl.col("team").is_null())
        return plain.select("category", "scope").join(self.complained, on="category", how="semi", maintain_order="left")

    def of_actions(self, actions: pl.DataFrame) -> Whole:
        """The scope of each action, in the order of the actions."""
        found: Whole = (
            actions.select("area", "team", category="service_area")
            .join(self.numbers, on=["category", "area", "team"], how="left", nulls_equal=True, maintain_order="left")
            .get_column("scope")
            .cast(pl.Int64)
            .to_numpy()
        )
        return found

    def complaints(self, complaints: pl.LazyFrame) -> Counter:
        """Complaints by scope and day received; a complaint lies in every scope that it fits."""
        parts: list[pl.LazyFrame] = []
        for area in (False, True):
            for team in (False, True):
                fits = pl.col("area").is_not_null() == area, pl.col("team").is_not_null() == team
                scopes = self.numbers.filter(*fits)
                if scopes.is_empty():
                    continue
                on = ["category", *(name for name, named in (("area", area), ("team", team)) if named)]
                day = complaints.select(*on, day="received_on")
                parts.append(day.join(scopes.lazy().select(*on, "scope"), on=on).select("scope", "day"))
        empty: Any = pl.LazyFrame(schema={"scope": pl.UInt32, "day": pl.Date})
        return Counter.of(pl.concat([empty, *parts]))

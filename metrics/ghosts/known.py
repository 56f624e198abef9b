"""Complaints as they were known on each of several days, with the keys that signals look them up by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from metrics.records import Records

_HAPPENED = (
    "stage_1_responded_on",
    "stage_2_requested_on",
    "stage_2_acknowledged_on",
    "stage_2_responded_on",
    "closed_on",
)
_KEPT = ("complaint_ref", "household_ref", "category", "team", "channel", "status", "status_label", "received_on")
_ENDS = ("closed", "refused", "withdrawn")


@dataclass(frozen=True)
class Complaints:
    """Complaints with `household` and `issue` (household and category) as numbers no two of which are the same, and
    their `rank` in the order of references."""

    rows: pl.DataFrame
    households: pl.DataFrame
    issues: pl.DataFrame

    @classmethod
    def of(cls, records: Records) -> "Complaints":
        """All complaints of one landlord, whenever received, in order of reference."""
        rows = (
            records.frame("complaints")
            .select(*_KEPT, *_HAPPENED)
            .sort("complaint_ref")
            .with_row_index("rank")
            .collect()
        )
        households = rows.select("household_ref").unique().with_row_index("household")
        issues = rows.select("household_ref", "category").unique().with_row_index("issue", offset=households.height)
        return cls(_keyed(rows, households, issues), households, issues)

    def keyed(self, signals: pl.DataFrame) -> pl.DataFrame:
        """Signals with the columns household and issue; null where no complaint has them."""
        return _keyed(signals, self.households, self.issues)

    @property
    def keys(self) -> int:
        """How many keys there are: households and issues together."""
        return self.households.height + self.issues.height

    def known(self, moments: pl.DataFrame) -> pl.DataFrame:
        """Complaints received by each day (`moments`: see below), with `as_at`; what happened later has not happened,
        and `over_on` is the day a stage without a response is open to. Keys are of that day alone."""
        as_at = pl.col("as_at")
        ended = pl.when(pl.col("status").is_in(list(_ENDS))).then(pl.col("closed_on"))
        return (
            self.rows.join(moments.select("moment", "as_at"), how="cross", maintain_order="left_right")
            .filter(pl.col("received_on") <= as_at)
            .with_columns(pl.when(pl.col(name) <= as_at).then(pl.col(name)).alias(name) for name in _HAPPENED)
            .with_columns(self.of_moment("household"), self.of_moment("issue"), over_on=ended.fill_null(as_at))
        )

    def of_moment(self, key: str) -> pl.Expr:
        """A key that holds on one of the days only."""
        return (pl.col("moment").cast(pl.Int64) * self.keys + pl.col(key)).alias(key)

    def always_open(self) -> pl.DataFrame:
        """Complaints with the shortest their stages were ever open to (`over_on`): a signal in them was a chaser on
        every day since."""
        closed = pl.when(pl.col("status").is_in(list(_ENDS))).then(pl.col("closed_on"))
        answers = ("stage_1_responded_on", "stage_2_responded_on")
        return self.rows.with_columns(
            *(pl.min_horizontal(name, closed).alias(name) for name in answers), over_on=pl.lit(date.max)
        )

    @cached_property
    def received(self) -> pl.DataFrame:
        """key, received_on of every complaint, under its household and under its issue, sorted."""
        return under_both_keys(self.rows.select("household", "issue", "received_on")).sort("key", "received_on")


def _keyed(rows: pl.DataFrame, households: pl.DataFrame, issues: pl.DataFrame) -> pl.DataFrame:
    keyed = rows.join(households, on="household_ref", how="left", maintain_order="left")
    return keyed.join(issues, on=["household_ref", "category"], how="left", maintain_order="left")


def under_both_keys(rows: pl.DataFrame) -> pl.DataFrame:
    """Each row twice: with `key` its household (for signals that name no category) and its issue."""
    parts = [rows.with_columns(key=pl.col(name).cast(pl.Int64)) for name in ("household", "issue")]
    return pl.concat(parts).drop("household", "issue").filter(pl.col("key").is_not_null())


def moments_of(days: Sequence[date], *, since: Sequence[date | None] | None = None) -> pl.DataFrame:
    """The days asked about, numbered: moment, as_at, since (signals dated before it are left out; null: none)."""
    table = pl.DataFrame(
        {"as_at": days, "since": since or [None] * len(days)}, schema={"as_at": pl.Date, "since": pl.Date}
    )
    return table.with_row_index("moment")

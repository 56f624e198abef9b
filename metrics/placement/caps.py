"""Facts that hold the position down whatever the indicators say (design §6)."""

from datetime import date

import polars as pl

from metrics.counting.coverage import Coverage
from metrics.periods import window
from metrics.phrasing import capital, day
from metrics.populations import population
from metrics.reading import Cap
from metrics.records import Records
from metrics.words import NOT_STATED, POSITIONS

SELF_ASSESSMENT_MONTHS = 15


class CapRules:
    """The records the caps need, read once and asked for any day."""

    def __init__(self, records: Records, coverage: Coverage) -> None:
        self._orders = (
            population(records, "commitments")
            .filter(pl.col("made_at") == "ombudsman")
            .select("service_area", "promised_on", "due_on", "completed_on", severe=pl.col("severe").fill_null(False))
            .collect()
        )
        approved = records.frame("self_assessment").select(pl.col("approved_on").drop_nulls().unique()).collect()
        self._approved: list[date] = approved["approved_on"].to_list()
        self._coverage = coverage

    def caps(self, as_at: date, area: str | None = None) -> tuple[Cap, ...]:
        """The caps that bind on one day, for the landlord or (orders only) one service area."""
        found = [self._stale(as_at), self._overdue(as_at, area), self._unassessed(as_at)]
        return tuple(cap for cap in found if cap is not None)

    def _stale(self, as_at: date) -> Cap | None:
        if self._coverage.is_fresh(as_at):
            return None
        newest = self._coverage.newest(as_at)
        since = f"The newest record is of {day(newest)}" if newest else "There is no dated record"
        return Cap(
            cap="records_stale",
            to=NOT_STATED,
            reason=f"{since}: older than six months, so no position is stated.",
            count=1,
        )

    def _overdue(self, as_at: date, area: str | None) -> Cap | None:
        late = self._orders.filter(
            (pl.col("promised_on") <= as_at)
            & (pl.col("due_on") < as_at)
            & (pl.col("completed_on").is_null() | (pl.col("completed_on") > as_at))
        )
        late = late if area is None else late.filter(pl.col("service_area") == area)
        if late.is_empty():
            return None
        severe = bool(late["severe"].any())
        orders = "an Ombudsman order is" if late.height == 1 else f"{late.height} Ombudsman orders are"
        after = ", at least one of them after severe maladministration" if severe else ""
        # The fewest to complete before the position may rise: after severe maladministration, those alone.
        binding = late.filter("severe") if severe else late
        return Cap(
            cap="order_overdue",
            to="transactional" if severe else "operational",
            reason=f"{capital(orders)} overdue{after}.",
            count=binding.height,
        )

    def _unassessed(self, as_at: date) -> Cap | None:
        first, last = window(as_at, SELF_ASSESSMENT_MONTHS)
        if any(first <= day <= last for day in self._approved):
            return None
        return Cap(
            cap="self_assessment_stale",
            to="operational",
            reason=f"No self-assessment against the Code was approved in the {SELF_ASSESSMENT_MONTHS} months to this "
            f"date.",
            count=1,
        )


def ceiling(caps: tuple[Cap, ...]) -> int:
    """Index into POSITIONS of the highest position the caps allow (staleness is not a height: see `is_stated`)."""
    return min([POSITIONS.index(cap.to) for cap in caps if cap.to != NOT_STATED], default=len(POSITIONS) - 1)


def is_stated(caps: tuple[Cap, ...]) -> bool:
    """May a position be stated at all?"""
    return all(cap.to != NOT_STATED for cap in caps)

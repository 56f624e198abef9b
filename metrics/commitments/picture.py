"""Everything the screens and papers show of commitments on one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

import polars as pl

from metrics.commitments.standing import AGES, WHYS, Age, Standing, Why, lapsed_tests, standings
from metrics.counting.coverage import held
from metrics.periods import window
from metrics.records import Records
from metrics.volumes import Part

By = Literal["owner", "team", "contractor", "service_area", "made_at", "kind"]
BY: tuple[By, ...] = get_args(By)
BEFORE_DUE_SOON = 28  # days: an order with fewer to run is due soon


@dataclass(frozen=True, kw_only=True)
class Year:
    """What became of the commitments that fell due in twelve months; together they are the denominator of
    `commitments_honoured`, and `on_time` is its numerator. `open` were due on the day itself."""

    on_time: int
    late: int
    phantom: int
    overdue: int
    open: int

    @property
    def due(self) -> int:
        """All that fell due."""
        return self.on_time + self.late + self.phantom + self.overdue + self.open

    @property
    def honoured(self) -> Part:
        """Done by the day with integrity, of those that fell due."""
        return Part(k=self.on_time, n=self.due)


@dataclass(frozen=True, kw_only=True)
class Group:
    """One owner, team, contractor, service area, stage or kind: what is overdue now, since when (days the oldest has
    waited) and by age; phantoms and what was honoured among those due in the year."""

    name: str
    overdue: int
    oldest: int | None
    ages: Mapping[Age, int]
    phantoms: int
    honoured: Part


@dataclass(frozen=True, kw_only=True)
class Order:
    """One order of the Ombudsman not complied with yet; `days_to_run` is below 0 once it is overdue."""

    commitment_ref: str
    complaint_ref: str
    service_area: str
    kind: str
    severe: bool
    due_on: date
    days_to_run: int


@dataclass(frozen=True, kw_only=True)
class Orders:
    """Orders of the Ombudsman: complied with in time of those that fell due in the year (`orders_complied`), and every
    one still waiting, the most pressing first."""

    complied: Part
    waiting: tuple[Order, ...]

    @property
    def overdue(self) -> tuple[Order, ...]:
        """Those whose day has passed."""
        return tuple(each for each in self.waiting if each.days_to_run < 0)

    @property
    def due_soon(self) -> tuple[Order, ...]:
        """Those with at most four weeks to run."""
        return tuple(each for each in self.waiting if 0 <= each.days_to_run <= BEFORE_DUE_SOON)


@dataclass(frozen=True, kw_only=True)
class Escalated:
    """Complaints taken to stage 2 in the year after a remedy was promised at stage 1: how many of them when the promise
    had already fallen due and was not kept, and to how many of those the same was promised again."""

    broken: Part
    promised_again: int


@dataclass(frozen=True, kw_only=True)
class CommitmentsPicture:
    """Promises and orders on one day.

    year, year_before   what became of those that fell due in the twelve months, and in the twelve before (None where
                        none did)
    overdue, open       not done now, whenever they fell due
    by                  the same by owner, team …; every group with something overdue or due in the year, most overdue
                        first
    ages                overdue now by age
    phantoms            those due in the year, by why; `phantoms_early`: closed before their day, which is still to come
    unchecked           repairs due in the year and closed without naming a work order: no record could contradict them
    lapsed              tests that fell away because their table is not held, in sentences
    """

    as_at: date
    is_held: bool
    year: Year
    year_before: Year | None
    overdue: int
    open: int
    by: Mapping[By, tuple[Group, ...]]
    ages: Mapping[Age, int]
    phantoms: Mapping[Why, int]
    phantoms_early: int
    unchecked: int
    escalated: Escalated
    orders: Orders
    lapsed: tuple[str, ...]


def commitments_picture(records: Records, as_at: date) -> CommitmentsPicture:
    """The picture on one day. Without commitments every count is 0 and `is_held` is False: not evidenced."""
    return picture_of(
        standings(records, as_at),
        before=standings(records, window(as_at)[0] - timedelta(days=1)),
        as_at=as_at,
        is_held="commitments" in held(records, as_at),
        lapsed=lapsed_tests(records, as_at),
    )


def picture_of(
    rows: pl.DataFrame, *, before: pl.DataFrame, as_at: date, is_held: bool, lapsed: tuple[str, ...]
) -> CommitmentsPicture:
    """The picture of some rows of `standings`; `before` are those of twelve months earlier."""
    year_before = _year(before)
    late = rows.filter(pl.col("standing") == "overdue")
    phantoms = rows.filter(pl.col("standing") == "phantom")
    ages = _counts(late, "age")
    why = _counts(phantoms.filter("in_year"), "why")
    return CommitmentsPicture(
        as_at=as_at,
        is_held=is_held,
        year=_year(rows),
        year_before=year_before if year_before.due else None,
        overdue=late.height,
        open=rows.filter(pl.col("standing") == "open").height,
        by={by: _groups(rows, by) for by in BY},
        ages={age: ages.get(age, 0) for age in AGES},
        phantoms={each: why.get(each, 0) for each in WHYS},
        phantoms_early=phantoms.filter(pl.col("due_on") > as_at).height,
        unchecked=rows.filter("in_year", "unchecked").height,
        escalated=_escalated(rows),
        orders=_orders(rows),
        lapsed=lapsed,
    )


def _counts(rows: pl.DataFrame, column: str) -> dict[str, int]:
    return {str(name): count for name, count in rows.group_by(column).len().iter_rows()}


def _year(rows: pl.DataFrame) -> Year:
    found = _counts(rows.filter("in_year"), "standing")
    words: tuple[Standing, ...] = ("on time", "late", "phantom", "overdue", "open")
    on_time, late, phantom, overdue, still = (found.get(each, 0) for each in words)
    return Year(on_time=on_time, late=late, phantom=phantom, overdue=overdue, open=still)


def _groups(rows: pl.DataFrame, by: By) -> tuple[Group, ...]:
    overdue = pl.col("standing") == "overdue"
    ages = {age: pl.col("age") == age for age in AGES}
    found = (
        rows.group_by(pl.col(by).cast(pl.String))
        .agg(
            *(expression.sum().alias(age) for age, expression in ages.items()),
            overdue=overdue.sum(),
            oldest=(-pl.col("days_to_run")).filter(overdue).max(),
            phantoms=(pl.col("in_year") & (pl.col("standing") == "phantom")).sum(),
            kept=(pl.col("in_year") & (pl.col("standing") == "on time")).sum(),
            due=pl.col("in_year").sum(),
        )
        .filter((pl.col("overdue") > 0) | (pl.col("due") > 0))
        .sort("overdue", "oldest", "due", by, descending=[True, True, True, False], nulls_last=True)
    )
    return tuple(
        Group(
            name=each[by],
            overdue=each["overdue"],
            oldest=each["oldest"],
            ages={age: each[age] for age in AGES},
            phantoms=each["phantoms"],
            honoured=Part(k=each["kept"], n=each["due"]),
        )
        for each in found.to_dicts()
    )


def _escalated(rows: pl.DataFrame) -> Escalated:
    asked = rows.filter(pl.col("escalated_on").is_not_null())
    broken = asked.filter("broken_by_then")
    return Escalated(
        broken=Part(k=broken["complaint_ref"].n_unique(), n=asked["complaint_ref"].n_unique()),
        promised_again=broken.filter("promised_again")["complaint_ref"].n_unique(),
    )


def _orders(rows: pl.DataFrame) -> Orders:
    due = rows.filter("order_in_year")
    waiting = rows.filter("is_order", pl.col("completed_on").is_null())
    return Orders(
        complied=Part(k=due.filter("order_complied").height, n=due.height),
        waiting=tuple(
            Order(
                commitment_ref=each["commitment_ref"],
                complaint_ref=each["complaint_ref"],
                service_area=each["service_area"],
                kind=each["kind"],
                severe=bool(each["severe"]),
                due_on=each["due_on"],
                days_to_run=each["days_to_run"],
            )
            for each in waiting.to_dicts()
        ),
    )

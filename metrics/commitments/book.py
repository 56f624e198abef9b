"""Every commitment of one landlord on one day, read once: the picture of all or some, and the lists behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

import polars as pl

from metrics.case_list import CaseList
from metrics.commitments.picture import CommitmentsPicture, picture_of
from metrics.commitments.standing import WHYS, Age, lapsed_tests, standings
from metrics.counting.coverage import held
from metrics.periods import window
from metrics.records import Records

FilterBy = Literal["owner", "team", "contractor", "service_area", "kind", "made_at"]
FILTERS: tuple[FilterBy, ...] = get_args(FilterBy)
LISTED = (
    "complaint_ref",
    "commitment_ref",
    "made_at",
    "kind",
    "severe",
    "owner",
    "team",
    "contractor",
    "service_area",
    "promised_on",
    "due_on",
    "completed_on",
    "days_to_run",
    "days_overdue",
    "work_order_ref",
    "order_raised_on",
    "why",
)
_STANDING, _IN_YEAR = pl.col("standing"), pl.col("in_year")
_WHYS: dict[str, pl.Expr] = {each: _IN_YEAR & (pl.col("why") == each) for each in WHYS}
SHOW: Mapping[str, pl.Expr] = {
    "overdue": _STANDING == "overdue",
    "open": _STANDING == "open",
    "on time": _IN_YEAR & (_STANDING == "on time"),
    "late": _IN_YEAR & (_STANDING == "late"),
    "overdue of the year": _IN_YEAR & (_STANDING == "overdue"),
    "phantom": _IN_YEAR & (_STANDING == "phantom"),
    **_WHYS,
    "closed early": (_STANDING == "phantom") & ~_IN_YEAR & pl.col("days_to_due").gt(0),
    "unchecked": _IN_YEAR & pl.col("unchecked"),
    "promised before stage 2": pl.col("escalated_on").is_not_null(),
    "escalated": pl.col("broken_by_then"),
    "promised again": pl.col("promised_again"),
    "orders due": pl.col("order_in_year"),
    "orders": pl.col("is_order") & pl.col("completed_on").is_null(),
    "due": _IN_YEAR,
}
"""What each list holds, by its name: the expressions that count are those that list."""


@dataclass(frozen=True, kw_only=True)
class Only:
    """Which commitments are looked at: of one owner, team, contractor and service area, of one kind, made at one stage;
    None means every one."""

    owner: str | None = None
    team: str | None = None
    contractor: str | None = None
    service_area: str | None = None
    kind: str | None = None
    made_at: str | None = None

    def rows(self, standing: pl.DataFrame) -> pl.DataFrame:
        """The rows of `standings` that are meant."""
        asked = {name: getattr(self, name) for name in FILTERS}
        return standing.filter(pl.lit(True), *(pl.col(name) == value for name, value in asked.items() if value))


EVERY_COMMITMENT = Only()


@dataclass(frozen=True, kw_only=True, eq=False)
class CommitmentBook:
    """Commitments as they stand on a day (`now`) and as they stood twelve months earlier; not to be changed."""

    as_at: date
    is_held: bool
    now: pl.DataFrame
    before: pl.DataFrame
    lapsed: tuple[str, ...]

    def picture(self, only: Only = EVERY_COMMITMENT) -> CommitmentsPicture:
        """The picture of those asked for."""
        return picture_of(
            only.rows(self.now),
            before=only.rows(self.before),
            as_at=self.as_at,
            is_held=self.is_held,
            lapsed=self.lapsed,
        )

    def listed(self, show: str, only: Only = EVERY_COMMITMENT, *, age: Age | None = None) -> CaseList:
        """The rows behind a figure, the earliest due first. Raises KeyError for a list that `SHOW` does not name."""
        dated = only.rows(self.now).with_columns(days_to_due=(pl.col("due_on") - pl.lit(self.as_at)).dt.total_days())
        rows = dated.filter(SHOW[show].fill_null(False))
        some = rows if age is None else rows.filter(pl.col("age") == age)
        left = pl.col("days_to_run")
        overdue = pl.when(left < 0).then(-left).alias("days_overdue")
        return CaseList(some.with_columns(overdue, pl.when(left >= 0).then(left)).select(LISTED))

    def choices(self) -> dict[FilterBy, tuple[str, ...]]:
        """What there is to choose from."""
        return {name: tuple(self.now[name].cast(pl.String).unique().sort()) for name in FILTERS}


def commitment_book(records: Records, as_at: date) -> CommitmentBook:
    """The commitments of one landlord on one day. Without commitments every count is 0 and `is_held` is False: not
    evidenced."""
    return CommitmentBook(
        as_at=as_at,
        is_held="commitments" in held(records, as_at),
        now=standings(records, as_at),
        before=standings(records, window(as_at)[0] - timedelta(days=1)),
        lapsed=lapsed_tests(records, as_at),
    )

"""Every apology of one landlord in twelve months, read once: the picture, and the lists behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

import polars as pl

from metrics.apologies.picture import ApologiesPicture, apologies_picture, made_in_year
from metrics.case_list import CaseList
from metrics.populations.apologies import CRITERIA
from metrics.records import Records

FilterBy = Literal["stage", "made_by_role", "form", "team"]
FILTERS: tuple[FilterBy, ...] = get_args(FilterBy)
LISTED = ("complaint_ref", "apology_ref", "made_on", *FILTERS, "service_area", *CRITERIA, "criteria_met")
SHOW: Mapping[str, pl.Expr] = {
    "read": pl.col("is_read"),
    "good": pl.col("is_good"),
    "short": pl.col("is_read") & ~pl.col("is_good"),
    "unread": ~pl.col("is_read"),
    "made": pl.lit(True),
    **{f"without {key}": pl.col("is_read") & pl.col(key).eq(False) for key in CRITERIA},
}
"""What each list holds, by its name: the expressions that count are those that list."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ApologyBook:
    """The apologies made in the twelve months, and the picture of them; not to be changed."""

    picture: ApologiesPicture
    rows: pl.DataFrame

    def listed(self, show: str, only: Mapping[FilterBy, str | None]) -> CaseList:
        """The rows behind a figure, newest first. Raises KeyError for a list that `SHOW` does not name."""
        asked = [pl.col(name) == value for name, value in only.items() if value]
        return CaseList(self.rows.filter(SHOW[show].fill_null(False), *asked).select(LISTED))

    def choices(self) -> dict[FilterBy, tuple[str, ...]]:
        """What there is to choose from."""
        return {name: tuple(self.rows[name].unique().sort()) for name in FILTERS}


def apology_book(records: Records, as_at: date) -> ApologyBook:
    """The apologies of one landlord in the twelve months to a day."""
    return ApologyBook(picture=apologies_picture(records, as_at), rows=made_in_year(records, as_at))

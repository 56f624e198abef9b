"""The findings behind every figure on the Ombudsman: the expressions that count are those that list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from metrics.case_list import CaseList
from metrics.catalogue import indicator
from metrics.choices import FINDINGS
from metrics.narrowing import Only
from metrics.ombudsman.findings import NOT_CONSIDERED, in_year, known_findings
from metrics.records import Records

LISTED = (
    "complaint_ref",
    "determination_ref",
    "decided_on",
    "service_area",
    "finding",
    "review_requested_on",
    "review_changed_finding",
    "compensation_offered",
    "compensation_ordered",
    "own_action_on",
)
_FINDING, _ASKED, _CHANGED = (
    pl.col("finding").cast(pl.String),
    pl.col("review_requested_on").is_not_null(),
    pl.col("review_changed_finding"),
)
_OFFERED, _ORDERED = pl.col("case_offered"), pl.col("case_ordered")
_MORE = _ORDERED > _OFFERED
_FIRST = indicator("learned_first")
SHOW: Mapping[str, pl.Expr] = {
    "every finding": pl.lit(True),
    "considered": ~_FINDING.is_in(list(NOT_CONSIDERED)),
    "upheld": pl.col("is_upheld"),
    **{each: _FINDING.eq(each) for each in FINDINGS},
    "put to review": _ASKED,
    "review changed it": _ASKED & _CHANGED,
    "review left it": _ASKED & ~_CHANGED,
    "review without outcome": _ASKED & _CHANGED.is_null(),
    "both sums given": _OFFERED.is_not_null() & _ORDERED.is_not_null(),
    "more ordered than offered": _MORE,
    "ordered where nothing was offered": _MORE & (_OFFERED == 0),
    "our own learning came first": _FIRST.denominator & _FIRST.numerator,
    "came as news": _FIRST.denominator & ~_FIRST.numerator,
}
"""What each list holds, by its name: expressions over `marked`."""


def marked(year: pl.DataFrame) -> pl.DataFrame:
    """`year` (rows of `metrics.ombudsman.findings.in_year`) beside case (the complaint, or the finding itself where it
    names none), case_offered and case_ordered: the sums of the whole case in pounds. One and the same sum on several
    findings is the case's, and counts once."""
    case = pl.coalesce("complaint_ref", "determination_ref")

    def whole(name: str) -> pl.Expr:
        given = pl.col(name).count().over(case) > 0
        return pl.when(given).then(pl.col(name).unique().sum().over(case))

    return year.with_columns(
        case=case, case_offered=whole("compensation_offered"), case_ordered=whole("compensation_ordered")
    )


def how_many(rows: pl.DataFrame, show: str) -> int:
    """Rows of `marked` in that list."""
    return rows.filter(SHOW[show].fill_null(value=False)).height


@dataclass(frozen=True, kw_only=True, eq=False)
class FindingBook:
    """The findings of the twelve months as `marked`, newest first; not to be changed."""

    rows: pl.DataFrame

    def listed(self, show: str, area: str | None = None) -> CaseList:
        """The rows behind a figure. Raises KeyError for a list that `SHOW` does not name."""
        found = self.rows.filter(SHOW[show].fill_null(value=False))
        return CaseList(found.select(LISTED)).narrowed(Only(service_area=area))

    def areas(self) -> tuple[str, ...]:
        """The service areas there are."""
        return tuple(CaseList(self.rows).choices()["service_area"])


def finding_book(records: Records, as_at: date) -> FindingBook:
    """The findings of one landlord decided in the twelve months to a day."""
    return FindingBook(rows=marked(in_year(known_findings(records, as_at), as_at)).reverse())

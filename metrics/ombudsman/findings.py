"""Findings counted as the Ombudsman publishes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from metrics.choices import FINDINGS
from metrics.periods import window
from metrics.populations import population
from metrics.populations.ombudsman import UPHELD_FINDINGS
from metrics.records import Records
from metrics.volumes import Part

SEVERE = "severe maladministration"
NOT_CONSIDERED = ("outside jurisdiction", "withdrawn")


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What the Ombudsman found in the twelve months to `until`.

    `by_finding` holds every finding of `metrics.choices.FINDINGS`. A determination is the decision on one complaint and
    holds one finding or more; `determinations` is None where a finding does not name its complaint.
    """

    since: date
    until: date
    determinations: int | None
    by_finding: Mapping[str, int]

    @property
    def findings(self) -> int:
        """All findings."""
        return sum(self.by_finding.values())

    @property
    def severe(self) -> int:
        """Findings of severe maladministration."""
        return self.by_finding[SEVERE]

    @property
    def considered(self) -> int:
        """Findings on what the Ombudsman looked into: without those outside its jurisdiction and those withdrawn."""
        return self.findings - sum(self.by_finding[each] for each in NOT_CONSIDERED)

    @property
    def rate(self) -> Part:
        """The maladministration rate as the Ombudsman publishes it: severe maladministration, maladministration and
        service failure, of the findings considered."""
        return Part(k=sum(self.by_finding[each] for each in UPHELD_FINDINGS), n=self.considered)


@dataclass(frozen=True, kw_only=True)
class AreaFindings:
    """What the Ombudsman found on one service area in the year."""

    name: str
    findings: int
    severe: int
    rate: Part


def known_findings(records: Records, as_at: date) -> pl.DataFrame:
    """Every finding decided by the day, oldest first: the population `findings`, what was asked or decided about a
    review afterwards being blank."""
    asked = pl.col("review_requested_on") <= as_at
    return (
        population(records, "findings")
        .filter(pl.col("decided_on") <= as_at)
        .with_columns(
            pl.when(asked).then(pl.col(name)).alias(name) for name in ("review_requested_on", "review_changed_finding")
        )
        .with_columns(pl.when(pl.col("contested_on") <= as_at).then("contested_on").alias("contested_on"))
        .sort("decided_on", "determination_ref")
        .collect()
    )


def in_year(rows: pl.DataFrame, until: date) -> pl.DataFrame:
    """The findings decided in the twelve months to a day."""
    return rows.filter(pl.col("decided_on").is_between(*window(until)))


def counted(rows: pl.DataFrame, until: date) -> Findings:
    """The findings of the twelve months to a day, of rows of `known_findings`."""
    year = in_year(rows, until)
    found = dict(year.group_by(pl.col("finding").cast(pl.String)).len().iter_rows())
    unnamed = year["complaint_ref"].null_count()
    return Findings(
        since=window(until)[0],
        until=until,
        determinations=None if unnamed else year["complaint_ref"].n_unique(),
        by_finding={each: found.get(each, 0) for each in FINDINGS},
    )


def by_area(year: pl.DataFrame) -> tuple[AreaFindings, ...]:
    """Service areas with a finding in the year, the most findings first."""
    finding = pl.col("finding").cast(pl.String)
    rows = (
        year.group_by("service_area")
        .agg(
            findings=pl.len(),
            severe=(finding == SEVERE).sum(),
            upheld=pl.col("is_upheld").sum(),
            considered=(~finding.is_in(list(NOT_CONSIDERED))).sum(),
        )
        .sort("findings", "service_area", descending=[True, False])
    )
    return tuple(
        AreaFindings(
            name=each["service_area"],
            findings=each["findings"],
            severe=each["severe"],
            rate=Part(k=each["upheld"], n=each["considered"]),
        )
        for each in rows.to_dicts()
    )

"""Everything a paper is made of, worked out once for one landlord and one day, whichever papers are then written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from metrics.assessment import assess
from metrics.commitments.picture import CommitmentsPicture, commitments_picture
from metrics.ghosts.few import board_picture
from metrics.ghosts.picture import HiddenPicture
from metrics.ghosts.runnable import runnable
from metrics.learning.picture import LearningPicture, learning_picture
from metrics.ombudsman.picture import OmbudsmanPicture, ombudsman_picture
from metrics.outcomes import Outcomes, outcomes
from metrics.placement.rerun import SEED
from metrics.populations import population
from metrics.reading import Assessment, Reading
from metrics.records import Records
from metrics.self_assessment import SelfAssessment, self_assessment
from metrics.trends import QuarterlyTrends, quarterly
from metrics.volumes import Volumes, volumes
from papers.fingerprint import data_hash
from papers.model import Figure
from papers.people import all_figures, figures


@dataclass(frozen=True, kw_only=True)
class Material:
    """One landlord's findings on one day. `records` is kept for the rows behind figures; everything else is worked
    out."""

    records: Records
    name: str
    as_at: date
    assessment: Assessment
    volumes: Volumes
    hidden: HiddenPicture
    detectors: tuple[Mapping[str, Any], ...]
    outcomes: Outcomes
    self_assessment: SelfAssessment
    learning: LearningPicture
    promises: CommitmentsPicture
    ombudsman: OmbudsmanPicture
    trends: QuarterlyTrends
    annual_report: Mapping[str, Any] | None
    data_hash: str
    hides_few: bool = True

    def for_handlers(self) -> "Material":
        """The same for readers who handle the cases themselves: no count is left out."""
        return replace(self, hides_few=False)

    @property
    def code(self) -> str:
        """The landlord's code."""
        return self.records.landlord_code

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """Every indicator as papers show it."""
        readings = self.assessment.readings.values()
        return figures(readings) if self.hides_few else all_figures(readings)

    def reading(self, key: str) -> Reading:
        """One reading, for composers that look at its state. Raises KeyError."""
        return self.assessment.readings[key]

    @property
    def settings(self) -> Mapping[str, str]:
        """What moves figures beside the records: kept with every paper."""
        return {"seed": str(SEED), "method": self.assessment.placement.method_version}


def gather(
    records: Records,
    as_at: date,
    *,
    assessment: Assessment | None = None,
    found_volumes: Volumes | None = None,
    hidden: HiddenPicture | None = None,
    trends: QuarterlyTrends | None = None,
    hashed: str | None = None,
) -> Material:
    """Work out what papers need; what the caller has already is not worked out again."""
    known = assessment or assess(records, as_at)
    return Material(
        records=records,
        name=_name(records),
        as_at=as_at,
        assessment=known,
        volumes=found_volumes or volumes(records, as_at),
        hidden=hidden or board_picture(records, as_at),
        detectors=tuple(runnable(records, as_at).to_dicts()),
        outcomes=outcomes(records, as_at),
        self_assessment=self_assessment(records, as_at, known.readings),
        learning=learning_picture(records, as_at),
        promises=commitments_picture(records, as_at),
        ombudsman=ombudsman_picture(records, as_at),
        trends=trends or quarterly(records, as_at),
        annual_report=_annual_report(records, as_at),
        data_hash=hashed or data_hash(records),
    )


def _name(records: Records) -> str:
    own = records.frame("landlords").select("name").collect()
    return str(own.item(0, 0)) if own.height else records.landlord_code


def _annual_report(records: Records, as_at: date) -> Mapping[str, Any] | None:
    """met_on, body, response of the last time the governing body or a committee took the annual report."""
    taken = (
        population(records, "governance")
        .filter(
            pl.col("item").cast(pl.String) == "annual report",
            pl.col("body").cast(pl.String).is_in(["governing body", "committee"]),
            pl.col("met_on") <= as_at,
        )
        .sort("met_on", "item_ref")
        .select("met_on", pl.col("body").cast(pl.String), pl.col("response").cast(pl.String))
        .tail(1)
        .collect()
    )
    return taken.row(0, named=True) if taken.height else None

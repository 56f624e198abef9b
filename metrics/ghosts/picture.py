"""Everything the board sees of hidden stages on one day, worked out from one search of the records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from metrics.ghosts.audit import Standing, standing
from metrics.ghosts.conformance import Conformance, conformance
from metrics.ghosts.estimates import Ladder, ladder
from metrics.ghosts.flow import Flow, flow
from metrics.ghosts.hidden import counted_plainly, hidden_stages
from metrics.ghosts.recapture import Recapture, recaptures
from metrics.ghosts.recording import Recording, recording, recording_days
from metrics.ghosts.survey import SurveyGap, survey_gap
from metrics.ghosts.where import By, Funnel, everywhere
from metrics.periods import window
from metrics.records import Records


@dataclass(frozen=True, kw_only=True)
class HiddenPicture:
    """How much is hidden, where, on which way, by which steps left out, and beside how much was recorded.

    audit       where the audit stands whose answers correct `ladder`; None where no sample was drawn
    recapture   the two families of detectors that share most households, of the twelve months
    """

    as_at: date
    ladder: Ladder
    funnels: Mapping[By, Funnel]
    flow: Flow
    conformance: Conformance
    recording: Recording
    survey: SurveyGap
    recapture: Recapture
    audit: Standing | None = None


def hidden_picture(
    records: Records, as_at: date, *, accepted: pl.DataFrame | None = None, answers: pl.DataFrame | None = None
) -> HiddenPicture:
    """The picture on one day; `accepted` is the register of accepted deviations (`metrics.ghosts.conformance`),
    `answers` those of an audit (`metrics.ghosts.audit.standing`), which correct the ladder once there are enough."""
    now = hidden_stages(records, [as_at])
    audit = None if answers is None else standing(answers)
    return HiddenPicture(
        as_at=as_at,
        ladder=ladder(records, as_at, hidden=now, answers=answers if audit and audit.corrected else None),
        funnels=everywhere(records, as_at, hidden=now),
        flow=flow(records, as_at, hidden=now),
        conformance=conformance(records, as_at, accepted=accepted, hidden=now),
        recording=recording(records, as_at, hidden=counted_plainly(records, recording_days(as_at))),
        survey=survey_gap(records, as_at),
        recapture=recaptures(now.filter(pl.col("first_signal_on").is_between(*window(as_at))))[0],
        audit=audit,
    )

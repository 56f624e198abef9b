"""Everything the board sees of hidden stages on one day, worked out from one search of the records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from metrics.ghosts.conformance import Conformance, conformance
from metrics.ghosts.estimates import Ladder, ladder
from metrics.ghosts.flow import Flow, flow
from metrics.ghosts.hidden import counted_plainly, hidden_stages
from metrics.ghosts.recording import Recording, recording, recording_days
from metrics.ghosts.where import DIMENSIONS, By, Funnel, where
from metrics.records import Records


@dataclass(frozen=True, kw_only=True)
class HiddenPicture:
    """How much is hidden, where, on which way, by which steps left out, and beside how much was recorded."""

    as_at: date
    ladder: Ladder
    funnels: Mapping[By, Funnel]
    flow: Flow
    conformance: Conformance
    recording: Recording


def hidden_picture(records: Records, as_at: date, *, accepted: pl.DataFrame | None = None) -> HiddenPicture:
    """The picture on one day; `accepted` is the register of accepted deviations (`metrics.ghosts.conformance`)."""
    now = hidden_stages(records, [as_at])
    return HiddenPicture(
        as_at=as_at,
        ladder=ladder(records, as_at, hidden=now),
        funnels={by: where(records, as_at, by, hidden=now) for by in DIMENSIONS},
        flow=flow(records, as_at, hidden=now),
        conformance=conformance(records, as_at, accepted=accepted, hidden=now),
        recording=recording(records, as_at, hidden=counted_plainly(records, recording_days(as_at))),
    )

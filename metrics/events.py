"""What happened and may explain a change: marked by number on every chart over time."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from metrics.records import Records


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened and may explain a change."""

    on: date
    title: str
    kind: str | None
    reference: str = ""


def events_between(records: Records, after: date, until: date) -> tuple[Event, ...]:
    """The landlord's recorded events after one day and by another, oldest first."""
    rows = (
        records.frame("events")
        .filter(pl.col("happened_on") > after, pl.col("happened_on") <= until)
        .select("happened_on", "title", pl.col("kind").cast(pl.String), "event_ref")
        .sort("happened_on", "title", "event_ref")
        .collect()
    )
    return tuple(
        Event(on=on, title=title, kind=kind, reference=reference) for on, title, kind, reference in rows.iter_rows()
    )

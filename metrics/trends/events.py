"""What happened and may explain a change, numbered as it is marked on every chart over time."""

from datetime import date

import polars as pl

from metrics.records import Records
from metrics.trends.rows import Event


def events_until(records: Records, first: date, as_at: date) -> tuple[Event, ...]:
    """The landlord's recorded events after `first` and by as_at, oldest first, numbered from 1."""
    rows = (
        records.frame("events")
        .filter(pl.col("happened_on") > first, pl.col("happened_on") <= as_at)
        .select("happened_on", "title", pl.col("kind").cast(pl.String), "event_ref")
        .sort("happened_on", "title", "event_ref")
        .collect()
    )
    return tuple(
        Event(number=number, on=on, title=title, kind=kind, reference=reference)
        for number, (on, title, kind, reference) in enumerate(rows.iter_rows(), start=1)
    )

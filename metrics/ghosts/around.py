"""What was going on around one contact: what a reviewer must know to tell whether it was handled outside the stages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from metrics.records import Records

NEAR = timedelta(days=45)
MOST_CONTACTS = 40
_OF_COMPLAINTS = (
    "complaint_ref", "category", "received_on", "stage_1_responded_on", "stage_2_requested_on", "stage_2_responded_on",
)  # fmt: skip
_OF_CONTACTS = (
    "contact_ref", "occurred_at", "direction", "channel", "label", "category", "team", "complaint_ref", "note",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Around:
    """A contact (None where it is held no more), its household's contacts within forty-five days of it, and all its
    household's complaints; of what happened later only what was known at as_at."""

    contact: Mapping[str, Any] | None
    contacts: tuple[Mapping[str, Any], ...]
    complaints: tuple[Mapping[str, Any], ...]


def around(records: Records, contact_ref: str, household_ref: str, on: date, as_at: date) -> Around:
    """The contact of that reference and what stands beside it, oldest first."""
    theirs = pl.col("household_ref") == household_ref
    day = pl.col("occurred_at").dt.date()
    contacts = (
        records.frame("contacts")
        .filter((theirs & day.is_between(on - NEAR, min(on + NEAR, as_at))) | (pl.col("contact_ref") == contact_ref))
        .select(_OF_CONTACTS)
        .sort("occurred_at", "contact_ref")
        .collect()
    )
    complaints = (
        records.frame("complaints")
        .filter(theirs & (pl.col("received_on") <= as_at))
        .select(_OF_COMPLAINTS)
        .with_columns(
            pl.when(pl.col(name) <= as_at).then(pl.col(name)).alias(name) for name in _OF_COMPLAINTS if "_on" in name
        )
        .sort("received_on", "complaint_ref")
        .collect()
    )
    own = contacts.filter(pl.col("contact_ref") == contact_ref).to_dicts()
    near = contacts.filter(pl.col("contact_ref") != contact_ref)
    nearest = near.sort((pl.col("occurred_at").dt.date() - on).abs()).head(MOST_CONTACTS)
    return Around(
        contact=own[0] if own else None,
        contacts=tuple(nearest.sort("occurred_at", "contact_ref").to_dicts()),
        complaints=tuple(complaints.to_dicts()),
    )

"""Events noted on the screen: records like any other, taken in by a load of their own, so that history names who and
when. They are corrected as other records are, by loading a file that holds their reference."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

import polars as pl

from metrics.choices import EVENT_KINDS
from metrics.records import TABLE_BY_NAME
from store.database import Store
from store.ledger import require_offered, require_words
from store.loading import Manner, kept, load, prepared_of

EVENTS = TABLE_BY_NAME["events"]


@dataclass(frozen=True, kw_only=True)
class NotedEvent:
    """Something that happened, as somebody notes it. Raises ValueError for a missing title or author, an unknown kind,
    or a day that has not come."""

    landlord_code: str
    happened_on: date
    title: str
    kind: str
    author: str

    def __post_init__(self) -> None:
        require_words(self, title="the title of the event", author="the author of the event")
        require_offered(self, kind=EVENT_KINDS)
        if self.happened_on > date.today():
            raise ValueError(f"happened_on: found {self.happened_on}; wanted a day that has come")


def note_event(store: Store, event: NotedEvent) -> str:
    """Take an event in, and give its reference."""
    reference = f"noted-{uuid4().hex[:10]}"
    row = {
        "event_ref": reference,
        "landlord_code": event.landlord_code,
        "happened_on": event.happened_on,
        "title": " ".join(event.title.split()),
        "kind": event.kind,
    }
    frame = pl.DataFrame([row], schema=EVENTS.schema)
    load(store, prepared_of({"events": kept(frame)}), manner=Manner(loaded_by=event.author.strip(), method="form"))
    return reference

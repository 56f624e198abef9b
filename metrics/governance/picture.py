"""Governance on one day: the Code's 9.7 a to d by quarter, what was challenged or decided, what reached the top and
when.

Everything is a count of items or of days, never of people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from metrics.ghosts.hidden import hidden_stages
from metrics.learning.voice import Latency, voice_to_board
from metrics.periods import last_quarter_end, quarter_end, quarter_ends_to, window
from metrics.populations import population
from metrics.populations.governance import ACTIVE_RESPONSES
from metrics.records import Records

QUARTERS = 8
SCRUTINISED = 4  # quarters `board_scrutiny` looks at


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One of the four things the Code says the governing body receives at least. `regular`: each quarter; else once in
    twelve months."""

    paragraph: str
    item: str
    words: str
    regular: bool = True


DUTIES = (
    Duty(
        paragraph="9.7a",
        item="performance update",
        words="Volume, categories, outcomes and how complaints are handled",
    ),
    Duty(paragraph="9.7b", item="trend review", words="Issues and trends arising from complaints"),
    Duty(paragraph="9.7c", item="ombudsman update", words="Ombudsman investigations, and progress with its orders"),
    Duty(
        paragraph="9.7d",
        item="annual report",
        words="The annual complaints performance and service improvement report",
        regular=False,
    ),
)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item taken. `minute_ref` is None where no minute is named."""

    item_ref: str
    met_on: date
    body: str
    item: str
    theme: str | None
    response: str | None
    minute_ref: str | None

    @property
    def is_active(self) -> bool:
        """Was it challenged or decided?"""
        return self.response in ACTIVE_RESPONSES


@dataclass(frozen=True, kw_only=True)
class Received:
    """One duty in one quarter: the items taken by the governing body or a committee of it, oldest first. None taken
    is not evidenced: the records show no receipt, which is not to say that there was none."""

    duty: Duty
    quarter: date
    items: tuple[Item, ...]
    elsewhere: int

    @property
    def is_active(self) -> bool:
        """Was any of them challenged or decided?"""
        return any(item.is_active for item in self.items)


@dataclass(frozen=True, kw_only=True)
class DutyKept:
    """One duty over the quarters, oldest first; `last_on` is the last time it was received, whenever that was."""

    duty: Duty
    quarters: tuple[Received, ...]
    last_on: date | None

    @property
    def evidenced(self) -> int:
        """Quarters of the last four in which it was received; of the annual report 1 if it was in twelve months, else
        0."""
        latest = sum(bool(each.items) for each in self.quarters[-SCRUTINISED:])
        return latest if self.duty.regular else min(1, latest)

    @property
    def wanted(self) -> int:
        """How many are wanted in twelve months."""
        return SCRUTINISED if self.duty.regular else 1


@dataclass(frozen=True, kw_only=True)
class GovernancePicture:
    """quarters: the last eight complete ones by their ends, oldest first. duties: Code 9.7 a to d. acted: what a
    governing body challenged or decided in the twelve months to as_at, newest first; noted: how many items it only
    noted, unsaid: how many have no response on record. others: items beyond the four duties in the same months, by
    kind. scrutinised: of the last four quarters those in which a, b and c were all received and one of them
    challenged or decided. recent: every item a governing body took in the twelve months, newest first; minuted: those
    with a minute. voice: how long themes took. why_not: what is
    missing."""

    as_at: date
    quarters: tuple[date, ...]
    duties: tuple[DutyKept, ...]
    acted: tuple[Item, ...]
    noted: int
    unsaid: int
    others: Mapping[str, int]
    scrutinised: int
    minuted: int
    recent: tuple[Item, ...]
    voice: Latency
    why_not: str = ""

    @property
    def taken(self) -> int:
        """How many items a governing body took in the twelve months."""
        return len(self.recent)


def governance_picture(records: Records, as_at: date, *, hidden: pl.DataFrame | None = None) -> GovernancePicture:
    """The picture on one day. `hidden`: what `hidden_stages` gives `whenever` for as_at; looked for here where not
    given and contacts are held."""
    if hidden is None and "contacts" in records.frames and "governance" in records.frames:
        hidden = hidden_stages(records, [as_at], whenever=True)
    rows = _items(records, as_at)
    quarters = quarter_ends_to(last_quarter_end(as_at), QUARTERS - 1)
    duties = tuple(_kept(duty, rows, quarters) for duty in DUTIES)
    governing = [_item(row) for row in rows if row["is_governing"]]
    first, last = window(as_at)
    recent = [item for item in governing if first <= item.met_on <= last]
    return GovernancePicture(
        as_at=as_at,
        quarters=tuple(quarters),
        duties=duties,
        acted=tuple(item for item in recent[::-1] if item.is_active),
        noted=sum(item.response == "noted" for item in recent),
        unsaid=sum(item.response is None for item in recent),
        others=_others(recent),
        scrutinised=_scrutinised(duties),
        minuted=sum(item.minute_ref is not None for item in recent),
        recent=tuple(recent[::-1]),
        voice=voice_to_board(records, as_at, hidden=hidden),
        why_not="" if rows else "No governance items are held up to this day.",
    )


def _items(records: Records, as_at: date) -> list[dict[str, Any]]:
    known = population(records, "governance").filter(pl.col("met_on") <= as_at)
    names = [*Item.__dataclass_fields__, "is_governing"]
    return known.select(names).sort("met_on", "item_ref").collect().to_dicts()


def _item(row: Mapping[str, Any]) -> Item:
    return Item(**{name: row[name] for name in Item.__dataclass_fields__})


def _kept(duty: Duty, rows: Sequence[Mapping[str, Any]], quarters: Sequence[date]) -> DutyKept:
    of_duty = [row for row in rows if row["item"] == duty.item]
    governing = [row for row in of_duty if row["is_governing"]]
    return DutyKept(
        duty=duty,
        quarters=tuple(_received(duty, of_duty, quarter) for quarter in quarters),
        last_on=max((row["met_on"] for row in governing), default=None),
    )


def _received(duty: Duty, rows: Sequence[Mapping[str, Any]], quarter: date) -> Received:
    inside = [row for row in rows if quarter_end(row["met_on"]) == quarter]
    items = tuple(_item(row) for row in inside if row["is_governing"])
    return Received(duty=duty, quarter=quarter, items=items, elsewhere=len(inside) - len(items))


def _others(items: Sequence[Item]) -> dict[str, int]:
    duties = {duty.item for duty in DUTIES}
    names = sorted({item.item for item in items} - duties)
    return {name: sum(item.item == name for item in items) for name in names}


def _scrutinised(duties: Sequence[DutyKept]) -> int:
    regular = [kept.quarters[-SCRUTINISED:] for kept in duties if kept.duty.regular]
    return sum(
        all(each.items for each in quarter) and any(each.is_active for each in quarter)
        for quarter in zip(*regular, strict=True)
    )

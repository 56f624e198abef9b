"""Deviations from the Code's path that a landlord accepts: whose they are, why, and until when."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

import polars as pl

from metrics.ghosts.conformance import ACCEPTED
from store.database import Store
from store.ledger import enter, entries, require_words

TABLE = "accepted_deviations"
_REGISTER = {**ACCEPTED, "accepted_on": pl.Date}


@dataclass(frozen=True, kw_only=True)
class Deviation:
    """One entry of the register: the deviation (as `metrics.ghosts.conformance` names it), who owns it, the reason, and
    the days from which and until which it is accepted. An entry that ends on the day it begins withdraws the one before
    it from that day. Raises ValueError where one is missing or the end lies before the beginning."""

    landlord_code: str
    deviation: str
    owner: str
    reason: str
    accepted_on: date
    expires_on: date

    def __post_init__(self) -> None:
        require_words(
            self,
            deviation="the deviation that is accepted",
            owner="the owner of the accepted deviation",
            reason="the reason of the accepted deviation",
        )
        if self.expires_on < self.accepted_on:
            raise ValueError(f"expires_on: found {self.expires_on}; wanted no day before {self.accepted_on}")

    @property
    def withdraws(self) -> bool:
        """Whether it accepts nothing and only ends what was accepted before."""
        return self.expires_on == self.accepted_on

    def stands_on(self, day: date) -> bool:
        """Whether it is accepted on that day."""
        return self.accepted_on <= day < self.expires_on


def accept_deviation(store: Store, deviation: Deviation) -> None:
    """Enter a deviation in the register. Earlier entries stay on record. Raises RefusedError."""
    store.reader.require("review", deviation.landlord_code)
    enter(store, TABLE, asdict(deviation), what="accepted deviation", detail=deviation.deviation)


def accepted_deviations(store: Store, landlord_code: str) -> list[Deviation]:
    """A landlord's register, in the order in which it was written. Raises RefusedError for a landlord out of reach."""
    store.reader.require("figures", landlord_code)
    return entries(store, TABLE, Deviation, landlord_code=landlord_code)


def register(entries: Sequence[Deviation]) -> pl.DataFrame:
    """What the register accepts, as `metrics.ghosts.conformance` takes it (`ACCEPTED`, and accepted_on): an entry ends
    when it expires, or where a later one on the same deviation begins. `entries` in the order they were written."""
    rows = []
    for place, entry in enumerate(entries):
        begun = [each.accepted_on for each in entries[place + 1 :] if each.deviation == entry.deviation]
        ends = min([entry.expires_on, *begun])
        if ends > entry.accepted_on:
            rows.append({name: getattr(entry, name) for name in _REGISTER} | {"expires_on": ends})
    return pl.DataFrame(rows, schema=_REGISTER, orient="row")

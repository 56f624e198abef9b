"""The shared choice of landlord and quarter. Both are kept in the address, so any view can be linked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from metrics.periods import last_quarter_end, quarter_ends_to
from metrics.phrasing import day
from store.landlords import LandlordHeld
from ui import address, opened
from ui.selector import select

QUARTERS_OFFERED = 12
LANDLORD, AS_AT = "landlord", "as_at"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which landlord, and the day the figures speak for."""

    landlord: LandlordHeld
    as_at: date

    @property
    def code(self) -> str:
        """The landlord's code."""
        return self.landlord.code

    def link(self, **further: str | int | None) -> dict[str, str]:
        """The query parameters of a link that keeps this choice; what is None is left out."""
        kept = {LANDLORD: self.code, AS_AT: self.as_at.isoformat(), **further}
        return {name: str(value) for name, value in kept.items() if value is not None}


def choose(landlords: Sequence[LandlordHeld]) -> Choice:
    """Draw the two selectors and return what is chosen. `landlords` must not be empty."""
    by_code = {each.code: each for each in landlords}
    code = select(
        LANDLORD,
        "Landlord",
        {code: each.name for code, each in by_code.items()},
        otherwise=first_with_records(landlords).code,
        always=True,
        label_visibility="collapsed",
        width=250,
    )
    return Choice(landlord=by_code[code], as_at=_choose_day(by_code[code]))


def _choose_day(landlord: LandlordHeld) -> date:
    ends = quarters_offered(landlord)
    if st.session_state.get("landlord_before") not in (None, landlord.code) and _asked_day() not in ends:
        address.forget(AS_AT)  # another landlord's records end on another day: it speaks for its own last quarter
    st.session_state["landlord_before"] = landlord.code
    wanted = _asked_day() if _any_day(landlord) else None
    offered = {each.isoformat(): each for each in sorted({*ends, *([wanted] if wanted else [])}, reverse=True)}
    found = select(
        AS_AT,
        "Quarter the figures speak for",
        {name: f"to {day(each)}" for name, each in offered.items()},
        otherwise=ends[0].isoformat(),
        what="day",
        always=True,
        label_visibility="collapsed",
        width=230,
    )
    return offered[found]


def _any_day(landlord: LandlordHeld) -> bool:
    """Whether this reader may ask for a day between the quarter ends (`ui.loading` holds it)."""
    reader = opened.reader()
    return reader is not None and reader.may("small numbers", landlord.code)


def chosen() -> Choice:
    """The choice of this run, made by the shell before the page began."""
    choice: Choice = st.session_state["choice"]
    return choice


def chosen_if_any() -> Choice | None:
    """The choice of this run, or None before any landlord is held; for pages that work without one."""
    choice: Choice | None = st.session_state.get("choice")
    return choice


def chosen_code() -> str | None:
    """The landlord chosen, where there is any to choose."""
    choice = chosen_if_any()
    return choice.code if choice else None


def first_with_records(landlords: Sequence[LandlordHeld]) -> LandlordHeld:
    """The landlord shown when none is asked for: the first that holds complaints, else the first."""
    return next((each for each in landlords if "complaints" in each.tables), landlords[0])


def quarters_offered(landlord: LandlordHeld) -> list[date]:
    """Quarter ends to choose from, newest (the last its records cover) first."""
    newest = landlord.data_through or date.today()
    return quarter_ends_to(last_quarter_end(newest), QUARTERS_OFFERED - 1)[::-1]


def _asked_day() -> date | None:
    try:
        return date.fromisoformat(st.query_params.get(AS_AT, ""))
    except ValueError:
        return None

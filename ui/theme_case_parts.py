"""Which complaints on a theme: chosen on the page, kept in the address, and listed."""

from datetime import date
from typing import Any

import streamlit as st

from metrics.learning.listing import DATED, Asked, Dated
from metrics.phrasing import short_day
from metrics.systemic.own import LATE
from ui import empty
from ui.case_rows import case_rows, downloads
from ui.loading import theme_cases, theme_choices
from ui.markup import element, heading, note, show
from ui.selection import Choice
from ui.selector import EVERY, narrow, radio

WORDS: dict[Dated, str] = {
    "received": "received",
    "upheld": "upheld",
    "late": "acknowledged or answered late",
    "hidden": "hidden, never a complaint",
}
PARAMETERS = {"theme": "theme", "area": "in_area", "team": "of_team", "root_cause": "cause"}
LABELS = {"theme": "Service area", "area": "Area", "team": "Team", "root_cause": "Root cause"}


def choose(choice: Choice) -> Asked:
    """Draw the selectors."""
    offered = dict(theme_choices(choice.code, choice.as_at))
    if st.query_params.get("dated") == "late":
        offered["root_cause"] = list(LATE)
    picked: dict[str, Any] = {}
    for column, (name, parameter) in zip(st.columns(4, gap="small"), PARAMETERS.items(), strict=True):
        with column:
            picked[name] = narrow(parameter, LABELS[name], offered[name])
    words = {each: WORDS[each].capitalize() for each in DATED}
    dated = radio("dated", "Which of them", words, otherwise="received", what="selection")
    return Asked(
        **picked,
        first=_day("first"),
        last=_day("last"),
        dated=dated,
        others_of=st.query_params.get("others_of"),
    )


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(st.query_params.get(name, ""))
    except ValueError:
        return None


def finding(asked: Asked, choice: Choice) -> None:
    """How many, of what and when."""
    cases = theme_cases(choice.code, choice.as_at, asked)
    what = (
        "hidden stages that never became a complaint" if asked.dated == "hidden" else f"complaints {WORDS[asked.dated]}"
    )
    where = ", ".join(each for each in (asked.theme, asked.root_cause, asked.area, asked.team) if each)
    show(
        heading(f"{len(cases):,} {what}"),
        element("p", f"{where or 'Every service area'}{_when(asked)}.", class_="lp-lead"),
    )
    if asked.others_of is not None:
        show(note(f"Only service areas with no change while {asked.others_of} was tried: what it was compared with."))


def _when(asked: Asked) -> str:
    begin = f", from {short_day(asked.first)}" if asked.first else ""
    return f"{begin}, to {short_day(asked.last)}" if asked.last else begin


def listing(asked: Asked, choice: Choice) -> None:
    """The rows and the files."""
    cases = theme_cases(choice.code, choice.as_at, asked)
    if not len(cases):
        empty.line("There is none.")
        return
    name = f"{choice.code}-{choice.as_at.isoformat()}-{asked.dated}-{asked.theme or EVERY}"
    downloads(cases, landlord_code=choice.code, name=name)
    case_rows(cases, choice=choice, of=str(asked))

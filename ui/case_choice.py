"""Which figure's cases, which of them, and of which service area: chosen on the page, kept in the address."""

from dataclasses import dataclass

import streamlit as st

from metrics.case_list import CaseList
from metrics.catalogue import INDICATORS, indicator
from metrics.counting.cases import Which
from metrics.indicator import Indicator
from ui import address
from ui.loading import cases
from ui.selection import Choice

KEPT = {"attention": "Needing attention", "numerator": "Counted", "all": "All"}
WHICH: tuple[Which, ...] = ("attention", "numerator", "all")
EVERY_AREA = "every"


@dataclass(frozen=True, kw_only=True)
class CaseChoice:
    """A figure, which of its rows, and the rows."""

    indicator: Indicator
    which: Which
    area: str | None
    rows: CaseList

    @property
    def name(self) -> str:
        """A name for files and for the list's own page number."""
        return (
            "-".join(part for part in (self.indicator.key, self.which, self.area) if part)
            .replace(" ", "_")
            .replace("/", "_")
        )


def choose_cases(choice: Choice) -> CaseChoice:
    """Draw the three selectors and fetch the rows."""
    listed = {each.key: each for each in INDICATORS if each.lists_cases}
    left, middle, right = st.columns([2, 2, 1.4], gap="medium", vertical_alignment="bottom")
    with left:
        key = _select(
            "indicator", {name: each.title for name, each in listed.items()}, "acknowledged_on_time", "Figure"
        )
    with middle:
        which = _which()
    rows = cases(choice.code, key, choice.as_at, which)
    with right:
        area = _select(
            "area",
            {EVERY_AREA: "Every service area", **{each: each for each in rows.areas()}},
            EVERY_AREA,
            "Service area",
        )
    only = None if area == EVERY_AREA else area
    return CaseChoice(indicator=indicator(key), which=which, area=only, rows=rows.in_area(only))


def _select(name: str, words: dict[str, str], otherwise: str, label: str) -> str:
    found = address.asked(name, tuple(words), otherwise, what=label.lower())
    st.selectbox(
        label,
        list(words),
        format_func=words.__getitem__,
        key=address.widget_key(name),
        on_change=address.write,
        args=(name,),
    )
    return found


def _which() -> Which:
    found = address.asked("which", WHICH, "attention", what="selection")
    st.radio(
        "Which of them",
        WHICH,
        format_func=KEPT.__getitem__,
        key=address.widget_key("which"),
        on_change=address.write,
        args=("which",),
        horizontal=True,
    )
    return next(each for each in WHICH if each == found)

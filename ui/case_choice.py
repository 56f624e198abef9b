"""Which figure's cases, which of them, and of which service area: chosen on the page, kept in the address."""

from dataclasses import dataclass

import streamlit as st

from metrics.case_list import CaseList
from metrics.catalogue import INDICATORS, indicator
from metrics.counting.cases import Which
from metrics.indicator import Indicator
from ui.loading import cases
from ui.selection import Choice
from ui.selector import narrow, radio, select

KEPT: dict[Which, str] = {"attention": "Needing attention", "numerator": "Counted", "all": "All"}


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
        return "-".join(part for part in (self.indicator.key, self.which, self.area) if part)


def choose_cases(choice: Choice) -> CaseChoice:
    """Draw the three selectors and fetch the rows."""
    listed = {each.key: each for each in INDICATORS if each.lists_cases}
    left, middle, right = st.columns([2, 2, 1.4], gap="medium", vertical_alignment="bottom")
    with left:
        key = select(
            "indicator",
            "Figure",
            {name: each.title for name, each in listed.items()},
            otherwise="acknowledged_on_time",
        )
    with middle:
        which = radio("which", "Which of them", KEPT, what="selection")
    rows = cases(choice.code, key, choice.as_at, which)
    with right:
        area = narrow("area", "Service area", rows.areas())
    return CaseChoice(indicator=indicator(key), which=which, area=area, rows=rows.in_area(area))

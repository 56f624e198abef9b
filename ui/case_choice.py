"""Which figure's cases, which of them, and of which service area, team and channel: chosen on the page, kept in the
address."""

from dataclasses import astuple, dataclass

import streamlit as st

from metrics.case_list import CaseList
from metrics.catalogue import INDICATORS, indicator
from metrics.counting.cases import Which
from metrics.indicator import Indicator
from metrics.narrowing import Only
from ui.loading import cases
from ui.narrowing_choice import choose_only
from ui.selection import Choice
from ui.selector import radio, select

KEPT: dict[Which, str] = {"attention": "Needing attention", "numerator": "Counted", "all": "All"}


@dataclass(frozen=True, kw_only=True)
class CaseChoice:
    """A figure, which of its rows, and the rows."""

    indicator: Indicator
    which: Which
    only: Only
    rows: CaseList

    @property
    def name(self) -> str:
        """A name for files and for the list's own page number."""
        return "-".join([self.indicator.key, self.which, *filter(None, astuple(self.only))])


def choose_cases(choice: Choice) -> CaseChoice:
    """Draw the selectors and fetch the rows."""
    listed = {each.key: each for each in INDICATORS if each.lists_cases}
    left, right = st.columns(2, gap="medium", vertical_alignment="bottom")
    with left:
        key = select(
            "indicator",
            "Figure",
            {name: each.title for name, each in listed.items()},
            otherwise="acknowledged_on_time",
        )
    with right:
        which = radio("which", "Which of them", KEPT, what="selection")
    rows = cases(choice.code, key, choice.as_at, which)
    only = choose_only(rows.choices())
    return CaseChoice(indicator=indicator(key), which=which, only=only, rows=rows.narrowed(only))

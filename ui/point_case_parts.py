"""The cases behind one point of a control chart: which of them, and the rows."""

from datetime import date

import streamlit as st

from metrics.catalogue import indicator
from metrics.counting.cases import Which
from metrics.phrasing import capital
from metrics.trends import Trend
from metrics.trends.lines import line_keys
from metrics.trends.point_cases import PointAsked
from metrics.trends.rows import Period
from metrics.trends.words import period_words
from ui import empty
from ui.case_choice import KEPT
from ui.case_rows import case_rows, downloads
from ui.link import link
from ui.literal import literal
from ui.markup import element, heading, show
from ui.navigation import POINT_CASES
from ui.selection import Choice
from ui.selector import radio
from ui.trend_loading import point_cases

PERIODS: tuple[Period, ...] = ("month", "quarter")


def opens_point(label: str, choice: Choice, found: Trend) -> None:
    """A link to the cases of the latest point of a line, for those who may follow it."""
    asked = choice.link(line=found.key, period=found.period, ended=found.latest.end.isoformat(), which="all")
    link(POINT_CASES, label=literal(label), query_params=asked, landlord_code=choice.code)


def asked_for() -> PointAsked | None:
    """The point the address names; None where it names none."""
    asked = st.query_params
    period = next((each for each in PERIODS if each == asked.get("period")), None)
    try:
        end = date.fromisoformat(asked.get("ended", ""))
    except ValueError:
        return None
    if period is None or asked.get("line") not in line_keys():
        return None
    return PointAsked(key=asked["line"], period=period, end=end)


def nothing_asked() -> None:
    """The address names no point."""
    empty.page("No month or quarter is named", "Choose a line on Quarterly trends; its latest point opens its cases.")


def choose_which(asked: PointAsked) -> Which:
    """Which of them. A count has no case that falls short."""
    offered = {"all": KEPT["all"]} if indicator(asked.key).kind == "fact" else dict(KEPT)
    words: dict[Which, str] = {each: offered[each] for each in ("all", "attention", "numerator") if each in offered}
    return radio("which", "Which of them", words, what="selection")


def finding(asked: PointAsked, which: Which, choice: Choice) -> None:
    """How many, of what and when."""
    rows = point_cases(choice.code, asked, which)
    declared = indicator(asked.key)
    when = period_words(asked.end, asked.period)
    show(
        heading(f"{declared.title}, {when}: {len(rows):,}"),
        element("p", f"{KEPT[which]}. {capital(declared.of_which)}: here {when} alone. "
                f"Counted: {declared.counted}.", class_="lp-lead"),
    )  # fmt: skip


def listing(asked: PointAsked, which: Which, choice: Choice) -> None:
    """The rows and the files."""
    rows = point_cases(choice.code, asked, which)
    if not len(rows):
        empty.line("There is none.")
        return
    name = f"{asked.key}-{asked.period}-{asked.end.isoformat()}-{which}"
    downloads(rows, name=f"{choice.code}-{name}", landlord_code=choice.code)
    case_rows(rows, choice=choice, of=name)

"""The cases behind a figure, a page at a time, each with the way to the complaint it belongs to."""

import re

import streamlit as st

from intake.export import safe_csv, safe_xlsx
from metrics.case_list import CaseList
from ui import wording
from ui.download import Taken, download
from ui.literal import literal
from ui.markup import Markup, element, show
from ui.navigation import CASE
from ui.selection import Choice

PAGE_SIZE = 15
HEAD = ("title", "complaint_ref", "action_ref", "determination_ref", "item_ref", "quarter_ended_on")


def case_rows(cases: CaseList, *, choice: Choice, of: str) -> None:
    """Draw one page of the rows and the pages there are. `of` names the list, so that each list keeps its own page."""
    pages = max(1, -(-len(cases) // PAGE_SIZE))
    number = min(st.session_state.get(f"page_of_{of}", 1), pages)
    for place, row in enumerate(cases.page(number, size=PAGE_SIZE)):
        with st.container(key=f"case-row-{place}", gap=None):
            _row(row, choice)
    if pages > 1:
        st.pagination(pages, key=f"page_of_{of}")


def _row(row: dict[str, object], choice: Choice) -> None:
    reference = row.get("complaint_ref")
    if reference:
        st.page_link(CASE, label=f"Complaint {literal(str(reference))}", query_params=choice.link(ref=str(reference)))
    else:
        show(element("p", _head(row), class_="lp-case"))
    show(facts({name: value for name, value in row.items() if name not in HEAD and _tells(name, value)}))


def _head(row: dict[str, object]) -> str:
    """What a row without a complaint is called: its title and its reference."""
    return " · ".join(wording.cell(row[name]) for name in HEAD if row.get(name) is not None)


def _tells(name: str, value: object) -> bool:
    """A date that is missing tells something; a field that is blank, or a fault that was not found, does not."""
    return name.endswith("_on") if value is None else not (value is False and name.startswith("phantom"))


def facts(row: dict[str, object]) -> Markup:
    """The rest of a row: every column with its name."""
    items = [
        element("div", element("dt", wording.column_words(name)), element("dd", wording.cell(value)))
        for name, value in row.items()
    ]
    return element("dl", *items, class_="lp-facts")


def downloads(cases: CaseList, *, landlord_code: str, name: str) -> None:
    """The whole list as CSV or as a workbook; made when asked for."""
    name = re.sub(r"[^\w.-]+", "_", name)
    taken = Taken(landlord_code, f"{len(cases):,} cases")
    with st.container(horizontal=True, gap="small"):
        download("Download CSV", lambda: safe_csv(cases.frame), file_name=f"{name}.csv", taken=taken, key="as-csv")
        download(
            "Download workbook",
            lambda: safe_xlsx({"Cases": cases.frame}),
            file_name=f"{name}.xlsx",
            taken=taken,
            key="as-xlsx",
        )

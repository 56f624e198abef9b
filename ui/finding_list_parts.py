"""The findings behind a figure on the Ombudsman: which list, of which service area; and the rows."""

import streamlit as st

from metrics.ombudsman.listing import SHOW, FindingBook
from metrics.phrasing import capital
from ui import empty
from ui.case_rows import case_rows, downloads
from ui.link import link
from ui.literal import literal
from ui.markup import heading, show
from ui.navigation import FINDING_LIST
from ui.selection import Choice
from ui.selector import EVERY, narrow, select


def opens_findings(label: str, choice: Choice, shown: str, *, area: str | None = None) -> None:
    """A link to that list, for those who may follow it."""
    asked = choice.link(findings=shown, area=area or EVERY)
    link(FINDING_LIST, label=literal(label), query_params=asked, landlord_code=choice.code)


def choose_list(book: FindingBook) -> tuple[str, str | None]:
    """Which list, and of which service area."""
    left, right = st.columns(2, gap="small")
    with left:
        shown = select("findings", "Which findings", {name: capital(name) for name in SHOW})
    with right:
        area = narrow("area", "Service area", book.areas())
    return shown, area


def finding(book: FindingBook, shown: str, area: str | None) -> None:
    """Which list it is, and how many there are."""
    of = f" ({area})" if area else ""
    show(heading(f"{capital(shown)}{of}: {len(book.listed(shown, area)):,}"))


def listing(book: FindingBook, shown: str, area: str | None, choice: Choice) -> None:
    """The rows and the files."""
    rows = book.listed(shown, area)
    if not len(rows):
        empty.line("No finding belongs here.")
        return
    name = "-".join(each for each in ("findings", shown, area) if each).replace(" ", "_").replace("/", "_")
    downloads(rows, name=f"{choice.code}-{choice.as_at.isoformat()}-{name}", landlord_code=choice.code)
    case_rows(rows, choice=choice, of=name)

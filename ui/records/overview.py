"""The sentence of the page, and which of its four parts is shown."""

from typing import Literal

import streamlit as st

from metrics.phrasing import day
from ui import loading
from ui.markup import element, heading, show
from ui.records.coverage_parts import coverage
from ui.records.history_parts import history_list, saved_matches
from ui.records.landlord_form import landlord_form
from ui.records.load_form import load_form
from ui.records.template_parts import templates
from ui.selection import Choice

Tab = Literal["Load", "Held and missing", "History", "Templates"]
TABS: tuple[Tab, ...] = ("Load", "Held and missing", "History", "Templates")


def finding(choice: Choice | None) -> None:
    """What is held, in a sentence."""
    if choice is None:
        show(
            heading("Nothing is held yet: load your first records"),
            element(
                "p",
                "A landlord and its complaints are enough to begin with. Every other table makes more of the picture "
                "known. Files are judged row by row; what is refused comes back with the reason.",
                class_="lp-lead",
            ),
        )
        return
    of = choice.landlord
    rows = sum(of.tables.values())
    until = f", the newest of {day(of.data_through)}" if of.data_through else ""
    count = len(of.tables)
    show(
        heading(f"Our records: {rows:,} in {count} table{'' if count == 1 else 's'}"),
        element("p", f"{of.name}{until}. Load more, see what is missing, or take a template.", class_="lp-lead"),
    )


def load_part() -> None:
    """The load, and the landlord it needs."""
    load_form(loading.landlords())
    with st.expander("Add or correct a landlord", key="landlord-form"):
        landlord_form()


def coverage_part(choice: Choice | None) -> None:
    """What is held of the landlord chosen."""
    if choice is None:
        show(element("p", "No landlord is held yet.", class_="lp-text"))
        return
    coverage(loading.filled(choice.code), choice)


def history_part() -> None:
    """Loads and saved matches."""
    history_list()
    show(heading("Saved matches", level=2))
    saved_matches()


def template_part() -> None:
    """Templates and dictionary."""
    templates()

"""What a screen says when there is nothing to show: what is missing, why it is worth loading, and where to do it."""

from collections.abc import Sequence

import streamlit as st

from metrics.phrasing import table_words
from metrics.records import TABLE_BY_NAME
from ui.markup import Markup, element, heading, note, show
from ui.navigation import OUR_RECORDS, is_there


def nothing(title: str, *sentences: str) -> None:
    """An empty state: a title and what to do about it."""
    _say(element("h2", title, class_="lp-title"), sentences)


def page(title: str, *sentences: str) -> None:
    """An empty state that stands for the page."""
    _say(heading(title), sentences)


def _say(title: Markup, sentences: Sequence[str]) -> None:
    show(
        element(
            "div",
            title,
            *(element("p", sentence, class_="lp-text") for sentence in sentences),
            class_="lp-empty",
        )
    )


def no_records() -> None:
    """No landlord at all."""
    page(
        "No records yet",
        "Load a landlord's records and its position on the learning pyramid appears here, with the reasons for it and "
        "the shortest way up. Landlords and complaints are enough to begin with.",
        "To look around first, load the fictional landlords: run “python cli.py seed” in the folder of this program "
        "and reload the page.",
    )
    link_to_our_records()


def records_unreachable(reason: str) -> None:
    """The store does not answer."""
    page(
        "The records cannot be reached",
        "The database did not answer, so nothing can be shown. What was stored before is kept; what was being stored "
        "at this moment has not happened. Try again in a moment, and if it stays like this, give the line below to "
        "whoever runs this program.",
        reason,
    )
    st.button("Try again", type="primary")


def not_held(table: str, *, why: str) -> None:
    """One table is missing: what it is, and what it would show."""
    meaning = TABLE_BY_NAME[table].meaning
    nothing(f"No {table_words(table)} loaded", f"{meaning}: {why}")
    link_to_our_records()


def link_to_our_records() -> None:
    """The way to the page where records are loaded, where there is one."""
    if is_there(OUR_RECORDS):
        st.page_link(OUR_RECORDS, label="Load records")


def line(text: str) -> None:
    """A single quiet line in place of a list."""
    show(note(text))

"""Erasing a person's records by reference: what is held, then the erasure, for the administrator."""

import streamlit as st

from store.erasing import Held
from ui.administration import in_store
from ui.cards import card
from ui.entered import told_if_refused
from ui.literal import literal
from ui.markup import element, note, show, table

TITLE = "Retention and erasure: what is removed, and why"
MEANING = (
    "What is removed is gone from the records, every copy of them and the database's own free pages. There is no undo."
)
ASKED, DONE = "erasure_asked", "erasure_done"


def by_reference(code: str) -> None:
    """Ask for a reference, say what is held under it, and erase it."""
    with card("Erase what is held about a person", key="erasure"):
        show(
            note(
                "References, free text and notes of the household or case go; dates, service areas, outcomes and sums "
                "stay, under chance references, so that figures already given stay true. The next file is loaded "
                "without them."
            )
        )
        for line in st.session_state.pop(DONE, []):
            st.success(literal(line))
        with st.form("erasure-look", border=False):
            reference = st.text_input("Reference of a household or a case", max_chars=200)
            if st.form_submit_button("Say what is held"):
                st.session_state[ASKED] = (code, reference.strip())
        of, asked = st.session_state.get(ASKED, ("", ""))
        if of == code and asked:
            _told(code, asked)


def _told(code: str, reference: str) -> None:
    found = in_store.held_under(code, reference)
    if found is None:
        show(note("Nothing is held under this reference."))
        return
    _held(found)
    with st.form("erasure-do", border=False):
        reason = st.text_input("Reason", max_chars=400, help="It goes into the audit: name nobody.")
        again = st.text_input("The reference once more", max_chars=200)
        if st.form_submit_button("Erase", type="primary"):
            _erase(code, reference, again=again.strip(), reason=reason)


def _held(found: Held) -> None:
    rows = [(name.replace("_", " ").capitalize(), f"{many:,}") for name, many in found.rows.items()]
    show(table(("Table", "Rows"), rows, caption="Held under this reference"))
    show(element("ul", *(element("li", line) for line in found.words(done=False)[1:]), class_="lp-plain"))


def _erase(code: str, reference: str, *, again: str, reason: str) -> None:
    if again != reference:
        st.error("Not erased. The two references are not the same.")
        return
    with told_if_refused("Not erased"):
        done = in_store.erase_under(code, reference, reason)
        st.session_state.pop(ASKED, None)
        st.session_state[DONE] = done.words(done=True)
        st.rerun()

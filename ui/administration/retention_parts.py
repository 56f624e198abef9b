"""Removing records whose time is over by the landlord's rule: what is over, then the removal, for the administrator."""

import streamlit as st

from metrics.phrasing import day
from store.retention import Removal
from ui.administration import in_store
from ui.cards import card
from ui.entered import told_if_refused
from ui.literal import literal
from ui.markup import note, show, table

DONE = "retention_done"


def by_rule(code: str) -> None:
    """Say what is over, and remove it."""
    with card("Remove what is over by the landlord's rule", key="retention"):
        if done := st.session_state.pop(DONE, None):
            st.success(literal(done))
        found = in_store.over_by_rule(code)
        if found is None:
            show(note("This landlord has no rule. Set the years on Settings: nothing is removed without one."))
            return
        _told(found)
        if found.rows:
            _form(code)


def _told(found: Removal) -> None:
    show(
        note(
            f"The rule is {found.years} years: closed cases in which nothing happened since {day(found.before)}, and "
            "contacts and payments before that day that belong to no case. Open cases and unkept promises stay."
        )
    )
    if not found.rows:
        show(note("Nothing is over."))
        return
    rows = [(name.replace("_", " ").capitalize(), f"{many:,}") for name, many in found.rows.items()]
    show(
        table(("Table", "Rows"), rows, caption="Rows whose time is over"),
        note(
            f"Before they go, every indicator, by service area, is kept for {len(found.quarters)} past quarter ends, "
            "so that their position and reasons stay as they are. Charts by month or quarter, lists of cases and "
            "hidden stages of that time cannot be worked out again. Papers that were kept stay."
        ),
    )


def _form(code: str) -> None:
    with st.form("retention-do", border=False):
        reason = st.text_input("Reason", max_chars=400, key="retention-reason")
        sure = st.checkbox("I have taken note that there is no undo")
        if st.form_submit_button("Remove what is over"):
            if not sure:
                st.error("Not removed. Tick that there is no undo.")
                return
            with told_if_refused("Not removed"):
                done = in_store.remove_over(code, reason)
                st.session_state[DONE] = (
                    f"Removed: {sum(done.rows.values()):,} rows. {len(done.quarters)} quarter ends are kept."
                )
                st.rerun()

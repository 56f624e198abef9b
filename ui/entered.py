"""What becomes of what somebody enters in a form. Refused: the reason is told at once. Taken: the next run tells so,
whose figures hold it already."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from metrics.access import RefusedError
from ui.literal import literal


@contextmanager
def told_if_refused(what: str = "Not recorded") -> Iterator[None]:
    """Around what may refuse an entry: the reason is shown, and what is left of the block is not done."""
    try:
        yield
    except (ValueError, RefusedError) as fault:
        st.error(f"{what}. {literal(str(fault))}")


def taken(form: str, words: str = "Recorded.") -> None:
    """Begin the next run, in which the form tells that its entry was taken."""
    st.session_state[f"{form}_taken"] = words
    st.rerun()


def tell(form: str) -> None:
    """Where the form stands: what became of the entry before, once."""
    if words := st.session_state.pop(f"{form}_taken", ""):
        st.success(literal(words))

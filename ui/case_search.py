"""The box to type a complaint's reference into; the address holds it."""

import streamlit as st

NAME, KEY = "ref", "case_reference"


def case_reference() -> str:
    """Draw the box and return the reference asked for; empty where none is."""
    asked = st.query_params.get(NAME, "")
    st.session_state[KEY] = asked
    st.text_input(
        "Complaint reference", key=KEY, on_change=_write, placeholder="Type a reference and press Enter", width=340
    )
    return asked.strip()


def _write() -> None:
    st.query_params[NAME] = st.session_state[KEY].strip()

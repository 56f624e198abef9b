"""Choices kept in the address, so that any view can be linked and a link works cold."""

from collections.abc import Sequence

import streamlit as st


def asked(name: str, offered: Sequence[str], otherwise: str, *, what: str) -> str:
    """What the address asks for, else what was chosen before, else `otherwise`; the address then says so.

    An address that asks for something not on offer is told so by the shell (`not_found`).
    """
    wanted = st.query_params.get(name)
    if wanted is not None and wanted not in offered:
        st.session_state["not_found"] = f"The address asks for the {what} “{wanted}”, which is not there."
    remembered = st.session_state.get(f"chosen_{name}")
    found = next((each for each in offered if each == wanted), None) or next(
        (each for each in offered if each == remembered), otherwise
    )
    st.session_state[f"chosen_{name}"] = found
    if wanted != found:
        st.query_params[name] = found
    st.session_state[widget_key(name)] = found
    return found


def widget_key(name: str) -> str:
    """The key of the widget that sets this part of the address."""
    return f"select_{name}"


def write(name: str) -> None:
    """Callback of that widget: what was picked goes into the address."""
    value = st.session_state[widget_key(name)]
    st.session_state[f"chosen_{name}"] = value
    st.query_params[name] = value


def forget(name: str) -> None:
    """Drop a choice, so that the next run starts from its own default."""
    st.session_state.pop(f"chosen_{name}", None)
    if name in st.query_params:
        del st.query_params[name]

"""Choices kept in the address, so that any view can be linked and a link works cold."""

from collections.abc import Sequence

import streamlit as st


def asked(name: str, offered: Sequence[str], otherwise: str, *, what: str, always: bool = False) -> str:
    """What the address asks for, else what was chosen before, else `otherwise`.

    The address then names it, unless it is `otherwise`, which a link without it gives as well; with `always` it names
    that too. An address that asks for something not on offer is told so by the shell (`not_found`).
    """
    wanted = st.query_params.get(name)
    if wanted is not None and wanted not in offered:
        st.session_state["not_found"] = f"The address asks for the {what} “{wanted}”, which is not there."
    remembered = st.session_state.get(f"chosen_{name}")
    found = next((each for each in offered if each == wanted), None) or next(
        (each for each in offered if each == remembered), otherwise
    )
    st.session_state[f"chosen_{name}"] = found
    if wanted != found and (always or wanted is not None or found != otherwise):
        _complete(name, wanted, found)
    st.session_state[widget_key(name)] = found
    return found


def _complete(name: str, wanted: str | None, found: str) -> None:
    """Write what the address lacks, once: every writing is a step of the browser's history, and a reader who goes back
    over it must not be sent forward again."""
    mended = st.session_state.setdefault("mended_addresses", {})
    if mended.get(name) != (wanted, found):
        mended[name] = (wanted, found)
        st.query_params[name] = found


def widget_key(name: str) -> str:
    """The key of the widget that sets this part of the address."""
    return f"select_{name}"


def write(name: str) -> None:
    """Callback of that widget: what was picked goes into the address."""
    value = st.session_state[widget_key(name)]
    st.session_state[f"chosen_{name}"] = value
    st.query_params[name] = value


def pick(name: str, value: str) -> None:
    """Callback of a button that sets this part of the address by itself."""
    st.session_state[f"chosen_{name}"] = value
    st.query_params[name] = value


def forget(name: str) -> None:
    """Drop a choice, so that the next run starts from its own default."""
    st.session_state.pop(f"chosen_{name}", None)
    if name in st.query_params:
        del st.query_params[name]

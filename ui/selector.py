"""A choice among a few things, kept in the address: drawn as a drop-down, a switch or radio buttons."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

import streamlit as st

from ui import address

EVERY = "every"
"""What the address says where nothing is narrowed."""

NO_WORDS: Mapping[str, str] = MappingProxyType({})

Name = TypeVar("Name", bound=str)


def select(name: str, label: str, words: Mapping[Name, str], **how: Any) -> Name:
    """A drop-down. `words` are what there is to choose from and how each is called; `how` is as `_offer` takes it."""
    found: Name = _offer(st.selectbox, name, label, words, **how)
    return found


def switch(name: str, label: str, words: Mapping[Name, str], **how: Any) -> Name:
    """A row of a few words of which one is lit."""
    found: Name = _offer(st.segmented_control, name, label, words, required=True, **how)
    return found


def radio(name: str, label: str, words: Mapping[Name, str], **how: Any) -> Name:
    """Radio buttons in a row."""
    found: Name = _offer(st.radio, name, label, words, horizontal=True, **how)
    return found


def narrow(
    name: str, label: str, choices: Sequence[str], *, words: Mapping[str, str] = NO_WORDS, every: str = "", **how: Any
) -> str | None:
    """A drop-down that narrows to one of the choices; None where it asks for everything, which is its first line.
    `words` says what those are called that are not shown as they are."""
    first = {EVERY: every or f"Every {label.lower()}"}
    found = select(name, label, first | {each: words.get(each, each) for each in choices}, **how)
    return None if found == EVERY else found


def _offer(
    widget: Callable[..., object],
    name: str,
    label: str,
    words: Mapping[Name, str],
    *,
    otherwise: Name | None = None,
    what: str = "",
    always: bool = False,
    on_change: Callable[[str], None] = address.write,
    **drawn: Any,
) -> Name:
    """Draw the widget and give what is chosen: what a link without it asks for is `otherwise`, else the first. `what`
    names the choice in a message; `always` has the address name even that; `drawn` goes to the widget."""
    first = next(iter(words)) if otherwise is None else otherwise
    found = address.asked(name, tuple(words), first, what=what or label.lower(), always=always)
    widget(
        label,
        list(words),
        format_func=lambda each: words[each],
        key=address.widget_key(name),
        on_change=on_change,
        args=(name,),
        **drawn,
    )
    return next(each for each in words if each == found)

"""Selectors side by side, each kept in the address; what is not narrowed says so."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from ui import address
from ui.case_choice import EVERY_AREA

EVERY = EVERY_AREA


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One selector: its name in the address, its label, and what there is to choose from."""

    name: str
    label: str
    choices: Sequence[str]


def filter_row(filters: Sequence[Filter]) -> dict[str, str | None]:
    """Draw the selectors and return what each asks for; None where it asks for everything."""
    found: dict[str, str | None] = {}
    for column, each in zip(st.columns(len(filters), gap="small"), filters, strict=True):
        with column:
            picked = select(
                each.name, each.label, {EVERY: f"Every {each.label.lower()}", **{c: c for c in each.choices}}
            )
        found[each.name] = None if picked == EVERY else picked
    return found


def select(name: str, label: str, words: dict[str, str]) -> str:
    """One selector; the first of its words is what a link without it asks for."""
    otherwise = next(iter(words))
    found = address.asked(name, tuple(words), otherwise, what=label.lower())
    st.selectbox(
        label,
        list(words),
        format_func=words.__getitem__,
        key=address.widget_key(name),
        on_change=address.write,
        args=(name,),
    )
    return found

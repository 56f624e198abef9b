"""Selectors side by side, each kept in the address; what is not narrowed says so."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from ui.selector import narrow


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
            found[each.name] = narrow(each.name, each.label, each.choices)
    return found

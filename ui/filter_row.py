"""Selectors side by side, each kept in the address; what is not narrowed says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from ui.selector import EVERY, narrow

Field = TypeVar("Field", bound=str)


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One selector: its name in the address, its label, and what there is to choose from."""

    name: str
    label: str
    choices: Sequence[str]


def filter_row(filters: Sequence[Filter]) -> dict[str, str | None]:
    """Draw the selectors and return what each asks for; None where it asks for everything."""
    found: dict[str, str | None] = {}
    if not filters:
        return found
    for column, each in zip(st.columns(len(filters), gap="small"), filters, strict=True):
        with column:
            found[each.name] = narrow(each.name, each.label, each.choices)
    return found


def kept_in(parameter: Mapping[Field, str], only: object) -> dict[str, str]:
    """The parameters of a link that keeps what was picked: each is in the address, so that no earlier choice of the
    reader's lingers. `parameter` names the address's word for each field of `only`."""
    return {name: getattr(only, by) or EVERY for by, name in parameter.items()}

"""White cards on paper, and the rows that stand in them."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from metrics.words import State
from ui.markup import Markup, Piece, element, show, state_shape


def card(title: str, *, key: str) -> Any:
    """A card with a title: use it with `with`."""
    box = st.container(key=f"card-{key}", gap="small")
    with box:
        show(element("h2", title, class_="lp-title"))
    return box


def row(what: Piece, *, more: Piece = "", figure: str = "", under: str = "", mark: Markup | None = None) -> Markup:
    """One line of a card: a mark, words, and a figure to the right with its count below."""
    right = element("p", figure, *([element("small", under)] if under else []), class_="figure")
    words = element("div", element("p", what, class_="what"), *([element("p", more, class_="more")] if more else []))
    if mark is None:
        return element("li", element("div", words, right, class_="lp-row bare"))
    return element("li", element("div", mark, words, right, class_="lp-row"))


def state_row(state: State, what: str, *, more: Piece = "", figure: str = "", under: str = "") -> Markup:
    """A line with the shape of a state; the words beside it must say the state too."""
    return row(what, more=more, figure=figure, under=under, mark=state_shape(state))


def numbered_row(number: int, what: str, *, more: str = "", figure: str = "") -> Markup:
    """A line with its place in the order."""
    return row(what, more=more, figure=figure, mark=element("span", str(number), class_="number"))


def rows(lines: Sequence[Markup]) -> Markup:
    """Lines under one another."""
    return element("ul", *lines, class_="lp-rows")

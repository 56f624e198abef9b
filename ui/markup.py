"""The one place where HTML is put together. Every value is escaped here; only `show` hands markup to the screen.

Text is a `str` and is always escaped; a piece already built is a `Markup`. There is no way to pass raw HTML in, so what
a landlord loaded reaches the browser as the characters it is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

import streamlit as st

from metrics.phrasing import capital
from metrics.words import State


@dataclass(frozen=True)
class Markup:
    """HTML whose values have been escaped. Made by `element` alone."""

    html: str


Piece = str | Markup
_SHORT = 18  # a day with its time: no cell of such a column is worth breaking
_NUMBER = re.compile(r"[£\d.,% of–-]*|more than 99|fewer than 1")  # how the figures of a table are written


def element(tag: str, *children: Piece, **attributes: str | float | None) -> Markup:
    """One HTML element. Text children and attribute values are escaped; `class_` and `aria_label` are written as HTML
    spells them; an attribute that is None is left out."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{tag}{written}>{together(*children).html}</{tag}>")


def together(*pieces: Piece) -> Markup:
    """Pieces side by side."""
    return Markup("".join(piece.html if isinstance(piece, Markup) else escape(piece) for piece in pieces))


def show(*pieces: Piece, width: Literal["stretch", "content"] = "stretch") -> None:
    """Put markup on the screen."""
    st.html(together(*pieces).html, width=width)


def heading(text: str, *, level: int = 1) -> Markup:
    """A heading: 1 the finding of the page, 2 a section, 3 the title of a card."""
    return element(f"h{level}", text, class_={1: "lp-heading", 2: "lp-section"}.get(level, "lp-title"))


def note(*pieces: Piece) -> Markup:
    """A line of small print."""
    return element("p", *pieces, class_="lp-note")


def strong(text: str) -> Markup:
    """Words that matter."""
    return element("strong", text)


SHAPE_OF: dict[State, str] = {
    "met": "met",
    "not met": "not-met",
    "too close to call": "close",
    "not evidenced": "unknown",
}


def state_shape(state: State) -> Markup:
    """The state's shape (drawn by the style sheet), without its word: for use beside words that say the same."""
    return element("span", class_=f"lp-shape {SHAPE_OF[state]}", aria_hidden="true")


def state_word(state: State) -> Markup:
    """The state in a word, in the colour of its shape."""
    return element("span", capital(state), class_=f"lp-state {SHAPE_OF[state]}")


def table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str, wordy: frozenset[str] = frozenset()
) -> Markup:
    """A small table with a caption; columns of numbers are set to the right."""
    body = [list(row) for row in rows]
    numeric = [all(_NUMBER.fullmatch(row[place]) for row in body) for place in range(len(columns))]
    short = [all(len(row[place]) <= _SHORT for row in body) for place in range(len(columns))]
    kinds = [
        "words" if name in wordy else "n" if number and body else "short" if brief else None
        for name, number, brief in zip(columns, numeric, short, strict=True)
    ]
    head = element(
        "tr", *(element("th", name, scope="col", class_=kind) for name, kind in zip(columns, kinds, strict=True))
    )
    lines = [
        element("tr", *(element("td", cell, class_=kind) for cell, kind in zip(row, kinds, strict=True)))
        for row in body
    ]
    inner = element(
        "table", element("caption", caption), element("thead", head), element("tbody", *lines), class_="lp-table"
    )
    return element("div", inner, class_="lp-scroll", tabindex="0", role="region", aria_label=caption)


def definitions(pairs: Iterable[tuple[str, Piece]]) -> Markup:
    """A list of names and what they mean."""
    parts = [part for name, meaning in pairs for part in (element("dt", name), element("dd", meaning))]
    return element("dl", *parts, class_="lp-defs")

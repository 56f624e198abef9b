"""The one place where HTML is put together. Every value is escaped here; only `show` hands markup to the screen.

Text is a `str` and is always escaped; a piece already built is a `Markup`. There is no way to pass raw HTML in, so what
a landlord loaded reaches the browser as the characters it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from metrics.words import State

_WITHOUT_END = {"circle", "path", "line", "polyline", "rect", "br"}


@dataclass(frozen=True)
class Markup:
    """HTML whose values have been escaped. Made by `element` alone."""

    html: str


Piece = str | Markup


def element(tag: str, *children: Piece, **attributes: str | float | None) -> Markup:
    """One HTML element. Text children and attribute values are escaped; `class_` and `aria_label` are written as HTML
    spells them; an attribute that is None is left out."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    if tag in _WITHOUT_END:
        return Markup(f"<{tag}{written}/>")
    return Markup(f"<{tag}{written}>{together(*children).html}</{tag}>")


def together(*pieces: Piece) -> Markup:
    """Pieces side by side."""
    return Markup("".join(piece.html if isinstance(piece, Markup) else escape(piece) for piece in pieces))


def show(*pieces: Piece) -> None:
    """Put markup on the screen."""
    st.html(together(*pieces).html)


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
_DRAWN = {
    "met": (element("circle", cx=8, cy=8, r=6.5, fill="currentColor"),),
    "not-met": (element("path", d="M8 1.2 15.2 14.2H.8z", fill="currentColor"),),
    "close": (
        element("circle", cx=8, cy=8, r=6.2, fill="none", stroke="currentColor", stroke_width=1.6),
        element("path", d="M8 1.8a6.2 6.2 0 0 0 0 12.4z", fill="currentColor"),
    ),
    "unknown": (
        element(
            "circle",
            cx=8,
            cy=8,
            r=6.2,
            fill="none",
            stroke="currentColor",
            stroke_width=1.5,
            stroke_dasharray="2.4 2.4",
        ),
    ),
}


def state_shape(state: State) -> Markup:
    """The state's shape, without its word: for use beside words that say the same."""
    kind = SHAPE_OF[state]
    return element("svg", *_DRAWN[kind], class_=f"lp-shape {kind}", viewBox="0 0 16 16", aria_hidden="true")


def state_word(state: State) -> Markup:
    """The state in a word, in the colour of its shape."""
    return element("span", state[0].upper() + state[1:], class_=f"lp-state {SHAPE_OF[state]}")


def table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str, wordy: frozenset[str] = frozenset()
) -> Markup:
    """A small table with a caption; columns whose cells all start with a digit are set to the right."""
    body = [list(row) for row in rows]
    numeric = [
        all(row[place][:1].isdigit() or row[place] in ("", "–") for row in body) for place in range(len(columns))
    ]
    kinds = [
        "words" if name in wordy else "n" if number and body else None
        for name, number in zip(columns, numeric, strict=True)
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

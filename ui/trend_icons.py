"""The icons of the matrix: a shape, a letter and a word each, after Making Data Count.

Round is better, square worse, a diamond a change of something that has no good direction, a hollow ring only chance;
H and L say high and low. For the threshold: P passes, F fails, ? now one and now the other.
"""

from metrics.trends.rows import Assurance, Variation
from metrics.trends.words import ASSURANCE_SHORT
from ui.markup import Markup, element

ASSURED: dict[Assurance, tuple[str, str]] = {
    "passes": ("better", "P"),
    "fails": ("worse", "F"),
    "hit or miss": ("chance", "?"),
    "no line": ("none", ""),
}


def variation_icon(variation: Variation) -> Markup:
    """The icon of the latest point with its word."""
    kind, _, side = variation.partition(", ")
    shape = "chance" if kind == "only chance" else kind
    return _icon(shape, side[:1].upper() or "~", variation)


def assurance_icon(assurance: Assurance) -> Markup:
    """The icon of the limits against the threshold with its word."""
    shape, letter = ASSURED[assurance]
    return _icon(shape, letter, ASSURANCE_SHORT[assurance])


def _icon(shape: str, letter: str, words: str) -> Markup:
    mark = element("span", element("b", letter), class_=f"lp-icon {shape}", aria_hidden="true")
    return element("span", mark, element("span", words), class_="lp-marked")

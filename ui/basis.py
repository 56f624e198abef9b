"""Whose line a threshold is. A rule of the Code or the standard and this tool's own judgement never look alike."""

from metrics.words import Basis
from ui.markup import Markup, element

_WORDS: dict[Basis, tuple[str, str]] = {
    "CODE": ("Code", "rule"),
    "TSM": ("TSM", "rule"),
    "JUDGEMENT": ("our judgement", "opinion"),
}


def badge(basis: Basis) -> Markup:
    """The basis as a small mark: filled for a rule, dashed for a judgement."""
    words, kind = _WORDS[basis]
    return element("span", words, class_=f"lp-basis {kind}")

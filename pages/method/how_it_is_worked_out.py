"""How it is worked out: the handbook, printed from the same declarations that count."""

import streamlit as st

from metrics.catalogue import INDICATORS
from metrics.words import LEVEL_MEANING, LEVELS, METHOD_VERSION
from ui.handbook import entry, glossary, placement_rules
from ui.markup import element, heading, note, show

show(
    heading("How it is worked out"),
    element(
        "p",
        "The Ombudsman described the pyramid in four paragraphs and set no thresholds. Every threshold here is this "
        f"tool's own judgement unless it is marked Code or TSM. This is method {METHOD_VERSION}.",
        class_="lp-lead",
    ),
    heading("From figures to a position", level=2),
)
placement_rules()
asked = st.query_params.get("indicator")
for level in (*LEVELS, None):
    show(heading(level.capitalize() if level else "Figures that describe", level=2))
    show(note(LEVEL_MEANING[level] if level else "They are no gates: none of them moves the position."))
    for declared in (each for each in INDICATORS if each.level == level):
        entry(declared, opened=declared.key == asked)
show(heading("Words", level=2))
glossary()

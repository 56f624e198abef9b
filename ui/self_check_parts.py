"""The parts of *Self-check*: the team seals what it expects before it is shown the position."""

import streamlit as st

from metrics.phrasing import day
from metrics.sentences.position import position_words
from metrics.words import POSITIONS
from ui import paper_loading, paper_parts
from ui.cards import card
from ui.entered import told_if_refused
from ui.markup import element, heading, note, show
from ui.selection import Choice


def to_seal(choice: Choice) -> None:
    """The form, with nothing beside it that would give the position away."""
    show(
        heading("Where do you think you stand?"),
        element("p", f"Say so before the position to {day(choice.as_at)} is shown. It is sealed: the difference is "
                "something to talk about, and nobody's mark.", class_="lp-lead"),
    )  # fmt: skip
    with card("Seal what you expect", key="seal"), st.form("seal_score", border=False):
        position = st.selectbox(
            "Position",
            POSITIONS,
            format_func=lambda each: position_words(each).capitalize(),
            index=None,
            placeholder="Choose one",
            key="seal_position",
        )
        reason = st.text_area("Why", key="seal_reason")
        name = st.text_input("Name and role", key="seal_name")
        if st.form_submit_button("Seal it, and show the self-check"):
            with told_if_refused("Not sealed"):
                paper_loading.seal(choice.code, choice.as_at, position=position or "", reason=reason, name=name)
                st.rerun()


def shown(choice: Choice) -> None:
    """The self-check with what was sealed, once it was."""
    paper = paper_loading.paper(choice.code, choice.as_at, "self-check")
    score = next(section for section in paper.sections if section.key == "self-score")
    said = next(block.text for block in score.blocks if hasattr(block, "text"))
    show(
        heading(said.partition(". ")[0].partition("; ")[0].removesuffix(".")),
        element("p", paper.finding, class_="lp-lead"),
    )
    with card("Take it away", key="take-away"):
        paper_parts.take_away(paper)
        show(note("For those who handle cases: complaints are named by their reference, and no count is left out."))
    paper_parts.preview(paper)

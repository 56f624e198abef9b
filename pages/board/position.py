"""Position: where the landlord stands on the pyramid, how firm that is, and what would lift it."""

import streamlit as st

from ui import empty, ghost_marks, position_parts
from ui.cards import card
from ui.judgement import board_judgement
from ui.loading import assessment
from ui.navigation import WHY
from ui.selection import chosen

choice = chosen()
found = assessment(choice.code, choice.as_at)

position_parts.finding(found)
if not found.placement.coverage:
    empty.not_held("complaints", why="with them the foundations of the pyramid can be judged.")
else:
    position_parts.picture(found)
    left, right = st.columns(2, gap="medium")
    with left:
        position_parts.what_holds(found)
    with right:
        position_parts.way_up(found)
    st.page_link(WHY, label="Why: every figure by level, with its cases", query_params=choice.link())
    ghost_marks.beside_the_position(choice)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        position_parts.service_areas(found)
    with right:
        position_parts.what_would_change(found)
    position_parts.cannot_see(found)
    with card("The board's own judgement", key="judgement"):
        board_judgement(choice)
position_parts.footer(found)

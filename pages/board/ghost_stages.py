"""Ghost stages: how much is handled outside the two formal stages, where, how sure that is, and what to ask."""

import streamlit as st

from ui import empty, ghost_coverage, ghost_parts
from ui.loading import hidden_stages
from ui.selection import chosen

choice = chosen()
found = hidden_stages(choice.code, choice.as_at)

ghost_parts.finding(found, choice)
if "complaints" not in choice.landlord.tables:
    empty.not_held("complaints", why="beside contacts and payments they show what the two stages hide.")
else:
    left, right = st.columns(2, gap="medium")
    with left:
        ghost_parts.how_much(found, choice)
    with right:
        ghost_parts.to_ask(found, choice)
    ghost_parts.places(found, choice)
    ghost_parts.way(found, choice)
    left, right = st.columns(2, gap="medium")
    with left:
        ghost_parts.path(found, choice)
    with right:
        ghost_parts.beside_recording(found, choice)
    ghost_parts.other_estimates(found)
ghost_parts.words_in_use(choice)
ghost_coverage.strip(choice)

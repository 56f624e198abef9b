"""Learning or looping: did anything change for residents, and will it last?"""

import streamlit as st

from ui import action_parts, empty, learning_parts
from ui.loading import learning
from ui.selection import chosen

choice = chosen()
found = learning(choice.code, choice.as_at)

learning_parts.finding(found)
if "complaints" not in choice.landlord.tables:
    empty.not_held("complaints", why="with them it is seen which themes come back.")
elif "learning_actions" not in choice.landlord.tables:
    empty.not_held("learning_actions", why="with them it is seen whether what was changed made a difference.")
else:
    learning_parts.themes(found, choice)
    left, right = st.columns([1.5, 1], gap="medium")
    with left:
        learning_parts.effects(found)
    with right:
        learning_parts.ladder(found, choice)
    left, right = st.columns(2, gap="medium")
    with left:
        learning_parts.strength(found, choice)
    with right:
        learning_parts.whose(found, choice)
    action_parts.latest(found, choice)
    left, right = st.columns(2, gap="medium")
    with left:
        learning_parts.half_lives(found, choice)
    with right:
        learning_parts.survives(found, choice)
    learning_parts.heard(found, choice)

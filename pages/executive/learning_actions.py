"""Learning actions behind a figure: each with its evidence, its verdict and the way to the complaints."""

import streamlit as st

from ui import action_parts, empty
from ui.loading import learning
from ui.navigation import LEARNING
from ui.selection import chosen

choice = chosen()
found = learning(choice.code, choice.as_at)
if "learning_actions" not in choice.landlord.tables:
    empty.page("No learning actions loaded", "With them it is seen whether what was changed made a difference.")
    empty.link_to_our_records()
else:
    first = st.container()
    picked = action_parts.choose(found)
    with first:
        action_parts.finding(found, picked)
    action_parts.listing(found, picked, choice)
st.page_link(LEARNING, label="Back to learning or looping", query_params=choice.link())

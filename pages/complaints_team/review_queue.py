"""Review queue: hidden stages to be read, each with its evidence, and what the readings say of the detectors."""

import streamlit as st

from ui import ghost_coverage, review_parts
from ui.loading import precision, review_queue
from ui.review_choice import choose_episodes
from ui.selection import chosen

choice = chosen()
first = st.container()
everything = review_queue(choice.code, choice.as_at)
picked = choose_episodes(everything)
with first:
    review_parts.finding(picked, choice)
if picked.episode is None:
    review_parts.nothing_left(picked)
else:
    review_parts.episode(picked, choice)
review_parts.precision(precision(choice.code))
ghost_coverage.strip(choice)

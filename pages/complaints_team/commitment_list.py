"""The commitments behind a figure, each with the way to its complaint."""

import streamlit as st

from ui import commitment_list_parts, commitment_parts
from ui.commitment_choice import choose_commitments
from ui.loading import commitments
from ui.navigation import COMMITMENTS
from ui.selection import chosen

choice = chosen()
book = commitments(choice.code, choice.as_at)
if not book.is_held:
    commitment_parts.nothing_to_tell(choice)
else:
    first = st.container()
    shown, age = commitment_list_parts.choose_list()
    only = choose_commitments(book.choices())
    with first:
        commitment_list_parts.finding(book, shown, only, age)
    commitment_list_parts.listing(book, shown, only, age, choice)
st.page_link(COMMITMENTS, label="Back to commitments", query_params=choice.link())

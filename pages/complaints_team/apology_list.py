"""The apologies behind a figure, each with the way to its complaint."""

import streamlit as st

from ui import apology_parts
from ui.apology_choice import choose_apologies
from ui.loading import apologies
from ui.navigation import APOLOGIES
from ui.selection import chosen

choice = chosen()
book = apologies(choice.code, choice.as_at)
if not book.picture.is_held:
    apology_parts.nothing_to_tell()
else:
    first = st.container()
    shown = apology_parts.choose_list()
    only = choose_apologies(book.choices())
    with first:
        apology_parts.list_finding(book, shown, only)
    apology_parts.listing(book, shown, only, choice)
st.page_link(APOLOGIES, label="Back to apologies", query_params=choice.link())

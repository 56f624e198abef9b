"""The cases of one month or quarter of a line, each with the way to its complaint."""

import streamlit as st

from ui import point_case_parts
from ui.navigation import TRENDS
from ui.selection import chosen

choice = chosen()
first = st.container()
asked = point_case_parts.asked_for()
if asked is None:
    point_case_parts.nothing_asked()
else:
    which = point_case_parts.choose_which(asked)
    with first:
        point_case_parts.finding(asked, which, choice)
    point_case_parts.listing(asked, which, choice)
    st.page_link(TRENDS, label="Back to the line", query_params=choice.link(line=asked.key))

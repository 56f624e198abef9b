"""Cases: the rows behind one figure, those needing attention first; each opens its complaint."""

import streamlit as st

from ui import case_list_parts
from ui.case_choice import choose_cases
from ui.loading import assessment
from ui.navigation import HOW, WHY
from ui.selection import chosen

choice = chosen()
first = st.container()
picked = choose_cases(choice)
found = assessment(choice.code, choice.as_at)

with first:
    case_list_parts.figure_line(found, picked)
case_list_parts.listing(picked, choice)
case_list_parts.course(found, picked)
st.page_link(HOW, label="How this figure is worked out", query_params=choice.link(indicator=picked.indicator.key))
st.page_link(WHY, label="Back to every figure", query_params=choice.link())

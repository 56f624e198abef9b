"""Our records: load, match columns, refused rows, what is held and missing, history, templates."""

import streamlit as st

from ui.records import overview
from ui.selection import chosen_if_any

choice = chosen_if_any()
overview.finding(choice)
part = st.segmented_control(
    "What to do",
    overview.TABS,
    default="Load",
    required=True,
    key="part",
    bind="query-params",
    label_visibility="collapsed",
)
if part == "Load":
    overview.load_part()
elif part == "Held and missing":
    overview.coverage_part(choice)
elif part == "History":
    overview.history_part()
else:
    overview.template_part()

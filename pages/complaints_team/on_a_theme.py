"""Complaints on a theme: what stands behind a figure of learning; each opens its complaint."""

import streamlit as st

from ui import theme_case_parts
from ui.selection import chosen

choice = chosen()
first = st.container()
asked = theme_case_parts.choose(choice)
with first:
    theme_case_parts.finding(asked, choice)
theme_case_parts.listing(asked, choice)

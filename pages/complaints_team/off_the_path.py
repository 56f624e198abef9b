"""Complaints off the path: those behind one way of leaving the Code's path; each opens its complaint."""

import streamlit as st

from ui import off_path_parts
from ui.selection import chosen

choice = chosen()
first = st.container()
way = off_path_parts.choose(choice)
with first:
    off_path_parts.finding(way, choice)
off_path_parts.listing(way, choice)

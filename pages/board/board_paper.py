"""Board paper: choose the quarter, read it, answer what the last meeting asked, write beside it, take it away."""

import streamlit as st

from ui import paper_loading, paper_parts
from ui.selection import chosen

choice = chosen()
first = st.container()
kind = paper_parts.choose_kind()
paper = paper_loading.paper(choice.code, choice.as_at, kind)
last = paper_loading.last_asked(choice.code, choice.as_at, kind)

with first:
    paper_parts.finding(paper, last[1] if last else ())
left, right = st.columns(2, gap="medium")
with left:
    paper_parts.last_meeting(choice, kind)
    if kind in paper_parts.ASKS:
        paper_parts.own_questions(choice, kind)
with right:
    paper_parts.commentary(choice, kind)
    paper_parts.files(paper)
paper_parts.preview(paper)

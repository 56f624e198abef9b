"""Quarterly trends: which lines changed and which only moved, the chart behind each, and what happened meanwhile."""

import streamlit as st

from ui import trend_events, trend_parts
from ui.selection import chosen
from ui.trend_choice import choose_screened, chosen_line
from ui.trend_loading import quarterly_trends

choice = chosen()
first = st.container()
screened = choose_screened()
found = quarterly_trends(choice.code, choice.as_at, screened=screened)

with first:
    trend_parts.finding(found)
if found.rows:
    trend_parts.matrix(found, chosen_line(found), choice)
    left, right = st.columns(2, gap="medium")
    with left:
        trend_parts.what_changed(found)
    with right:
        trend_parts.only_noise(found)
trend_events.happened(found, choice)
trend_parts.rules(found)

"""Ombudsman: what it found and ordered, whether we argue or learn, and whether our own learning came first."""

import streamlit as st

from ui import ombudsman_parts
from ui.loading import ombudsman
from ui.selection import chosen

choice = chosen()
found, around = ombudsman(choice.code, choice.as_at)
if not found.is_held:
    ombudsman_parts.nothing_to_tell()
else:
    ombudsman_parts.finding(found)
    left, right = st.columns(2, gap="medium")
    with left:
        ombudsman_parts.findings(found, choice)
        ombudsman_parts.challenges(found, choice)
        ombudsman_parts.learned_first(found, choice)
    with right:
        ombudsman_parts.rate(found, around, choice)
        ombudsman_parts.money(found, choice)
    ombudsman_parts.orders(found, choice)
    ombudsman_parts.areas(found, choice)

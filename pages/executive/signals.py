"""Recurring signals: what comes back across teams, estates and years, and across landlords."""

import streamlit as st

from ui import empty, signal_parts
from ui.loading import across_landlords, signals
from ui.selection import chosen

choice = chosen()
found = signals(choice.code, choice.as_at)

signal_parts.finding(found)
if "complaints" not in choice.landlord.tables:
    empty.not_held("complaints", why="with them it is seen what comes back.")
else:
    service = signal_parts.choose_service(found)
    left, right = st.columns(2, gap="medium")
    with left:
        signal_parts.handling(found, service, choice)
    with right:
        signal_parts.services(found, service, choice)
    signal_parts.round_the_loop(found, service, choice)
signal_parts.across(across_landlords(choice.as_at), choice)

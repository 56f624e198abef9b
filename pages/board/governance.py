"""Governance: what the governing body received on complaints, what it did with it, how long a theme took to reach
it."""

import streamlit as st

from ui import empty, governance_parts
from ui.loading import governance
from ui.selection import chosen

choice = chosen()
found = governance(choice.code, choice.as_at)

governance_parts.finding(found)
if "governance" not in choice.landlord.tables:
    empty.not_held("governance", why="with them it is seen what the governing body had before it and what it did.")
else:
    governance_parts.received(found, choice)
    left, right = st.columns(2, gap="medium")
    with left:
        governance_parts.acted(found)
    with right:
        governance_parts.to_ask(found)
    governance_parts.voice(found, choice)

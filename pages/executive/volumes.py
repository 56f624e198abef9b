"""Volumes and escalation: how many complaints, of what, how far they go and how soon they are answered."""

import streamlit as st

from ui import ghost_marks, volume_parts
from ui.loading import volumes
from ui.narrowing_choice import choose_only
from ui.selection import chosen

choice = chosen()
if "complaints" not in choice.landlord.tables:
    volume_parts.nothing_to_count(choice)
else:
    first = st.container()
    only = choose_only(volumes(choice.code, choice.as_at).choices)
    found = volumes(choice.code, choice.as_at, only)
    with first:
        volume_parts.finding(found, only)
    volume_parts.course(found, only, choice)
    volume_parts.splits(found, only, choice)
    volume_parts.flow(found, only, choice)
    ghost_marks.together(choice)
    volume_parts.on_time(found, only, choice)
    volume_parts.turned_away(found, only, choice)
    volume_parts.meanings()

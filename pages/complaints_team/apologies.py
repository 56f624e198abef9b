"""Apologies: how good and how prompt they are, and a check of a draft before it is sent."""

import streamlit as st

from ui import apology_check, apology_parts
from ui.loading import apologies
from ui.selection import chosen

choice = chosen()
found = apologies(choice.code, choice.as_at).picture
if found.is_held:
    apology_parts.finding(found)
else:
    apology_parts.nothing_to_tell()
apology_check.check()
if found.is_held:
    left, right = st.columns(2, gap="medium")
    with left:
        apology_parts.criteria(found, choice)
    with right:
        apology_parts.by_whom(found, choice)
apology_parts.prompt(found, choice)

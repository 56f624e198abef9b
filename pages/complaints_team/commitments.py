"""Commitments: what was promised or ordered, what is overdue and with whom, what was closed on paper only."""

import streamlit as st

from ui import commitment_parts
from ui.commitment_choice import choose_commitments
from ui.loading import commitments
from ui.selection import chosen

choice = chosen()
book = commitments(choice.code, choice.as_at)
if not book.is_held:
    commitment_parts.nothing_to_tell(choice)
else:
    first = st.container()
    only = choose_commitments(book.choices())
    found = book.picture(only)
    with first:
        commitment_parts.finding(found, only)
    commitment_parts.overdue(found, only, choice)
    left, right = st.columns(2, gap="medium")
    with left:
        commitment_parts.became(found, only, choice)
        commitment_parts.escalated(found, only, choice)
    with right:
        commitment_parts.phantoms(found, only, choice)
    commitment_parts.orders(found, only, choice)
    commitment_parts.honoured(found, only, choice)

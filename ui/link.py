"""Links between pages, drawn for those who may follow them.

What a page shows is the store's to refuse; a link that leads to a refusal is only a nuisance.
"""

import streamlit as st

from ui import opened
from ui.navigation import PLACES


def link(file: str, *, label: str, query_params: dict[str, str], landlord_code: str) -> None:
    """A link to another page of the app; nothing where the reader may not open it."""
    reader = opened.reader()
    place = next((each for each in PLACES if each.file == file), None)
    if reader is not None and place is not None and place.opens_to(reader, landlord_code):
        st.page_link(file, label=label, query_params=query_params)

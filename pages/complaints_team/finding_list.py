"""The Ombudsman's findings behind a figure, each with the way to its complaint."""

import streamlit as st

from ui import finding_list_parts, ombudsman_parts
from ui.case_loading import findings
from ui.navigation import OMBUDSMAN
from ui.selection import chosen

choice = chosen()
if "determinations" not in choice.landlord.tables:
    ombudsman_parts.nothing_to_tell()
else:
    book = findings(choice.code, choice.as_at)
    first = st.container()
    shown, area = finding_list_parts.choose_list(book)
    with first:
        finding_list_parts.finding(book, shown, area)
    finding_list_parts.listing(book, shown, area, choice)
st.page_link(OMBUDSMAN, label="Back to the Ombudsman", query_params=choice.link())

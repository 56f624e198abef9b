"""Published picture: what published data alone can and cannot say of any landlord."""

import streamlit as st

from ui import published_parts
from ui.published_loading import published, published_of, regulator_is_loaded
from ui.selection import chosen_code

landlords = published()
if not landlords:
    published_parts.nothing_published()
    published_parts.how_to_load(regulator_is_loaded=False, landlords=0)
    published_parts.cannot_say()
else:
    first = st.container()
    landlord = published_parts.choose_landlord(landlords, otherwise=chosen_code())
    year, stock = published_parts.choose_year(landlord)
    picture = published_of(landlord.code, year, stock)
    with first:
        published_parts.finding(picture)
    published_parts.how_to_load(regulator_is_loaded=regulator_is_loaded(), landlords=len(landlords))
    published_parts.findings(picture)
    published_parts.cannot_say()

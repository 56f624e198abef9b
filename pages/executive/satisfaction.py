"""Satisfaction: tenant satisfaction measures against landlords alike, and CH01 and CH02 from the own records."""

import streamlit as st

from ui import satisfaction_parts
from ui.loading import measures
from ui.selection import chosen

choice = chosen()
found = measures(choice.code, choice.as_at)
if not found.years:
    satisfaction_parts.nothing_published(choice)
else:
    first = st.container()
    year, stock = satisfaction_parts.choose_year(found)
    standings = found.of(year, stock)
    with first:
        satisfaction_parts.finding(standings, year=year, stock=stock)
    satisfaction_parts.perception(standings)
    satisfaction_parts.changes(found, standings)
    satisfaction_parts.own_records(found.own_of(year), found.explained.get(year, ()), year=year, choice=choice)
    satisfaction_parts.counted(standings)

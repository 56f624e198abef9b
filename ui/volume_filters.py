"""Which service area, team and channel the volumes are of: chosen on the page, kept in the address."""

from collections.abc import Mapping, Sequence

import streamlit as st

from metrics.volumes import By, Only
from ui import address
from ui.case_choice import EVERY_AREA

EVERY = EVERY_AREA
# The address says `area` for a service area, as it does on the page of cases.
PARAMETER: dict[By, str] = {"service_area": "area", "team": "team", "channel": "channel"}
WORDS: dict[By, str] = {"service_area": "service area", "team": "team", "channel": "channel"}


def choose_only(choices: Mapping[By, Sequence[str]]) -> Only:
    """Draw the three selectors; `choices` lists what there is to choose from."""
    picked: dict[By, str | None] = {}
    for column, by in zip(st.columns(3, gap="small"), PARAMETER, strict=True):
        with column:
            found = _select(by, choices.get(by, ()))
        picked[by] = None if found == EVERY else found
    return Only(service_area=picked["service_area"], team=picked["team"], channel=picked["channel"])


def _select(by: By, choices: Sequence[str]) -> str:
    name, word = PARAMETER[by], WORDS[by]
    offered = [EVERY, *choices]
    found = address.asked(name, offered, EVERY, what=word)
    st.selectbox(
        word.capitalize(),
        offered,
        format_func=lambda each: f"Every {word}" if each == EVERY else each,
        key=address.widget_key(name),
        on_change=address.write,
        args=(name,),
    )
    return found


def filter_words(only: Only) -> str:
    """`Damp and mould, by email`, as part of a sentence; empty for every complaint."""
    parts = [each for each in (only.service_area, only.team) if each]
    return ", ".join([*parts, *([f"by {only.channel}"] if only.channel else [])])

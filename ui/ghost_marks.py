"""Marks of hidden stages on screens about what was recorded: nobody should read the one without the other."""

import streamlit as st

from charts.ghost_recording import ghost_recording
from metrics.ghosts.board_words import beside_recorded, hidden_by_window
from metrics.ghosts.few import recording_is_few
from metrics.ghosts.picture import HiddenPicture
from metrics.small_numbers import FEWER, WHY_NOT_SHOWN, written
from ui import loading
from ui.cards import card, row, rows
from ui.event_list import event_list
from ui.figure import draw
from ui.markup import note, show
from ui.navigation import GHOST_STAGES
from ui.selection import Choice
from ui.trend_loading import events

LINK = "Ghost stages: where, on which way, how sure"


def beside_the_position(choice: Choice) -> None:
    """What is hidden beside what was recorded, in a sentence and two rungs."""
    found = loading.hidden_stages(choice.code, choice.as_at)
    with card("Hidden beside what was recorded", key="hidden-beside"):
        show(note(beside_recorded(found)))
        _to_ghost_stages(choice)


def along_the_stages(choice: Choice, *, narrowed: bool) -> None:
    """Hidden stages before, between and after the formal ones, for the card that shows these."""
    found = loading.hidden_stages(choice.code, choice.as_at)
    lines = [row(words, figure=written(count)) for words, count in hidden_by_window(found)]
    show(note(_of_what(found, narrowed=narrowed)), *([rows(lines)] if lines else []))
    if found.flow.hides:
        show(note(WHY_NOT_SHOWN))
    _to_ghost_stages(choice)


def _of_what(found: HiddenPicture, *, narrowed: bool) -> str:
    if not found.flow.looked:
        return "Hidden stages on the way are not evidenced: contacts are not held."
    of_all = ", of all the landlord's complaints" if narrowed else ""
    return f"Hidden stages on the way, in the twelve months{of_all}:"


def together(choice: Choice) -> None:
    """Recorded volume and ghost share drawn together."""
    found = loading.hidden_stages(choice.code, choice.as_at).recording
    with card("Recorded and hidden together", key="hidden-together"):
        show(note("Better recording raises complaints: the two are read together. Of all the landlord's complaints."))
        if recording_is_few(found):
            show(note(f"In some years {FEWER} were hidden: too few to draw."))
            return
        happened = events(choice.code, found.years[0].end, found.years[-1].end) if found.years else ()
        draw(ghost_recording(found, happened), key="recorded-and-hidden")
        event_list(happened)


def _to_ghost_stages(choice: Choice) -> None:
    st.page_link(GHOST_STAGES, label=LINK, query_params=choice.link())

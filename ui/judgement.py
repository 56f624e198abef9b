"""A board's own judgement beside the computed position: what it holds, and the form for it. It replaces nothing."""

from datetime import date, timedelta

import streamlit as st

from metrics.phrasing import day
from metrics.sentences.position import position_words
from metrics.words import POSITIONS
from store.judgements import Judgement
from ui import loading
from ui.entered import taken, tell, told_if_refused
from ui.markup import element, note, show, strong
from ui.selection import Choice

A_YEAR = timedelta(days=365)


def board_judgement(choice: Choice) -> None:
    """Show the judgement that stands, if one does, and offer the form."""
    kept = loading.board_judgements(choice.code)
    standing = next((each for each in kept if each.stands_on(date.today())), None)
    if standing is None:
        show(note("None recorded. A board that sees the position differently can say so here, with its reason."))
    else:
        _show(standing)
    tell("judgement")
    with st.expander("Record the board's judgement"):
        _form(choice)


def _show(judgement: Judgement) -> None:
    show(
        element("p", "The board holds it to be ", strong(position_words(judgement.position)), ".", class_="lp-text"),
        element("p", judgement.reason, class_="lp-text"),
        note(
            f"{judgement.name}, {day(judgement.made_on)}, on the figures to {day(judgement.as_at)}. "
            f"Stands until {day(judgement.expires_on)}."
        ),
    )


def _form(choice: Choice) -> None:
    with st.form("judgement", border=False):
        position = st.selectbox(
            "Position", POSITIONS, format_func=lambda each: position_words(each).capitalize(), key="judgement_position"
        )
        reason = st.text_area(
            "Reason", key="judgement_reason", help="What does the board know that the records do not show?"
        )
        name = st.text_input("Name and role", key="judgement_name")
        expires = st.date_input("Stands until", date.today() + A_YEAR, key="judgement_expires", format="DD/MM/YYYY")
        if st.form_submit_button("Record"):
            _keep(choice, position=str(position), reason=reason, name=name, expires=expires)


def _keep(choice: Choice, *, position: str, reason: str, name: str, expires: date) -> None:
    with told_if_refused():
        judgement = Judgement(
            landlord_code=choice.code,
            as_at=choice.as_at,
            position=position,
            reason=reason,
            name=name,
            made_on=date.today(),
            expires_on=expires,
        )
        loading.keep_judgement(judgement)
        taken("judgement")

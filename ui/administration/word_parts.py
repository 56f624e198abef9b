"""Changing a landlord's own words for the lexicons, with the reason; what that did to the counts is said at once."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from metrics.ghosts.own_words import LISTS, as_toml, with_added, without
from store.ghost_words import OwnWords
from store.landlords import LandlordHeld
from ui import ghost_decisions, loading, opened
from ui.administration.setting_parts import choose_landlord
from ui.cards import card
from ui.entered import taken, tell, told_if_refused
from ui.selection import quarters_offered

Words = Mapping[str, tuple[str, ...]]
HOW = (
    "One word or phrase a line. Case, punctuation, plural and a slip of the pen in a long word are allowed for. "
    "“informal/local chat” stands for either word, “came ... again” for up to two words between."
)


def choose() -> LandlordHeld | None:
    """What these words are and who changes them, and the landlord chosen; None where none is held."""
    code = choose_landlord(
        "Words of hidden stages: what a landlord adds to the lexicons",
        "Only the administrator changes which words count as signs. Every version stays on record with its reason.",
    )
    return next((each for each in loading.landlords() if each.code == code), None)


def change(landlord: LandlordHeld) -> None:
    """The forms."""
    words = ghost_decisions.own_words(landlord.code)
    with card("Change them", key="change-words"):
        tell("words")
        with st.expander("Add words", key="add-words"):
            _add(landlord, words)
        if words:
            with st.expander("Take words out", key="drop-words"):
                _drop(landlord, words)


def _add(landlord: LandlordHeld, words: Words) -> None:
    with st.form("add-words", border=False):
        name = st.selectbox("List", list(LISTS), format_func=LISTS.__getitem__, key="words-list")
        typed = st.text_area("Words", key="words-typed", help=HOW)
        reason, author = _why("words")
        added = st.form_submit_button("Add")
    if added:
        with told_if_refused("Not added"):
            _keep(landlord, with_added(words, str(name), typed.splitlines()), reason=reason, author=author)


def _drop(landlord: LandlordHeld, words: Words) -> None:
    offered = [(name, entry) for name, entries in words.items() for entry in entries]
    with st.form("drop-words", border=False):
        picked = st.selectbox(
            "Word", offered, format_func=lambda each: f"{each[1]} ({LISTS.get(each[0], each[0])})", key="words-drop"
        )
        reason, author = _why("drop")
        dropped = st.form_submit_button("Take out")
    if dropped and picked:
        with told_if_refused("Not taken out"):
            _keep(landlord, without(words, picked[0], [picked[1]]), reason=reason, author=author)


def _why(key: str) -> tuple[str, str]:
    reason = st.text_area("Reason", key=f"{key}-reason", help="Who uses it, and where?")
    author = st.text_input("Name and role", value=st.session_state.get("reviewer", ""), key=f"{key}-by")
    return reason, author


def _keep(landlord: LandlordHeld, words: Words, *, reason: str, author: str) -> None:
    before = _counts(landlord)
    ghost_decisions.keep_own_words(
        OwnWords(
            landlord_code=landlord.code, words=as_toml(words), reason=reason, author=author, decided_on=date.today()
        )
    )
    after = _counts(landlord)
    st.session_state["reviewer"] = author
    version = len(ghost_decisions.versions_of_words(landlord.code))
    taken("words", f"Version {version} counts.{_difference(before, after)}")


def _counts(landlord: LandlordHeld) -> tuple[int, int] | None:
    """Hidden stages counted and episodes in all, of the last quarter; None for who may not see the review queue."""
    reader = opened.reader()
    if reader is None or not reader.may("review", landlord.code):
        return None
    queue = loading.review_queue(landlord.code, quarters_offered(landlord)[0])
    return len(queue.of("counted")), len(queue.reported())


def _difference(before: tuple[int, int] | None, after: tuple[int, int] | None) -> str:
    if before is None or after is None:
        return ""
    return (
        f" Hidden stages counted in the last twelve months: {before[0]:,} before, {after[0]:,} now; episodes in all "
        f"{before[1]:,} and {after[1]:,}."
    )

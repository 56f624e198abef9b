"""The register of accepted deviations from the Code's path: what is accepted, by whom, until when, and the forms."""

from datetime import date, timedelta

import streamlit as st

from metrics.ghosts.path_rules import BY_KEY
from metrics.phrasing import day
from store.deviations import Deviation
from ui import ghost_decisions
from ui.cards import card
from ui.entered import taken, tell, told_if_refused
from ui.markup import note, show, table
from ui.selection import Choice
from ui.wording import cell

A_YEAR = timedelta(days=365)
WORDY = frozenset({"Deviation", "Reason", "How it stands"})


def register(choice: Choice) -> None:
    """Every entry with how it stands on the day of the figures, and the two forms."""
    entries = ghost_decisions.deviations(choice.code)
    with card("Accepted deviations", key="deviations"):
        show(
            note(
                "A deviation from the Code's path that is accepted for a time stays counted on Ghost stages, without "
                "its alarm, with its owner and the day it ends. On that day it is an alarm again by itself."
            )
        )
        tell("deviation")
        if entries:
            rows = [
                (_words(each), _standing(each, entries[place + 1 :], choice.as_at), each.owner, each.reason,
                 cell(each.accepted_on), cell(each.expires_on))
                for place, each in enumerate(entries)
            ]  # fmt: skip
            show(
                table(
                    ("Deviation", "How it stands", "Owner", "Reason", "From", "Until"),
                    rows[::-1],
                    caption=f"The register, newest entry first, as it stands on {day(choice.as_at)}",
                    wordy=WORDY,
                )
            )
        else:
            show(note("Nothing is accepted."))
        with st.expander("Accept a deviation", key="accept"):
            _accept(choice)
        standing = _standing_now(entries, choice.as_at)
        if standing:
            with st.expander("Withdraw an acceptance", key="withdraw"):
                _withdraw(choice, standing)


def _words(entry: Deviation) -> str:
    return BY_KEY[entry.deviation].words if entry.deviation in BY_KEY else entry.deviation


def _ends(entry: Deviation, later: tuple[Deviation, ...]) -> date:
    return min([entry.expires_on, *(each.accepted_on for each in later if each.deviation == entry.deviation)])


def _standing(entry: Deviation, later: tuple[Deviation, ...], on: date) -> str:
    if entry.withdraws:
        return f"withdraws what was accepted, from {day(entry.accepted_on)}"
    ends = _ends(entry, later)
    if ends <= entry.accepted_on:
        return "replaced on the day it began"
    if on < entry.accepted_on:
        return "not begun"
    if on < ends:
        return "accepted"
    return f"expired on {day(ends)}" if ends == entry.expires_on else f"ended on {day(ends)} by a later entry"


def _standing_now(entries: tuple[Deviation, ...], on: date) -> dict[str, Deviation]:
    return {
        each.deviation: each
        for place, each in enumerate(entries)
        if not each.withdraws and each.accepted_on <= on < _ends(each, entries[place + 1 :])
    }


def _accept(choice: Choice) -> None:
    with st.form("accept-deviation", border=False):
        deviation = st.selectbox(
            "Deviation", list(BY_KEY), format_func=lambda each: BY_KEY[each].words, key="deviation-key"
        )
        owner = st.text_input("Owner: name and role", key="deviation-owner")
        reason = st.text_area("Reason", key="deviation-reason", help="Why is it right for residents, for now?")
        begins = st.date_input("Accepted from", choice.as_at, key="deviation-from", format="DD/MM/YYYY")
        ends = st.date_input("Until", choice.as_at + A_YEAR, key="deviation-until", format="DD/MM/YYYY")
        accepted = st.form_submit_button("Accept")
    if accepted:
        if ends <= begins:
            st.error("Not recorded. It must end after the day it begins.")
            return
        _keep(choice, str(deviation), owner=owner, reason=reason, begins=begins, ends=ends)


def _withdraw(choice: Choice, standing: dict[str, Deviation]) -> None:
    with st.form("withdraw-deviation", border=False):
        deviation = st.selectbox(
            "Accepted so far", list(standing), format_func=lambda each: _words(standing[each]), key="withdraw-key"
        )
        owner = st.text_input("Who withdraws it: name and role", key="withdraw-owner")
        reason = st.text_area("Reason", key="withdraw-reason")
        begins = st.date_input("From", choice.as_at, key="withdraw-from", format="DD/MM/YYYY")
        withdrawn = st.form_submit_button("Withdraw")
    if withdrawn:
        _keep(choice, str(deviation), owner=owner, reason=reason, begins=begins, ends=begins)


def _keep(choice: Choice, deviation: str, *, owner: str, reason: str, begins: date, ends: date) -> None:
    with told_if_refused():
        entry = Deviation(
            landlord_code=choice.code,
            deviation=deviation,
            owner=owner,
            reason=reason,
            accepted_on=begins,
            expires_on=ends,
        )
        ghost_decisions.accept(entry)
        until = f"withdrawn from {day(begins)}" if entry.withdraws else f"accepted until {day(ends)}"
        taken("deviation", f"Recorded: “{_words(entry)}” is {until}.")

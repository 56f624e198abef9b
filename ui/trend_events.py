"""What happened, and where limits begin anew: the list, and the forms for both."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from metrics.choices import EVENT_KINDS
from metrics.events import Event
from metrics.phrasing import day
from metrics.trends import QuarterlyTrends
from metrics.trends.rows import EVERY_LINE
from metrics.trends.words import event_words
from store.noted_events import NotedEvent
from store.rebases import RebaseDecision
from ui import trend_loading
from ui.cards import card, numbered_row, row, rows
from ui.entered import taken, tell, told_if_refused
from ui.markup import note, show
from ui.selection import Choice

FORM = "trend"
WHY = (
    "Limits begin anew only at a recorded event, for a stated reason: a line that may reset itself whenever it moves "
    "can never show that anything changed."
)


def happened(found: QuarterlyTrends, choice: Choice) -> None:
    """Events by number, decisions to rebase, and two forms."""
    with card("What happened meanwhile", key="events"):
        tell(FORM)
        if found.events:
            lines = [
                numbered_row(number, event_words(event), more=_rebased(event, found))
                for number, event in enumerate(found.events, start=1)
            ]
            show(rows(lines))
        else:
            show(note("No event is recorded. A change nobody can date is hard to explain."))
        with st.expander("Note an event", key="note-event"):
            _event_form(choice)
        if found.events:
            with st.expander("Begin limits anew at an event", key="rebase"):
                _rebase_form(found, choice)
        _history(found, choice)


def _rebased(event: Event, found: QuarterlyTrends) -> str:
    said = [
        f"Limits begin anew here for {_line_words(found)[each.line].lower()}: {each.reason} ({each.author})"
        for each in found.rebases
        if each.event_ref == event.reference
    ]
    return " ".join(said)


def _line_words(found: QuarterlyTrends) -> Mapping[str, str]:
    names = {EVERY_LINE: "Every line"} | {each.key: each.title for each in found.rows}
    return names | {each.indicator.key: each.indicator.title for each in found.left_out}


def _event_form(choice: Choice) -> None:
    with st.form("event", border=False):
        title = st.text_input("What happened", key="event_title")
        left, right = st.columns(2, gap="small")
        with left:
            happened_on = st.date_input("When", choice.as_at, key="event_on", format="DD/MM/YYYY")
        with right:
            kind = st.selectbox("Kind", EVENT_KINDS, format_func=str.capitalize, key="event_kind")
        author = st.text_input("Your name and role", key="event_author")
        if st.form_submit_button("Note it"):
            _keep_event(choice, title=title, on=happened_on, kind=str(kind), author=author)


def _keep_event(choice: Choice, *, title: str, on: date, kind: str, author: str) -> None:
    with told_if_refused("Not noted"):
        event = NotedEvent(landlord_code=choice.code, happened_on=on, title=title, kind=kind, author=author)
        trend_loading.keep_event(event)
        taken(FORM, "Noted. It is marked on every chart over time; the load history holds who noted it and when.")


def _rebase_form(found: QuarterlyTrends, choice: Choice) -> None:
    show(note(WHY))
    words = _line_words(found)
    by_reference = {event.reference: event for event in found.events}
    with st.form("rebase-form", border=False):
        event = st.selectbox(
            "Event", list(by_reference), format_func=lambda each: event_words(by_reference[each]), key="rebase_event"
        )
        line = st.selectbox(
            "Line",
            [EVERY_LINE, *(each.key for each in found.rows)],
            format_func=words.__getitem__,
            key="rebase_line",
        )
        stands = st.radio(
            "What is decided", ("Begin limits anew here", "No longer"), key="rebase_stands", horizontal=True
        )
        reason = st.text_area("Reason", key="rebase_reason", help="Why is the old level no longer the one to expect?")
        author = st.text_input("Your name and role", key="rebase_author")
        if st.form_submit_button("Record the decision"):
            _keep_rebase(choice, event=event, line=line, stands=stands != "No longer", reason=reason, author=author)


def _keep_rebase(choice: Choice, *, event: str, line: str, stands: bool, reason: str, author: str) -> None:
    with told_if_refused():
        decision = RebaseDecision(
            landlord_code=choice.code,
            event_ref=event,
            line=line,
            stands=stands,
            reason=reason,
            author=author,
            decided_on=date.today(),
        )
        trend_loading.keep_decision(decision)
        taken(FORM, "Recorded. The limits are worked out by it from now on.")


def _history(found: QuarterlyTrends, choice: Choice) -> None:
    """Every decision ever made, newest first."""
    made = trend_loading.decisions(choice.code)
    if not made:
        return
    words, titles = _line_words(found), {event.reference: event.title for event in found.events}
    with st.expander(f"Decisions on limits ({len(made)})", key="rebase-history"):
        lines = [
            row(
                f"{words.get(each.line, each.line)}: {'limits begin anew' if each.stands else 'no longer'} at "
                f"“{titles.get(each.event_ref, 'an event outside the time shown')}”",
                more=f"{each.reason} {each.author}, {day(each.decided_on)}.",
            )
            for each in made
        ]
        show(rows(lines))

"""The parts of the audit of contacts. Residents' own words appear here, for the complaints team alone, always as
text. Whether a contact was flagged is not shown: a reader who knew would see what was expected."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from metrics.ghosts.around import Around
from metrics.ghosts.audit import ENOUGH_OF_A_KIND
from metrics.phrasing import day
from store.audits import Answer
from ui import ghost_decisions
from ui.cards import card
from ui.entered import taken, tell, told_if_refused
from ui.ghost_decisions import Audit
from ui.markup import definitions, element, heading, note, show, table
from ui.selection import Choice
from ui.wording import cell

CONTACT = "contact"
YES, NO, UNTOLD = "Outside the stages", "Not", "Cannot be told"
ANSWERS: Mapping[str, bool | None] = {YES: True, NO: False, UNTOLD: None}
_CONTACT_NAMES = ("occurred_at", "direction", "channel", "label", "category", "complaint_ref", "note")
_CONTACT_HEADS = ("When", "From", "Channel", "Label", "Service area", "Filed under", "Note")
_COMPLAINT_NAMES = (
    "complaint_ref", "category", "received_on", "stage_1_responded_on", "stage_2_requested_on", "stage_2_responded_on",
)  # fmt: skip
_COMPLAINT_HEADS = (
    "Complaint",
    "Service area",
    "Received",
    "Stage 1 answered",
    "Stage 2 requested",
    "Stage 2 answered",
)
MEANING = (
    "Detectors fire where they should not and are silent where they should fire. A random sample of both kinds, read "
    "by a person who does not know which is which, measures both faults and corrects the estimate the board sees."
)


def finding(found: Audit | None, choice: Choice) -> None:
    """How far the audit has come."""
    if found is None:
        title = "No sample of contacts has been drawn"
    elif found.standing.answered < found.standing.asked:
        title = f"{found.standing.answered:,} of {found.standing.asked:,} contacts of the sample are read"
    else:
        title = f"All {found.standing.asked:,} contacts of the sample are read"
    about = ""
    if found is not None:
        about = (
            f" Drawn on {day(found.sample.drawn_on)} by {found.sample.drawn_by}, from the twelve months to "
            f"{day(found.sample.as_at)}, seed {found.sample.seed}."
        )
    show(heading(title), element("p", f"{MEANING}{about}", class_="lp-lead"))
    if "contacts" not in choice.landlord.tables:
        show(note("Contacts are not held: without them there is nothing to audit."))


def result(found: Audit) -> None:
    """The corrected share, once there are enough answers."""
    with card("What the answers say", key="audit-result"):
        corrected = found.standing.corrected
        if corrected is None:
            show(note(f"Not evidenced yet: {found.standing.why_not}"))
            return
        flagged, unflagged = corrected.flagged, corrected.unflagged
        lines = [
            ("Of all inbound contacts", f"{corrected.value:.1%} ({corrected.low:.1%} to {corrected.high:.1%}) were "
             "dissatisfaction handled outside the stages"),
            ("By the detectors alone", f"{corrected.raw:.1%}"),
            ("Of those flagged", f"{flagged.ghosts} of {flagged.answered} upheld"),
            ("Of those not flagged", f"{unflagged.ghosts} of {unflagged.answered} found to be one all the same"),
        ]  # fmt: skip
        show(definitions(lines), note("It corrects the ladder on Ghost stages from the last answer on."))


def read_next(found: Audit, choice: Choice) -> None:
    """One contact of the sample with what stood beside it, and the answer to give."""
    place = _place(found)
    contact = found.contacts[place]
    beside = ghost_decisions.around(choice.code, contact, choice.as_at)
    with card(f"Contact {place + 1} of {len(found.contacts)}", key="audit-contact"):
        show(definitions(_about(contact, beside)))
        _household(beside)
        _form(found, place)
    with st.container(horizontal=True, gap="small"):
        st.button("Previous", on_click=_turn_to, args=(place - 1,), disabled=not place, key="audit-previous")
        last = place + 1 == len(found.contacts)
        st.button("Next", on_click=_turn_to, args=(place + 1,), disabled=last, key="audit-next")


def _place(found: Audit) -> int:
    """The contact the address names, by its place from 1, else the first unread one, else the first."""
    asked = st.query_params.get(CONTACT, "")
    if asked.isdecimal() and 0 < int(asked) <= len(found.contacts):
        return int(asked) - 1
    return next((place for place, each in enumerate(found.contacts) if not each["answered"]), 0)


def _turn_to(place: int) -> None:
    st.query_params[CONTACT] = str(place + 1)


def _about(contact: Mapping[str, Any], beside: Around) -> list[tuple[str, str]]:
    whose = ("Whose", f"Contact {contact['contact_ref']}, household {contact['household_ref']}")
    if beside.contact is None:
        return [whose, ("Record", "It is held no more: answer that it cannot be told.")]
    lines = [whose, *zip(_CONTACT_HEADS, (cell(beside.contact[name]) for name in _CONTACT_NAMES), strict=True)]
    if contact["answered"]:
        said = next(words for words, value in ANSWERS.items() if value == contact["is_ghost"])
        by = f"{contact['reviewer']}, {day(contact['answered_on'])}"
        lines.append(("Answer so far", f"{said}: {contact['reason']} ({by})"))
    return lines


def _household(beside: Around) -> None:
    show(
        _table(beside.complaints, _COMPLAINT_HEADS, _COMPLAINT_NAMES, "The household's complaints")
        if beside.complaints
        else note("The household has made no complaint that is recorded.")
    )
    if beside.contacts:
        show(_table(beside.contacts, _CONTACT_HEADS, _CONTACT_NAMES, "Its other contacts of the weeks around"))


def _table(rows: Sequence[Mapping[str, Any]], heads: Sequence[str], names: Sequence[str], caption: str) -> Any:
    cells = [[cell(row[name]) for name in names] for row in rows]
    return table(heads, cells, caption=caption, wordy=frozenset({"Note", "Label"}))


def _form(found: Audit, place: int) -> None:
    tell("audit")
    show(note("Was this contact dissatisfaction that was handled outside the two formal stages?"))
    with st.form(f"audit-{place}", border=False):
        reason = st.text_area("Reason", key=f"audit-reason-{place}", help="What in the records decides it?")
        reviewer = st.text_input("Name and role", value=st.session_state.get("reviewer", ""), key=f"audit-by-{place}")
        with st.container(horizontal=True, gap="small"):
            given = [
                words for number, words in enumerate(ANSWERS) if st.form_submit_button(words, key=f"audit-{number}")
            ]
    if given:
        _keep(found, place, words=given[0], reason=reason, reviewer=reviewer)


def _keep(found: Audit, place: int, *, words: str, reason: str, reviewer: str) -> None:
    with told_if_refused():
        answer = Answer(
            sample=found.sample.sample,
            contact_ref=found.contacts[place]["contact_ref"],
            is_ghost=ANSWERS[words],
            reason=reason,
            reviewer=reviewer,
            answered_on=date.today(),
        )
        ghost_decisions.keep_answer(answer)
        st.session_state["reviewer"] = reviewer
        st.query_params.pop(CONTACT, None)
        taken("audit", f"Recorded: {words.lower()}.")


def draw_form(found: Audit | None, choice: Choice) -> None:
    """Draw a sample, or another in its place."""
    if "contacts" not in choice.landlord.tables:
        return
    title = "Draw a sample" if found is None else "Draw another sample"
    with card(title, key="audit-draw"):
        if found is not None:
            show(note("The newest sample is the one that counts; answers to earlier ones stay on record."))
        with st.form("audit-draw", border=False):
            n = st.number_input(
                "Contacts of each kind, flagged and not", 1, 500, ENOUGH_OF_A_KIND, key="audit-n",
                help="Fifty answers of each kind are needed before the estimate is corrected.",
            )  # fmt: skip
            name = st.text_input("Name and role", value=st.session_state.get("reviewer", ""), key="audit-drawn-by")
            drawn = st.form_submit_button("Draw at random")
    if drawn:
        with told_if_refused("Not drawn"):
            ghost_decisions.draw_sample(choice.code, choice.as_at, int(n), drawn_by=name)
            st.session_state["reviewer"] = name
            st.query_params.pop(CONTACT, None)
            st.rerun()

"""The parts of the Case screen. Residents' own words appear here and nowhere else, always as text."""

from collections.abc import Sequence

import streamlit as st

from charts.case_timeline import case_timeline
from metrics.case_file import CaseFile, Row
from metrics.ghosts.plain_words import DETECTOR_WORDS, GRADE_WORDS, detectors_words, episode_heading
from metrics.ghosts.words import NOT_A_GHOST
from metrics.sentences.case import CLOCK_WORDS, case_heading, clock_state
from metrics.words import State
from ui import loading
from ui.cards import card, rows, state_row
from ui.figure import draw
from ui.markup import Markup, definitions, element, heading, note, show, state_shape, table, together
from ui.navigation import REVIEW
from ui.selection import Choice
from ui.wording import cell

KEPT: dict[str, State] = {"kept": "met", "open": "not evidenced"}


def finding(case: CaseFile) -> None:
    """The complaint in a sentence, and whose it is."""
    of = case.complaint
    about = [
        f"Complaint {of['complaint_ref']}",
        f"household {of['household_ref']}",
        f"received {cell(of['received_on'])}",
    ]
    about += [f"{name} {of[name]}" for name in ("team", "contractor", "area", "channel") if of[name]]
    about += [f"status {of['status']}"] if of["status"] else []
    show(heading(case_heading(case)), element("p", " · ".join(about), class_="lp-lead"))
    if of["refusal_reason"]:
        show(note(f"Reason for refusal: {of['refusal_reason']}"))


def timeline(case: CaseFile) -> None:
    """Everything dated, in lanes."""
    with card("What happened when", key="timeline"):
        draw(case_timeline(case), key="timeline", figures="Every event as a table")


def clocks(case: CaseFile) -> None:
    """The formal stages with their clocks."""
    columns = st.columns(2, gap="medium")
    for place, row in enumerate(case.stages):
        with columns[place % 2], card(f"Stage {row['stage']}", key=f"stage-{row['stage']}"):
            show(definitions(_clock_lines(row, case)))


def _clock_lines(row: Row, case: CaseFile) -> list[tuple[str, str | Markup]]:
    lines: list[tuple[str, str | Markup]] = [
        ("Begun", cell(row["began_on"])),
        ("Acknowledgement due", cell(row["acknowledge_due_on"])),
        ("Acknowledged", _clock(row, "acknowledge", case)),
        ("Answer due", cell(row["response_due_on"])),
    ]
    if row["extended_to"] is not None:
        lines.append(("Extended to", cell(row["extended_to"])))
    lines.append(("Answered", _clock(row, "response", case)))
    lines += [("Outcome", cell(row["outcome"])), ("Decided by", cell(row["handler"]))]
    compensation = case.complaint[f"stage_{row['stage']}_compensation"]
    apology = case.complaint[f"stage_{row['stage']}_apology_on"]
    return [
        *lines,
        ("Apology", cell(apology)),
        ("Compensation", f"£{cell(compensation)}" if compensation is not None else "–"),
    ]


def _clock(row: Row, clock: str, case: CaseFile) -> Markup:
    done = row["acknowledged_on" if clock == "acknowledge" else "responded_on"]
    taken = row["acknowledged_after" if clock == "acknowledge" else "responded_after"]
    if not row["in_clock"]:
        return together(cell(done), " · outside the clocks")
    state = clock_state(row, clock, case.as_at)
    when = cell(done) if done is not None else "not yet"
    unit = "working day" if taken == 1 else "working days"
    after = "after" if done is not None else "so far"
    words = f" {when}, {taken} {unit}{' ' + after if done is None else ''}, {CLOCK_WORDS[state]}"
    return together(state_shape(state), words)


def promises(case: CaseFile) -> None:
    """Commitments, and whether what was recorded as done is borne out."""
    with card("Commitments", key="promises"):
        if not case.commitments:
            show(note("No commitment is recorded for this complaint."))
            return
        columns = ("Promise", "Made at", "Promised", "Due", "Done", "How it stands", "Evidence")
        lines = [
            (
                cell(row["description"] or row["kind"]),
                cell(row["made_at"]),
                cell(row["promised_on"]),
                cell(row["due_on"]),
                cell(row["completed_on"]),
                str(row["integrity"]),
                cell(row["evidence"]),
            )
            for row in case.commitments
        ]
        show(
            table(
                columns,
                lines,
                caption="Promises made in the responses, and orders of the Ombudsman",
                wordy=frozenset({"Promise"}),
            )
        )


def contacts(case: CaseFile) -> None:
    """Contacts of the household filed here or nowhere; those that show a hidden stage say by what."""
    with card("Contacts", key="contacts"):
        columns = ("When", "From", "Channel", "Label", "Team", "Hidden stage", "Note")
        names = ("occurred_at", "direction", "channel", "label", "team", "shows", "note")
        fired = case.fired
        marked = [{**row, "shows": _shown_by(fired.get(str(row["contact_ref"])))} for row in case.contacts]
        left_out = f" The {case.contacts_left_out} before these are left out." if case.contacts_left_out else ""
        _list(
            marked,
            columns,
            names,
            "Contacts filed under this complaint, and this household's that are filed nowhere." + left_out,
            "No contact with this household is recorded.",
        )


def _shown_by(detectors: tuple[str, ...] | None) -> str | None:
    return f"◆ {detectors_words(detectors)}" if detectors else None


def hidden(case: CaseFile, choice: Choice) -> None:
    """The complaint's hidden stages, one a line, with what a reviewer said and the way to the review queue."""
    with card("Hidden stages", key="hidden"):
        if not case.episodes:
            show(note(_nothing_hidden(choice)))
            return
        for place, episode in enumerate(case.episodes):
            show(rows([state_row(_standing(episode), _episode_words(episode), more=_episode_about(episode))]))
            if episode["in_queue"]:
                st.page_link(
                    REVIEW,
                    label=f"Episode {place + 1}: read it in the review queue",
                    query_params=choice.link(episode=str(episode["episode"])),
                )
            else:
                show(note("It is older than the twelve months the review queue is about."))


def _nothing_hidden(choice: Choice) -> str:
    could = [each for each in loading.detectors(choice.code, choice.as_at) if each["could_run"]]
    looked = f"{len(could)} of {len(DETECTOR_WORDS)} signs could be looked for"
    return f"None was found; {looked}." if could else f"Not evidenced: {looked}."


def _standing(episode: Row) -> State:
    if episode["verdict"] == NOT_A_GHOST:
        return "met"
    return "too close to call" if episode["grade"] == "C" and not episode["verdict"] else "not met"


def _episode_words(episode: Row) -> str:
    said = episode["verdict"] or ("not read yet" if episode["grade"] != "C" else "waits to be read")
    return f"{episode_heading(episode)}: {said}"


def _episode_about(episode: Row) -> str:
    parts = [
        f"From {cell(episode['first_signal_on'])}",
        f"grade {episode['grade']}, {GRADE_WORDS[str(episode['grade'])]}",
        detectors_words(episode["detectors"]),  # type: ignore[arg-type]  # a row's values are objects
    ]
    if episode["verdict"]:
        parts.append(f"{episode['reason']} ({episode['reviewer']}, {cell(episode['decided_on'])})")
    return " · ".join(parts)


def learning(case: CaseFile) -> None:
    """What was changed because of this complaint."""
    with card("Learning", key="learning"):
        columns = ("Action", "Kind", "Owner", "Opened", "Due", "Done", "Residents told")
        names = ("title", "kind", "owner_role", "opened_on", "due_on", "done_on", "told_residents_on")
        _list(
            case.actions,
            columns,
            names,
            "Learning actions this complaint led to",
            "No learning action is linked to this complaint.",
        )


def outside(case: CaseFile) -> None:
    """Ombudsman, money and apologies: only what there is."""
    if case.determinations:
        with card("Ombudsman", key="ombudsman"):
            _list(
                case.determinations,
                ("Decided", "About", "Finding", "Compensation ordered"),
                ("decided_on", "category", "finding", "compensation_ordered"),
                "Findings on this complaint",
                "",
            )
    if case.payments:
        with card("Payments", key="payments"):
            _list(
                case.payments,
                ("Paid", "Pounds", "Reason"),
                ("paid_on", "amount", "reason"),
                "Payments for this complaint",
                "",
            )
    if case.apologies:
        with card("Apologies", key="apologies"):
            _list(
                case.apologies,
                ("Made", "Stage", "By", "Words"),
                ("made_on", "stage", "made_by_role", "text"),
                "Apologies made",
                "",
            )


WORDY = frozenset({"Note", "Action", "Words", "Promise", "Hidden stage"})


def _list(found: Sequence[Row], columns: Sequence[str], names: Sequence[str], caption: str, otherwise: str) -> None:
    if not found:
        show(note(otherwise))
        return
    show(table(columns, [[cell(row[name]) for name in names] for row in found], caption=caption, wordy=WORDY))

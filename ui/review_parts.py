"""The parts of the Review queue. Residents' own words appear here, for the complaints team alone, always as text."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from charts.episode_timeline import episode_timeline
from metrics.ghosts.plain_words import DETECTOR_WORDS, GRADE_WORDS, detectors_words, episode_heading, fired_words
from metrics.ghosts.precision import Precision
from metrics.ghosts.timeline import EVIDENCE, Moment
from metrics.phrasing import day
from store.verdicts import Verdict, VerdictWord
from ui import loading
from ui.cards import card
from ui.entered import taken, tell, told_if_refused
from ui.figure import draw
from ui.literal import literal
from ui.markup import definitions, element, heading, note, show, table
from ui.navigation import CASE
from ui.review_choice import PART_WORDS, ReviewChoice, read
from ui.selection import Choice
from ui.wording import cell

WORDY = ("What fired", "Recorded as", "In their words")


def finding(picked: ReviewChoice, choice: Choice) -> None:
    """How many wait, and what a verdict does."""
    parts = picked.everything
    waiting, stands, seen = (len(parts.of(part)) for part in ("waiting", "counted", "read"))
    unread = len(parts.of("counted").unread())
    said = f"{waiting:,} {_episodes(waiting)} to be read" if waiting else "No episode waits to be read"
    counted = f"{stands:,} hidden {'stage is' if stands == 1 else 'stages are'} counted"
    given = f"{seen:,} {'verdict is' if seen == 1 else 'verdicts are'} given" if seen else "no verdict is given yet"
    show(
        heading(said),
        element(
            "p",
            f"{counted} in the twelve months to {day(choice.as_at)}, {unread:,} of them unread; {given}. Not a ghost "
            "takes an episode out of every count at once. What waits rests on one kind of evidence alone: no headline "
            "holds it.",
            class_="lp-lead",
        ),
    )


def _episodes(count: int) -> str:
    return "episode waits" if count == 1 else "episodes wait"


def nothing_left(picked: ReviewChoice) -> None:
    """No episode in this selection."""
    show(note(f"{PART_WORDS[picked.part]}: none with these choices."))


def episode(picked: ReviewChoice, choice: Choice) -> None:
    """One episode: what it is, its timeline, its evidence, and the verdict."""
    found = picked.episode
    assert found is not None
    moments = loading.episode_evidence(choice.code, found, choice.as_at)
    with card(episode_heading(found), key="episode"):
        place = picked.some.place(picked.name)
        show(note(f"{place:,} of {len(picked.some):,} in this selection." if place else "Not in this selection."))
        show(definitions(_about(found)))
        draw(
            episode_timeline(moments, name=f"the episode that began on {day(found['first_signal_on'])}"),
            key="episode-timeline",
            figures="Every day as a table",
        )
        show(_evidence(moments))
        if found["complaint_ref"]:
            st.page_link(
                CASE,
                label=f"Complaint {literal(found['complaint_ref'])}",
                query_params=choice.link(ref=found["complaint_ref"]),
            )
        _verdict_form(picked, choice)
    _neighbours(picked)


def _about(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    whose = f"Complaint {found['complaint_ref']}, " if found["complaint_ref"] else "No complaint; "
    lines = [
        ("Whose", f"{whose}household {found['household_ref']}"),
        ("First signal", cell(found["first_signal_on"])),
        ("What fired", detectors_words(found["detectors"])),
        ("Grade", f"{found['grade']}: {GRADE_WORDS[found['grade']]}"),
    ]
    lines += [(name.capitalize(), found[name]) for name in ("team", "channel", "category") if found[name]]
    if found["verdict"]:
        said = f"{found['verdict'].capitalize()}: {found['reason']} ({found['reviewer']}, {day(found['decided_on'])})"
        lines.append(("Verdict", said))
    return lines


def _evidence(moments: tuple[Moment, ...]) -> Any:
    rows = [
        (
            cell(each.on),
            each.what,
            fired_words(each.detectors, each.heard),
            " · ".join(cell(value) for value in (each.told or {}).values()) or "–",
            each.words or "–",
        )
        for each in moments
        if each.lane == EVIDENCE
    ]
    columns = ("Day", "Record", *WORDY)
    return table(
        columns,
        rows,
        caption="The records that fired",
        wordy=frozenset({"What fired", "Recorded as", "In their words"}),
    )


def _verdict_form(picked: ReviewChoice, choice: Choice) -> None:
    tell("verdict")
    with st.form(f"verdict-{picked.name}", border=False):
        reason = st.text_area("Reason", key=f"reason-{picked.name}", help="What in the records decides it?")
        reviewer = st.text_input("Name and role", value=st.session_state.get("reviewer", ""), key=f"by-{picked.name}")
        with st.container(horizontal=True, gap="small"):
            is_ghost = st.form_submit_button("Ghost", key="is-ghost")
            is_none = st.form_submit_button("Not a ghost", key="is-none")
    if is_ghost or is_none:
        _keep(picked, choice, verdict="ghost" if is_ghost else "not a ghost", reason=reason, reviewer=reviewer)


def _keep(picked: ReviewChoice, choice: Choice, *, verdict: VerdictWord, reason: str, reviewer: str) -> None:
    found = picked.episode
    assert found is not None
    with told_if_refused():
        given = Verdict(
            landlord_code=choice.code,
            complaint_ref=found["complaint_ref"],
            household_ref=found["household_ref"],
            window=found["window"],
            first_signal_on=found["first_signal_on"],
            detectors=tuple(found["detectors"]),
            grade=found["grade"],
            verdict=verdict,
            reason=reason,
            reviewer=reviewer,
            decided_on=date.today(),
        )
        loading.keep_verdict(given)
        st.session_state["reviewer"] = reviewer
        read(picked.some.beside(picked.name)[1])
        taken("verdict", f"Recorded: {verdict}. {_what_it_does(found, verdict)}")


def _what_it_does(found: Mapping[str, Any], verdict: VerdictWord) -> str:
    if found["grade"] == "C":
        return "One kind of evidence alone was in no headline and is in none now; the detector's record holds it."
    return "It stays counted." if verdict == "ghost" else "It is out of every count already."


def _neighbours(picked: ReviewChoice) -> None:
    before, after = picked.some.beside(picked.name)
    with st.container(horizontal=True, gap="small"):
        st.button("Previous", on_click=read, args=(before,), disabled=before is None, key="previous")
        st.button("Next", on_click=read, args=(after,), disabled=after is None, key="next")


def precision(found: tuple[Precision, ...]) -> None:
    """Each detector's record so far."""
    with card("How often each detector was right", key="precision"):
        rows = [
            (DETECTOR_WORDS[each.detector], f"{each.reviewed:,}", f"{each.upheld:,}", _share(each)) for each in found
        ]
        show(
            note("From the last verdict on each episode; one in which several fired counts for each."),
            table(
                ("What fired", "Read", "Upheld", "Share upheld"),
                rows,
                caption="Live precision of the detectors",
                wordy=frozenset({"Share upheld"}),
            ),
        )


def _share(each: Precision) -> str:
    if each.share is None or each.low is None or each.high is None:
        return "not known: too few read"
    return f"{each.share:.0%} (likely {each.low:.0%} to {each.high:.0%})"

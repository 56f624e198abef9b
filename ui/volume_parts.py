"""The parts of the screen on volumes and escalation."""

import streamlit as st

from charts.escalation import escalation
from charts.timeliness import timeliness
from charts.volume_course import volume_course
from charts.volume_split import volume_split
from metrics.narrowing import SPLITS, By, Only
from metrics.phrasing import day
from metrics.volumes import Volumes
from metrics.volumes_words import (
    MEANINGS,
    earlier_words,
    heading,
    lead,
    part_interval_words,
    part_words,
)
from ui import empty, ghost_marks
from ui.cards import card, row, rows
from ui.event_list import event_list
from ui.figure import draw
from ui.link import link
from ui.markup import element, note, show
from ui.markup import heading as headline
from ui.narrowing_choice import WORDS, asked, only_words
from ui.navigation import CASES, TRENDS
from ui.selection import Choice
from ui.selector import switch


def finding(found: Volumes, only: Only) -> None:
    """The page's sentence and how sure it is."""
    of = only_words(only)
    show(
        headline(f"{of}: {_lower(heading(found))}" if of else heading(found)),
        element("p", lead(found), " Many or few is neither good nor bad by itself.", class_="lp-lead"),
    )
    if found.homes is None:
        show(note("Add the number of homes to the landlord's record on Our records, and every count becomes a rate."))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def course(found: Volumes, only: Only, choice: Choice) -> None:
    """Complaints by quarter, with what happened meanwhile."""
    with card("By quarter", key="course"):
        draw(volume_course(found), key="course")
        event_list(found.events)
        show(note("A hollow mark: fewer than five complaints. Only whole quarters are shown."))
        _opens("stage_1_per_1000_homes", "Open the complaints of these twelve months", only, choice, which="all")
        link = choice.link(line="stage_1_per_1000_homes")
        st.page_link(TRENDS, label="Is it changing? The same for every home on a control chart", query_params=link)


def splits(found: Volumes, only: Only, choice: Choice) -> None:
    """Twelve months by service area, team and channel, one at a time."""
    with card("What, who and how", key="splits"):
        by: By = switch("split_by", "Split by", {each: WORDS[each].capitalize() for each in SPLITS})
        draw(volume_split(found.slices[by], name=WORDS[by]), key=f"split-{by}")
        show(
            note(
                "Per 1,000 homes in twelve months. Filled: these twelve months, with the range chance alone gives. "
                "Hollow: the twelve before. A change is called one only where the two ranges do not meet."
            )
        )
        _opens("stage_1_per_1000_homes", "Open these complaints", only, choice, which="all")


def flow(found: Volumes, only: Only, choice: Choice) -> None:
    """Stage 1, stage 2, Ombudsman."""
    with card("How far complaints go", key="flow"):
        draw(escalation(found.flows), key="flow")
        if len(found.flows) > 1:
            show(note(earlier_words(found.flows[1])))
        _opens("escalated_to_stage_2", "Open the complaints taken to stage 2", only, choice)
        ghost_marks.along_the_stages(choice, narrowed=bool(only_words(only)))


def on_time(found: Volumes, only: Only, choice: Choice) -> None:
    """Timeliness against the Code, one card a stage."""
    for column, stage in zip(st.columns(2, gap="medium"), (1, 2), strict=True):
        with column, card(f"Stage {stage}: answered in the Code's time?", key=f"timely-{stage}"):
            draw(timeliness(found.timeliness, found.events, stage=stage), key=f"timely-{stage}")
            days = 10 if stage == 1 else 20
            show(note(f"Code 6: {days} working days from acknowledgement, and at most {days} more where extended."))
            _opens(f"stage_{stage}_on_time", "Open the late ones", only, choice, which="attention")
    event_list(found.events)


def turned_away(found: Volumes, only: Only, choice: Choice) -> None:
    """Refusals with their reasons, and withdrawals."""
    left, right = st.columns(2, gap="medium")
    with left, card("Refused", key="refused"):
        show(note(f"{part_words(found.refused)} of the complaints received; {part_interval_words(found.refused)}."))
        if found.refusal_reasons:
            show(rows([row(reason, figure=f"{count:,}") for reason, count in found.refusal_reasons]))
            show(note("Code 2: each refusal needs its own reason, and the resident a way to the Ombudsman."))
            _opens("refused", "Open the refused complaints", only, choice)
        else:
            empty.line("None was refused in these twelve months.")
    with right, card("Withdrawn", key="withdrawn"):
        show(note(f"{part_words(found.withdrawn)} of the complaints received; {part_interval_words(found.withdrawn)}."))
        show(
            note(
                "A withdrawal soon after a call may be an answer given outside the process. The reason is in the case."
            )
        )
        if found.withdrawn.k:
            _opens("withdrawn", "Open the withdrawn complaints", only, choice)


def meanings() -> None:
    """What a change in volume can and cannot mean."""
    with card("What a change in volume can and cannot mean", key="meanings"):
        show(*(element("p", each, class_="lp-text") for each in MEANINGS))


def _opens(key: str, label: str, only: Only, choice: Choice, *, which: str = "numerator") -> None:
    """The way to the cases, narrowed as the page is."""
    query = choice.link(indicator=key, which=which, **asked(only))
    link(CASES, label=label, query_params=query, landlord_code=choice.code)


def nothing_to_count(choice: Choice) -> None:
    """No complaints are held."""
    show(headline("How many complaints there are is not evidenced"))
    empty.not_held("complaints", why="with them, rates, escalation and timeliness appear here, quarter by quarter.")
    show(note(f"{choice.landlord.name}, to {day(choice.as_at)}."))

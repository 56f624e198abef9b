"""The parts of the Ghost stages screen, for the board: no free text, and no count of one to four people."""

from dataclasses import replace

import streamlit as st

from charts.chart import Chart
from charts.ghost_flow import ghost_flow
from charts.ghost_funnel import ghost_funnel
from charts.ghost_ladder import ghost_ladder
from charts.ghost_recording import ghost_recording
from metrics.ghosts.board_words import heading, how_sure, questions
from metrics.ghosts.few import cells_without_few, flow_without_few, funnel_without_few
from metrics.ghosts.picture import HiddenPicture
from metrics.ghosts.where import DIMENSIONS, By
from metrics.small_numbers import FEWER, is_few, told
from metrics.words import State
from ui import loading
from ui.cards import card, numbered_row, rows, state_row
from ui.event_list import event_list
from ui.figure import draw
from ui.literal import literal
from ui.markup import element, note, show
from ui.markup import heading as headline
from ui.navigation import REVIEW
from ui.selection import Choice
from ui.trend_loading import events

BY_WORDS: dict[By, str] = {
    "team": "Team",
    "contractor": "Contractor",
    "area": "Area",
    "channel": "Channel",
    "category": "Service area",
}
MOST_LINKS = 4


def finding(found: HiddenPicture, choice: Choice) -> None:
    """How much is hidden, and how sure that is."""
    looked = loading.detectors(choice.code, choice.as_at)
    show(headline(heading(found)), element("p", how_sure(found, looked), class_="lp-lead"))


def how_much(found: HiddenPicture) -> None:
    """The ladder from what is on record to what tenants say."""
    with card("How much", key="ladder"):
        if any(is_few(rung.value) for rung in found.ladder.rungs):
            show(note(f"{FEWER.capitalize()} households: too few to draw without saying who they are."))
        else:
            draw(ghost_ladder(found.ladder), key="ladder")
        _notes(*found.ladder.broken, *found.ladder.notes)


def to_ask(found: HiddenPicture, choice: Choice) -> None:
    """Three questions."""
    looked = loading.detectors(choice.code, choice.as_at)
    unread = len(loading.review_queue(choice.code, choice.as_at).of("counted"))
    with card("Three questions to ask", key="questions"):
        asked = questions(found, looked, unread=unread)
        show(rows([numbered_row(place, each) for place, each in enumerate(asked, start=1)]))


def places(found: HiddenPicture, choice: Choice) -> None:
    """Who logs few complaints for the contacts taken, on a funnel, and the way to the episodes."""
    with card("Where", key="where"):
        by: By = st.segmented_control(
            "By", DIMENSIONS, format_func=BY_WORDS.__getitem__, default="team", required=True, key="where-by"
        )
        funnel = funnel_without_few(found.funnels[by])
        if funnel.why_not:
            show(note(funnel.why_not))
            return
        draw(_without_few(ghost_funnel(funnel)), key=f"funnel-{by}")
        show(note("Below the band: few complaints logged for the contacts taken. It is a question, not a verdict."))
        if by == "team":
            _teams(found, choice)


def _teams(found: HiddenPicture, choice: Choice) -> None:
    known = loading.review_queue(choice.code, choice.as_at).of("counted").offered("team")
    for place in [each for each in found.funnels["team"].places if each.name in known][:MOST_LINKS]:
        _opens(f"{place.name}: {told(place.hidden)} hidden", choice, of_team=place.name)


def way(found: HiddenPicture, choice: Choice) -> None:
    """The way through formal and hidden stages; each hidden stage opens its episodes."""
    with card("On which way", key="way"):
        draw(_without_few(ghost_flow(flow_without_few(found.flow))), key="flow")
        show(note("Stages and ways that fewer than five took are left out."))
        for node in (each for each in found.flow.nodes if each.is_hidden and each.count):
            _opens(f"{node.words}: {told(node.count)}", choice, window=node.key)


def _opens(words: str, choice: Choice, **only: str) -> None:
    asked = {"queue": "counted", "window": "every", "detector": "every", "of_team": "every"} | only
    st.page_link(REVIEW, label=f"{literal(words)}: read them", query_params=choice.link(**asked))


def path(found: HiddenPicture) -> None:
    """How complaints kept to the Code's path."""
    seen = found.conformance
    with card("Did complaints keep to the Code's path?", key="path"):
        show(note(f"{told(seen.on_path)} of {told(seen.complaints)} complaints did, by what could be checked."))
        left = [each for each in seen.deviations if each.count or each.count is None]
        lines = []
        for each in left:
            state: State = "not evidenced" if each.count is None else "not met" if each.is_alarm else "met"
            more = each.why_not or (f"{each.kind}; accepted by {each.accepted.owner}" if each.accepted else each.kind)
            lines.append(state_row(state, each.words, more=more, figure=told(each.count)))
        show(rows(lines) if lines else note("No complaint left it."))
        _notes(*seen.lapsed)


def beside_recording(found: HiddenPicture, choice: Choice) -> None:
    """Recorded complaints and the hidden share together, with what happened meanwhile."""
    with card("Better recording raises complaints", key="recording"):
        if any(is_few(year.hidden) or is_few(year.staged) for year in found.recording.years):
            show(note(f"In some years {FEWER} were hidden: too few to draw."))
            return
        years = found.recording.years
        happened = events(choice.code, years[0].end, years[-1].end) if years else ()
        draw(_without_few(ghost_recording(found.recording, happened)), key="recording")
        event_list(happened)
        if found.recording.split is None:
            _notes(found.recording.why_not)


def _without_few(chart: Chart) -> Chart:
    return replace(chart, rows=cells_without_few(chart.columns, chart.rows))


def _notes(*sentences: str) -> None:
    if sentences:
        show(*(note(each) for each in sentences))

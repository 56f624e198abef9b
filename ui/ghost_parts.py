"""The parts of the Ghost stages screen, for the board: no free text, and no count of one to four people."""

import streamlit as st

from charts.ghost_flow import ghost_flow
from charts.ghost_funnel import ghost_funnel
from charts.ghost_ladder import ghost_ladder
from charts.ghost_recapture import ghost_recapture
from charts.ghost_recording import ghost_recording
from charts.ghost_survey import ghost_survey
from metrics.ghosts.board_words import audit_words, heading, how_sure, questions, survey_cautions
from metrics.ghosts.conformance import Deviation
from metrics.ghosts.few import on_path, recording_is_few
from metrics.ghosts.lexicon import DEFAULT
from metrics.ghosts.picture import HiddenPicture
from metrics.ghosts.recapture import ASSUMPTIONS
from metrics.ghosts.where import DIMENSIONS, By, Funnel
from metrics.phrasing import day
from metrics.small_numbers import FEWER, WHY_NOT_SHOWN, is_few, told, written
from metrics.words import State
from ui import ghost_decisions, loading
from ui.cards import card, numbered_row, row, rows, state_row
from ui.event_list import event_list
from ui.figure import draw
from ui.link import link
from ui.literal import literal
from ui.markup import Markup, element, note, show
from ui.markup import heading as headline
from ui.navigation import GHOST_AUDIT, GHOST_RULES, OFF_THE_PATH, REVIEW
from ui.review_choice import QUEUE_SELECTIONS
from ui.selection import Choice
from ui.selector import EVERY, switch
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


def how_much(found: HiddenPicture, choice: Choice) -> None:
    """The ladder from what is on record to what tenants say, and whether an audit has corrected it."""
    with card("How much", key="ladder"):
        if any(is_few(rung.value) for rung in found.ladder.rungs):
            show(note(f"{FEWER.capitalize()} households: too few to draw without saying who they are."))
        else:
            draw(ghost_ladder(found.ladder), key="ladder")
        _notes(*found.ladder.broken, *found.ladder.notes, audit_words(found.audit))
        _opens("Hidden stages that somebody recorded (grade A)", choice, grade="A")
        _opens("All hidden stages that are counted (grades A and B)", choice)
        link(GHOST_AUDIT, label="The audit of contacts", query_params=choice.link(), landlord_code=choice.code)


def to_ask(found: HiddenPicture, choice: Choice) -> None:
    """Three questions."""
    looked = loading.detectors(choice.code, choice.as_at)
    unread = loading.counted_unread(choice.code, choice.as_at)
    with card("Three questions to ask", key="questions"):
        asked = questions(found, looked, unread=unread)
        show(rows([numbered_row(place, each) for place, each in enumerate(asked, start=1)]))


def places(found: HiddenPicture, choice: Choice) -> None:
    """Who logs few complaints for the contacts taken, on a funnel, and the way to the episodes."""
    with card("Where", key="where"):
        by = _by()
        funnel = found.funnels[by]
        if funnel.why_not:
            show(note(funnel.why_not))
            return
        draw(ghost_funnel(funnel), key=f"funnel-{by}")
        show(note("Below the band: few complaints logged for the contacts taken. It is a question, not a verdict."))
        _not_shown(funnel.hides)
        _rows_of(funnel, choice)


def _by() -> By:
    """The dimension the address asks for."""
    return switch("by", "By", {by: BY_WORDS[by] for by in DIMENSIONS}, otherwise="team", what="comparison")


def _rows_of(funnel: Funnel, choice: Choice) -> None:
    """Each place with hidden stages opens them in the review queue; those that log least come first."""
    known = set(loading.places_in_queue(choice.code, choice.as_at, funnel.by))
    there = [place for place in funnel.places if place.name in known]
    for place in there[:MOST_LINKS]:
        _opens(f"{place.name}: hidden stages {written(place.hidden)}", choice, **{f"of_{funnel.by}": place.name})
    if there[MOST_LINKS:]:
        with st.expander(f"{len(there) - MOST_LINKS} more", key="more-places"):
            for place in there[MOST_LINKS:]:
                _opens(
                    f"{place.name}: hidden stages {written(place.hidden)}", choice, **{f"of_{funnel.by}": place.name}
                )


def way(found: HiddenPicture, choice: Choice) -> None:
    """The way through formal and hidden stages; each hidden stage opens its episodes."""
    with card("On which way", key="way"):
        draw(ghost_flow(found.flow), key="flow")
        _not_shown(found.flow.hides)
        for node in (each for each in found.flow.nodes if each.is_hidden and each.count != 0):
            _opens(f"{node.words}: {written(node.count)}", choice, queue="way", window=node.key)


def _not_shown(is_so: bool) -> None:
    if is_so:
        show(note(WHY_NOT_SHOWN))


def _opens(words: str, choice: Choice, **only: str) -> None:
    asked = {"queue": "counted"} | dict.fromkeys(QUEUE_SELECTIONS, EVERY) | only
    link(REVIEW, label=f"{literal(words)}: read them", query_params=choice.link(**asked), landlord_code=choice.code)


def path(found: HiddenPicture, choice: Choice) -> None:
    """How complaints kept to the Code's path, and which deviations are accepted, by whom and until when."""
    seen = found.conformance
    with card("Did complaints keep to the Code's path?", key="path"):
        kept = on_path(seen)
        show(note(f"{written(kept)} of {told(seen.complaints)} complaints did, by what could be checked."))
        left = [each for each in seen.deviations if each.count or each.count is None or each.accepted]
        show(rows([_deviation(each) for each in left]) if left else note("No complaint left it."))
        _notes(*seen.lapsed)
        for each in left:
            if each.count != 0 and not each.why_not:
                asked = choice.link(deviation=each.key)
                label = f"{each.words}: the complaints"
                link(OFF_THE_PATH, label=label, query_params=asked, landlord_code=choice.code)
        link(GHOST_RULES, label="Accept a deviation for a time", query_params=choice.link(), landlord_code=choice.code)


def _deviation(each: Deviation) -> Markup:
    state: State = "not evidenced" if each.count is None else "not met" if each.is_alarm else "met"
    accepted = f"accepted by {each.accepted.owner} until {day(each.accepted.expires_on)}" if each.accepted else ""
    more = each.why_not or "; ".join(part for part in (each.kind, accepted) if part)
    return state_row(state, each.words, more=more, figure=told(each.count))


def other_estimates(found: HiddenPicture) -> None:
    """What the survey says beside landlords alike, and what two families of detectors say together: both bounds."""
    left, right = st.columns(2, gap="medium")
    with left, card("What tenants say, beside landlords alike", key="survey"):
        if found.survey.why_not:
            show(note(f"Not evidenced. {found.survey.why_not}"))
        else:
            draw(ghost_survey(found.survey), key="survey")
            _notes(*survey_cautions(found.survey))
    with right, card("What two kinds of evidence say together", key="recapture"):
        if found.recapture.estimates:
            draw(ghost_recapture(found.recapture), key="recapture")
            with st.expander("What this takes for granted", key="recapture-assumptions"):
                show(rows([row(each) for each in ASSUMPTIONS]))
        else:
            show(note(f"Not evidenced. {found.recapture.why_not}"))


def beside_recording(found: HiddenPicture, choice: Choice) -> None:
    """Recorded complaints and the hidden share together, with what happened meanwhile."""
    with card("Better recording raises complaints", key="recording"):
        if recording_is_few(found.recording):
            show(note(f"In some years {FEWER} were hidden: too few to draw."))
            return
        years = found.recording.years
        happened = events(choice.code, years[0].end, years[-1].end) if years else ()
        draw(ghost_recording(found.recording, happened), key="recording")
        event_list(happened)
        if found.recording.split is None:
            _notes(found.recording.why_not)


def words_in_use(choice: Choice) -> None:
    """Which lexicons, and which version of the landlord's own words, found all this."""
    versions = ghost_decisions.versions_of_words(choice.code)
    own = "no words of your own"
    if versions:
        own = f"version {len(versions)} of your own words ({day(versions[-1].decided_on)}, {versions[-1].author})"
    show(note(f"Found with the lexicons {DEFAULT.version}, and {own}."))


def _notes(*sentences: str) -> None:
    if said := [each for each in sentences if each]:
        show(*(note(each) for each in said))

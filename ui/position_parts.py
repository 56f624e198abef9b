"""The parts of the Position screen, each from the assessment alone."""

from collections.abc import Sequence

import streamlit as st

from charts.firmness import firmness
from charts.profile import profile
from charts.pyramid import pyramid
from charts.trajectory import is_between, trajectory
from metrics.events import Event
from metrics.indicator import Indicator
from metrics.own_thresholds import departures
from metrics.phrasing import listed, table_words
from metrics.placement.route import level_above
from metrics.reading import Assessment, Cap, Step
from metrics.sentences import position as sentences
from metrics.sentences import supporting as supporting_sentences
from metrics.sentences.figures import n_of_m, threshold_words, value_words
from metrics.words import FOUNDATIONS_NOT_SECURE, NOT_STATED
from ui.cards import card, numbered_row, row, rows, state_row
from ui.event_list import event_list
from ui.figure import draw
from ui.markup import Markup, element, heading, note, show, state_shape, strong
from ui.trend_loading import events

SHOWN_STEPS = 6
SHOWN_DOUBTS = 6


def finding(assessment: Assessment) -> None:
    """The sentence, and how sure it is."""
    placement = assessment.placement
    pieces = [strong(text) if matters else text for text, matters in sentences.how_sure(placement)]
    more = sentences.what_stops(placement)
    show(heading(sentences.heading(assessment)), element("p", *pieces, f" {more}" if more else "", class_="lp-lead"))


def picture(assessment: Assessment) -> None:
    """Pyramid on the left; how firm it is and its course on the right."""
    placement = assessment.placement
    left, right = st.columns([1, 1], gap="large")
    with left:
        draw(pyramid(placement), key="pyramid", with_headline=False, figures="The levels as a table")
        show(note("Filled: secured. Dashed: not yet secured. Hatched: foundations not secure."))
    with right:
        if placement.position != NOT_STATED:
            show(element("h2", "How firm is this?", class_="lp-title"))
            draw(firmness(placement), key="firmness", with_headline=False, figures="The re-runs as a table")
            show(note(_shaky(assessment)))
        show(element("h2", "Two years of positions", class_="lp-title"))
        happened = _happened(assessment)
        draw(trajectory(assessment.trajectory, happened), key="trajectory", figures="The quarters as a table")
        event_list(happened)
        if any(is_between(quarter) for quarter in assessment.trajectory):
            show(note("Hollow: between two levels."))


def _happened(assessment: Assessment) -> tuple[Event, ...]:
    """The events between the first and the last quarter end of the trajectory."""
    ends = [quarter.as_at for quarter in assessment.trajectory]
    return events(assessment.placement.landlord_code, ends[0], ends[-1]) if ends else ()


def _shaky(assessment: Assessment) -> str:
    found = supporting_sentences.shaky(assessment)[:2]
    if not found:
        return "Re-runs of the year out of 100. No figure at these levels lies near its threshold."
    said = [
        f"{sentences.in_sentence(each.indicator.title)} ({value_words(each)}, threshold {threshold_words(each)})"
        for each in found
    ]
    return f"Re-runs of the year out of 100. In doubt: {listed(said)}."


def what_holds(assessment: Assessment) -> None:
    """What keeps the landlord from the next level, caps first."""
    placement = assessment.placement
    level = level_above(placement.position)
    insecure = placement.position in (FOUNDATIONS_NOT_SECURE, NOT_STATED)
    title = "What keeps the foundations from being secure" if insecure else f"What keeps you from {level}"
    with card(title if level else "Nothing stands above", key="against"):
        binding = [cap for cap in placement.caps if cap.to in (placement.position, NOT_STATED)]
        later = [cap for cap in placement.caps if cap not in binding]
        lines = _cap_rows(binding)
        gates = sentences.blocking(placement, level) if level else ()
        lines += [*(_gate_row(gate, assessment) for gate in gates), *_cap_rows(later)]
        show(rows(lines) if lines else note("Every level is secured. What would change that is listed below."))


def _cap_rows(caps: Sequence[Cap]) -> list[Markup]:
    return [row(words, mark=state_shape("not met")) for words in supporting_sentences.caps_words(caps)]


def _gate_row(gate: Indicator, assessment: Assessment) -> Markup:
    reading = assessment.readings[gate.key]
    state = reading.state or "not evidenced"
    if state == "not evidenced":
        return state_row(state, f"{gate.title}: not evidenced", more=reading.reason, figure="–")
    tail = "too close to call" if state == "too close to call" else "not met"
    more = f"{threshold_words(reading)} wanted".capitalize()
    return state_row(state, f"{gate.title}: {tail}", more=more, figure=value_words(reading), under=n_of_m(reading))


def way_up(assessment: Assessment) -> None:
    """The fewest further successes that would open the next level."""
    placement = assessment.placement
    with card("The shortest way up", key="route"):
        if not placement.route_up:
            show(
                note(
                    "There is no higher level to reach."
                    if placement.position == "cultural"
                    else "Nothing is in the way."
                )
            )
            return
        lines = [
            numbered_row(place, _step_words(step), more=_step_about(step, assessment), figure=_step_gives(step))
            for place, step in enumerate(placement.route_up[:SHOWN_STEPS], start=1)
        ]
        show(rows(lines))
        if len(placement.route_up) > SHOWN_STEPS:
            show(note(f"And {len(placement.route_up) - SHOWN_STEPS} more, on Why."))


def _step_words(step: Step) -> str:
    return step.words.rstrip(".")


def _step_about(step: Step, assessment: Assessment) -> str:
    reading = assessment.readings.get(step.key)
    if reading is None:
        return "A cap: no average buys it off"
    count = n_of_m(reading)
    if reading.indicator.bound_on == "count":
        count = f"{value_words(reading)} {count}"
    return f"{reading.indicator.title}{', now ' + count if reading.state != 'not evidenced' and count else ''}"


def _step_gives(step: Step) -> str:
    return "→ met" if step.further is not None else "→ evidence"


def service_areas(assessment: Assessment) -> None:
    """The same placement for each large service area."""
    with card("Service area by service area", key="profile"):
        if assessment.placement.position == NOT_STATED:
            show(note("While no position is stated for the whole, none is for its parts."))
            return
        if not assessment.profile:
            show(note("No complaints were received in the twelve months, so there are no service areas to place."))
            return
        draw(profile(assessment.profile, assessment.placement.position), key="profile")


def what_would_change(assessment: Assessment) -> None:
    """What would change our mind."""
    with card("What would change this answer", key="sensitivity"):
        if assessment.placement.position == NOT_STATED:
            show(note("Records of the last six months: with them a position can be stated."))
            return
        found = supporting_sentences.sensitivity_words(assessment)
        if not found:
            show(
                note("No threshold moved by 5 or 10 points, and no figure left out, would move the position by itself.")
            )
            return
        show(rows([row(each) for each in found[:SHOWN_DOUBTS]]))


def cannot_see(assessment: Assessment) -> None:
    """What is not evidenced, and which records would show it."""
    placement = assessment.placement
    with card("What this position cannot see", key="unseen"):
        if not placement.not_evidenced:
            show(note("Every figure has evidence behind it."))
            return
        show(rows([_unseen_row(reason, titles) for reason, titles in _unseen(assessment).items()]))


def _unseen(assessment: Assessment) -> dict[str, list[str]]:
    """Why figures are not evidenced, each reason with the titles it holds for."""
    found: dict[str, list[str]] = {}
    for key in assessment.placement.not_evidenced:
        reading = assessment.readings[key]
        missing = [name for name in reading.indicator.needs if not assessment.placement.coverage.get(name)]
        load = f"Load {listed([table_words(name) for name in missing])}" if missing else reading.reason
        found.setdefault(load.rstrip("."), []).append(reading.indicator.title)
    return found


def _unseen_row(reason: str, titles: list[str]) -> Markup:
    count = f"{len(titles)} {'figure' if len(titles) == 1 else 'figures'}"
    named = listed([titles[0], *(sentences.in_sentence(title) for title in titles[1:])])
    return state_row("not evidenced", reason, more=f"{named}.", figure=count)


def footer(assessment: Assessment) -> None:
    """What the thresholds are worth, and where the landlord has set its own."""
    own = departures([each.indicator for each in assessment.readings.values()])
    show(
        element(
            "p",
            "Thresholds are this tool's judgement unless marked Code or TSM; the Ombudsman published none. Every "
            f"figure on Why opens the cases behind it. Method {assessment.placement.method_version}.",
            class_="lp-note lp-foot",
        ),
        *(note(f"A threshold of this landlord's own. {each}") for each in own),
    )

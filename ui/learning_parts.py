"""The parts of the screen *Learning or looping*."""

from datetime import timedelta

import streamlit as st

from charts.action_effects import action_effects
from charts.evidence_ladder import evidence_ladder
from charts.half_life import half_life
from metrics.effects.theme_verdicts import LEARNING, LOOPING, UNTESTED
from metrics.learning.picked import NOT_TESTED, NOT_UPHELD_AGAIN, UPHELD_AGAIN, Picked
from metrics.learning.picture import LearningPicture, ThemeLine
from metrics.learning.turnover import Turnover
from metrics.learning.words import (
    QUESTION,
    TURNOVER_WORDS,
    half_life_words,
    heading,
    latency_words,
    lead,
    theme_words,
    turnover_words,
)
from metrics.periods import quarter_label
from metrics.phrasing import capital
from metrics.words import State
from ui import empty
from ui.action_parts import opens_actions
from ui.cards import card, rows, state_row
from ui.figure import draw
from ui.markup import element, note, show
from ui.markup import heading as headline
from ui.navigation import GOVERNANCE
from ui.selection import Choice
from ui.theme_links import opens_theme

SHAPES: dict[str, State] = {LOOPING: "not met", LEARNING: "met", UNTESTED: "not evidenced"}
TITLES = {LOOPING: "Looping", LEARNING: "Learning", UNTESTED: "Untested"}
MEANINGS = {
    LOOPING: "Upheld in each of the last four quarters, action was taken, and complaints have not fallen after it.",
    LEARNING: "Complaints fell after the most recently done action that could be tested.",
    UNTESTED: "Neither: no action was taken, none could be tested, or complaints are not upheld in every quarter.",
}
NO_ACTION = "No change is open or was done in these thirty-six months."
TURNOVER_SHAPES: dict[str, State] = {"survived": "met", "lost": "not met"}


def finding(found: LearningPicture) -> None:
    """The question of the page, its answer, and how sure that is."""
    show(
        element("p", QUESTION, class_="lp-note"),
        headline(heading(found)),
        element("p", lead(found), class_="lp-lead"),
    )


def themes(found: LearningPicture, choice: Choice) -> None:
    """Looping, learning and untested themes, each with what was upheld by quarter and the way to it."""
    quarters = ", ".join(quarter_label(end) for end in found.quarters)
    left, right = st.columns(2, gap="medium")
    for verdict, column in ((LOOPING, left), (LEARNING, right), (UNTESTED, right)):
        with column, card(TITLES[verdict], key=f"themes-{verdict}"):
            show(note(MEANINGS[verdict]))
            of = found.of(verdict)
            if not of:
                empty.line("No theme.")
            for each in of:
                _theme(each, found, choice)
    show(note(f"Upheld by quarter: {quarters}. Few or many is neither good nor bad: only the test says fell or rose."))


def _theme(each: ThemeLine, found: LearningPicture, choice: Choice) -> None:
    counts = " · ".join(f"{count:,}" for count in each.upheld_by_quarter)
    owned = ""
    if each.verdict == LOOPING:
        owned = ". Owned at the top" if each.owned_at_the_top else ". No open action is owned at the top"
    show(
        rows(
            [
                state_row(
                    SHAPES[each.verdict],
                    each.theme,
                    more=f"{capital(theme_words(each))}{owned}.",
                    figure=counts,
                    under="upheld",
                )
            ]
        )
    )
    if each.upheld:
        first, last = found.quarters[0].replace(day=1), found.quarters[-1]
        first = first.replace(month=first.month - 2)
        label = f"{each.theme}: open the {each.upheld:,} upheld"
        opens_theme(label, choice, theme=each.theme, first=first, last=last, dated="upheld")
    known = len(Picked(theme=each.theme).among(found.actions))
    if known:
        opens_actions(
            f"{each.theme}: list the {known:,} {'action' if known == 1 else 'actions'}",
            choice,
            Picked(theme=each.theme),
        )


def effects(found: LearningPicture) -> None:
    """The latest tested action of each theme, drawn."""
    with card("What became of complaints", key="effects"):
        latest = [each.latest for each in found.themes if each.latest is not None]
        if not latest:
            empty.line("No action could be tested in the last thirty-six months.")
            return
        draw(action_effects(latest), key="effects")
        show(
            note(
                "The latest tested action of each theme. A bar that does not reach 1 is more than chance gives one "
                "time in twenty; the verdict asks for one in ten on one side. Complaints that come in waves can still "
                "read fell by chance."
            )
        )


def ladder(found: LearningPicture, choice: Choice) -> None:
    """How far the evidence goes."""
    with card("How far the evidence goes", key="ladder"):
        draw(evidence_ladder(found.ladder), key="ladder")
        left = found.ladder
        if left.activity_not_impact:
            show(
                note(
                    f"Done and not tested: {left.too_early:,} less than six months ago, {left.too_few:,} with too few "
                    "complaints to tell."
                )
            )
        show(note("Changes still open or done in thirty-six months; putting one case right is left out."))
        counts = {str(rung): count for rung, count in left.counts.items()} | {NOT_TESTED: left.activity_not_impact}
        for name in [each for each in counts if counts[each]]:
            opens_actions(f"List the {counts[name]:,}: {name}", choice, Picked(evidence=name))


def half_lives(found: LearningPicture, choice: Choice) -> None:
    """How long after an action its kind of complaint was upheld again."""
    with card("How long it lasts", key="half-life"):
        words = half_life_words(found)
        if found.half_life.why_not:
            show(note(words))
        else:
            draw(half_life(found.half_life, headline=words), key="half-life")
            again, known = found.half_life.returned, found.half_life
            for count, evidence in ((again, UPHELD_AGAIN), (known.actions - again, NOT_UPHELD_AGAIN)):
                if count:
                    opens_actions(f"List the {count:,}: {evidence}", choice, Picked(evidence=evidence))
            show(note("A busy theme is soon upheld again whatever was learned: compare a theme with itself."))


def survives(found: LearningPicture, choice: Choice) -> None:
    """The turnover test; each count opens its complaints."""
    with card("Does it survive the people?", key="turnover"):
        if not found.turnover:
            empty.line("No theme has learned yet, so there is nothing that could leave with anybody.")
            return
        for each in found.turnover:
            _turnover(each, choice)
        show(
            note(
                "Records name roles for actions, persons only for answers: people are those who answered the theme's "
                "complaints when the action was done."
            )
        )


def _turnover(each: Turnover, choice: Choice) -> None:
    line = state_row(
        TURNOVER_SHAPES.get(each.outcome, "not evidenced"),
        f"{each.theme}: {TURNOVER_WORDS[each.outcome]}",
        more=turnover_words(each),
        figure=f"{each.left:,} of {each.people:,}",
        under="have left",
    )
    show(rows([line]))
    if each.half_left_on is None or each.first_before is None:
        return
    where = {"theme": each.theme, "area": each.area, "team": each.team}
    since = each.half_left_on + timedelta(days=1)
    with st.container(horizontal=True, gap="medium"):
        while_there = f"{each.before:,} while they were there"
        opens_theme(while_there, choice, **where, first=each.first_before, last=each.half_left_on)  # type: ignore[arg-type]
        opens_theme(f"{each.after:,} since", choice, **where, first=since, last=each.last_after)  # type: ignore[arg-type]


def strength(found: LearningPicture, choice: Choice) -> None:
    """How strong the actions are; each count opens its actions."""
    with card("How strong the actions are", key="strength"):
        if not found.actions:
            empty.line(NO_ACTION)
        for each in [each for each in found.strengths if each.actions]:
            opens_actions(f"{each.strength.capitalize()}: {each.actions:,}", choice, Picked(strength=each.strength))
            with st.container(horizontal=True, gap="medium"):
                for count, evidence in ((each.tested, "tested"), (each.fell, "fell")):
                    if count:
                        opens_actions(
                            f"{count:,} {evidence}", choice, Picked(strength=each.strength, evidence=evidence)
                        )
        show(note("Weak: training, reminders. Strong: what no longer depends on somebody remembering."))


def whose(found: LearningPicture, choice: Choice) -> None:
    """Ownership; each count opens its actions."""
    with card("Whose they are", key="ownership"):
        own = found.ownership
        if own.effective_number is None:
            empty.line("No action names the directorate that owns it." if found.actions else NO_ACTION)
        else:
            alone = f"{own.complaints_alone:,} of {own.named:,} are owned by complaints alone"
            show(note(f"As spread as {own.effective_number:.1f} directorates sharing evenly; {alone}."))
        left, right = st.columns(2, gap="small")
        with left:
            for name, count in own.by_directorate.items():
                opens_actions(f"{name}: {count:,}", choice, Picked(directorate=name))
        with right:
            for role, count in own.by_role.items():
                if count:
                    opens_actions(f"{role.capitalize()}: {count:,}", choice, Picked(role=role))


def heard(found: LearningPicture, choice: Choice) -> None:
    """How long a theme takes to the governing body, in a line; the rest is on Governance."""
    with card("From residents to the governing body", key="voice"):
        show(note(f"{latency_words(found.voice)}."))
        st.page_link(GOVERNANCE, label="How long each theme took", query_params=choice.link())

"""Learning actions: what each was, what became of complaints, how far its evidence goes, and the way to the cases."""

from collections.abc import Sequence

import streamlit as st

from charts.action_effects import action_effects
from metrics.effects.verdicts import FELL, OTHER_THEMES, ROSE
from metrics.learning.actions import RUNGS, ActionLine, Trial
from metrics.learning.picked import EVIDENCE, Picked
from metrics.learning.picture import LearningPicture
from metrics.learning.words import (
    comparison_words,
    early_words,
    ghosts_words,
    picked_words,
    power_words,
    ratio_words,
    verdict_words,
)
from metrics.phrasing import capital, plural, short_day
from metrics.words import State
from ui import empty
from ui.cards import card
from ui.figure import draw
from ui.filter_row import Filter, filter_row, kept_in
from ui.literal import literal
from ui.markup import definitions, element, heading, note, show, state_shape
from ui.navigation import LEARNING_ACTIONS
from ui.selection import Choice
from ui.theme_links import opens_theme

SHOWN = 8
SHAPES: dict[str, State] = {FELL: "met", ROSE: "not met"}
# What an action is picked by, by its name in the address.
PARAMETERS = {
    "theme": "theme",
    "evidence": "evidence",
    "strength": "strength",
    "directorate": "directorate",
    "role": "owner_role",
}


def opens_actions(label: str, choice: Choice, picked: Picked) -> None:
    """A link to those actions."""
    asked = kept_in(PARAMETERS, picked)
    st.page_link(LEARNING_ACTIONS, label=literal(label), query_params=choice.link(**asked))


def choose(found: LearningPicture) -> Picked:
    """Which actions are listed; kept in the address."""

    def said(name: str) -> list[str]:
        return sorted({getattr(line, name) for line in found.actions})

    picked = filter_row(
        [
            Filter(name="theme", label="Theme", choices=said("theme")),
            Filter(name="evidence", label="Evidence", choices=EVIDENCE),
            Filter(name="strength", label="Strength", choices=said("strength_said")),
            Filter(name="directorate", label="Directorate", choices=said("directorate_said")),
            Filter(name="owner_role", label="Owner", choices=said("owner_role")),
        ]
    )
    return Picked(**{name: picked[parameter] for name, parameter in PARAMETERS.items()})


def finding(found: LearningPicture, picked: Picked) -> None:
    """How many there are, and which."""
    count = len(picked.among(found.actions))
    show(
        heading(plural(count, "learning action")),
        element("p", f"{picked_words(picked)}. Still open, or done in the thirty-six months.", class_="lp-lead"),
    )


def listing(found: LearningPicture, picked: Picked, choice: Choice) -> None:
    """One entry for each action picked; those on one theme are drawn beside one another."""
    lines = picked.among(found.actions)
    if not lines:
        empty.line("No such action is open or was done in these thirty-six months.")
        return
    if picked.theme is not None and any(line.trial for line in lines):
        with card("What became of complaints", key="effects-of-theme"):
            draw(action_effects(lines), key="effects-of-theme")
    with card("Action by action", key="actions"):
        _paged(lines, f"actions-page-{picked}", choice)


def latest(found: LearningPicture, choice: Choice) -> None:
    """The latest tested action of each theme."""
    with card("The latest tested action of each theme", key="actions"):
        lines = [each.latest for each in found.themes if each.latest is not None]
        if not lines:
            empty.line("No action could be tested in the last thirty-six months.")
        _paged(lines, "actions-page", choice)
        opens_actions(f"Every one of the {len(found.actions):,} actions", choice, Picked())


def _paged(lines: Sequence[ActionLine], name: str, choice: Choice) -> None:
    pages = -(-len(lines) // SHOWN)
    page = min(st.session_state.get(name, 1), pages)
    for line in lines[(page - 1) * SHOWN : page * SHOWN]:
        _action(line, choice)
    if pages > 1:
        st.pagination(pages, key=name)


def _action(line: ActionLine, choice: Choice) -> None:
    with st.container(key=f"action-{line.action_ref}", gap=None):
        shape = state_shape(SHAPES.get(line.verdict, "not evidenced"))
        words = verdict_words(line)
        about = ", ".join(part for part in (line.theme, line.area, line.team) if part)
        show(
            element("p", shape, " ", element("strong", capital(words)), f" · {line.title}",
                    class_="lp-text"),
            note(f"{about}. {line.action_ref}, {line.kind}, {line.strength or 'strength not said'}, owned by "
                 f"{line.owner_role}{f' in {line.owner_directorate}' if line.owner_directorate else ''}. Opened "
                 f"{short_day(line.opened_on)}, {f'done {short_day(line.done_on)}' if line.done_on else 'not done'}."),
            note(f"Evidence: {' → '.join(rung for rung in RUNGS if rung in line.has)}.{_again(line)}"),
        )  # fmt: skip
        if line.trial is not None:
            _trial(line, line.trial, choice)


def _trial(line: ActionLine, trial: Trial, choice: Choice) -> None:
    show(
        definitions(
            [
                ("Rate", ratio_words(trial)),
                ("Compared", comparison_words(trial)),
                ("Power", power_words(trial)),
                ("Hidden share", ghosts_words(trial)),
            ]
        )
    )
    where = {"theme": line.theme, "area": line.area, "team": line.team}
    before = {"first": trial.first_before, "last": trial.last_before}
    after = {"first": trial.first_after, "last": trial.last_after}
    with st.container(horizontal=True, gap="medium"):
        opens_theme(f"{trial.before:,} before", choice, **where, **before)  # type: ignore[arg-type]
        opens_theme(f"{trial.after:,} after", choice, **where, **after)  # type: ignore[arg-type]
        if trial.comparison == OTHER_THEMES:
            others = f"{trial.others_before:,} and {trial.others_after:,} on other themes"
            opens_theme(others, choice, others_of=line.action_ref, first=trial.first_before, last=trial.last_after)
        if trial.ghosts_after is not None and trial.ghosts_after.hidden:
            hidden = f"{trial.ghosts_after.hidden:,} hidden after"
            opens_theme(hidden, choice, theme=line.theme, dated="hidden", **after)  # type: ignore[arg-type]
    if said := early_words(line):
        show(note(said))
    if not trial.records_cover_before:
        show(note("The records begin within the year before: there may have been more complaints then."))


def _again(line: ActionLine) -> str:
    if line.upheld_again_on is None or line.done_on is None:
        return ""
    days = (line.upheld_again_on - line.done_on).days
    return f" The next complaint of its kind was upheld on {short_day(line.upheld_again_on)}, {days:,} days after."

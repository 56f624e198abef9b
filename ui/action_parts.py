"""The actions on one theme: what each was, what became of complaints, how far its evidence goes, and the cases."""

from dataclasses import dataclass

import streamlit as st

from charts.action_effects import action_effects
from metrics.effects.verdicts import FELL, OTHER_THEMES, ROSE
from metrics.learning.actions import RUNGS, ActionLine, Trial
from metrics.learning.picture import LearningPicture
from metrics.learning.words import comparison_words, ghosts_words, power_words, ratio_words, verdict_words
from metrics.phrasing import capital, short_day
from metrics.words import State
from ui import empty
from ui.cards import card
from ui.figure import draw
from ui.markup import definitions, element, note, show, state_shape
from ui.selection import Choice
from ui.selector import narrow
from ui.theme_links import opens_theme

SHOWN = 8
NOT_TESTED = "done, not tested"
LATEST = "the latest tested of each theme"
SHAPES: dict[str, State] = {FELL: "met", ROSE: "not met"}


@dataclass(frozen=True, kw_only=True)
class Picked:
    """Which actions are listed: of one theme, with one rung of evidence; None: of every."""

    theme: str | None
    evidence: str | None


def choose(found: LearningPicture) -> Picked:
    """The theme and the evidence whose actions are shown; both kept in the address."""
    left, right = st.columns(2, gap="small")
    with left:
        theme = narrow("theme", "Theme", sorted({line.theme for line in found.actions}), every=f"Every theme: {LATEST}")
    with right:
        rungs = [*RUNGS, NOT_TESTED]
        capitals = {each: capital(each) for each in rungs}
        evidence = narrow("evidence", "Evidence", rungs, words=capitals, every="However far it goes")
    return Picked(theme=theme, evidence=evidence)


def actions(found: LearningPicture, picked: Picked, choice: Choice) -> None:
    """One entry for each action."""
    lines = _listed(found, picked)
    title = f"Actions on {picked.theme}" if picked.theme else "Action by action"
    with card(f"{title}: {picked.evidence}" if picked.evidence else title, key="actions"):
        if not lines:
            empty.line("No such action is open or was done in these thirty-six months.")
            return
        if picked.theme is not None and any(line.trial for line in lines):
            draw(action_effects(lines), key="effects-of-theme")
        pages = -(-len(lines) // SHOWN)
        name = f"actions-page-{picked.theme}-{picked.evidence}"
        page = min(st.session_state.get(name, 1), pages)
        for line in lines[(page - 1) * SHOWN : page * SHOWN]:
            _action(line, choice)
        if pages > 1:
            st.pagination(pages, key=name)


def _listed(found: LearningPicture, picked: Picked) -> list[ActionLine]:
    if picked == Picked(theme=None, evidence=None):
        return [each.latest for each in found.themes if each.latest is not None]
    lines = [line for line in found.actions if picked.theme in (None, line.theme)]
    if picked.evidence == NOT_TESTED:
        return [line for line in lines if "done" in line.has and "tested" not in line.has]
    return [line for line in lines if picked.evidence is None or picked.evidence in line.has]


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
            note(f"Evidence: {' → '.join(rung for rung in RUNGS if rung in line.has)}."),
        )  # fmt: skip
        if line.trial is not None:
            _trial(line, line.trial, choice)


def _trial(line: ActionLine, trial: Trial, choice: Choice) -> None:
    show(
        definitions(
            [
                ("Rate", ratio_words(trial)),
                ("Compared", f"{comparison_words(trial)}{_firm(trial)}"),
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
    if not trial.records_cover_before:
        show(note("The records begin within the year before: there may have been more complaints then."))


def _firm(trial: Trial) -> str:
    if trial.firm is None:
        return ""
    return "; it stands when their own chance is allowed for" if trial.firm else "; too few of them to be firm"

"""The quarterly review for executives: the icon matrix, the few signals, the noise, whose move it is, and events."""

from collections.abc import Iterator
from dataclasses import replace

from metrics.learning.actions import ActionLine
from metrics.phrasing import day, plural
from metrics.small_numbers import told
from papers.board import NOTHING_BESIDE, SHOWN, Beside, commentary, draft
from papers.material import Material
from papers.model import Block, Paper, Paragraph, Section, Table
from papers.parts import asking, changes, closing, ombudsman, position, trends

MOST_ACTIONS = 15


def quarterly_review(of: Material, beside: Beside = NOTHING_BESIDE) -> Paper:
    """The paper for executives."""
    paper = draft(of, "quarterly")
    asked = asking.every_question(of, own=beside.own, last=beside.asked)
    sections = (
        Section(key="summary", heading="In short", blocks=(*position.in_short(of), *trends.in_short(of.trends))),
        *commentary(beside),
        *changes.last_questions(beside.asked),
        trends.signals(of.trends),
        trends.matrix(of.trends),
        trends.noise(of.trends),
        owners(of),
        ombudsman.ombudsman(of),
        trends.what_happened(of),
        changes.what_changed(of, paper, beside.earlier),
        position.way_up(of),
        closing.not_evidenced(of),
        asking.questions_section(asked),
        closing.method(of),
    )
    return replace(paper, sections=sections, questions=asked, sources=closing.sources(of, frozenset(SHOWN)))


def owners(of: Material) -> Section:
    """Open actions by owner, and promises overdue by who answered; the oldest first."""
    blocks: list[Block] = [*_actions(of), *_promises(of)]
    return Section(key="owners", heading="Owners and dates", blocks=tuple(blocks))


def _actions(of: Material) -> Iterator[Block]:
    if of.learning.why_not:
        yield Paragraph(text=of.learning.why_not)
        return
    waiting = sorted((each for each in of.learning.actions if each.done_on is None), key=lambda each: each.opened_on)
    if not waiting:
        yield Paragraph(text="No learning action is open.")
        return
    yield Table(
        key="actions",
        title=f"Learning actions not done yet, the oldest first ({len(waiting):,} in all)",
        columns=("Action", "Theme", "Owner", "Directorate", "Opened"),
        rows=tuple(_action(each) for each in waiting[:MOST_ACTIONS]),
    )


def _action(each: ActionLine) -> tuple[str, ...]:
    return (each.action_ref, each.theme, each.owner_role, each.owner_directorate or "not said", day(each.opened_on))


def _promises(of: Material) -> Iterator[Block]:
    found = of.promises
    if not found.is_held:
        return
    if not found.overdue:
        yield Paragraph(text="No promise to a resident is overdue.")
        return
    late = [each for each in found.by["service_area"] if each.overdue]
    yield Paragraph(
        text=f"Promises to residents overdue now: {told(found.overdue)}, in {plural(len(late), 'service area')}."
    )

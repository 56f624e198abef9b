"""The board paper, in the order of Code 9.7: what a governing body can act on in two to six pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from metrics.catalogue import GATES
from metrics.periods import quarter_label
from metrics.sentences.position import heading, sentence
from metrics.words import Position
from papers.material import Material
from papers.model import Kind, Paper, Paragraph, Question, Section
from papers.parts import asking, changes, closing, issues, ombudsman, position, trends, volume

SHOWN = tuple(gate.key for gate in GATES)


@dataclass(frozen=True, kw_only=True)
class SelfScore:
    """Where the team expected to stand, why, who sealed it and when: before the position was shown."""

    position: Position
    reason: str
    name: str
    made_on: date


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What a paper holds that no record does: the paper before it, what was asked last time with the answers, what
    readers ask of their own, what the author wrote, what the team sealed before it saw the position, and rows refused
    by table of records."""

    earlier: Paper | None = None
    asked: Sequence[Question] = ()
    own: Sequence[Question] = ()
    commentary: str = ""
    self_score: SelfScore | None = None
    refused: Sequence[tuple[str, int]] = ()


NOTHING_BESIDE = Beside()


def draft(of: Material, kind: Kind) -> Paper:
    """A paper with its figures and without sections: what the sections are put into."""
    return Paper(
        kind=kind,
        landlord_code=of.code,
        landlord_name=of.name,
        as_at=of.as_at,
        quarter=quarter_label(of.as_at),
        finding=sentence(heading(of.assessment)),
        sections=(),
        figures=tuple(of.figures.values()),
        method_version=of.assessment.placement.method_version,
        data_hash=of.data_hash,
        settings=of.settings,
    )


def commentary(beside: Beside) -> tuple[Section, ...]:
    """What the author wrote, as paragraphs; nothing where nothing was written."""
    written = [each.strip() for each in beside.commentary.split("\n") if each.strip()]
    if not written:
        return ()
    return (Section(key="commentary", heading="Commentary", blocks=tuple(Paragraph(text=each) for each in written)),)


def board_paper(of: Material, beside: Beside = NOTHING_BESIDE) -> Paper:
    """The paper for the governing body."""
    paper = draft(of, "board")
    asked, advised = asking.every_question(of, own=beside.own, last=beside.asked), asking.recommendations(of)
    sections = (
        Section(key="summary", heading="In short", blocks=position.in_short(of)),
        asking.recommendations_section(advised, heading="The governing body is asked to"),
        *commentary(beside),
        *changes.last_questions(beside.asked),
        volume.volume(of),
        issues.issues(of),
        Section(key="signals", heading="What changed by more than chance", blocks=trends.in_short(of.trends)),
        issues.hidden(of),
        ombudsman.ombudsman(of),
        issues.promises(of),
        ombudsman.annual_standing(of),
        position.course(of),
        position.way_up(of),
        changes.what_changed(of, paper, beside.earlier),
        closing.not_evidenced(of),
        asking.questions_section(asked),
        closing.method(of),
    )
    return replace(
        paper,
        sections=sections,
        questions=asked,
        recommendations=advised,
        sources=closing.sources(of, frozenset(SHOWN)),
    )

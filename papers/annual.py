"""The annual complaints performance and service improvement report: the six parts of Code 8.1, and the response."""

from collections.abc import Iterator
from dataclasses import replace

from metrics.phrasing import day, plural
from metrics.small_numbers import WHY_NOT_SHOWN, is_few, one_way, told
from metrics.volumes_words import part_words
from papers.board import NOTHING_BESIDE, SHOWN, Beside, draft
from papers.material import Material
from papers.model import Block, Number, Paper, Paragraph, Section, Table
from papers.parts import closing, issues, ombudsman, volume
from papers.parts.assessment import assessment_table, assessment_words
from papers.people import counted

HANDLING_AREAS = ("complaint handling", "complaints handling")


def annual_report(of: Material, beside: Beside = NOTHING_BESIDE) -> Paper:
    """The pack that the Code asks for once a year, and that is published with the governing body's response."""
    paper = draft(of, "annual")
    sections = (
        _part(
            "a", "The self-assessment against the Code", (*assessment_words(of), *assessment_table(of, evidence=False))
        ),
        _part(
            "b", "Complaint handling performance, and complaints refused", (*volume.volume(of).blocks, *_refused(of))
        ),
        _part("c", "Findings that the Code was not followed", tuple(_on_the_code(of))),
        _part("d", "Service improvements made from learning", issues.issues(of).blocks),
        _part("e", "The Ombudsman's reports on the landlord's performance", tuple(_over_the_years(of))),
        _part("f", "Other reports and publications of the Ombudsman", _others(of)),
        Section(key="response", heading="The governing body's response", blocks=_response(beside), code="Code 8.2"),
        closing.not_evidenced(of),
        closing.method(of),
    )
    return replace(paper, sections=sections, sources=closing.sources(of, frozenset(SHOWN)))


def _part(letter: str, heading: str, blocks: tuple[Block, ...]) -> Section:
    return Section(key=f"part-{letter}", heading=heading, blocks=blocks, code=f"Code 8.1 ({letter})")


def _refused(of: Material) -> Iterator[Block]:
    found = of.volumes
    if is_few(found.refused.k) or is_few(found.refused.n - found.refused.k):
        yield Paragraph(text=f"Complaints refused in the twelve months: {told(found.refused.k)}.")
        return
    yield Paragraph(text=f"Complaints refused in the twelve months: {part_words(found.refused)}.")
    if not found.refusal_reasons:
        return
    counts = one_way([count for _, count in found.refusal_reasons])
    if counts.total is None:  # it stands in the sentence above
        return
    yield Table(
        key="refusals",
        title="Types of complaint refused, by the reason given",
        columns=("Reason", "Complaints"),
        rows=(
            *((name, counted(count)) for (name, _), count in zip(found.refusal_reasons, counts.counts, strict=True)),
            ("All", counted(counts.total)),
        ),
        note=WHY_NOT_SHOWN if counts.hides else "",
    )


def _on_the_code(of: Material) -> Iterator[Block]:
    if not of.ombudsman.is_held:
        yield Paragraph(text="What the Ombudsman found is not evidenced: no determinations are held.")
        return
    area = next((each for each in of.ombudsman.areas if each.name.lower() in HANDLING_AREAS), None)
    if area is None:
        yield Paragraph(text="No finding of the twelve months is recorded on complaint handling itself.")
    else:
        yield Paragraph(
            text=f"On complaint handling itself the Ombudsman made {plural(area.findings, 'finding')} in the twelve "
            f"months; fault was found in {part_words(area.rate)}."
        )
    yield Paragraph(
        text="Complaint handling failure orders are not among the records held: state here any that were made, with "
        "what was done."
    )


def _over_the_years(of: Material) -> Iterator[Block]:
    yield from ombudsman.ombudsman(of).blocks
    if of.ombudsman.is_held and len(of.ombudsman.years) > 1:
        yield Table(
            key="ombudsman-years",
            title="Findings in each twelve months, newest first",
            columns=("Twelve months to", "Findings", "Of severe maladministration", "Fault found"),
            rows=tuple(
                (
                    day(each.until),
                    Number(text=f"{each.findings:,}", value=each.findings),
                    Number(text=f"{each.severe:,}", value=each.severe),
                    part_words(each.rate),
                )
                for each in of.ombudsman.years
            ),
        )
    yield Paragraph(
        text="The Ombudsman's own annual report on the landlord counts by its year and may differ: set it beside these "
        "figures."
    )


def _others(of: Material) -> tuple[Block, ...]:  # noqa: ARG001  # every part is made the same way
    return (
        Paragraph(
            text="Which Spotlight reports, guidance and wider orders of the Ombudsman bore on the landlord this year, "
            "and what was done about each, is not among the records held: state it here."
        ),
    )


def _response(beside: Beside) -> tuple[Block, ...]:
    written = [each.strip() for each in beside.commentary.split("\n") if each.strip()]
    if not written:
        return (Paragraph(text="To be written by the governing body, and published beside this report."),)
    return tuple(Paragraph(text=each) for each in written)

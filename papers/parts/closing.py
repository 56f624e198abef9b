"""What stands at the end of every paper: what is not evidenced, sources, method, and how to make it again."""

from metrics.catalogue import GATES
from metrics.own_thresholds import departures
from metrics.phrasing import day, listed, table_words
from metrics.sentences.position import in_sentence
from metrics.small_readings import reason
from papers.material import Material
from papers.model import Block, Paragraph, Points, Section, Source

MOST_QUOTED = 2


def not_evidenced(of: Material) -> Section:
    """What nobody can say from these records, and which records would tell."""
    gates = [of.reading(gate.key) for gate in GATES if of.reading(gate.key).state == "not evidenced"]
    held = of.assessment.placement.coverage
    blind = sorted({str(each["why_not"]) for each in of.detectors if not each["could_run"]})
    if not gates and not blind:
        blocks: tuple[Block, ...] = (
            Paragraph(text="Every gate has evidence, and every sign of a hidden stage could be looked for."),
        )
    else:
        missing = sorted({table for gate in gates for table in gate.indicator.needs if table not in held})
        wanted = f" It would take {', '.join(table_words(each) for each in missing)}." if missing else ""
        titles: dict[str, list[str]] = {}
        for each in gates:
            titles.setdefault(reason(each), []).append(f"“{each.indicator.title}”")
        items = [f"{listed(names)}: {in_sentence(why)}" for why, names in titles.items()] + blind
        blocks = (
            Paragraph(
                text="No evidence does not mean that nothing was done, and is never counted as nought. A level of the "
                f"pyramid is reached only where the evidence for it is there.{wanted}"
            ),
            Points(items=tuple(items)),
        )
    return Section(key="not-evidenced", heading="What is not evidenced", blocks=blocks)


def sources(of: Material, keys: frozenset[str]) -> tuple[Source, ...]:
    """The rules behind the figures shown, each document once, and the records they were worked out from."""
    documents: dict[str, set[str]] = {}
    for key in keys:
        for source in of.reading(key).indicator.sources:
            documents.setdefault(source.document, set()).add(source.paragraph)
    through = of.assessment.placement.data_through
    held = sum(of.assessment.placement.coverage.values())
    return (
        *(
            Source(title=document, detail=_paragraphs(sorted(filter(None, paragraphs))))
            for document, paragraphs in sorted(documents.items())
        ),
        Source(
            title="The landlord's own records",
            detail=f"{held:,} rows known on {day(of.as_at)}" + (f", the newest of {day(through)}" if through else ""),
        ),
    )


def _paragraphs(found: list[str]) -> str:
    """Provisions by number, or the first passages quoted; the rest stand in the handbook."""
    quoted = [each for each in found if each.startswith("“")]
    if len(quoted) <= MOST_QUOTED:
        return "; ".join(found)
    return f"{'; '.join(quoted[:MOST_QUOTED])}; and {len(found) - MOST_QUOTED} more passages, named on the method page"


def _own_lines(of: Material) -> tuple[Paragraph, ...]:
    """Where the landlord's own thresholds depart from the method's."""
    found = departures([each.indicator for each in of.assessment.readings.values()])
    said = f"This landlord has set thresholds of its own, instead of the method's judgement. {' '.join(found)}"
    return (Paragraph(text=said),) if found else ()


def method(of: Material) -> Section:
    """How the figures were worked out, in a few sentences, and what makes the paper reproducible."""
    return Section(
        key="method",
        heading="How this was worked out",
        blocks=(
            Paragraph(
                text="Figures speak for the twelve months to the date above, as known on that day. “Likely between” "
                "is the range in which the true share most probably lies: with few cases it is wide. A figure counts "
                "as met or not met only where the cases make that at least 80% probable; else it is too close to "
                "call, and the position takes it as it stood the quarter before. The lines are our own judgement, "
                "and say so, unless a rule sets them: the Ombudsman published the pyramid without figures. Counts of "
                "one to four people, and any that would give such a count away, are not shown."
            ),
            Paragraph(
                text=f"Method version {of.assessment.placement.method_version}; seed {of.settings['seed']}; records "
                f"{of.data_hash[:16]}. The same records, method and seed give the same paper."
            ),
            *_own_lines(of),
        ),
    )

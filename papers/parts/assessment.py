"""The Code self-assessment provision by provision, and the say-do matrix: what it says against what the data show."""

from collections.abc import Iterator

from metrics.catalogue import indicator
from metrics.phrasing import capital, day, plural
from metrics.self_assessment import Provision
from papers.material import Material
from papers.model import Block, Paragraph, Table
from papers.parts.wording import state_words

OTHERWISE = "no figure speaks to it"


def assessment_words(of: Material) -> tuple[Block, ...]:
    """When it was approved, what it says, and where the records say otherwise."""
    found = of.self_assessment
    if found.approved_on is None:
        return (Paragraph(text="No self-assessment against the Code is recorded as approved.", lead=True),)
    no = len(found.not_complied)
    said = (
        f"Approved on {day(found.approved_on)}. The landlord says it meets {len(found.provisions) - no} of "
        f"{plural(len(found.provisions), 'provision')}."
    )
    against = [each.number for each in found.contradicted]
    said += f" The records contradict {', '.join(against)}." if against else " No figure contradicts it."
    return (Paragraph(text=said, lead=True),)


def assessment_table(of: Material, *, evidence: bool) -> Iterator[Block]:
    """Every provision, what is said of it, and what the records say. `evidence` is what the landlord wrote, for readers
    who handle cases."""
    found = of.self_assessment
    if not found.provisions:
        return
    columns = ("Provision", "Complies", *(("Evidence given",) if evidence else ()), "What the records say")
    yield Table(
        key="self-assessment",
        title="The Code, provision by provision",
        columns=columns,
        rows=tuple(_row(of, each, evidence=evidence) for each in found.provisions),
        note="Provisions are named in our own words where a figure speaks to them.",
    )


def _row(of: Material, each: Provision, *, evidence: bool) -> tuple[str, ...]:
    name = f"{each.number} {each.words}".strip()
    said = "yes" if each.complies else "no"
    return (name, said, *((each.evidence or "none given",) if evidence else ()), _records_say(of, each))


def _records_say(of: Material, each: Provision) -> str:
    if each.verdict == "no figure":
        return OTHERWISE
    figures = "; ".join(
        f"{indicator(key).title} {of.figures[key].value}, {state_words(of.reading(key).state)}" for key in each.figures
    )
    return f"{capital(each.verdict)}: {figures}"


def say_do(of: Material) -> Iterator[Block]:
    """The provisions that figures speak to, contradictions first."""
    spoken = sorted(of.self_assessment.with_figures, key=lambda each: each.verdict != "contradicted")
    if not spoken:
        yield Paragraph(text="There is no self-assessment to hold the records against.")
        return
    against = len(of.self_assessment.contradicted)
    yield Paragraph(
        text=f"{plural(against, 'provision')} of {len(spoken)} said to be met {'is' if against == 1 else 'are'} "
        "contradicted by the records."
        if against
        else f"None of the {len(spoken)} provisions that figures speak to is contradicted by them.",
        lead=True,
    )
    yield Table(
        key="say-do",
        title="What the self-assessment says, and what the records show",
        columns=("Provision", "Says", "Figure", "Shows", "Together"),
        rows=tuple(
            (
                f"{each.number} {each.words}",
                "complies" if each.complies else "does not",
                "; ".join(indicator(key).title for key in each.figures),
                "; ".join(f"{of.figures[key].value} {state_words(of.reading(key).state)}" for key in each.figures),
                each.verdict,
            )
            for each in spoken
        ),
    )

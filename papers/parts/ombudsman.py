"""The Ombudsman's outcomes and orders, and where the annual report stands: Code 9.7 (c) and (d)."""

from metrics.ombudsman.findings import Findings
from metrics.periods import window
from metrics.phrasing import day, plural
from metrics.placement.caps import SELF_ASSESSMENT_MONTHS
from metrics.small_readings import reason
from metrics.volumes_words import part_interval_words, part_words
from papers.material import Material
from papers.model import Block, Number, Paragraph, Points, Section, Table
from papers.parts.wording import figures_table

FIGURES = ("orders_complied", "decisions_accepted", "learned_first")


def ombudsman(of: Material) -> Section:
    """What the Ombudsman found in the twelve months, and whether its orders were done."""
    return Section(
        key="ombudsman",
        heading="What the Ombudsman found, and progress on its orders",
        blocks=(*_findings(of), *_orders(of)),
        code="Code 9.7 (c)",
    )


def _findings(of: Material) -> tuple[Block, ...]:
    if not of.ombudsman.is_held:
        return (Paragraph(text="What the Ombudsman found is not evidenced: no determinations are held.", lead=True),)
    year = of.ombudsman.year
    if not year.findings:
        return (Paragraph(text="The Ombudsman decided nothing in these twelve months.", lead=True),)
    rows = tuple(
        (name.capitalize(), Number(text=f"{count:,}", value=count)) for name, count in year.by_finding.items() if count
    )
    return (
        Paragraph(
            text=f"The Ombudsman made {plural(year.findings, 'finding')} in these twelve months, {_severe(year)}.",
            lead=True,
        ),
        Paragraph(
            text=f"Fault was found in {part_words(year.rate)} of what it looked into"
            f"{_beside(part_interval_words(year.rate))}."
        ),
        Table(
            key="findings",
            title="Findings decided in the twelve months; one decision can hold several",
            columns=("Finding", "Number"),
            rows=(*rows, ("All", Number(text=f"{year.findings:,}", value=year.findings))),
        ),
    )


def _severe(year: Findings) -> str:
    if not year.severe:
        return "not of severe maladministration" if year.findings == 1 else "none of severe maladministration"
    return f"{year.severe} of {'it' if year.findings == 1 else 'them'} of severe maladministration"


def _beside(words: str) -> str:
    return f" ({words})" if words else ""


def _orders(of: Material) -> tuple[Block, ...]:
    evidenced = [of.figures[key] for key in FIGURES if of.reading(key).state != "not evidenced"]
    missing = [of.reading(key) for key in FIGURES if of.reading(key).state == "not evidenced"]
    blocks: list[Block] = [Paragraph(text=_order_words(of))]
    if evidenced:
        blocks.append(figures_table("ombudsman", "The Ombudsman's orders and decisions", evidenced))
    if missing:
        blocks.append(Points(items=tuple(f"{each.indicator.title}: {reason(each)}" for each in missing)))
    return tuple(blocks)


def _order_words(of: Material) -> str:
    """Orders overdue and soon due, by their day; the Code wants the governing body to hear of each."""
    orders = of.ombudsman.orders
    if orders is None:
        return "Whether orders are done in time is not evidenced: no commitments are held."
    said = []
    if orders.overdue:
        oldest = min(each.due_on for each in orders.overdue)
        severe = sum(each.severe for each in orders.overdue)
        said.append(
            f"{plural(len(orders.overdue), 'order')} of the Ombudsman {'is' if len(orders.overdue) == 1 else 'are'} "
            f"overdue, the oldest since {day(oldest)}"
            + (f"; {severe} after severe maladministration." if severe else ".")
        )
    else:
        said.append("No order of the Ombudsman is overdue.")
    if orders.due_soon:
        first = min(each.due_on for each in orders.due_soon)
        falls = "falls" if len(orders.due_soon) == 1 else "fall"
        said.append(f"{len(orders.due_soon)} more {falls} due within four weeks, the first on {day(first)}.")
    return " ".join(said)


def annual_standing(of: Material) -> Section:
    """When the annual report was last taken, and how the self-assessment stands."""
    return Section(
        key="annual",
        heading="Where the annual report and the self-assessment stand",
        blocks=(Paragraph(text=_report_words(of), lead=True), *_assessment_blocks(of)),
        code="Code 9.7 (d)",
    )


def _report_words(of: Material) -> str:
    taken = of.annual_report
    if "governance" not in of.assessment.placement.coverage:
        return "When the annual report was last taken is not evidenced: what the governing body took is not recorded."
    if taken is None:
        return "No annual complaints performance and service improvement report is recorded as taken."
    body = "governing body" if taken["body"] == "governing body" else "committee"
    did = f" and {taken['response']} it" if taken["response"] else ""
    late = " That is more than twelve months ago." if taken["met_on"] < window(of.as_at)[0] else ""
    return f"The {body} last took the annual report on {day(taken['met_on'])}{did}.{late}"


def _assessment_blocks(of: Material) -> tuple[Block, ...]:
    found = of.self_assessment
    if found.approved_on is None:
        return (Paragraph(text="No self-assessment against the Code is recorded as approved."),)
    said = [f"The self-assessment in force was approved on {day(found.approved_on)}."]
    if any(cap.cap == "self_assessment_stale" for cap in of.assessment.placement.caps):
        said.append(f"That is more than {SELF_ASSESSMENT_MONTHS} months ago.")
    if found.not_complied:
        said.append(
            f"It says the landlord does not meet {plural(len(found.not_complied), 'provision')} of "
            f"{len(found.provisions)}: {', '.join(each.number for each in found.not_complied)}."
        )
    else:
        said.append(f"It says the landlord meets all {len(found.provisions)} provisions.")
    if found.contradicted:
        said.append(
            f"The records contradict it on {plural(len(found.contradicted), 'provision')}: "
            f"{', '.join(each.number for each in found.contradicted)}."
        )
    else:
        said.append("No figure worked out from the records contradicts it.")
    return (Paragraph(text=" ".join(said)),)

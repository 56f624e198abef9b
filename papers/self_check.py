"""The complaints team's self-check: every gate, cases to fix first, what to record next, and what it said of itself.

It is for those who handle the cases: counts are shown as they are, and cases are named by their reference. Households
and free text are left out all the same.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from metrics.catalogue import GATES, indicator
from metrics.counting.cases import cases_behind
from metrics.filled import TableFilled, tables_filled
from metrics.phrasing import day, plural, short_day, table_words
from metrics.sentences.position import position_words
from metrics.words import POSITIONS
from papers.board import NOTHING_BESIDE, SHOWN, Beside, commentary, draft
from papers.material import Material
from papers.model import Block, Cell, Number, Paper, Paragraph, Points, Section, Table
from papers.parts import assessment, closing, position

MOST_CASES = 8
MOST_GATES = 4
# Listed beside the reference; never the household, never free text.
BESIDE_THE_REFERENCE = (
    "stage", "service_area", "theme", "team", "acknowledge_due_on", "response_due_on", "due_on", "received_on",
    "first_upheld_on", "opened_on", "decided_on",
)  # fmt: skip


def self_check(of: Material, beside: Beside = NOTHING_BESIDE) -> Paper:
    """The paper for the complaints team."""
    of = of.for_handlers()
    paper = draft(of, "self-check")
    sections = (
        Section(key="summary", heading="In short", blocks=position.in_short(of)),
        *_self_score(of, beside),
        *commentary(beside),
        Section(key="first", heading="Cases to fix first", blocks=tuple(_cases(of))),
        position.way_up(of),
        position.every_gate(of),
        Section(key="records", heading="What to record next", blocks=tuple(_records(of, beside))),
        Section(key="say-do", heading="Say and do", blocks=tuple(assessment.say_do(of)), code="Code 8.1 (a)"),
        Section(
            key="assessment",
            heading="The Code self-assessment",
            blocks=(*assessment.assessment_words(of), *assessment.assessment_table(of, evidence=True)),
            code="Code 8.1 (a)",
        ),
        closing.not_evidenced(of),
        closing.method(of),
    )
    return replace(paper, sections=sections, sources=closing.sources(of, frozenset(SHOWN)))


def _self_score(of: Material, beside: Beside) -> Iterator[Section]:
    score = beside.self_score
    if score is None:
        return
    yield Section(
        key="self-score",
        heading="What the team expected",
        blocks=(
            Paragraph(text=difference_words(score.position, of.assessment.placement.position), lead=True),
            Paragraph(
                text=f"Sealed by {score.name} on {day(score.made_on)}, before the position was shown: {score.reason}"
            ),
        ),
    )


def difference_words(expected: str, worked_out: str) -> str:
    """The difference between what the team expected and what was worked out: something to talk about, no mark."""
    if worked_out not in POSITIONS:
        return f"The team expected {position_words(expected)}; no position can be stated from the records."
    apart = POSITIONS.index(worked_out) - POSITIONS.index(expected)
    if not apart:
        return f"The team expected {position_words(expected)}, and that is what the records give."
    way = "higher" if apart > 0 else "lower"
    return (
        f"The team expected {position_words(expected)}; the records give {position_words(worked_out)}, "
        f"{plural(abs(apart), 'level')} {way}. What does the team see that the records do not, or the other way round?"
    )


def _cases(of: Material) -> Iterator[Block]:
    """For the gates that stop the next level, the oldest rows that fell short."""
    stopping = [step.key for step in of.assessment.placement.route_up if step.key in of.figures]
    listed = 0
    for key in stopping:
        rows = cases_behind(of.records, key, of.as_at, which="attention")
        reference = next((name for name in rows.columns if name.endswith("_ref") and name != "household_ref"), None)
        if rows.is_empty() or reference is None or listed == MOST_GATES:
            continue
        listed += 1
        shown = [reference, *(name for name in BESIDE_THE_REFERENCE if name in rows.columns and name != reference)][:4]
        yield Table(
            key=f"first-{key}",
            title=f"{indicator(key).title}: {plural(rows.height, 'row')} fell short, the oldest first",
            columns=tuple(
                name.removesuffix("_on").removesuffix("_ref").replace("_", " ").capitalize() for name in shown
            ),
            rows=tuple(tuple(map(_cell, row)) for row in rows.select(shown).head(MOST_CASES).iter_rows()),
        )
    if not listed:
        yield Paragraph(text="No single case stops the next level.")


def _cell(value: object) -> Cell:
    if value is None:
        return "–"
    return short_day(value) if isinstance(value, date) else str(value)


def _records(of: Material, beside: Beside) -> Iterator[Block]:
    """What record would tell most: first what would move the position, then refused rows, then empty columns."""
    sensitivity = of.assessment.sensitivity
    told = [
        f"{indicator(key).title}: load {', '.join(map(table_words, tables)) or 'more of the same'}; were it met, the "
        f"position would be {position_words(found)}."
        for key, tables, found in (sensitivity.missing if sensitivity else ())
    ]
    yield Paragraph(text="What would tell most comes first.")
    if told:
        yield Points(items=tuple(told), numbered=True)
    if beside.refused:
        yield Table(
            key="refused",
            title="Rows refused in the last load that refused any",
            columns=("Records", "Rows"),
            rows=tuple((table_words(name), Number(text=f"{rows:,}", value=rows)) for name, rows in beside.refused),
        )
    empty = [(each, each.sparse) for each in tables_filled(of.records) if each.rows and each.sparse]
    if empty:
        yield Table(
            key="empty",
            title="Fields never filled, by the gates their records speak to",
            columns=("Records", "Fields never filled", "Gates that read these records"),
            rows=tuple(
                (table_words(each.name), ", ".join(column.name.replace("_", " ") for column in columns), _gates(each))
                for each, columns in sorted(empty, key=lambda pair: -_weight(pair[0]))
            ),
        )


def _weight(table: TableFilled) -> int:
    return sum(table.name in gate.needs for gate in GATES)


def _gates(table: TableFilled) -> Number:
    return Number(text=str(_weight(table)), value=_weight(table))

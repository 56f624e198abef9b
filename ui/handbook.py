"""The handbook: every indicator from its declaration, how a position is placed, and the words used."""

from pathlib import Path

import streamlit as st

from metrics.counting.judge import DOUBT, SURE
from metrics.indicator import Indicator, WorkedExample
from metrics.phrasing import capital, day, table_words
from metrics.sentences.figures import line_words
from ui.basis import badge
from ui.markup import Markup, definitions, element, note, show, table, together

GLOSSARY = Path(__file__).resolve().parents[1] / "GLOSSARY.md"

PLACEMENT = (
    (
        "Securing a level",
        "All figures that must be met are met, and at least 60% of the evidenced supporting ones. A figure that must "
        "be met and is not evidenced leaves its level unsecured.",
    ),
    (
        "Position",
        "The highest level such that it and every level below it are secured. Nothing is averaged across levels.",
    ),
    (
        "A state",
        f"Met when the records make it at least {SURE:.0%} likely that the true share is on the good side of its "
        f"threshold; not met when at most {DOUBT:.0%}; else too close to call, and then it keeps the state of the "
        "quarter before. With too few cases it is not evidenced: never zero.",
    ),
    (
        "Caps",
        "An overdue Ombudsman order holds the position at operational at most, or transactional after severe "
        "maladministration; so does having no self-assessment approved in fifteen months (operational). Where the "
        "newest record is older than six months no position is stated.",
    ),
    (
        "How firm",
        "The year is run again 2,000 times: each share is drawn anew within what the records allow, facts and caps "
        "stay. The share of re-runs at each position is how firm it is; below 60 in 100 it reads “between”.",
    ),
    (
        "Service areas",
        "The same placement for each category with at least a tenth of the complaints, drawn beside the whole.",
    ),
    ("Volume", "How many complaints there are is neither good nor bad, and is never a gate."),
)


def placement_rules() -> None:
    """How readings become a position."""
    show(definitions(PLACEMENT))


def entry(declared: Indicator, *, opened: bool) -> None:
    """One indicator in full."""
    with st.expander(declared.title, expanded=opened, key=f"entry-{declared.key}"):
        show(
            element("p", declared.question, class_="lp-text"),
            note(declared.why_it_matters),
            definitions(_lines(declared)),
        )
        if declared.example:
            _example(declared.example, declared)


def _lines(declared: Indicator) -> list[tuple[str, str | Markup]]:
    lines: list[tuple[str, str | Markup]] = [("Formula", _formula(declared))]
    limit = declared.threshold
    if declared.level:
        said = line_words(declared, limit.value) or "set by the national figures of the same year"
        lines.append(("Threshold", together(f"{said} ", badge(limit.basis), f" {limit.why}")))
        weight = "must be met" if declared.gate == "must" else "supports the level"
        lines.append(("Weight", f"{weight} ({declared.level})"))
    if declared.kind == "share":
        lines.append(("Smallest number", f"{declared.smallest_n}; with fewer it reads not evidenced"))
    lines.append(("Window", f"{declared.months} months, by {declared.dated_by.removesuffix('_on').replace('_', ' ')}"))
    lines.append(("Needs", ", ".join(table_words(name) for name in declared.needs)))
    lines.append(
        ("Sources", "; ".join(_source(each.document, each.paragraph, each.dated) for each in declared.sources))
    )
    return lines


def _formula(declared: Indicator) -> str:
    return (
        declared.formula
        if declared.kind == "share"
        else f"{capital(declared.of_which)}: how many are {declared.counted}."
    )


def _source(document: str, paragraph: str, dated: str) -> str:
    return f"{document}{', ' + paragraph if paragraph else ''}{' (' + dated + ')' if dated else ''}"


def _example(example: WorkedExample, declared: Indicator) -> None:
    counted = f"{example.numerator:g}" + (f" of {example.denominator:g}" if example.denominator is not None else "")
    show(note(f"Worked example, on {day(example.as_at)}: {counted}. {example.in_words}"))
    for name, text in example.tables.items():
        header, *lines = [line.split("|") for line in text.strip().splitlines()]
        caption = f"Invented {table_words(name)} for “{declared.title}”"
        show(table(header, [[cell or "–" for cell in line] for line in lines], caption=caption))


def glossary() -> None:
    """The words, as the project fixes them."""
    if GLOSSARY.exists():
        st.markdown(_without_title(GLOSSARY.read_text("utf-8")))


def _without_title(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("# "))

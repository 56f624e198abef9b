"""Every number in every sentence, caption and alternative text of every paper is one that is worked out for it: the
figures as the command line prints them, or what the pictures beside them count, which have recounts of their own."""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from math import ceil, floor
from typing import Any

import docx
import pypdfium2
import pytest

from metrics import as_json
from metrics.catalogue import GATES, INDICATORS
from metrics.effects.theme_verdicts import LOOPING
from metrics.ghosts.board_words import rounded
from metrics.small_numbers import told
from metrics.trends.words import expected_words, value_words
from papers.composing import composed
from papers.material import Material
from papers.model import KINDS, Chart, Kind, Number, Paper, Paragraph, Points, Section, Table, text_of
from papers.writing import written
from tests.papers.conftest import AS_AT

BEFORE = date(2026, 6, 30)
FIRST = date(2025, 10, 1)
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
# What holds a digit and is no figure: names of things, days, quarters, and the numbers of provisions.
NAMES = re.compile(
    "|".join(
        [
            *(re.escape(each.title) for each in sorted(INDICATORS, key=lambda each: -len(each.title))),
            r"[Ss]tages? [12]", r"1,000 homes", r"TP0\d", rf"\d{{1,2}} {MONTH} \d{{4}}", rf"{MONTH} \d\d(?:\d\d)?",
            r"Q\d \d{4}-\d\d", r"(?<![\d.])[1-9]\.\d{1,2}(?=[,;.)]| and [1-9]\.| [a-z]*,? which the records)",
        ]
    ),
    re.IGNORECASE,
)  # fmt: skip
CONSTANTS: Mapping[str, set[str]] = {
    "summary": {"100", "15"},
    "volume": {"5", "10", "20"},
    "part-b": {"5", "10", "20"},
    "course": {"5", "10"},
    "ombudsman": {"5"},
    "promises": {"5"},
    "owners": {"5"},
    "annual": {"15"},
    "method": {"80"},
}
"""Numbers of rules and of how papers are written, by section."""


def numbers(text: str) -> set[str]:
    """The numbers a text tells, without those in names and days."""
    return {each.rstrip(",") for each in NUMBER.findall(NAMES.sub(" ", text))}


def sentences(section: Section) -> Iterator[str]:
    """Every text of a section but the cells of its tables."""
    for block in section.blocks:
        match block:
            case Paragraph():
                yield block.text
            case Points():
                yield from block.items
            case Table():
                yield block.title
                yield block.note
            case Chart():
                title, alt = block.title, block.alt
                for number, (when, what) in enumerate(block.marks, start=1):
                    # What happened is somebody's own words; its number only says which mark is meant.
                    assert f". {number}: {what}" in title and f" {number}, {when}: {what}." in alt
                    title = title.replace(f". {number}: {what}", "")
                    alt = alt.replace(f" {number}, {when}: {what}.", "")
                yield title
                yield alt


def figure_numbers(said: Mapping[str, Any], *, hidden: bool) -> set[str]:
    """What may be written of one indicator of the command line's JSON."""
    k, n, line = said["numerator"], said["denominator"], said["threshold"]
    found = set()
    if line is not None:
        found |= {f"{100 * line:.4g}", f"{100 * line:.1f}", f"{line:.0f}"}
    if hidden:
        return found | {"5", f"{n:,.0f}", str(ceil(400 / n)), str(floor(100 * (n - 4) / n))} if n else found | {"5"}
    found |= {f"{each:,.0f}" for each in (k, n) if each is not None}
    for share in (said["value"], said["low"], said["high"]):
        if share is not None:
            found |= {f"{100 * share:.0f}", f"{100 * share:.1f}", f"{100 * share:.1f}".removesuffix(".0"), "1"}
            found |= {f"{share:.1f}", "99"}
    return found


def known(of: Material, *, handlers: bool) -> dict[str, set[str]]:
    """What each section may tell, from the command line's JSON and the pictures."""
    printed = {each["key"]: each for each in as_json.indicators(of.assessment.readings)}
    position = as_json.position(of.assessment.placement)
    hides = {key: figure.hidden and not handlers for key, figure in of.figures.items()}
    figures = {key: figure_numbers(said, hidden=hides[key]) for key, said in printed.items()}
    against = set().union(*(figures[key] for key in position["against"])) if position["against"] else set()
    states = Counter((gate.level, printed[gate.key]["state"]) for gate in GATES)
    way_up = {
        number
        for step in position["route_up"]
        for number in numbers(step["words"])
        if not hides.get(step["key"], False)
    }
    looping, ladder = of.learning.of(LOOPING), of.learning.ladder
    trends, year = of.trends, of.ombudsman.year if of.ombudsman.is_held else None
    by_chance = {
        str(len(trends.signals)),
        str(len(trends.rows)),
        str(len(trends.rows) - len(trends.signals)),
        str(len(trends.left_out)),
        expected_words(trends.expected_by_chance).removeprefix("fewer than "),
    }
    overdue = of.ombudsman.orders.overdue if of.ombudsman.orders else ()
    soon = of.ombudsman.orders.due_soon if of.ombudsman.orders else ()
    ombudsman = {str(len(overdue)), str(len(soon)), str(sum(each.severe for each in overdue))}
    if year is not None:
        low, high = year.rate.interval or (0, 0)
        ombudsman |= {f"{each:,}" for each in (year.findings, year.severe, year.rate.k, year.rate.n)}
        ombudsman |= {f"{100 * each:.0f}" for each in (year.rate.share or 0, low, high)}
        for area in of.ombudsman.areas:
            ombudsman |= {str(area.findings), str(area.rate.k), str(area.rate.n), f"{100 * (area.rate.share or 0):.0f}"}
    assessed = of.self_assessment
    provisions = {
        str(len(each))
        for each in (assessed.provisions, assessed.not_complied, assessed.contradicted, assessed.with_figures)
    }
    provisions.add(str(len(assessed.provisions) - len(assessed.not_complied)))
    promises = (
        {
            told(each)
            for each in (of.promises.overdue, sum(of.promises.phantoms.values()), of.promises.escalated.broken.k)
        }
        if of.promises.is_held
        else set()
    )
    rungs = of.hidden.ladder
    hidden = {f"{each.value:,.0f}" for each in (rungs.floor, rungs.likely) if each.value is not None}
    if rungs.upper.low is not None and rungs.upper.high is not None:
        hidden |= {f"{rounded(rungs.upper.low):,}", f"{rounded(rungs.upper.high):,}"}
    hidden |= {str(len(of.detectors)), str(sum(bool(each["could_run"]) for each in of.detectors))}
    reasons = {number for each in printed.values() for number in numbers(each["reason"])} | {"5"}
    learning = {f"{each:,}" for each in (*ladder.counts.values(), ladder.activity_not_impact, len(looping) - 3)}
    late = (
        {str(len([each for each in of.promises.by["service_area"] if each.overdue]))} if of.promises.is_held else set()
    )
    caps = {number for each in position["caps"] for number in numbers(f"{each['count']} {each['reason']}")}
    summary = {f"{100 * each:.0f}" for each in position["probability"].values()} | caps | set(map(str, states.values()))
    signals = by_chance | {number for row in trends.signals for number in trend_numbers(row)} | {"24"}
    every = {
        "summary": summary | by_chance,
        "recommendations": against,
        "volume": volume_numbers(of),
        "issues": learning,
        "signals": signals,
        "noise": by_chance,
        "hidden": hidden,
        "ombudsman": ombudsman | reasons,
        "promises": promises,
        "annual": provisions,
        "way-up": way_up,
        "changed": {str(changed_states(of, printed))},
        "not-evidenced": reasons,
        "questions": against,
        "last-questions": against,
        "owners": promises | late | {str(sum(each.done_on is None for each in of.learning.actions))},
        "first": {f"{each['denominator'] - each['numerator']:,.0f}" for each in printed.values()
                  if each["numerator"] is not None and each["denominator"] is not None},
        "say-do": provisions,
        "assessment": provisions,
        "part-a": provisions,
        "part-d": learning,
        "part-e": ombudsman | reasons,
        "part-c": ombudsman,
        "course": set(),
        "gates": set(),
        "method": {of.settings["seed"], of.settings["method"]},
    }  # fmt: skip
    part_b = {f"{of.volumes.refused.k:,}", f"{of.volumes.refused.n:,}"} | figures["refused"]
    every["part-b"] = every["volume"] | part_b
    return every


def changed_states(of: Material, printed: Mapping[str, Any]) -> int:
    """How many gates read otherwise than a quarter before, by the command line's JSON of both days."""
    before = [reading for readings in of.assessment.history.values() for reading in readings if reading.as_at == BEFORE]
    earlier = {each["key"]: each for each in as_json.indicators({reading.key: reading for reading in before})}
    return sum(earlier[gate.key]["state"] != printed[gate.key]["state"] for gate in GATES if gate.key in earlier)


def trend_numbers(row: Any) -> set[str]:
    """The latest value of a line and its limits as they are written."""
    latest = row.latest
    values = [each for each in (latest.value, latest.low, latest.high) if each is not None]
    return {
        number for each in values for n in (latest.denominator, None) for number in numbers(value_words(row, each, n))
    }


def volume_numbers(of: Material) -> set[str]:
    """Complaints counted again from the records, with their rates for every 1,000 homes, and answers due; by quarter to
    the nearest five."""
    received = of.records.frame("complaints").collect()["received_on"].to_list()
    ends = [each.end for each in of.volumes.quarters]
    of_quarter = {
        end: sum((each.year, (each.month - 1) // 3) == (end.year, (end.month - 1) // 3) for each in received)
        for end in ends
    }
    homes = of.volumes.homes or 0
    counts = [sum(of_quarter[end] for end in ends[-4:]), sum(of_quarter[end] for end in ends[-8:-4])]
    by_quarter = [5 * round(each / 5) for each in of_quarter.values()]
    rates = [1000 * each / homes for each in (*counts, *by_quarter)] if homes else []
    low, high = of.volumes.year.interval or (0, 0)
    due = [each for each in of.volumes.timeliness if each.stage == 1][-4:]
    parts = {str(5 * round(count / 5)) for each in due for count in (each.on_time, each.extended, each.late)}
    assert counts[0] == of.volumes.year.count
    return {f"{counts[0]:,}", f"{homes:,}", *(f"{each:.1f}" for each in (*rates, low, high))} | parts


@pytest.mark.parametrize("kind", KINDS)
def test_every_number_in_a_sentence_is_worked_out_for_it(materials: Mapping[str, Material], kind: Kind) -> None:
    looked_at = 0
    for code, of in materials.items():
        may_tell = known(of, handlers=kind == "self-check")
        for section in composed(of, kind).sections:
            allowed = may_tell.get(section.key, set()) | CONSTANTS.get(section.key, set())
            for sentence in sentences(section):
                told_here = numbers(sentence.replace(of.data_hash[:16], ""))
                looked_at += len(told_here)
                assert told_here <= allowed, f"{code}, {section.key}: {sorted(told_here - allowed)} in {sentence!r}"
    assert looked_at > 100


def test_a_wrong_number_would_be_found(materials: Mapping[str, Material]) -> None:
    of = materials["BRACK"]
    may_tell = known(of, handlers=False)
    for key, wrong in (
        ("volume", "1,033 complaints, 12,100 homes"),
        ("ombudsman", "43 findings"),
        ("issues", "Of 53 actions"),
        ("way-up", "261 more acknowledgements"),
        ("questions", "stands at 70.9% (871 of 1,246)"),
    ):
        assert not numbers(wrong) <= may_tell[key] | CONSTANTS.get(key, set()), wrong


def test_the_tables_of_counts_are_counted_again_from_the_records(materials: Mapping[str, Material]) -> None:
    compared = 0
    for code, of in materials.items():
        rows = of.records.frame("complaints").collect().to_dicts()
        received = Counter(row["category"] for row in rows if FIRST <= row["received_on"] <= AS_AT)
        outcomes = {
            stage: Counter(
                (row[f"stage_{stage}_outcome"] or "").capitalize()
                for row in rows
                if row[f"stage_{stage}_responded_on"] and FIRST <= row[f"stage_{stage}_responded_on"] <= AS_AT
            )
            for stage in (1, 2)
        }
        tables = {table.key: table for table in composed(of, "board").tables}
        for name, count, *_ in tables["service-areas"].rows:
            wanted = received.total() if name == "All" else received[text_of(name)]
            assert isinstance(count, Number) and count.value in (None, wanted), f"{code}: {name}"
            compared += count.value is not None
        for name, *counts in tables["outcomes"].rows:
            for stage, count in zip((1, 2), counts, strict=False):
                wanted = outcomes[stage].total() if name == "All" else outcomes[stage][text_of(name)]
                assert isinstance(count, Number) and count.value in (None, wanted), f"{code}: {name}, stage {stage}"
                compared += count.value is not None
    assert compared > 50


def texts(paper: Paper) -> Iterator[str]:
    """Everything a paper says in words, in reading order, without what only stands in its pictures."""
    yield paper.title
    for section in paper.sections:
        yield section.heading
        for block in section.blocks:
            match block:
                case Paragraph():
                    yield block.text
                case Points():
                    yield from block.items
                case Table():
                    yield block.title
                    yield from block.columns
                    yield from (text_of(cell) for row in block.rows for cell in row)
                case Chart():
                    yield block.title


def squeezed(text: str) -> str:
    """Without spaces and hyphens, which the setting of lines moves about."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", text)


def in_order(wanted: Iterable[str], found: str) -> list[str]:
    """The texts that do not stand in the document after one another."""
    missing, place = [], 0
    for each in map(squeezed, wanted):
        at = found.find(each, place)
        if at < 0:
            missing.append(each)
        else:
            place = at + len(each)
    return missing


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", ["MALLO", "BRACK"])
def test_word_and_web_page_say_all_of_it_in_order(materials: Mapping[str, Material], code: str, kind: Kind) -> None:
    paper = composed(materials[code], kind)
    body = docx.Document(io.BytesIO(written(paper, "docx"))).element.body
    assert in_order(texts(paper), squeezed("".join(body.itertext()))) == []
    page = re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", written(paper, "html").decode(), flags=re.DOTALL)
    plain = re.sub(r"<[^>]+>", " ", page)
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        plain = plain.replace(entity, sign)
    assert in_order(texts(paper), squeezed(plain)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_pdf_tells_every_number_and_no_other(materials: Mapping[str, Material], kind: Kind) -> None:
    paper = composed(materials["BRACK"], kind)
    document = pypdfium2.PdfDocument(written(paper, "pdf"))
    pages = [document[place].get_textpage().get_text_range() for place in range(len(document))]
    lines = "\n".join(
        re.sub(rf"{re.escape(paper.landlord_name)} · {re.escape(paper.quarter)}.*", "", page) for page in pages
    )
    said = Counter(NUMBER.findall(" ".join(texts(paper))))
    shown = Counter(NUMBER.findall(lines))
    missing = {number: count - shown[number] for number, count in said.items() if shown[number] < count}
    assert missing == {}

"""Every file is read back: what it says is what the command line prints, and it is built for every reader."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from html.parser import HTMLParser
from typing import Any

import docx
import openpyxl
import page
import pikepdf
import pytest
from docx.oxml.ns import qn

from metrics import as_json
from metrics.records import Records
from metrics.small_readings import counts_people
from papers.board import Beside
from papers.composing import composed
from papers.drawing import svg
from papers.fingerprint import figures_hash
from papers.material import Material, gather
from papers.model import KINDS, Chart, Kind, Number, Paper, Paragraph, Question, Section, Series, Table, text_of
from papers.plain import as_plain, from_plain
from papers.rows_behind import rows_behind
from papers.write_word import TemplateError
from papers.writing import written
from tests.papers.conftest import AS_AT

SHOWN_CODE = "QUILL"


@pytest.fixture(scope="module")
def board(materials: Mapping[str, Material]) -> Paper:
    return composed(materials[SHOWN_CODE], "board")


def percent(value: float, n: float) -> str:
    """As a paper writes a share, worked out here again."""
    digits = 1 if n >= 1000 else 0
    text = f"{100 * value:.{digits}f}".removesuffix(".0")
    if value < 1 and float(text) >= 100:
        return "over 99%"
    return "under 1%" if value > 0 and float(text) == 0 else f"{text}%"


def figures_in(document: Any) -> dict[str, tuple[str, ...]]:
    """Figure to the cells of its row, of every table of figures in a Word document."""
    found = {}
    for table in document.tables:
        head = [cell.text for cell in table.rows[0].cells]
        if head[:3] == ["Figure", "Value", "Count behind it"]:
            found |= {row.cells[0].text: tuple(cell.text for cell in row.cells[1:4]) for row in table.rows[1:]}
    return found


def test_each_number_of_the_word_document_is_the_command_lines(materials: Mapping[str, Material]) -> None:
    for of in materials.values():
        shown = figures_in(docx.Document(io.BytesIO(written(composed(of, "board"), "docx"))))
        printed = {each["title"]: each for each in as_json.indicators(of.assessment.readings)}
        assert len(shown) > 5
        for title, (value, count, likely) in shown.items():
            said = printed[title]
            if said["state"] == "not evidenced" or of.figures[said["key"]].hidden or said["value"] is None:
                continue
            k, n = said["numerator"], said["denominator"]
            assert value == percent(said["value"], n), title
            assert count == f"{k:,.0f} of {n:,.0f}", title
            if said["low"] is not None:
                assert likely == f"{percent(said['low'], n)} and {percent(said['high'], n)}", title


def test_a_bound_in_place_of_a_small_count_is_true(materials: Mapping[str, Material]) -> None:
    for of in materials.values():
        for key, figure in of.figures.items():
            true = of.reading(key).value
            if match := re.fullmatch(r"(\d+)% or (more|less)", figure.value):
                assert true is not None and counts_people(of.reading(key).indicator)
                bound = int(match[1]) / 100
                assert true >= bound if match[2] == "more" else true <= bound


@pytest.mark.parametrize("kind", KINDS)
def test_word_has_headings_header_rows_and_alternative_texts(materials: Mapping[str, Material], kind: Kind) -> None:
    paper = composed(materials[SHOWN_CODE], kind)
    document = docx.Document(io.BytesIO(written(paper, "docx")))
    heads = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert heads == [*(each.heading for each in paper.sections), "Sources"]
    assert document.core_properties.title.startswith(paper.title)
    assert document.core_properties.language == "en-GB"
    assert all(table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None for table in document.tables)
    told = [each.get("descr") for each in document.element.iter(qn("wp:docPr"))]
    assert told == [chart.alt for chart in paper.charts]


def test_a_landlords_own_template_is_kept(board: Paper) -> None:
    own = docx.Document()
    own.add_paragraph("Our letterhead")
    own.sections[0].header.paragraphs[0].text = "Quillhaven"
    held = io.BytesIO()
    own.save(held)
    made = docx.Document(io.BytesIO(written(board, "docx", template=held.getvalue())))
    assert made.paragraphs[0].text == "Our letterhead"
    assert made.sections[0].header.paragraphs[0].text == "Quillhaven"
    assert board.title in [each.text for each in made.paragraphs]


def test_what_is_no_template_is_named(board: Paper) -> None:
    with pytest.raises(TemplateError, match="wanted a .docx file"):
        written(board, "docx", template=b"no zip")


def elements(tree: pikepdf.Object) -> list[str]:
    """The structure of a tagged PDF in reading order."""
    found, waiting = [], [tree]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Array):
            waiting += reversed(list(each))
        elif isinstance(each, pikepdf.Dictionary):
            if "/S" in each:
                found.append(str(each.S))
            if "/K" in each:
                waiting.append(each.K)
    return found


def described(tree: pikepdf.Object) -> list[str]:
    """The alternative text of every figure."""
    found, waiting = [], [tree]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Array):
            waiting += list(each)
        elif isinstance(each, pikepdf.Dictionary):
            if "/Alt" in each:
                found.append(str(each.Alt))
            if "/K" in each:
                waiting.append(each.K)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_pdf_is_tagged_titled_and_speaks_english(materials: Mapping[str, Material], kind: Kind) -> None:
    paper = composed(materials[SHOWN_CODE], kind)
    with pikepdf.open(io.BytesIO(written(paper, "pdf"))) as found:
        root = found.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang).lower() == "en-gb"
        assert root.ViewerPreferences.DisplayDocTitle
        with found.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert paper.title in meta["dc:title"]
        tags = elements(root.StructTreeRoot.K)
        assert tags.count("/H1") == 1
        assert tags.count("/H2") == len(paper.sections) + 1
        assert tags.index("/H1") < tags.index("/H2")
        assert tags.count("/Table") == len(paper.tables)
        assert tags.count("/TH") >= sum(len(table.columns) for table in paper.tables)
        assert {chart.alt for chart in paper.charts} <= set(described(root.StructTreeRoot.K))
        assert len(found.pages) <= (6 if kind == "board" else 16)


@pytest.mark.parametrize("kind", KINDS)
def test_every_pdf_passes_the_checker_of_pdf_ua(materials: Mapping[str, Material], kind: Kind) -> None:
    for code, of in materials.items():
        found = page.validate_pdf_bytes(written(composed(of, kind), "pdf"), profile="ua1")
        assert [(each.rule_id, each.message) for each in found.failures] == [], code
        assert found.is_compliant and found.rules.total > 100


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        (lambda pdf: pdf.Root.__delitem__("/Lang"), "PDFUA1-TEXT-LANGUAGE-001"),
        (lambda pdf: pdf.Root.__delitem__("/MarkInfo"), "PDFUA1-TAGGED-DOCUMENT-001"),
        (lambda pdf: without_alternatives(pdf.Root.StructTreeRoot.K), "PDFUA1-FIGURE-ALTERNATIVE-TEXT-001"),
    ],
)
def test_the_checker_of_pdf_ua_finds_what_is_missing(board: Paper, spoilt: Callable[[Any], None], told: str) -> None:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(written(board, "pdf"))) as pdf:
        spoilt(pdf)
        pdf.save(made)
    assert told in [each.rule_id for each in page.validate_pdf_bytes(made.getvalue(), profile="ua1").failures]


def without_alternatives(tree: Any) -> None:
    for each in tree if isinstance(tree, pikepdf.Array) else [tree]:
        if isinstance(each, pikepdf.Dictionary):
            if "/Alt" in each:
                del each["/Alt"]
            if "/K" in each:
                without_alternatives(each.K)


def test_pdf_of_every_landlords_board_paper_has_two_to_six_pages(
    seeds: Mapping[str, Records], materials: Mapping[str, Material]
) -> None:
    """Also with an earlier paper, its questions answered or still open, commentary and a question of one's own."""
    for code, of in materials.items():
        last = composed(gather(seeds[code], date(2026, 6, 30)), "board") if code == "BRACK" else None
        beside = Beside(
            earlier=last,
            asked=() if last is None else last.questions,
            own=(Question(text="Who visits tenants whose complaints were refused?", asked_by="A. Member, MRC"),),
            commentary="The committee visited the repairs desk.\nPromises are written down, and not always kept.",
        )
        for paper in (composed(of, "board"), composed(of, "board", beside)):
            with pikepdf.open(io.BytesIO(written(paper, "pdf"))) as found:
                assert 2 <= len(found.pages) <= 6, code


class Seen(HTMLParser):
    """The tags of an HTML file with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_html_needs_nothing_else(board: Paper) -> None:
    text = written(board, "html").decode()
    seen = Seen()
    seen.feed(text)
    names = [tag for tag, _ in seen.tags]
    assert ("html", {"lang": "en-GB"}) in seen.tags
    assert not {"script", "link", "iframe", "img"} & set(names)
    outside = [value for _, found in seen.tags for name, value in found.items() if name in ("src", "href")]
    assert [value for value in outside if value and not value.startswith("#")] == []
    pictures = [found for tag, found in seen.tags if tag == "svg" and found.get("role") == "img"]
    assert [each["aria-label"] for each in pictures] == [chart.alt for chart in board.charts]


def test_words_of_records_are_words_in_html_and_workbook(board: Paper) -> None:
    table = Table(key="planted", title="<b>x</b>", columns=("=1+1", "@x"), rows=(("<script>", "=cmd|' /C calc'!A0"),))
    said = board.__class__(
        **{**vars(board), "sections": (Section(key="p", heading="P", blocks=(table, Paragraph(text="<i>"))),)}
    )
    text = written(said, "html").decode()
    assert "<script>" not in text and "&lt;script&gt;" in text and "<b>x" not in text
    sheet = openpyxl.load_workbook(io.BytesIO(written(said, "xlsx")))["Planted"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "=cmd|' /C calc'!A0" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} == {"s"}


def test_the_workbooks_figures_are_the_papers(board: Paper) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(board, "xlsx")))
    rows = list(book["Figures"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [figure.key for figure in board.figures]
    for row, figure in zip(rows, board.figures, strict=True):
        numbers = (figure.numerator, figure.denominator, figure.share, figure.low, figure.high)
        for value, wanted in zip(row[8:], numbers, strict=True):
            assert value in (None, "") if wanted is None else value == pytest.approx(wanted)
    for table in board.tables:
        sheet = next(each for each in book.worksheets if each["A1"].value == table.title)
        body = list(sheet.iter_rows(min_row=4, max_row=3 + len(table.rows), values_only=True))
        for written_row, row in zip(body, table.rows, strict=True):
            for value, cell in zip(written_row, row, strict=True):
                wanted = cell.value if isinstance(cell, Number) and cell.value is not None else text_of(cell)
                assert value == (wanted if isinstance(wanted, str) else pytest.approx(wanted))


def test_the_workbooks_rows_come_to_the_figures(materials: Mapping[str, Material]) -> None:
    """For those who handle cases every row by reference; for the others none that is of people."""
    of = materials[SHOWN_CODE]
    for handlers in (True, False):
        rows = rows_behind(of, handlers=handlers)
        kind: Kind = "self-check" if handlers else "board"
        book = openpyxl.load_workbook(io.BytesIO(written(composed(of, kind), "xlsx", rows=rows)))
        sheets = {sheet["A1"].value: sheet for sheet in book.worksheets}
        for table in rows:
            said = [row[0] for row in sheets[table.title].iter_rows(min_row=4, values_only=True) if row[0]]
            reading = of.reading(table.key.removeprefix("rows-").replace("-", "_"))
            assert said.count("yes") == reading.numerator, table.key
            assert reading.denominator in (None, len(said)), table.key
        keys = {table.key for table in rows}
        assert ("rows-stage-1-on-time" in keys) == handlers and "rows-senior-owned" in keys
        cells = {str(cell.value) for name in sheets for row in sheets[name].iter_rows() for cell in row}
        for table in ("complaints", "contacts", "commitments"):
            frame = of.records.frame(table).collect()
            assert not cells & set(frame["household_ref"] if "household_ref" in frame.columns else ()), table
        references = set(of.records.frame("complaints").collect()["complaint_ref"])
        assert bool(cells & references) == handlers


def test_the_workbook_draws_every_chart_itself(board: Paper) -> None:
    with zipfile.ZipFile(io.BytesIO(written(board, "xlsx"))) as book:
        drawn = [name for name in book.namelist() if name.startswith("xl/charts/chart")]
        told = b"".join(book.read(name) for name in book.namelist() if name.startswith("xl/drawings/drawing"))
    assert len(drawn) == len(board.charts)
    assert told.count(b"descr=") == len(board.charts)


def test_a_paper_made_again_says_the_same(materials: Mapping[str, Material], board: Paper) -> None:
    again = composed(gather(materials[SHOWN_CODE].records, AS_AT), "board")
    assert again == board
    assert figures_hash(again) == figures_hash(board)


def test_a_paper_comes_back_from_plain_values(materials: Mapping[str, Material]) -> None:
    for kind in KINDS:
        paper = composed(materials["MALLO"], kind)
        assert from_plain(as_plain(paper)) == paper


def test_a_chart_without_some_values_is_drawn() -> None:
    gaps = Series(name="x", values=(1.0, None, 2.0), low=(0.5, None, 1.0), high=(2.0, None, 3.0))
    found = svg(Chart(key="g", kind="course", title="", alt="", categories=("a", "b", "c"), series=(gaps,)))
    assert "null" not in found and found.startswith("<svg")

"""A paper as a Word document to be edited: real headings, tables with header rows, alternative texts, no macros.

A landlord's own template (a .docx) gives page, headers, footers and styles; the paper is set after what stands in it.
"""

from datetime import datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from metrics.phrasing import day
from papers.drawing import png
from papers.model import Block, Chart, Number, Paper, Paragraph, Points, Table, text_of

INK, QUIET = RGBColor(0x1C, 0x23, 0x26), RGBColor(0x55, 0x60, 0x6A)
PICTURE_WIDTH = Cm(11.8)
TABLE_WIDTH = 17  # centimetres
LINE = "D8D2C4"
# Faces that Word brings along: a document to be edited must not ask for fonts the reader lacks.
TEXT_FACE, HEAD_FACE = "Calibri", "Georgia"


class TemplateError(ValueError):
    """The landlord's template cannot be read as a Word document."""


def word(paper: Paper, *, template: bytes | None = None) -> bytes:
    """The paper as .docx. Raises TemplateError where the template is no Word document."""
    document = _opened(template)
    if template is None:
        _dress(document)
    _properties(document, paper)
    _styled(document, paper.title, "Title")
    _quiet(document, f"{paper.landlord_name} · figures to {day(paper.as_at)} ({paper.quarter})")
    for section in paper.sections:
        _styled(document, section.heading, "Heading 1")
        if section.code:
            _quiet(document, section.code).paragraph_format.keep_with_next = True
        for block in section.blocks:
            _block(document, block)
    if paper.sources:
        _styled(document, "Sources", "Heading 1")
        for source in paper.sources:
            told = _styled(document, f"{source.title}: {source.detail}", "List Bullet")
            told.runs[0].font.size = Pt(8.5)
            told.paragraph_format.keep_with_next = source is not paper.sources[-1]  # no page for one line of them
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _opened(template: bytes | None) -> WordDocument:
    if template is None:
        return Document()
    try:
        return Document(BytesIO(template))
    except Exception as fault:  # python-docx raises whatever its zip and XML readers raise
        raise TemplateError(f"template: found no Word document ({fault}); wanted a .docx file") from fault


def _dress(document: WordDocument) -> None:
    """The papers' own look, where no template brings one."""
    for name, face, size in (("Normal", TEXT_FACE, 10), ("Title", HEAD_FACE, 19), ("Heading 1", HEAD_FACE, 13)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = face, Pt(size), INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:hAnsi"), face)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    document.styles["Heading 1"].paragraph_format.space_before = Pt(12)
    for border in document.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
        break
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(1.6)


def _properties(document: WordDocument, paper: Paper) -> None:
    about = document.core_properties
    about.title = f"{paper.title}, {paper.landlord_name}, {paper.quarter}"
    about.subject, about.author, about.language = paper.finding, paper.landlord_name, paper.language
    about.comments = f"Method {paper.method_version}; records {paper.data_hash[:16]}"
    about.created = about.modified = datetime.combine(paper.as_at, time())  # the same paper is the same file
    properties = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), paper.language)


def _styled(document: WordDocument, text: str, style: str) -> WordParagraph:
    """A paragraph in a style, or as plain text where a template has no such style."""
    known = {each.name for each in document.styles if each.type == WD_STYLE_TYPE.PARAGRAPH}
    return document.add_paragraph(text, style=style if style in known else None)


def _quiet(document: WordDocument, text: str) -> WordParagraph:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), QUIET
    return paragraph


def _block(document: WordDocument, block: Block) -> None:
    match block:
        case Paragraph():
            paragraph = document.add_paragraph()
            paragraph.add_run(block.text).bold = block.lead or None
            paragraph.paragraph_format.keep_with_next = block.lead or None
        case Points():
            for item in block.items:
                _styled(document, item, "List Number" if block.numbered else "List Bullet")
            if block.numbered:
                _begin_anew(document, len(block.items))
        case Table():
            _table(document, block)
        case Chart():
            _chart(document, block)


def _begin_anew(document: WordDocument, count: int) -> None:
    """Give the last `count` paragraphs a numbering of their own: lists of one style number on across the document."""
    paragraphs = document.paragraphs[-count:]
    style = paragraphs[0].style
    properties = style.element.pPr if style is not None else None
    if properties is None or properties.numPr is None or properties.numPr.numId is None:
        return
    numbering = document.part.numbering_part.numbering_definitions._numbering
    abstract = numbering.num_having_numId(properties.numPr.numId.val).abstractNumId.val
    fresh = numbering.add_num(abstract)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
    for paragraph in paragraphs:
        numbers = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        numbers.get_or_add_numId().val = fresh.numId
        numbers.get_or_add_ilvl().val = 0


def _caption(document: WordDocument, text: str) -> None:
    _quiet(document, text).paragraph_format.keep_with_next = True


def _table(document: WordDocument, given: Table) -> None:
    _caption(document, given.title)
    table = document.add_table(rows=1, cols=len(given.columns))
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    numeric = [any(isinstance(row[place], Number) for row in given.rows) for place in range(len(given.columns))]
    for cell, name, number in zip(table.rows[0].cells, given.columns, numeric, strict=True):
        _write(cell.paragraphs[0], name, head=True, number=number)
    for row in given.rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            _write(cell.paragraphs[0], text_of(value), number=isinstance(value, Number))
    _as_a_table(table, given)
    if given.note:
        _quiet(document, given.note)
    gap = document.add_paragraph().paragraph_format
    gap.space_after, gap.line_spacing = Pt(0), Pt(8)


def _write(paragraph: WordParagraph, text: str, *, head: bool = False, number: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(9), head or None
    if head:
        run.font.color.rgb = QUIET
    paragraph.paragraph_format.space_after = Pt(1)
    if number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _as_a_table(table: WordTable, given: Table) -> None:
    """Header row repeated on every page, rows kept whole, hairlines, a summary for who cannot see it, and columns as
    wide as their words need."""
    header = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for row in table.rows[: len(table.rows) - 1 if len(table.rows) <= 15 else 2]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    properties = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("bottom", "insideH"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINE)):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    properties.append(borders)
    for tag, text in (("tblCaption", given.title), ("tblDescription", given.note or given.title)):
        named = OxmlElement(f"w:{tag}")
        named.set(qn("w:val"), text)
        properties.append(named)
    _widths(table, given)


def _widths(table: WordTable, given: Table) -> None:
    shares = given.shares
    table.autofit = False
    for place, share in enumerate(shares):
        table.columns[place].width = Cm(TABLE_WIDTH * share / sum(shares))
        for cell in table.columns[place].cells:
            cell.width = Cm(TABLE_WIDTH * share / sum(shares))


def _chart(document: WordDocument, chart: Chart) -> None:
    """The caption and the picture, as one paragraph that no page break parts."""
    paragraph = _quiet(document, chart.title)
    paragraph.paragraph_format.keep_together = True
    run = paragraph.add_run()
    run.add_break()
    picture = run.add_picture(BytesIO(png(chart)), width=PICTURE_WIDTH)
    about = picture._inline.docPr
    about.set("descr", chart.alt)

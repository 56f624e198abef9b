"""A paper in a format: the one place that knows which writer makes which."""

from collections.abc import Callable, Mapping

from papers.model import Format, Paper
from papers.write_html import html
from papers.write_pdf import pdf
from papers.write_word import word
from papers.write_workbook import workbook

_WRITERS: Mapping[Format, Callable[[Paper], bytes]] = {"docx": word, "pdf": pdf, "html": html, "xlsx": workbook}


def written(paper: Paper, as_a: Format, *, template: bytes | None = None) -> bytes:
    """The file's bytes. `template` is the landlord's own, for Word alone."""
    return word(paper, template=template) if as_a == "docx" else _WRITERS[as_a](paper)


def file_name(paper: Paper, as_a: Format) -> str:
    """QUILL-board-2026-09-30.docx."""
    return f"{paper.file_stem}.{as_a}"

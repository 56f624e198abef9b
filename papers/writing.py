"""A paper in a format: the one place that knows which writer makes which."""

from collections.abc import Callable, Mapping, Sequence

from papers.model import Format, Paper, Table
from papers.write_html import html
from papers.write_pdf import pdf
from papers.write_word import word
from papers.write_workbook import workbook

_WRITERS: Mapping[Format, Callable[[Paper], bytes]] = {"pdf": pdf, "html": html}


def written(paper: Paper, as_a: Format, *, template: bytes | None = None, rows: Sequence[Table] = ()) -> bytes:
    """The file's bytes. `template` is the landlord's own, for Word alone; `rows` are those behind the figures
    (`papers.rows_behind`), for the workbook alone."""
    if as_a == "docx":
        return word(paper, template=template)
    return workbook(paper, rows=rows) if as_a == "xlsx" else _WRITERS[as_a](paper)


def file_name(paper: Paper, as_a: Format) -> str:
    """QUILL-board-2026-09-30.docx."""
    return f"{paper.file_stem}.{as_a}"

"""A paper as tagged PDF for reading by eye and by ear: PDF/UA-1, with title, language and alternative texts."""

import json
from pathlib import Path

import typst

from metrics.phrasing import day
from papers.drawing import svg
from papers.fonts import FOLDERS
from papers.model import Paper
from papers.plain import as_plain

TEMPLATE = Path(__file__).parent / "paper.typ"


def pdf(paper: Paper) -> bytes:
    """The paper as PDF. Setting it fails where a picture has no alternative text."""
    said = as_plain(paper) | {
        "shares": {table.key: table.shares for table in paper.tables},
        "title": paper.title,
        "day": day(paper.as_at),
        "pictures": {chart.key: svg(chart) for chart in paper.charts},
    }
    made: bytes = typst.compile(
        TEMPLATE,
        sys_inputs={"paper": json.dumps(said)},
        font_paths=list(FOLDERS),
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    return made

"""LibreOffice opens what is written for Word and Excel, and keeps headings, alternative texts, figures and charts."""

import io
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest

from papers.composing import composed
from papers.material import Material
from papers.model import KINDS, Paper
from papers.writing import written

OFFICE = shutil.which("soffice")
PATIENCE_SECONDS = 300
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
DRAWN = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"

pytestmark = pytest.mark.skipif(
    OFFICE is None, reason="no LibreOffice: apt-get install libreoffice-writer libreoffice-calc"
)


@pytest.fixture(scope="module")
def papers(materials: Mapping[str, Material]) -> dict[str, Paper]:
    """Every paper of every fictional landlord by the name of its file."""
    return {f"{code}-{kind}": composed(of, kind) for code, of in materials.items() for kind in KINDS}


def converted(papers: Mapping[str, Paper], folder: Path, made: str, wanted: str) -> dict[str, bytes]:
    """The papers written in one format and saved in another by LibreOffice, by name. What it cannot open is missing."""
    (folder / "in").mkdir()
    for name, paper in papers.items():
        (folder / "in" / f"{name}.{made}").write_bytes(written(paper, made))  # type: ignore[arg-type]
    assert OFFICE is not None
    alone = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = sorted((folder / "in").iterdir())
    command = [OFFICE, alone, "--headless", "--convert-to", wanted, "--outdir", folder / "out", *files]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_SECONDS)
    return {each.stem: each.read_bytes() for each in (folder / "out").iterdir()}


def words(element: ElementTree.Element) -> str:
    """All text of an element."""
    return "".join(element.itertext())


def test_word_documents_keep_headings_and_alternative_texts(papers: Mapping[str, Paper], tmp_path: Path) -> None:
    found = converted(papers, tmp_path, "docx", "odt")
    assert found.keys() == papers.keys()
    pictures = 0
    for name, paper in papers.items():
        content = ElementTree.fromstring(ZipFile(io.BytesIO(found[name])).read("content.xml"))
        headings = [words(each) for each in content.iter(f"{TEXT}h")]
        wanted = [section.heading for section in paper.sections] + ["Sources"] * bool(paper.sources)
        assert [each for each in headings if each != paper.title] == wanted, name
        assert [words(each) for each in content.iter(f"{DRAWN}desc")] == [chart.alt for chart in paper.charts], name
        pictures += len(paper.charts)
    assert pictures > len(papers)


def test_workbooks_keep_every_cell_and_chart(papers: Mapping[str, Paper], tmp_path: Path) -> None:
    found = converted(papers, tmp_path, "xlsx", "xlsx")
    assert found.keys() == papers.keys()
    drawn = 0
    for name, paper in papers.items():
        before = written(paper, "xlsx")
        assert cells(found[name]) == cells(before), name
        assert charts(found[name]) == charts(before), name
        drawn += charts(before)
    assert drawn > len(papers)


def cells(workbook: bytes) -> dict[str, list[list[object]]]:
    """Every value of every sheet; a spreadsheet keeps some fifteen digits, and no empty text."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return {sheet.title: [[*map(as_kept, row)] for row in sheet.iter_rows(values_only=True)] for sheet in book}


def as_kept(cell: object) -> object:
    """One value, as far as any spreadsheet keeps it."""
    if isinstance(cell, int | float):
        return f"{cell:.10g}"
    return cell or None if isinstance(cell, str) else cell


def charts(workbook: bytes) -> int:
    """How many charts it holds."""
    return sum(name.startswith("xl/charts/chart") for name in ZipFile(io.BytesIO(workbook)).namelist())

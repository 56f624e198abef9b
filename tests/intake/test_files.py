"""Every kind of file: read, or refused in words that say what to do."""

import gzip
import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from intake import limits
from intake.archives import safe_name
from intake.files import read_many, read_tables
from intake.raw import ROW, column_letter
from tests.intake.loads import complaints, load_text, loaded, only_refusal

ROWS = ("A1,L1,H1,LCRA,Repairs,05/03/2026", "A2,L1,H2,LCHO,Café £5,06/03/2026")


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return buffer.getvalue()


def book(**sheets: list[list[object]]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False, "default_date_format": "dd/mm/yyyy"}) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for index, row in enumerate(rows):
                sheet.write_row(index, 0, row)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-8", "\t"), ("utf-8-sig", ",")],
)
def test_encodings_and_delimiters_are_read_without_a_word(encoding: str, delimiter: str) -> None:
    text = complaints(*ROWS).replace(",", delimiter)
    prepared = load_text(text.encode(encoding))
    assert prepared.refused.is_empty() and prepared.warnings.is_empty()
    assert prepared.kept["complaints"].frame["category"].to_list() == ["Repairs", "Café £5"]


def test_cp1252_is_read_with_a_warning() -> None:
    prepared = load_text(complaints(*ROWS).encode("cp1252"))
    assert prepared.kept["complaints"].frame["category"].to_list() == ["Repairs", "Café £5"]
    assert prepared.warnings["found"].to_list() == ["text that is not UTF-8; read as Windows-1252"]


def test_bytes_of_no_encoding_are_refused() -> None:
    refusal = only_refusal(load_text(complaints(*ROWS).encode() + b"\x81\x8d,\xff"))
    assert refusal["found"] == "bytes that are neither UTF-8 nor Windows-1252 text"


@pytest.mark.parametrize(("sign", "word"), [("|", "vertical bar"), ("~", "tilde"), ("^", "caret")])
def test_a_delimiter_that_is_not_read_is_named(sign: str, word: str) -> None:
    refusal = only_refusal(load_text(complaints(*ROWS).replace(",", sign)))
    assert refusal["row"] is None
    assert refusal["found"].startswith(f"columns separated by {word}")
    assert refusal["wanted"].startswith("columns separated by comma, semicolon or tab")


def test_one_column_without_any_separator_is_refused() -> None:
    assert only_refusal(load_text("hello\nworld\n"))["found"] == "one column only, no separator in row 1: hello"


def test_a_header_and_records_with_different_separators_are_refused() -> None:
    text = complaints() + "\n".join(row.replace(",", ";") for row in ROWS)
    assert only_refusal(load_text(text))["found"] == "a header separated by comma over records separated by semicolon"


def test_a_semicolon_file_whose_notes_hold_commas() -> None:
    header = "contact_ref;landlord_code;household_ref;occurred_at;note"
    text = f"{header}\nC1;L1;H1;2026-03-05 10:00;one, two, three, four, five\n"
    kept = load_text(text, name="contacts.csv").kept["contacts"].frame
    assert kept["note"].to_list() == ["one, two, three, four, five"]


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    refusal = only_refusal(load_text(content))
    assert (refusal["file"], refusal["row"], refusal["found"]) == ("complaints.csv", None, "an empty file")


def test_a_header_alone_is_a_warning() -> None:
    prepared = load_text(complaints())
    assert prepared.refused.is_empty()
    assert prepared.warnings["found"].to_list() == ["a header without records"]
    assert prepared.kept["complaints"].frame.is_empty()


def test_row_numbers_count_as_a_spreadsheet_does() -> None:
    records = complaints('A1,L1,H1,LCRA,"two\nlines",05/03/2026', "", "A2,L1,H1,LCRA,Damp,soon")
    text = f"Complaints extract\n\n{records}"
    [raw] = read_tables(text.encode(), name="complaints.csv")
    assert raw.frame[ROW].to_list() == [4, 6]
    assert only_refusal(loaded([raw]))["row"] == 6


def test_a_row_with_more_cells_than_the_header_is_refused_and_handed_back() -> None:
    prepared = load_text(complaints(ROWS[0], "A2,L1,H2,LCHO,Leaks, roof,06/03/2026"))
    assert (
        prepared.refused.filter(pl.col("column").is_null())["found"].item()
        == "more cells than the header's 6: 06/03/2026"
    )
    assert prepared.kept["complaints"].frame["complaint_ref"].to_list() == ["A1"]
    assert prepared.refused_rows["complaints"]["complaint_ref"].to_list() == ["A2"]


def test_an_inch_mark_inside_a_cell_does_not_lose_a_row() -> None:
    kept = load_text(complaints('A1,L1,H1,LCRA,5" pipe,05/03/2026', "", ROWS[1])).kept["complaints"].frame
    assert kept["category"].to_list() == ['5" pipe', "Café £5"]


def test_a_quote_that_never_closes_is_refused_with_its_line() -> None:
    refusal = only_refusal(load_text(complaints('A1,L1,H1,LCRA,"Repairs,05/03/2026', ROWS[1])))
    assert refusal["found"].startswith("text that does not part into cells (line ")
    assert "every quote mark" in refusal["wanted"]


def test_old_mac_line_ends() -> None:
    assert load_text(complaints(*ROWS).replace("\n", "\r")).kept["complaints"].frame.height == 2


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("complaints.csv", b"%PDF-1.7 x", "a PDF document"),
        ("complaints.xlsx", b"a,b\n1,2\n", "plain text under this name"),
        ("complaints.csv", b"PK\x03\x04broken", "a zip file under this name"),
        ("complaints.parquet", b"a,b\n1,2\n", "plain text under this name"),
        ("complaints.xlsx", b"\xd0\xcf\x11\xe0old", "an old Excel file (.xls) or a workbook with a password"),
        ("complaints.csv", b"<!DOCTYPE html><table>", "a web page (HTML or XML)"),
        ("complaints.zip", b"hello", "plain text under this name"),
        ("complaints.csv", b"\x89PNG\r\n", "a picture"),
    ],
)
def test_a_file_that_is_not_what_its_name_says(name: str, content: bytes, found: str) -> None:
    assert only_refusal(load_text(content, name=name))["found"] == found


def test_a_workbook_named_csv_is_refused() -> None:
    assert only_refusal(load_text(book(complaints=[["a"]])))["found"] == "an Excel workbook under this name"


@pytest.mark.parametrize("name", ["complaints.xlsx", "complaints.parquet", "complaints.csv.gz", "complaints.zip"])
def test_damaged_files_are_refused(name: str) -> None:
    good = {
        "complaints.xlsx": book(complaints=[["complaint_ref", "category"], ["A1", "Repairs"]]),
        "complaints.parquet": parquet(),
        "complaints.csv.gz": gzip.compress(complaints(*ROWS).encode() * 50),
        "complaints.zip": zipped(complaints__csv=complaints(*ROWS).encode()),
    }[name]
    broken = good[: len(good) // 2]
    assert load_text(broken, name=name).refused["row"].to_list() == [None]


def parquet() -> bytes:
    buffer = io.BytesIO()
    pl.DataFrame(
        {
            "complaint_ref": ["001"],
            "landlord_code": ["L1"],
            "household_ref": [7],
            "stock": ["LCRA"],
            "category": ["Repairs"],
            "received_on": [date(2026, 3, 5)],
            "vulnerable": [True],
            "closed_on": pl.Series([datetime(2026, 3, 31, 23, 30)]).dt.replace_time_zone("UTC"),
            "stage_1_compensation": [12.5],
        }
    ).write_parquet(buffer)
    return buffer.getvalue()


def test_parquet_types_arrive_whole_and_in_local_time() -> None:
    row = load_text(parquet(), name="complaints.parquet").kept["complaints"].frame.row(0, named=True)
    assert (row["complaint_ref"], row["household_ref"], row["vulnerable"]) == ("001", "7", True)
    assert (row["received_on"], row["closed_on"], row["stage_1_compensation"]) == (
        date(2026, 3, 5),
        date(2026, 4, 1),
        12.5,
    )


def test_a_workbook_with_title_rows_zeros_errors_and_several_sheets() -> None:
    header = ["Case reference", "Household", "Tenure", "Service area", "Date received", "Compensation"]
    content = book(
        Complaints=[
            ["Complaints 2026"],
            [],
            header,
            ["00012", "007", "General needs", "Repairs", date(2026, 3, 5), "n/a"],
        ],
        Notes=[["anything"]],
        contractors=[["contractor", "engaged_from"], ["Acme", 46090]],
    )
    prepared = load_text(content, name="q4.xlsx", landlord="L1")
    kept = prepared.kept["complaints"].frame.row(0, named=True)
    assert (kept["complaint_ref"], kept["household_ref"], kept["received_on"]) == ("00012", "007", date(2026, 3, 5))
    assert prepared.kept["contractors"].frame["engaged_from"].to_list() == [date(2026, 3, 9)]
    assert prepared.refused.is_empty()
    assert "“n/a” or the like in 1 cells" in prepared.warnings["found"].to_list()
    assert "sheets of explanations: Notes" in prepared.warnings["found"].to_list()


def test_a_side_sheet_is_passed_over_but_not_one_named_after_a_table() -> None:
    cells = [cell.split(",") for cell in complaints(ROWS[0]).splitlines()]
    pivot = [["Count", "Of"], [1, 2]]
    prepared = load_text(book(Sheet1=cells, Pivot=pivot), name="complaints.xlsx")
    assert prepared.refused.is_empty() and prepared.kept["complaints"].frame.height == 1
    assert prepared.warnings["found"].to_list() == ["a sheet of no table we know"]
    named = load_text(book(complaints=cells, contacts=pivot), name="x.xlsx")
    assert set(named.refused["file"]) == {"x.xlsx [contacts]"}


def test_binary_bytes_under_a_csv_name_are_refused() -> None:
    assert only_refusal(load_text(bytes(range(1, 9)) * 50))["found"].startswith("binary data")


def test_an_excel_error_is_named_by_cell_not_lost_in_silence() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        sheet = workbook.add_worksheet("contractors")
        sheet.write_row(0, 0, ["contractor", "engaged_from"])
        sheet.write_string(1, 0, "Acme")
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    warning = load_text(buffer.getvalue(), name="x.xlsx", landlord="L1").warnings.row(0, named=True)
    assert (warning["file"], warning["row"], warning["column"]) == ("x.xlsx [contractors]", 2, "column B")
    assert warning["found"] == "the Excel error #DIV/0!"


def test_a_gzipped_csv_is_read_under_its_own_name() -> None:
    prepared = load_text(gzip.compress(complaints(*ROWS, "A3,L1,H,LCRA,x,soon").encode()), name="complaints.csv.gz")
    assert prepared.kept["complaints"].frame.height == 2
    assert only_refusal(prepared)["file"] == "complaints.csv.gz"


def test_a_zip_is_read_whole_and_other_files_are_passed_over_with_a_word() -> None:
    content = zipped(complaints__csv=complaints(*ROWS).encode(), readme__md=b"hello", contacts__csv=b"")
    prepared = load_text(content, name="load.zip")
    assert prepared.kept["complaints"].frame.height == 2
    assert prepared.warnings["file"].to_list() == ["load.zip/readme.md"]
    assert only_refusal(prepared)["file"] == "load.zip/contacts.csv"


def test_a_zip_within_a_zip_is_refused() -> None:
    inner = zipped(complaints__csv=complaints(*ROWS).encode())
    assert only_refusal(load_text(zipped(inner__zip=inner), name="outer.zip"))["found"] == "a zip within a zip"
    assert only_refusal(load_text(gzip.compress(inner), name="outer.gz"))["found"] == "an archive within an archive"


def test_a_zip_bomb_is_refused_by_ratio() -> None:
    refusal = only_refusal(load_text(zipped(complaints__csv=b"0," * 15_000_000), name="bomb.zip"))
    assert "this looks like a zip bomb" in refusal["wanted"]


def test_a_gzip_bomb_is_refused_while_it_unfolds() -> None:
    bomb = gzip.compress(bytes(limits.RATIO_JUDGED_FROM_BYTES + 5_000_000))
    assert "this looks like a zip bomb" in only_refusal(load_text(bomb, name="complaints.csv.gz"))["wanted"]


def test_a_workbook_is_guarded_as_the_zip_it_is() -> None:
    content = zipped(**{"xl/workbook__xml": b"<x/>", "xl/worksheets/sheet1__xml": b" " * 30_000_000})
    assert "this looks like a zip bomb" in only_refusal(load_text(content, name="bomb.xlsx"))["wanted"]


def test_an_archive_that_unfolds_too_far_or_holds_too_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    content = zipped(a__csv=b"x" * 2000, b__csv=b"y" * 2000)
    monkeypatch.setattr(limits, "MAX_UNFOLDED_BYTES", 3_000)
    assert only_refusal(load_text(content, name="a.zip"))["found"].startswith("an archive that unfolds to more than")
    monkeypatch.setattr(limits, "MAX_ARCHIVE_FILES", 1)
    assert only_refusal(load_text(content, name="a.zip"))["found"] == "2 files in one archive"


def test_a_lying_size_in_a_zip_is_found_out() -> None:
    content = bytearray(zipped(complaints__csv=complaints(*ROWS).encode()))
    size = len(complaints(*ROWS).encode()).to_bytes(4, "little")
    lie = bytes(content).replace(size, (5).to_bytes(4, "little"))
    assert only_refusal(load_text(lie, name="a.zip"))["found"].startswith("a damaged zip file")


def test_names_that_climb_out_of_a_zip_lead_nowhere(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("../../complaints.csv", complaints(*ROWS))
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "x.zip").write_bytes(buffer.getvalue())
    [raw] = read_tables(inside / "x.zip")
    assert raw.file == "x.zip/complaints.csv"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["inside", "x.zip"]
    assert safe_name("C:\\..\\a\nb.csv") == "C_/a_b.csv"


def test_too_large_a_file_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 10)
    path = tmp_path / "complaints.csv"
    path.write_text(complaints(*ROWS))
    assert only_refusal(loaded(read_tables(path)))["wanted"] == "at most 0 MB a file"


def test_a_folder_is_read_with_its_folders(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "complaints.csv").write_text(complaints(ROWS[0]))
    (tmp_path / "complaints 2026.csv").write_text(complaints(ROWS[1]))
    (tmp_path / ".hidden.csv").write_text("x")
    (tmp_path / "notes.md").write_text("x")
    prepared = loaded(read_many([tmp_path]))
    assert sorted(prepared.kept["complaints"].frame["complaint_ref"]) == ["A1", "A2"]
    assert prepared.warnings["file"].to_list() == ["notes.md"]


def test_a_folder_without_records_and_a_path_that_is_not_there(tmp_path: Path) -> None:
    assert only_refusal(loaded(read_tables(tmp_path)))["found"] == "a folder without files to read"
    with pytest.raises(FileNotFoundError):
        read_tables(tmp_path / "nowhere.csv")


def test_repeated_and_blank_column_names_stay_apart() -> None:
    [raw] = read_tables(b"complaint_ref,category,category,,team\n1,2,3,4,5\n", name="complaints.csv")
    assert raw.columns == ["complaint_ref", "category", "category (2)", "column D", "team"]
    assert [column_letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.slow
def test_two_hundred_megabytes_are_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    line = "C{0},L1,H1,2026-03-05 10:00:00," + "still waiting " * 60
    with path.open("w") as file:
        file.write("contact_ref,landlord_code,household_ref,occurred_at,note\n")
        for start in range(0, 240_000, 10_000):
            file.write("\n".join(line.format(number) for number in range(start, start + 10_000)) + "\n")
    assert path.stat().st_size > 200_000_000
    prepared = loaded(read_tables(path))
    assert prepared.refused.is_empty() and prepared.kept["contacts"].frame.height == 240_000

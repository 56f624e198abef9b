"""Read Excel workbooks: every sheet, every cell as text, true row numbers, errors in cells named."""

import io
import re
import zipfile
from collections.abc import Collection
from posixpath import join
from xml.etree.ElementTree import ParseError  # nosec B405  # the error alone: what parses is defusedxml

import fastexcel
import polars as pl
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from intake.archives import RefusedError
from intake.headers import header_row
from intake.limits import HEADER_SEARCH_ROWS, MAX_COLUMNS
from intake.notices import Notice
from intake.raw import ROW, RawTable, filled_rows, named_columns, unreadable
from intake.vocabulary import normalised, vocabulary

ERROR_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>]*\bt="e"[^>]*>(?:<f[^>]*>[^<]*</f>|<f[^>]*/>)?<v>([^<]*)</v>')
NEVER_WORKED_OUT = re.compile(
    rb'<c r="([A-Z]{1,3})(\d+)"(?:(?!t="e")[^>])*>(?:<f[^>]*>[^<]*</f>|<f[^>]*/>)(?:<v\s*/>|<v></v>)?</c>'
)
SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
WANTED = "an Excel workbook (.xlsx) that opens in Excel"


def read_xlsx(content: bytes, *, file: str, expected: Collection[str] = ()) -> list[RawTable]:
    """Every sheet that holds something, as raw tables. The caller has guarded against zip bombs. Raises RefusedError
    for a workbook whose XML could grow without end."""
    errors = _without_value(content, file=file)
    try:
        workbook = fastexcel.read_excel(content)
        names = workbook.sheet_names
    except (fastexcel.FastExcelError, ValueError) as error:
        return [unreadable(file, found=f"a workbook that cannot be read ({_first_line(error)})", wanted=WANTED)]
    tables = []
    explanations = [name for name in names if normalised(name) in vocabulary().skipped_sheets]
    for name in names:
        if name in explanations:
            continue
        table = _read_sheet(workbook, name=name, file=file, expected=expected, errors=errors.get(name, ()))
        if table is not None:
            tables.append(table)
    if explanations:
        tables.append(_passed_over(file, explanations))
    if not tables:
        return [unreadable(file, found="a workbook without records", wanted="a sheet with a header row and records")]
    return tables


def _passed_over(file: str, sheets: list[str]) -> RawTable:
    found = f"sheets of explanations: {', '.join(sheets)}"
    notice = Notice(file=file, found=found, wanted="records; they were passed over")
    return RawTable(file=file, frame=pl.DataFrame(schema={ROW: pl.Int64}), warnings=(notice,))


def _read_sheet(
    workbook: fastexcel.ExcelReader, *, name: str, file: str, expected: Collection[str], errors: tuple[Notice, ...]
) -> RawTable | None:
    try:
        # skip_rows=0 keeps blank rows at the top, so that row numbers stay true; strings keep zeros and n/a.
        grid = workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
    except fastexcel.FastExcelError as error:
        return unreadable(file, sheet=name, found=f"a sheet that cannot be read ({_first_line(error)})", wanted=WANTED)
    if grid.is_empty():
        return None
    if grid.width > MAX_COLUMNS:
        found, wanted = f"{grid.width:,} columns", f"at most {MAX_COLUMNS:,} columns"
        return unreadable(file, sheet=name, found=found, wanted=wanted)
    rows = grid.head(HEADER_SEARCH_ROWS).rows()
    header = header_row(rows, expected=expected)
    if header is None:
        found, wanted = "no row with column names", "a row with the column names above the records"
        return unreadable(file, sheet=name, found=found, wanted=wanted)
    frame = grid.slice(header + 1)
    frame.columns = named_columns(list(rows[header]), width=grid.width)
    frame = frame.select(_worth_keeping(frame, header=rows[header]))
    numbered = frame.with_row_index(ROW, offset=header + 2).with_columns(pl.col(ROW).cast(pl.Int64))
    return RawTable(file=file, sheet=name, frame=filled_rows(numbered), warnings=errors)


def _worth_keeping(frame: pl.DataFrame, *, header: tuple[str | None, ...]) -> list[str]:
    """Columns with a name or at least one cell."""
    return [
        name
        for name, cell in zip(frame.columns, header, strict=True)
        if (cell and cell.strip()) or frame[name].null_count() < frame.height
    ]


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:120] if str(error).strip() else type(error).__name__


def _without_value(content: bytes, *, file: str) -> dict[str, tuple[Notice, ...]]:
    """Cells that hold an Excel error, or a formula nobody worked out, by sheet: the reader gives them as blank, which
    nobody should have to guess."""
    found: dict[str, tuple[Notice, ...]] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for sheet, part in _sheet_parts(archive).items():
            xml = archive.read(part)
            errors = ERROR_CELL.findall(xml) if b't="e"' in xml else []
            formulas = NEVER_WORKED_OUT.findall(xml) if b"<f" in xml else []
            cells = [
                (letter, row, f"the Excel error {value.decode(errors='replace')}") for letter, row, value in errors
            ]
            cells += [(letter, row, "a formula that was never worked out") for letter, row in formulas]
            found[sheet] = tuple(
                Notice(
                    file=f"{file} [{sheet}]",
                    row=int(row),
                    column=f"column {letter.decode()}",
                    found=what,
                    wanted="a value; the cell was read as blank",
                )
                for letter, row, what in cells
            )
    return found


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name to the part of the workbook that holds its cells."""
    try:
        relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
        sheets = fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True).iter(f"{SPREADSHEET}sheet")
    except DefusedXmlException as declared:
        found = "a workbook with declarations of its own in its XML, as no program that makes workbooks writes them"
        raise RefusedError(found, WANTED) from declared
    except (KeyError, ParseError):
        return {}
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    held = set(archive.namelist())
    parts = {
        sheet.get("name", ""): join("xl", targets.get(sheet.get(RELATION), "")).removeprefix("/") for sheet in sheets
    }
    return {name: part for name, part in parts.items() if part in held}

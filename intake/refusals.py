"""Refused rows as a workbook: the original cells under our names, with the reasons, to mend and load again."""

import io
from collections.abc import Mapping

import polars as pl
import xlsxwriter

from intake.export import new_workbook, safe_csv
from intake.limits import MAX_CELL_CHARACTERS
from intake.prepared import Prepared
from metrics.records import TABLE_BY_NAME

# Excel's limit of rows in a sheet, one of them the header.
SHEET_ROWS = 1_048_575
FILES_SHEET = "Files"


def workbook(prepared: Prepared) -> bytes:
    """One sheet a table with its refused rows, and a sheet `Files` with what speaks for a whole file.

    Loaded again as it is, each sheet is read as its table; the three columns of reasons are not read. All cells are
    text: nothing in a landlord's file can become a formula here.
    """
    return refusal_workbook(prepared.refused_rows, prepared.refused)


def refusal_workbook(refused_rows: Mapping[str, pl.DataFrame], refused: pl.DataFrame) -> bytes:
    """The same from the refused rows by table and the frame of reasons."""
    buffer = io.BytesIO()
    book = new_workbook(buffer)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for table, rows in refused_rows.items():
        for number, part in enumerate(rows.iter_slices(SHEET_ROWS), start=1):
            sheet = book.add_worksheet(table if number == 1 else f"{table} {number}")
            _write(sheet, part, bold=bold, wrap=wrap)
    files = refused.filter(pl.col("row").is_null()).drop("row")
    sheet = book.add_worksheet(FILES_SHEET)
    _write(sheet, files, bold=bold, wrap=wrap)
    book.close()
    return buffer.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    rows: pl.DataFrame,
    *,
    bold: xlsxwriter.format.Format,
    wrap: xlsxwriter.format.Format,
) -> None:
    sheet.freeze_panes(1, 3)
    text = rows.select(pl.all().cast(pl.String).str.slice(0, MAX_CELL_CHARACTERS))
    for column, name in enumerate(text.columns):
        sheet.write_string(0, column, name, bold)
        sheet.set_column(column, column, 60 if name in ("refused_because", "found", "wanted") else 18)
        for row, cell in enumerate(text[name], start=1):
            if cell is not None:
                sheet.write_string(row, column, cell, wrap if name == "refused_because" else None)


def refused_csv(prepared: Prepared, *, table: str) -> bytes:
    """The refused rows of one table as CSV, formulas neutralised. Raises KeyError where none was refused."""
    assert table in TABLE_BY_NAME
    return safe_csv(prepared.refused_rows[table])

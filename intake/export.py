"""Tables that leave the product as files: safe to open in a spreadsheet, and readable again by the intake."""

import io

import polars as pl
import xlsxwriter

# What a spreadsheet would take for a formula when a CSV is opened, also in the wide signs of other keyboards.
FORMULA_LEADING = r"^('*(?:[\t\r\n]|\s*[=+\-@＝＋－＠]))"
# Undoes the mark above when one of our own CSV files comes back.
MARKED = r"^'('*(?:[\t\r\n]|\s*[=+\-@＝＋－＠]))"


def without_formulas(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with every text cell that a spreadsheet would run marked by a leading apostrophe.

    Numbers, dates and answers are left alone: only text can carry a formula. Cells that already begin with apostrophes
    before such a sign get one more, so that the intake can take exactly one away.
    """
    text = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.String | pl.Enum | pl.Categorical)]
    return frame.with_columns(pl.col(name).cast(pl.String).str.replace(FORMULA_LEADING, "'$1") for name in text)


def unmarked(frame: pl.DataFrame) -> pl.DataFrame:
    """Text cells without the apostrophe that `without_formulas` put before them."""
    text = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    marked = [name for name in text if frame[name].str.starts_with("'").any()]
    return frame.with_columns(pl.col(name).str.replace(MARKED, "$1") for name in marked)


def safe_csv(frame: pl.DataFrame) -> bytes:
    """The frame as CSV (UTF-8 with its mark, so that a spreadsheet shows £ and accents), formulas neutralised.

    The one way in which this product writes CSV for people.
    """
    buffer = io.BytesIO()
    without_formulas(frame).write_csv(buffer, include_bom=True, quote_style="necessary")
    return buffer.getvalue()


def new_workbook(buffer: io.BytesIO) -> xlsxwriter.Workbook:
    """A workbook in which text stays text: no formulas, links or numbers are made of it."""
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    return xlsxwriter.Workbook(buffer, options)


def safe_xlsx(sheets: dict[str, pl.DataFrame]) -> bytes:
    """Frames as a workbook, one sheet each, every cell as text or as a true date, number or answer."""
    buffer = io.BytesIO()
    book = new_workbook(buffer)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    formats = {
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "moment": book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"}),
    }
    for name, frame in sheets.items():
        sheet = book.add_worksheet(name[:31])
        sheet.freeze_panes(1, 0)
        for column, (title, dtype) in enumerate(frame.schema.items()):
            sheet.write_string(0, column, title, bold)
            sheet.set_column(column, column, min(60, max(12, len(title) + 2)))
            _write_column(sheet, column, frame[title], dtype=dtype, formats=formats)
    book.close()
    return buffer.getvalue()


def _write_column(
    sheet: xlsxwriter.worksheet.Worksheet,
    column: int,
    values: pl.Series,
    *,
    dtype: pl.DataType,
    formats: dict[str, xlsxwriter.format.Format],
) -> None:
    for row, value in enumerate(values, start=1):
        if value is None:
            continue
        if isinstance(dtype, pl.Date):
            sheet.write_datetime(row, column, value, formats["date"])
        elif isinstance(dtype, pl.Boolean):
            sheet.write_boolean(row, column, value)
        elif dtype.is_numeric() and float(f"{value:.15g}") != value:
            # Excel keeps fifteen digits: a longer number is written as text rather than changed.
            sheet.write_string(row, column, str(value))
        elif dtype.is_numeric():
            sheet.write_number(row, column, value)
        else:
            sheet.write_string(row, column, value.isoformat(sep=" ") if isinstance(dtype, pl.Datetime) else str(value))

"""Blank templates and the data dictionary, all of it read off the declarations in `metrics.records`."""

import io
import zipfile
from typing import Literal

import polars as pl
import xlsxwriter

from intake.export import new_workbook, safe_csv, safe_xlsx
from metrics.records import TABLE_BY_NAME, TABLES
from metrics.table import Column, Table

Format = Literal["csv", "xlsx"]
KIND_WORDS = {
    "reference": "text, kept as it is (leading zeros too)",
    "text": "text",
    "choice": "one of the words listed",
    "choices": "words listed, several separated by ;",
    "date": "date, day first: 05/03/2026, or 2026-03-05",
    "moment": "date and time, London: 05/03/2026 14:30, or 2026-03-05 14:30",
    "yes_no": "Yes or No, blank if unknown",
    "whole": "whole number",
    "number": "number",
}
# Rows of a template that carry lists to choose from.
VALIDATED_ROWS = 5_000


def template(table: str, file_format: Format = "xlsx") -> bytes:
    """A blank file for one table. Raises KeyError for a table that does not exist.

    CSV: the header alone. XLSX: a sheet named after the table with the header, notes on each name and lists to choose
    from, and a sheet `Notes` that says what each column wants. Either loads as it is once filled.
    """
    declared = TABLE_BY_NAME[table]
    if file_format == "csv":
        return safe_csv(pl.DataFrame(schema=dict.fromkeys(declared.schema, pl.String())))
    buffer = io.BytesIO()
    book = new_workbook(buffer)
    _records_sheet(book, declared)
    _notes_sheet(book, declared)
    book.close()
    return buffer.getvalue()


def all_templates() -> bytes:
    """A zip with both templates of every table and the data dictionary."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in TABLES:
            archive.writestr(f"csv/{table.name}.csv", template(table.name, "csv"))
            archive.writestr(f"xlsx/{table.name}.xlsx", template(table.name, "xlsx"))
        archive.writestr("data_dictionary.xlsx", data_dictionary_workbook())
    return buffer.getvalue()


def data_dictionary() -> pl.DataFrame:
    """Every column of every table: table, column, required, kind, allowed, rules, meaning, personal words."""
    rows = [
        {
            "table": table.name,
            "column": column.name,
            "required": "required" if column.required else "optional",
            "kind": KIND_WORDS[column.kind],
            "allowed": "; ".join(column.allowed),
            "rules": rules_in_words(table, column),
            "meaning": column.meaning,
        }
        for table in TABLES
        for column in table.columns
    ]
    return pl.DataFrame(rows)


def data_dictionary_workbook() -> bytes:
    """The data dictionary as a workbook: a sheet of tables and a sheet of columns."""
    tables = pl.DataFrame([{"table": t.name, "meaning": t.meaning, "key": ", ".join(t.key)} for t in TABLES])
    return safe_xlsx({"Data dictionary": data_dictionary(), "About": tables})


def rules_in_words(table: Table, column: Column) -> str:
    """What a cell of this column must obey, in a sentence or two."""
    rules = []
    if column.name in table.key:
        rules.append("part of the key")
    rules += [f"not before {earlier}" for earlier, later in table.order if later == column.name]
    if column.kind in ("date", "moment"):
        rules.append("may lie in the future (a plan)" if column.plan else "not after the extract date")
    if column.at_least is not None:
        rules.append(f"{column.at_least:g} or more")
    for reference in table.references:
        if reference.column == column.name:
            unresolved = (
                "a row without it is refused" if reference.refuses else "if it is missing there, that is a finding"
            )
            rules.append(f"names a row of {reference.table}; {unresolved}")
    if column.free_text:
        rules.append("may hold residents' own words; shown to the complaints team only")
    return "; ".join(rules)


def _records_sheet(book: xlsxwriter.Workbook, table: Table) -> None:
    required = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1})
    optional = book.add_format({"bg_color": "#F2F2F2", "border": 1})
    # Text cells keep leading zeros while a person types.
    as_text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(table.columns):
        style = as_text if column.kind in ("reference", "text", "choices") else None
        sheet.set_column(index, index, max(14, len(column.name) + 3), style)
        sheet.write_string(0, index, column.name, required if column.required else optional)
        sheet.write_comment(0, index, _note(table, column), {"x_scale": 2})
        words = column.allowed if column.kind == "choice" else ("Yes", "No") if column.kind == "yes_no" else ()
        if words:
            sheet.data_validation(1, index, VALIDATED_ROWS, index, {"validate": "list", "source": list(words)})


def _note(table: Table, column: Column) -> str:
    parts = [
        column.meaning,
        "Required." if column.required else "Optional.",
        KIND_WORDS[column.kind].capitalize() + ".",
    ]
    parts += [", ".join(column.allowed)] if column.allowed else []
    rules = rules_in_words(table, column)
    return "\n".join([*parts, *([rules] if rules else [])])


def _notes_sheet(book: xlsxwriter.Workbook, table: Table) -> None:
    sheet = book.add_worksheet("Notes")
    bold = book.add_format({"bold": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, table.meaning, bold)
    rows = data_dictionary().filter(pl.col("table") == table.name).drop("table")
    for index, name in enumerate(rows.columns):
        sheet.write_string(2, index, name, bold)
        sheet.set_column(index, index, 45 if name in ("allowed", "rules", "meaning", "kind") else 24)
        for row, cell in enumerate(rows[name], start=3):
            sheet.write_string(row, index, cell, wrap)

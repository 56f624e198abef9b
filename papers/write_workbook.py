"""The appendix of a paper as a workbook: every figure, every table, and every chart drawn by the workbook itself.

Texts are written as texts, so nothing in them is ever taken for a formula or a link.
"""

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from metrics.phrasing import day
from papers.model import Cell, Chart, Figure, Number, Paper, Table, text_of

FIGURE_COLUMNS = ("Key", "Figure", "Reads", "Count behind it", "Likely between", "Line", "Whose line", "State",
                  "Numerator", "Denominator", "Value", "Low", "High")  # fmt: skip
COLOURS = {"plain": "#1F5F7A", "second": "#B8500B", "muted": "#B9C9CF", "met": "#1F5F99", "not met": "#B8500B",
           "too close to call": "#8A9AA8", "not evidenced": "#DCD7CA"}  # fmt: skip
BASIS_WORDS = {"JUDGEMENT": "our judgement", "CODE": "the Code", "TSM": "the regulator's standard"}
KINDS = {
    "bars": {"type": "bar"},
    "stack": {"type": "bar", "subtype": "stacked"},
    "course": {"type": "line"},
    "steps": {"type": "line"},
}
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


def workbook(paper: Paper, *, rows: Sequence[Table] = ()) -> bytes:
    """The appendix as .xlsx; `rows` are those behind the figures, a sheet each."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made, SAFE)
    book.set_properties(
        {
            "title": f"{paper.title}: appendix",
            "subject": paper.finding,
            "author": paper.landlord_name,
            "comments": f"Method {paper.method_version}; records {paper.data_hash[:16]}",
            "created": datetime.combine(paper.as_at, time()),
        }
    )
    writer = _Book(book)
    writer.about(paper)
    writer.figures(paper.figures)
    for table in paper.tables:
        writer.table(table)
    for chart in paper.charts:
        writer.chart(chart)
    for table in rows:
        writer.table(table)
    book.close()
    return made.getvalue()


class _Book:
    """The sheets written so far, whose names must differ."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.names: set[str] = set()
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 14})

    def sheet(self, name: str) -> Worksheet:
        wanted = "".join(each for each in name.replace("-", " ") if each not in "[]:*?/\\")[:28].strip().capitalize()
        unused = (f"{wanted}{number or ''}" for number in range(len(self.names) + 1))
        title = next(each for each in unused if each.lower() not in self.names)
        self.names.add(title.lower())
        sheet: Worksheet = self.book.add_worksheet(title)
        return sheet

    def about(self, paper: Paper) -> None:
        """What this is, what it speaks of, how it was made."""
        sheet = self.sheet("About")
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 100, self.wrapped)
        lines = (
            ("Paper", paper.title),
            ("Landlord", f"{paper.landlord_name} ({paper.landlord_code})"),
            ("Figures to", f"{day(paper.as_at)} ({paper.quarter})"),
            ("Finding", paper.finding),
            ("Method version", paper.method_version),
            ("Records (SHA-256)", paper.data_hash),
            *((f"Setting: {name}", value) for name, value in paper.settings.items()),
            ("Small numbers", "A blank number was left out because it, or another beside it, is one to four people."),
            (
                "Rows",
                "The last sheets list the rows behind the figures, and whether each was counted: for those who "
                "handle cases all of them, for others those that are not of people.",
            ),
            *((f"Source: {each.title}", each.detail) for each in paper.sources),
        )
        for row, (name, value) in enumerate(lines):
            sheet.write_string(row, 0, name, self.head)
            sheet.write_string(row, 1, value, self.wrapped)

    def figures(self, figures: tuple[Figure, ...]) -> None:
        """Every indicator with its numbers."""
        rows: list[list[Cell]] = [
            [
                each.key, each.title, each.value, each.count, each.interval, each.line,
                BASIS_WORDS[each.basis] if each.line else "", each.state or "not judged",
                *(Number(text="", value=value) for value in
                  (each.numerator, each.denominator, each.share, each.low, each.high)),
            ]
            for each in figures
        ]  # fmt: skip
        sheet = self.sheet("Figures")
        self._grid(sheet, FIGURE_COLUMNS, rows, first=0)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 36)

    def table(self, table: Table) -> None:
        """A table of the paper on a sheet of its own, its numbers as numbers."""
        sheet = self.sheet(table.key)
        sheet.write_string(0, 0, table.title, self.title)
        self._grid(sheet, table.columns, [list(row) for row in table.rows], first=2)
        if table.note:
            sheet.write_string(len(table.rows) + 4, 0, table.note)
        sheet.set_column(0, 0, 40)

    def _grid(self, sheet: Worksheet, columns: tuple[str, ...], rows: list[list[Cell]], *, first: int) -> None:
        for place, name in enumerate(columns):
            sheet.write_string(first, place, name, self.head)
        for number, row in enumerate(rows, start=first + 1):
            for place, cell in enumerate(row):
                if isinstance(cell, Number) and cell.value is not None:
                    sheet.write_number(number, place, cell.value)
                else:
                    sheet.write_string(number, place, text_of(cell), self.wrapped)
        sheet.freeze_panes(first + 1, 1)
        sheet.set_column(1, len(columns) - 1, 18)

    def chart(self, chart: Chart) -> None:
        """The values of a chart and the chart itself, drawn by the workbook."""
        sheet = self.sheet(f"{chart.key} chart")
        sheet.write_string(0, 0, chart.title, self.title)
        names = ("", *(series.name for series in chart.series))
        rows: list[list[Cell]] = [
            [category, *(Number(text="", value=series.values[place]) for series in chart.series)]
            for place, category in enumerate(chart.categories)
        ]
        self._grid(sheet, names, rows, first=2)
        sheet.set_column(0, 0, 28)
        drawn = self.book.add_chart(KINDS[chart.kind])
        last = 2 + len(chart.categories)
        for column, series in enumerate(chart.series, start=1):
            drawn.add_series(
                {
                    "name": [sheet.name, 2, column],
                    "categories": [sheet.name, 3, 0, last, 0],
                    "values": [sheet.name, 3, column, last, column],
                    "line": {"color": COLOURS[series.colour]},
                    "fill": {"color": COLOURS[series.colour]},
                    "data_labels": {"value": chart.kind != "course"},
                }
            )
        drawn.set_title({"name": chart.title, "name_font": {"size": 11, "bold": False}})
        if len(chart.series) == 1:
            drawn.set_legend({"none": True})
        if chart.kind in ("bars", "stack"):
            drawn.set_y_axis({"reverse": True})
        drawn.set_size({"width": 720, "height": 360})
        sheet.insert_chart(2, len(chart.series) + 2, drawn, {"description": chart.alt})

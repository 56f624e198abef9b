"""The sheets of the regulator's workbook as long frames of cells: one row per landlord and recognised column."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import fastexcel
import polars as pl

from intake.limits import HEADER_SEARCH_ROWS, MAX_FILE_BYTES, MAX_UNFOLDED_BYTES
from intake.rsh_headings import Field, clean

CELL_SCHEMA = {
    "landlord_code": pl.String(),
    "sheet": pl.String(),
    "stock": pl.String(),
    "measure": pl.String(),
    "part": pl.String(),
    "text": pl.String(),
}
_SHEET_NAME = re.compile(r"^TSM ?(\d\d)[ _](.+)$", re.IGNORECASE)
_ABOUT = {
    "Landlord name": "name",
    "Landlord code": "landlord_code",
    "Landlord type": "landlord_type",
    "Landlord group size (homes owned, LCRA and LCHO combined)": "size_band",
    "Landlord predominant region": "region",
    "Notes from RSH following TSM review": "note",
    "Any additional notes from RSH": "note",
}


class RshWorkbookError(ValueError):
    """The file is not the regulator's per-landlord TSM workbook. Names file, sheet, what was found and wanted."""

    def __init__(self, *, file: str, sheet: str, found: str, wanted: str) -> None:
        self.file, self.sheet, self.found, self.wanted = file, sheet, found, wanted
        where = f"{file}, sheet {sheet}" if sheet else file
        super().__init__(f"{where}: found {found}; wanted {wanted}")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet below its header: `kind` is `LCRA_Perception`, `Management_Info` …; `headings` in column order."""

    file: str
    name: str
    kind: str
    headings: tuple[str, ...]
    rows: pl.DataFrame

    def about(self) -> pl.DataFrame:
        """The columns that speak of the landlord itself, under our names, as text."""
        held = {name: index for index, heading in enumerate(self.headings) if (name := _ABOUT.get(clean(heading)))}
        return self.rows.select(pl.nth(index).str.strip_chars().alias(name) for name, index in held.items())

    def cells(self, recognise: Callable[[str], tuple[Field, ...]]) -> pl.DataFrame:
        """The recognised columns, unpivoted: landlord_code, sheet, stock, measure, part, text (`CELL_SCHEMA`)."""
        fields = [(index, field) for index, heading in enumerate(self.headings) for field in recognise(heading)]
        if not fields:
            return pl.DataFrame(schema=CELL_SCHEMA)
        wide = self.rows.select(
            pl.nth(self.headings.index(_code_heading(self.headings))).str.strip_chars().alias("landlord_code"),
            *(pl.nth(index).alias(str(place)) for place, (index, _) in enumerate(fields)),
        )
        names = pl.DataFrame(
            [(str(place), field.stock, field.measure, field.part) for place, (_, field) in enumerate(fields)],
            schema=["place", "stock", "measure", "part"],
            orient="row",
        )
        long = wide.unpivot(index="landlord_code", variable_name="place", value_name="text")
        return (
            long.join(names, on="place", how="left", maintain_order="left")
            .with_columns(pl.lit(self.name).alias("sheet"), pl.col("text").str.strip_chars())
            .select(list(CELL_SCHEMA))
        )


def open_sheets(path_or_bytes: Path | str | bytes, name: str) -> tuple[str, dict[str, Sheet]]:
    """The financial year and the sheets of the workbook by kind. Raises RshWorkbookError."""
    data = path_or_bytes if isinstance(path_or_bytes, bytes) else Path(path_or_bytes).read_bytes()
    book = _book(data, name)
    found = [match for sheet in book.sheet_names if (match := _SHEET_NAME.match(sheet))]
    years = {match[1] for match in found}
    if len(years) != 1:
        raise RshWorkbookError(
            file=name,
            sheet="",
            found=f"sheets {', '.join(book.sheet_names[:8])}",
            wanted="the regulator's sheets of one year, such as TSM25_LCRA_Perception and TSM25_Management_Info",
        )
    sheets = {_kind(match[2]): _sheet(book, match[0], _kind(match[2]), name) for match in found}
    for kind in ("LCRA_Perception", "Management_Info"):
        if kind not in sheets:
            wanted = f"TSM{years.pop()}_{kind}"
            raise RshWorkbookError(file=name, sheet=wanted, found="no such sheet", wanted=f"a sheet {wanted}")
    ended = 2000 + int(years.pop())
    return f"{ended - 1}-{ended % 100:02d}", sheets


def _kind(text: str) -> str:
    return re.sub(r"[ _]+", "_", text.strip())


def _book(data: bytes, name: str) -> fastexcel.ExcelReader:
    wanted = "the regulator's workbook (.xlsx)"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            unfolded = sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile as error:
        raise RshWorkbookError(file=name, sheet="", found="not a workbook", wanted=wanted) from error
    if len(data) > MAX_FILE_BYTES or unfolded > MAX_UNFOLDED_BYTES:
        raise RshWorkbookError(file=name, sheet="", found=f"{unfolded:,} bytes unfolded", wanted=wanted)
    try:
        return fastexcel.read_excel(data)
    except fastexcel.FastExcelError as error:
        raise RshWorkbookError(file=name, sheet="", found="not a workbook", wanted=wanted) from error


def _sheet(book: fastexcel.ExcelReader, sheet: str, kind: str, name: str) -> Sheet:
    cells = book.load_sheet(sheet, header_row=None, dtypes="string").to_polars()
    top = [tuple(cell or "" for cell in row) for row in cells.head(HEADER_SEARCH_ROWS).iter_rows()]
    wanted = {"Landlord name", "Landlord code"}
    place = next((at for at, row in enumerate(top) if wanted <= {clean(cell) for cell in row}), None)
    if place is None:
        raise RshWorkbookError(
            file=name,
            sheet=sheet,
            found=f"no header in the first {HEADER_SEARCH_ROWS} rows",
            wanted="a header row with `Landlord name` and `Landlord code`",
        )
    headings = top[place]
    code = headings.index(_code_heading(headings))
    rows = cells.slice(place + 1).with_columns(pl.nth(code).str.strip_chars().str.strip_suffix(".0"))
    rows = rows.filter(pl.nth(code).is_not_null() & (pl.nth(code) != ""))
    _refuse_twice(rows.to_series(code), sheet, name)
    return Sheet(file=name, name=sheet, kind=kind, headings=headings, rows=rows)


def _code_heading(headings: tuple[str, ...]) -> str:
    return next(heading for heading in headings if clean(heading) == "Landlord code")


def _refuse_twice(codes: pl.Series, sheet: str, name: str) -> None:
    twice = codes.filter(codes.is_duplicated()).unique().sort().to_list()
    if twice:
        raise RshWorkbookError(
            file=name, sheet=sheet, found=f"landlord code {twice[0]} in two rows", wanted="one row per landlord code"
        )

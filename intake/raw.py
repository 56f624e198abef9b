"""A table as it lies in a file, before anybody has judged it."""

import re
from dataclasses import dataclass
from string import ascii_uppercase

import polars as pl

from intake.notices import Notice

# Column of a raw frame that carries the row's number in its file, counted as Excel does.
ROW = "#row"


@dataclass(frozen=True, kw_only=True)
class RawTable:
    """One file or sheet: all cells as text, with true row numbers.

    `frame` has `ROW` and then the file's columns, all strings, wholly blank rows left out. A file that could not be
    read has an empty frame and says why in `refused`; a reason that names a row refuses that row of the frame only.
    """

    file: str
    frame: pl.DataFrame
    sheet: str | None = None
    refused: tuple[Notice, ...] = ()
    warnings: tuple[Notice, ...] = ()

    @property
    def columns(self) -> list[str]:
        """The file's own column names."""
        return [name for name in self.frame.columns if name != ROW]

    @property
    def label(self) -> str:
        """File and sheet as they are named in reasons."""
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file


def unreadable(file: str, *, found: str, wanted: str, sheet: str | None = None) -> RawTable:
    """A raw table without rows that carries the reason why its file was refused."""
    empty = pl.DataFrame(schema={ROW: pl.Int64})
    label = f"{file} [{sheet}]" if sheet else file
    return RawTable(file=file, sheet=sheet, frame=empty, refused=(Notice(file=label, found=found, wanted=wanted),))


def column_letter(index: int) -> str:
    """The letter Excel gives the column of that 0-based index: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = ascii_uppercase[rest] + letters
    return letters


def named_columns(header: list[str | None], *, width: int) -> list[str]:
    """The header's names, each one distinct: blanks by their letter, repeats with a number."""
    names: list[str] = []
    for index in range(width):
        cell = header[index] if index < len(header) else None
        name = re.sub(r"\s+", " ", (cell or "").replace("\ufeff", "")).strip() or f"column {column_letter(index)}"
        name = f"{name}_" if name == ROW else name
        repeats = 2
        plain = name
        while name in names:
            name = f"{plain} ({repeats})"
            repeats += 1
        names.append(name)
    return names


def filled_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame without rows whose every cell is blank."""
    cells = pl.all().exclude(ROW)
    return frame.filter(pl.any_horizontal(cells.str.strip_chars().str.len_bytes() > 0)) if frame.width > 1 else frame

"""Refusals and warnings: what was found where, and what is wanted."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from intake.limits import FOUND_CHARACTERS

NOTICE_SCHEMA: dict[str, pl.DataType] = {
    "file": pl.String(),
    "row": pl.Int64(),
    "column": pl.String(),
    "found": pl.String(),
    "wanted": pl.String(),
}


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One refusal or warning. `row` counts as Excel does, the header included; None speaks for the whole file."""

    file: str
    found: str
    wanted: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        where = ", ".join(
            part for part in (self.file, f"row {self.row}" if self.row else "", self.column or "") if part
        )
        return f"{where}: found {self.found}; wanted {self.wanted}"


def notice_frame(notices: Iterable[Notice]) -> pl.DataFrame:
    """The notices as a frame of `NOTICE_SCHEMA`."""
    rows = [
        {"file": n.file, "row": n.row, "column": n.column, "found": n.found[:FOUND_CHARACTERS], "wanted": n.wanted}
        for n in notices
    ]
    return pl.DataFrame(rows, schema=NOTICE_SCHEMA)


def gathered(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """All notice frames as one, by file, row and column."""
    parts = [frame.select(list(NOTICE_SCHEMA)) for frame in frames if frame.height]
    if not parts:
        return pl.DataFrame(schema=NOTICE_SCHEMA)
    return pl.concat(parts).sort("file", "row", maintain_order=True, nulls_last=False)

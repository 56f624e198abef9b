"""The cases behind a figure, as a list a person reads page by page or takes away: frames in, rows or bytes out."""

from dataclasses import dataclass
from io import BytesIO

import polars as pl

# A spreadsheet takes a cell that begins like this for a formula, whatever the landlord meant by it.
_LIKE_A_FORMULA = r"^\s*[=+\-@\t\r|%]"
AREA = "service_area"


@dataclass(frozen=True, eq=False)
class CaseList:
    """The rows of one figure; `frame` is not to be changed."""

    frame: pl.DataFrame

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(self.frame.columns)

    def __len__(self) -> int:
        return self.frame.height

    def page(self, number: int, *, size: int) -> list[dict[str, object]]:
        """The rows of one page, the first being page 1."""
        return self.frame.slice((number - 1) * size, size).to_dicts()

    def areas(self) -> list[str]:
        """The service areas that occur, in alphabetical order."""
        if AREA not in self.columns:
            return []
        found: list[str] = self.frame[AREA].cast(pl.String).drop_nulls().unique().sort().to_list()
        return found

    def in_area(self, area: str | None) -> "CaseList":
        """Only the rows of one service area; all of them where none is named."""
        return self if area is None else CaseList(self.frame.filter(pl.col(AREA) == area))

    def csv(self) -> bytes:
        """The rows as CSV (UTF-8 with a byte order mark, as Excel wants it). Text that a spreadsheet would take for a
        formula gets an apostrophe in front."""
        guarded = [
            pl.when(pl.col(name).str.contains(_LIKE_A_FORMULA))
            .then("'" + pl.col(name))
            .otherwise(pl.col(name))
            .alias(name)
            for name, kind in self._plain().schema.items()
            if kind == pl.String
        ]
        out = BytesIO()
        self._plain().with_columns(guarded).write_csv(out, include_bom=True)
        return out.getvalue()

    def xlsx(self, *, title: str) -> bytes:
        """The rows as a workbook of one sheet. Text stays text: no cell becomes a formula."""
        out = BytesIO()
        self._plain().write_excel(out, worksheet=title[:31], autofit=True, table_style=None, autofilter=False)
        return out.getvalue()

    def _plain(self) -> pl.DataFrame:
        """Choices and lists as text, so that every format can hold them."""
        as_text = [
            pl.col(name).cast(pl.String) for name, kind in self.frame.schema.items() if isinstance(kind, pl.Enum)
        ]
        return self.frame.with_columns(as_text)

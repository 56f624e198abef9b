"""The cases behind a figure, as a list a person reads page by page or takes away: frames in, rows out."""

from dataclasses import dataclass

import polars as pl

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

"""The cases behind a figure, as a list a person reads page by page or takes away: frames in, rows out."""

from dataclasses import dataclass

import polars as pl

from metrics.narrowing import EVERYTHING, SPLITS, By, Only, named


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

    def choices(self) -> dict[By, list[str]]:
        """What service areas, teams and channels occur, of those the rows tell, in alphabetical order."""
        return {name: self.frame.select(named([name]))[name].unique().sort().to_list() for name in self._told}

    def narrowed(self, only: Only) -> "CaseList":
        """Only the rows of one service area, team and channel. Raises ColumnNotFoundError where it asks for what the
        rows do not tell."""
        if only == EVERYTHING:
            return self
        return CaseList(self.frame.filter(self.frame.select(named(self._told)).select(only.expression()).to_series()))

    @property
    def _told(self) -> list[By]:
        return [name for name in SPLITS if name in self.columns]

"""Small numbers: counts of one to four people are not shown, and no total gives one back by subtraction.

For screens and papers that leave the complaints team. Whoever reads "12 in all, 9 of them there" has read "3 here". So
beside the small counts (*primary*) others are left out (*complementary*), until for every count left out there is
another table that agrees with all that is shown and differs there. Both kinds carry the same mark: a reader who could
tell them apart would know more. A count of none is shown; it is nobody.

What it holds, for one table with its totals:

- no count of one to four is shown, be it a cell, the total of a row or column, or the grand total;
- no count left out can be worked out from what is shown, by any adding and subtracting of cells and totals, also by a
  reader who knows that what is left out is one or more;
- no total less what is shown beside it is one to four people together.

It does not hold across tables that cross the same people differently, nor from one date to the next: show one
breakdown, or break down what is not shown elsewhere, and give counts of short periods `to_fives`. A share of a count
that is left out must be left out too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FEW = 5
FEWER = f"fewer than {FEW}"
NOT_SHOWN = "not shown"
WHY_NOT_SHOWN = f"“{NOT_SHOWN.capitalize()}”: a count of one to four, or one that would give such a count away."
_AMPLE = 1_000_000  # stands for a count that nobody shows and that may be anything
Shown = int | None
Cell = tuple[int, int]


def is_few(count: float | None) -> bool:
    """One to four."""
    return count is not None and 0 < count < FEW


def to_fives(count: int) -> int:
    """To the nearest five, for counts whose differences from one day to the next would tell of a few people."""
    return FEW * round(count / FEW)


def told(count: int | None) -> str:
    """A count that stands alone, with no total to take it from: a dash where it is not known."""
    if count is None:
        return "–"
    return FEWER if is_few(count) else f"{count:,}"


def written(count: Shown) -> str:
    """A count of a masked table."""
    return NOT_SHOWN if count is None else f"{count:,}"


@dataclass(frozen=True, kw_only=True)
class OneWay:
    """A row of counts and its total; None where it is left out."""

    counts: tuple[Shown, ...]
    total: Shown

    @property
    def hides(self) -> bool:
        """Is anything left out?"""
        return None in (*self.counts, self.total)


@dataclass(frozen=True, kw_only=True)
class TwoWay:
    """A table of counts with the totals of its rows and columns; None where it is left out."""

    counts: tuple[tuple[Shown, ...], ...]
    row_totals: tuple[Shown, ...]
    column_totals: tuple[Shown, ...]
    total: Shown

    @property
    def hides(self) -> bool:
        """Is anything left out?"""
        return None in (*self.row_totals, *self.column_totals, self.total) or any(None in row for row in self.counts)


def one_way(counts: Sequence[int], *, total: bool = True) -> OneWay:
    """A row of counts of people that add up. With `total` False no total is shown anywhere, and only the small counts
    are left out. Raises ValueError for a count below 0."""
    _refuse_negative([counts])
    if not total:
        return OneWay(counts=tuple(None if is_few(each) else each for each in counts), total=None)
    # A row alone is the first of two rows of which nobody shows the second: its columns bind nothing.
    other = [_AMPLE] * len(counts)
    table = _Table([counts, other], hidden={(1, column) for column in range(len(counts) + 1)}, free_columns=True)
    shown = table.masked()[0]
    return OneWay(counts=shown[:-1], total=shown[-1])


def two_way(counts: Sequence[Sequence[int]]) -> TwoWay:
    """Rows of counts of people that add up along rows and down columns. Raises ValueError for a count below 0, or rows
    of different lengths."""
    _refuse_negative(counts)
    if len({len(row) for row in counts}) > 1:
        raise ValueError("found rows of different lengths; wanted a table")
    *inner, last = _Table(counts).masked()
    return TwoWay(
        counts=tuple(row[:-1] for row in inner),
        row_totals=tuple(row[-1] for row in inner),
        column_totals=last[:-1],
        total=last[-1],
    )


def _refuse_negative(counts: Sequence[Sequence[int]]) -> None:
    for row in counts:
        if any(each < 0 for each in row):
            raise ValueError(f"found the count {min(row)}; wanted none below 0")


class _Table:
    """A table with its totals as a last row and a last column, and the cells left out so far."""

    def __init__(
        self, counts: Sequence[Sequence[int]], *, hidden: set[Cell] | None = None, free_columns: bool = False
    ) -> None:
        rows = [[*row, sum(row)] for row in counts]
        self.cells: list[list[int]] = [*rows, [sum(column) for column in zip(*rows, strict=True)] or [0]]
        self.height, self.width = len(self.cells), len(self.cells[0])
        self.free_columns = free_columns
        self.hidden: set[Cell] = set(hidden or ())
        if free_columns:
            self.hidden |= {(self.height - 1, column) for column in range(self.width)}
        self.hidden |= {cell for cell in self._places() if is_few(self._at(cell))}

    def masked(self) -> tuple[tuple[Shown, ...], ...]:
        """The table with its totals, and what must be left out left out. More is left out until nothing more must be;
        it ends, because with all totals left out every count could be one higher."""
        while more := self._still_needed():
            self.hidden |= more
        return tuple(
            tuple(None if (row, column) in self.hidden else count for column, count in enumerate(cells))
            for row, cells in enumerate(self.cells)
        )

    def _still_needed(self) -> set[Cell]:
        for cell in sorted(self.hidden):
            more = min(self._ways_to_doubt(cell), key=self._cost, default=set())
            if more:
                return more
        return next((more for line in self._lines() if (more := self._too_little_together(line))), set())

    def _places(self) -> list[Cell]:
        return [(row, column) for row in range(self.height) for column in range(self.width)]

    def _at(self, cell: Cell) -> int:
        return self.cells[cell[0]][cell[1]]

    def _cost(self, more: set[Cell]) -> tuple[int, int, int, list[Cell]]:
        """Leave out few totals, few cells, small ones."""
        totals = sum(row == self.height - 1 or column == self.width - 1 for row, column in more)
        return totals, len(more), sum(self._at(cell) for cell in more), sorted(more)

    def _ways_to_doubt(self, cell: Cell) -> Iterator[set[Cell]]:
        """What else to leave out, so that the cell could be one more or one less and everything shown stay as it is:
        the other corners of a rectangle, where one side gains what the other loses."""
        row, column = cell
        for other_row in range(self.height):
            for other_column in range(self.width):
                if other_row == row or other_column == column:
                    continue
                corners = (cell, (other_row, other_column), (row, other_column), (other_row, column))
                if self._can_move(corners):
                    more = set(corners) - self.hidden
                    if not more:
                        yield more
                        return
                    yield more

    def _can_move(self, corners: tuple[Cell, ...]) -> bool:
        """Can the first two gain and the other two lose one, or the other way round, and all stay one or more? A total
        moves with its cells, so its sign is turned."""
        if any(self._at(corner) == 0 for corner in corners):
            return False
        moves = [sign * self._sign(corner) for sign, corner in zip((1, 1, -1, -1), corners, strict=True)]
        losing = [corner for move, corner in zip(moves, corners, strict=True) if move < 0]
        gaining = [corner for move, corner in zip(moves, corners, strict=True) if move > 0]
        return any(all(self._at(corner) > 1 for corner in some) for some in (losing, gaining))

    def _sign(self, cell: Cell) -> int:
        return (-1 if cell[0] == self.height - 1 else 1) * (-1 if cell[1] == self.width - 1 else 1)

    def _lines(self) -> Iterator[list[Cell]]:
        """Every row and column, its total last."""
        if self.free_columns:
            yield [(0, column) for column in range(self.width)]
            return
        for row in range(self.height):
            yield [(row, column) for column in range(self.width)]
        for column in range(self.width):
            yield [(row, column) for row in range(self.height)]

    def _too_little_together(self, line: list[Cell]) -> set[Cell]:
        """Where a total less what is shown leaves one to four: the smallest count shown beside them."""
        *parts, total = line
        if total in self.hidden or not is_few(sum(self._at(cell) for cell in parts if cell in self.hidden)):
            return set()
        shown = [cell for cell in parts if cell not in self.hidden and self._at(cell)]
        return {min(shown, key=lambda cell: (self._at(cell), cell))}

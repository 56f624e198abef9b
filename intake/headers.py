"""Find the row that holds the column names: real exports put titles and dates above it."""

from collections.abc import Collection, Sequence

from intake.limits import HEADER_SEARCH_ROWS
from intake.vocabulary import known_header, normalised

Grid = Sequence[Sequence[str | None]]


def header_row(rows: Grid, *, expected: Collection[str] = ()) -> int | None:
    """Index of the row that holds the column names; None where no row has two filled cells.

    The row with the most names we know (or that a saved mapping expects) wins, the first of equals; where none
    is known, the first row at least as wide as most.
    """
    top = rows[:HEADER_SEARCH_ROWS]
    wanted = {normalised(name) for name in expected}
    counts = [_known_names(row, wanted) for row in top]
    best = max(counts, default=0)
    if best >= 2 or (best == 1 and any(len(_filled(row)) == 1 for row in top) and len(top) <= 2):
        return counts.index(best)
    widths = [len(_filled(row)) for row in top]
    widest = max(widths, default=0)
    if widest < 2:
        return counts.index(best) if best else None
    typical = sorted(width for width in widths if width > 1)
    usual = typical[len(typical) // 2]
    return next(index for index, width in enumerate(widths) if width >= min(usual, widest))


def _filled(row: Sequence[str | None]) -> list[str]:
    return [cell for cell in row if cell is not None and cell.strip()]


def _known_names(row: Sequence[str | None], wanted: set[str]) -> int:
    names = {normalised(cell) for cell in _filled(row)}
    return sum(name in wanted or known_header(name) for name in names)

"""Which table a file is, and which of its columns is which of ours: a proposal for a person to confirm."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

from rapidfuzz import fuzz

from intake.mapping import Mapping
from intake.raw import RawTable
from intake.vocabulary import names_of, normalised, vocabulary
from metrics.records import TABLE_BY_NAME, TABLES
from metrics.table import Table

# Below this likeness two names are different names. At 86 one slip of the pen in a usual name still matches.
LIKE = 86.0
CERTAIN = 99.0
# Shorter names are alike by chance (state, estate).
SHORTEST_LIKE = 7
# Columns of our own refusal workbook that are there for the reader.
OWN_NOTES = ("refused_file", "refused_row", "refused_because")
# A file whose name only contains a table's name is that table unless its columns fit another this much better.
FAR_BETTER = 25.0


@dataclass(frozen=True, kw_only=True)
class ColumnMatch:
    """One column of the file, the column of ours it seems to be (None: not read), and how alike they are, 0 to 100."""

    file_column: str
    column: str | None
    likeness: float


@dataclass(frozen=True, kw_only=True)
class Match:
    """How a file or sheet is read.

    `table` is None where none fits. `by` says what decided: `mapping`, `chosen`, `name`, `columns`. `missing` lists
    required columns of the table without a column in the file; `ambiguous` (our column, the file columns that fit it
    equally well: none of them is taken).
    """

    file: str
    sheet: str | None
    table: str | None
    by: str
    likeness: float
    columns: tuple[ColumnMatch, ...] = ()
    missing: tuple[str, ...] = ()
    ambiguous: tuple[tuple[str, tuple[str, ...]], ...] = ()
    could_be: tuple[str, ...] = ()

    def mapping(self) -> Mapping:
        """The proposal as a mapping to confirm, change or save. Raises ValueError where no table fits."""
        if self.table is None:
            raise ValueError(f"{self.file}: no table to map to")
        return Mapping(table=self.table, columns={c.file_column: c.column for c in self.columns if c.column})


def propose(raw: RawTable, *, tables: Collection[str] | None = None, landlord: str | None = None) -> Match:
    """The table and columns a file seems to be. `landlord` given means that landlord_code need not be in the file."""
    allowed = [table for table in TABLES if tables is None or table.name in tables]
    fits = {table.name: _fit(raw, table=table, landlord=landlord) for table in allowed}
    if tables is not None and len(allowed) == 1:
        return _match(raw, table=allowed[0], by="chosen", landlord=landlord)
    named = _named(raw, tables=[table.name for table in allowed])
    best = max(fits, key=lambda name: fits[name], default=None)
    if named is not None and best is not None:
        name, whole = named
        if whole or fits[best] < fits[name] + FAR_BETTER:
            return _match(raw, table=TABLE_BY_NAME[name], by="name", landlord=landlord)
    rivals = [name for name, fit in fits.items() if best is not None and fit >= fits[best] - 1 and fit >= LIKE / 2]
    if len(rivals) == 1 and best is not None:
        return _match(raw, table=TABLE_BY_NAME[best], by="columns", landlord=landlord)
    return Match(file=raw.file, sheet=raw.sheet, table=None, by="columns", likeness=0.0, could_be=tuple(rivals))


def _match(raw: RawTable, *, table: Table, by: str, landlord: str | None) -> Match:
    columns, ambiguous = match_columns(raw.columns, table=table)
    found = {match.column for match in columns}
    filled = {"landlord_code"} if landlord else set()
    missing = tuple(c.name for c in table.columns if c.required and c.name not in found and c.name not in filled)
    return Match(
        file=raw.file,
        sheet=raw.sheet,
        table=table.name,
        by=by,
        likeness=_fit(raw, table=table, landlord=landlord),
        columns=columns,
        missing=missing,
        ambiguous=ambiguous,
    )


def match_columns(
    names: Collection[str], *, table: Table
) -> tuple[tuple[ColumnMatch, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    """File columns to the table's columns, best first, each used once; and the ties, of which none is taken."""
    scores = {
        (column.name, name): score
        for column in table.columns
        for name in names
        if (score := likeness(name, table=table.name, column=column.name)) >= LIKE
    }
    taken: dict[str, tuple[str, float]] = {}
    ties: dict[str, tuple[str, ...]] = {}
    for (column, name), score in sorted(scores.items(), key=lambda pair: -pair[1]):
        if name in taken or column in ties or column in {ours for ours, _ in taken.values()}:
            continue
        equals = tuple(other for other in names if other not in taken and scores.get((column, other)) == score)
        if len(equals) > 1:
            ties[column] = equals
        else:
            taken[name] = (column, score)
    matches = tuple(
        ColumnMatch(
            file_column=name, column=taken[name][0] if name in taken else None, likeness=taken.get(name, ("", 0.0))[1]
        )
        for name in names
    )
    return matches, tuple(ties.items())


def likeness(name: str, *, table: str, column: str) -> float:
    """How alike a file's column name and one of our columns are: 100 our own name, 99 and a little less a synonym (the
    earlier in the vocabulary the closer), else the best ratio over all its names. Names whose numbers differ (stage 1,
    stage 2) are never alike."""
    plain = normalised(re.sub(r" \(\d+\)$", "", name))
    names = names_of(table, column)
    if plain in names:
        place = names.index(plain)
        return 100.0 if place == 0 else CERTAIN - place / 100
    digits = re.findall(r"\d+", plain)
    same_digits = [known for known in names if re.findall(r"\d+", known) == digits]
    # A likeness is never as good as a synonym, and short names are alike by chance.
    best = max(
        (fuzz.token_sort_ratio(plain, known) for known in same_digits if len(known) >= SHORTEST_LIKE), default=0.0
    )
    return min(best, CERTAIN - 5)


def _fit(raw: RawTable, *, table: Table, landlord: str | None) -> float:
    """0 to 100: how much of what the table requires is there, and how much of what is there the table knows."""
    names = [name for name in raw.columns if name not in OWN_NOTES]
    if not names:
        return 0.0
    columns, _ = match_columns(names, table=table)
    found = {match.column: match.likeness for match in columns if match.column}
    required = [c.name for c in table.columns if c.required and not (landlord and c.name == "landlord_code")]
    there = sum(found.get(name, 0.0) for name in required) / (100 * len(required))
    known = sum(found.values()) / (100 * len(names))
    return 60 * there + 40 * known


def _named(raw: RawTable, *, tables: Collection[str]) -> tuple[str, bool] | None:
    """The table a sheet or file is named after, and whether the whole name says so or only a part of it."""
    stem = PurePosixPath(raw.file.removesuffix(".gz")).stem
    for name in (raw.sheet, stem):
        if name is None:
            continue
        plain = normalised(name)
        words = f" {' '.join(word for word in plain.split() if not word.isdigit())} "
        for table in tables:
            if plain in (normalised(known) for known in (table, *vocabulary().tables.get(table, ()))):
                return table, True
        lengths = {
            table: max(
                (
                    len(known)
                    for known in map(normalised, (table, *vocabulary().tables.get(table, ())))
                    if f" {known} " in words
                ),
                default=0,
            )
            for table in tables
        }
        longest = max(lengths.values(), default=0)
        candidates = [table for table, length in lengths.items() if length == longest > 0]
        if len(candidates) == 1:
            return candidates[0], False
    return None

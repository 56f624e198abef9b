"""What the intake hands on: rows kept, rows refused, and how columns were matched."""

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field

import polars as pl

from intake.matching import Match
from intake.protecting import MASKED_SCHEMA


@dataclass(frozen=True, kw_only=True)
class KeptPart:
    """Rows that came from files carrying the same columns."""

    frame: pl.DataFrame
    provided: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class KeptTable:
    """The rows of one table that passed.

    `parts` groups them by the columns their file carried: a store updates only a part's `provided` columns, so that a
    file with fewer columns does not blank what is held. `frame` is all rows in the declared schema; `provided` the
    columns any file carried. With one file, or files of the same columns, there is one part.
    """

    parts: tuple[KeptPart, ...]

    @property
    def frame(self) -> pl.DataFrame:
        """All kept rows, in the declared schema."""
        return pl.concat([part.frame for part in self.parts])

    @property
    def provided(self) -> tuple[str, ...]:
        """The columns that at least one file carried, in the declared order."""
        carried = {name for part in self.parts for name in part.provided}
        return tuple(name for name in self.parts[0].frame.columns if name in carried)


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A load, read and judged, before anything is stored.

    kept           table name to kept rows (tables for which a file came, also when no row passed)
    refused        frame file, row, column, found, wanted: several reasons a row; row null speaks for the whole file
    warnings       the same shape; what was kept but deserves a look
    refused_rows   table name to the refused rows as text: `refused_file`, `refused_row`, `refused_because`, then the
                   original cells under our column names
    masked         where something in free text was masked: table, column, file, row, and how many of each kind
    protection     the print of the `Protection` the rows were read with; None where no file was read
    matches        how each file or sheet was read: its table and which of its columns is which of ours
    """

    kept: MappingOf[str, KeptTable]
    refused: pl.DataFrame
    warnings: pl.DataFrame
    refused_rows: MappingOf[str, pl.DataFrame]
    matches: tuple[Match, ...]
    masked: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=MASKED_SCHEMA))
    protection: str | None = None

    def refused_count(self, table: str) -> int:
        """How many rows of the table were refused."""
        return self.refused_rows[table].height if table in self.refused_rows else 0

"""From raw tables to what may be stored: match, read values, judge rows."""

from collections.abc import Callable, Collection, Sequence
from datetime import date

import polars as pl

from intake.files import RawTable
from intake.mapping import Mapping
from intake.prepared import Prepared

StoredKeys = Callable[[str], pl.DataFrame]


def prepare(
    raw_tables: Sequence[RawTable],
    *,
    tables: Collection[str] | None = None,
    mapping: Mapping | Sequence[Mapping] | None = None,
    landlord: str | None = None,
    extract_date: date,
    stored_keys: StoredKeys,
) -> Prepared:
    """Read and judge raw tables; nothing is stored.

    `tables` limits what a file may be; with one name, every file is that table. `mapping` says which file column is
    which of ours. `landlord` fills landlord_code where the file lacks it. `extract_date` is the day the records were
    drawn: nothing that has happened may lie after it. `stored_keys(table)` gives the key columns of the rows held
    (only asked for tables that references or landlord codes need); an empty frame with those columns if none.
    """
    raise NotImplementedError

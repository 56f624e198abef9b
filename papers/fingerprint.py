"""What shows that a paper speaks of these records and no others, and that it says the same when it is made again."""

import hashlib
import json
from typing import Any

import polars as pl

from metrics.records import TABLES, Records
from papers.model import Paper
from papers.plain import as_plain


def data_hash(records: Records) -> str:
    """SHA-256 of every row of the landlord, table by table in the order of their keys, and of reviewers' verdicts.

    Of the values as text, so that it is the same on another machine, in another store, and after an upgrade.
    """
    found = hashlib.sha256()
    for table in TABLES:
        if table.name not in records.frames:
            continue
        found.update(table.name.encode())
        columns = [pl.col(column.name) for column in table.columns]
        rows = records.frame(table.name).select(columns).sort(table.key, nulls_last=True).collect()
        found.update(_as_text(rows))
    if records.ghost_verdicts is not None:
        found.update(_as_text(records.ghost_verdicts))
    return found.hexdigest()


def _as_text(rows: pl.DataFrame) -> bytes:
    return rows.with_columns(pl.col(pl.List(pl.String)).list.join(";")).write_csv().encode()


def figures_hash(paper: Paper) -> str:
    """SHA-256 of everything the paper says but when and by whom it was made."""
    said: dict[str, Any] = as_plain(paper)
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

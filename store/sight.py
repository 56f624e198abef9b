"""The one place where rows are held to the reader who asks: which landlords, which tables, which columns.

Rows leave the store as a Snapshot's scans or as frames listed from them; both pass here. What a reader may not see at
all raises `RefusedError`; in the pseudonymous view references become pseudonyms and residents' words are blank.
"""

import hashlib

import polars as pl

from metrics.access import CASE_TABLES, FREE_TEXT, PSEUDONYMOUS, Reader
from metrics.table import Table

LANDLORD = "landlord_code"
_LENGTH = 10


def of_reach(reader: Reader, rows: pl.LazyFrame) -> pl.LazyFrame:
    """The rows of landlords within the reader's reach; rows that belong to no landlord are everybody's."""
    if reader.landlords is None or LANDLORD not in rows.collect_schema():
        return rows
    return rows.filter(reader.within(pl.col(LANDLORD)))


def as_seen(reader: Reader, table: Table, rows: pl.LazyFrame, landlord_code: str, *, secret: str) -> pl.LazyFrame:
    """One landlord's rows of a table as this reader may see them. Raises RefusedError."""
    reader.require("figures", landlord_code) if table.name not in CASE_TABLES else _require_cases(reader, landlord_code)
    if table.name not in CASE_TABLES or reader.may("cases", landlord_code):
        return rows
    return _without_words(rows, landlord_code, secret)


def listed(reader: Reader, rows: pl.DataFrame, landlord_code: str, *, secret: str) -> pl.DataFrame:
    """Rows made of one landlord's case tables (a list behind a figure) as this reader may see them. Raises
    RefusedError."""
    _require_cases(reader, landlord_code)
    if reader.may("cases", landlord_code):
        return rows
    return _without_words(rows.lazy(), landlord_code, secret).collect()


def _require_cases(reader: Reader, landlord_code: str) -> None:
    if not reader.may("cases", landlord_code):
        reader.require("pseudonymous cases", landlord_code)


def _without_words(rows: pl.LazyFrame, landlord_code: str, secret: str) -> pl.LazyFrame:
    schema = rows.collect_schema()
    blank = [pl.lit(None, dtype=pl.String).alias(name) for name in schema if name in FREE_TEXT]
    replaced = [
        pl.col(name).map_batches(_pseudonyms(landlord_code, name, secret), return_dtype=pl.String)
        for name in schema
        if name in PSEUDONYMOUS
    ]
    return rows.with_columns(*blank, *replaced)


def _pseudonyms(landlord_code: str, column: str, secret: str):  # type: ignore[no-untyped-def]
    def replaced(values: pl.Series) -> pl.Series:
        known = values.drop_nulls().unique()
        made = [pseudonym(value, landlord_code=landlord_code, column=column, secret=secret) for value in known]
        return values.replace_strict(known, pl.Series(made, dtype=pl.String), default=None, return_dtype=pl.String)

    return replaced


def pseudonym(reference: str, *, landlord_code: str, column: str, secret: str) -> str:
    """What stands for a reference: the same for the same, without a way back for whoever lacks the secret."""
    kind = "handler" if column.endswith("_handler") else column
    keyed = hashlib.blake2b(
        f"{landlord_code}\x1f{kind}\x1f{reference}".encode(), key=secret.encode()[:64], digest_size=16
    )
    return f"{kind[0].upper()}-{keyed.hexdigest()[:_LENGTH]}"

"""Short ways to prepare a load in a test."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import polars as pl

from intake.files import RawTable, read_tables
from intake.prepare import prepare
from intake.prepared import Prepared
from metrics.records import TABLE_BY_NAME

EXTRACTED = date(2026, 6, 30)


def stored(**held: Sequence[dict[str, str]]) -> Callable[[str], pl.DataFrame]:
    """Keys held by the store: landlords L1 and L2, and what is given by table."""
    rows = {"landlords": [{"landlord_code": "L1"}, {"landlord_code": "L2"}], **held}

    def keys(table: str) -> pl.DataFrame:
        declared = TABLE_BY_NAME[table]
        schema = {name: declared.column(name).dtype for name in declared.key}
        return pl.DataFrame(rows.get(table, []), schema=schema)

    return keys


def loaded(raw: Sequence[RawTable], **options: Any) -> Prepared:
    """Raw tables prepared with the usual store and extract date."""
    given = {"extract_date": EXTRACTED, "stored_keys": stored(), **options}
    return prepare(raw, **given)


def load_text(text: str | bytes, *, name: str = "complaints.csv", **options: Any) -> Prepared:
    """A CSV text prepared."""
    content = text.encode() if isinstance(text, str) else text
    return loaded(read_tables(content, name=name), **options)


HEADER = "complaint_ref,landlord_code,household_ref,stock,category,received_on"


def complaints(*rows: str, more: str = "") -> str:
    """A complaints CSV: the required columns, then `more` columns."""
    return "\n".join([HEADER + ("," + more if more else ""), *rows]) + "\n"


def only_refusal(prepared: Prepared) -> dict[str, Any]:
    """The one refusal there is."""
    assert prepared.refused.height == 1, prepared.refused.to_dicts()
    return prepared.refused.row(0, named=True)

"""Whose records were erased, known by keyed prints alone: the next export must not bring them back."""

import hmac
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256

import polars as pl
from sqlalchemy import Connection, insert, select

from intake.protecting import LeftOut
from metrics.access import CASE_TABLES
from metrics.table import Table
from store.database import Store, reading
from store.secrets import view_secret
from store.tables import metadata

KINDS = ("household_ref", "complaint_ref")


def remember(connection: Connection, store: Store, landlord_code: str, references: Iterable[tuple[str, str]]) -> None:
    """Keep the prints of erased references, each as (kind, reference), within the caller's transaction."""
    table, now = metadata.tables["erased_references"], datetime.now(UTC).replace(tzinfo=None)
    rows = [
        {
            "landlord_code": landlord_code,
            "kind": kind,
            "print": _print(store, landlord_code, kind, reference),
            "erased_at": now,
        }
        for kind, reference in references
    ]
    if rows:
        connection.execute(insert(table), rows)


def left_out(store: Store) -> tuple[LeftOut | None, str]:
    """Which rows of a file may not come back, and the print of that rule; nothing where nothing was erased."""
    table = metadata.tables["erased_references"]
    with reading(store) as connection:
        known = {(row.landlord_code, row.kind, row.print) for row in connection.execute(select(table))}
    if not known:
        return None, ""

    def rule(of: Table, cells: pl.DataFrame) -> pl.Series:
        gone = pl.Series([False], dtype=pl.Boolean).new_from_index(0, cells.height)
        for kind in (each for each in KINDS if each in cells.columns and "landlord_code" in cells.columns):
            pairs = cells.select("landlord_code", kind).drop_nulls().unique()
            erased = [(*pair, True) for pair in pairs.iter_rows() if _known(store, known, kind, pair)]
            schema = {"landlord_code": pl.String, kind: pl.String, "gone": pl.Boolean}
            found = pl.DataFrame(erased, schema=schema, orient="row")
            joined = cells.join(found, on=["landlord_code", kind], how="left", maintain_order="left")
            gone |= joined["gone"].fill_null(value=False)
        return gone & (of.name in CASE_TABLES)

    return rule, sha256(repr(sorted(known)).encode()).hexdigest()


def _known(store: Store, known: set[tuple[str, str, str]], kind: str, pair: tuple[str, str]) -> bool:
    landlord_code, reference = pair
    return (landlord_code, kind, _print(store, landlord_code, kind, reference)) in known


def _print(store: Store, landlord_code: str, kind: str, reference: str) -> str:
    told = f"{landlord_code}\x1f{kind}\x1f{reference}".encode()
    return hmac.digest(view_secret(store).encode(), told, "sha256").hex()[:32]

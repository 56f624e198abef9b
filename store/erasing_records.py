"""What the records hold of a person who is to be erased, and the records without it."""

import re
import secrets
from collections.abc import Mapping

import polars as pl

from intake.protecting import masked_columns
from metrics.access import PSEUDONYMOUS
from metrics.records import TABLE_BY_NAME

# An open word that so many other rows share is a code and nobody's own.
SHARED_BY = 5
# Shorter references are found in text by chance, as the 12 in “12 days”.
SHORTEST_IN_TEXT = 5
_HANDLERS = {"stage_1_handler", "stage_2_handler"}
Frames = Mapping[str, pl.DataFrame]
"""Rows by table."""
Renamed = Mapping[str, Mapping[str, str]]
"""Kind of reference (column) to what stands for each one from now on."""


def scope_of(held: Frames, kind: str, reference: str) -> dict[str, pl.DataFrame]:
    """The rows that speak of the household, or of the case."""
    complaints = held.get("complaints", TABLE_BY_NAME["complaints"].empty())
    cases = complaints.filter(pl.col(kind) == reference)["complaint_ref"].to_list()
    found = {}
    for name, rows in held.items():
        of = pl.lit(value=False)
        if "complaint_ref" in rows.columns:
            of |= pl.col("complaint_ref").is_in(cases)
        if kind in rows.columns:
            of |= pl.col(kind) == reference
        if (own := rows.filter(of)).height:
            found[name] = own
    if "commitments" in found and "work_orders" in held:
        orders = held["work_orders"].join(
            found["commitments"].select("work_order_ref"), on="work_order_ref", how="semi"
        )
        found |= {"work_orders": orders} if orders.height else {}
    return found


def renamed_in(scope: Frames, household: str) -> dict[str, dict[str, str]]:
    """A chance word for each reference of the rows; of handlers none, of households only `household`."""
    renamed: dict[str, dict[str, str]] = {}
    for rows in scope.values():
        for kind in (PSEUDONYMOUS - _HANDLERS) & set(rows.columns):
            for each in rows[kind].drop_nulls().unique():
                if kind != "household_ref" or each == household:
                    renamed.setdefault(kind, {}).setdefault(each, f"erased-{secrets.token_hex(6)}")
    return renamed


def own_words(scope: Frames, held: Frames) -> set[str]:
    """What was written about this person alone: free text, and open words that hardly another row shares."""
    texts: set[str] = set()
    for name, rows in scope.items():
        for column in masked_columns(TABLE_BY_NAME[name]):
            often = held[name][column].drop_nulls().value_counts().filter(pl.col("count") > SHARED_BY)[column]
            texts |= set(rows[column].drop_nulls()) - set(often)
    return texts


def without(rows: pl.DataFrame, name: str, scope: Frames, renamed: Renamed, texts: set[str]) -> pl.DataFrame:
    """All rows of a table with the references renamed, the person's own words blank, and references named in others'
    words gone."""
    table = TABLE_BY_NAME[name]
    own = rows.join(scope[name].select(table.key), on=table.key, how="semi") if name in scope else rows.clear()
    marked = rows.join(own.select(table.key).with_columns(own=pl.lit(value=True)), on=table.key, how="left")
    open_words = masked_columns(table)
    free = [each.name for each in table.columns if each.free_text]
    of_person = pl.col("own").fill_null(value=False)
    said = {each: pl.lit(each in free) | pl.col(each).is_in(sorted(texts)) for each in open_words}
    blank = [
        pl.when(of_person & of_own).then(None).otherwise(_named_no_more(pl.col(each), renamed)).alias(each)
        for each, of_own in said.items()
    ]
    names = [pl.col(kind).replace(dict(renamed[kind])) for kind in renamed if kind in rows.columns]
    return marked.with_columns(*blank, *names).select(list(table.schema))


def _named_no_more(text: pl.Expr, renamed: Renamed) -> pl.Expr:
    """Text without the references, where they stand as words of their own."""
    for before, after in names_in_text(renamed).items():
        text = text.str.replace_all(rf"(^|[^\w-]){re.escape(before)}($|[^\w-])", f"${{1}}{after}${{2}}")
    return text


def names_in_text(renamed: Renamed) -> dict[str, str]:
    """The references long enough to be looked for within text, with what stands for each from now on."""
    return {b: a for names in renamed.values() for b, a in names.items() if len(b) >= SHORTEST_IN_TEXT}

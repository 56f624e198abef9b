"""Erasing a person's records by reference (UK GDPR article 17): preview, then erase; `docs/decisions/0016`.

What identifies goes: references become chance words, free text goes blank. Dates, service areas, outcomes and sums
stay, so that figures already given to a governing body stay true.
"""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Connection, TableClause, Text, select, true, update

from intake.protecting import masked_columns
from intake.pseudonyms import WISHES, pseudonym
from metrics.access import PSEUDONYMOUS
from metrics.records import TABLE_BY_NAME
from store import audit, erased, history, rewriting
from store.database import Store, reading, writing
from store.history import MASKED
from store.papers import seal_of
from store.protecting import protection_of
from store.secrets import audited_name
from store.tables import metadata

ERASED = "[erased]"
# An open word that so many other rows share is a code and nobody's own.
SHARED_BY = 5
# Shorter references are found in text by chance, as the 12 in “12 days”.
SHORTEST_IN_TEXT = 5
# Loaded tables are rewritten whole; the audit is never rewritten, and holds no references; prints are no references.
_LEFT_ALONE = {"audit_entries", "erased_references", "store_secrets", "alembic_version"}
_HANDLERS = {"stage_1_handler", "stage_2_handler"}
Renamed = Mapping[str, Mapping[str, str]]
"""Kind of reference (column) to what stands for each one from now on."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """What is held under a reference: what it is (`household_ref` or `complaint_ref`), rows by table, rows `beside` the
    records that name it, and entries of the audit that do, made before it named cases by pseudonym."""

    landlord_code: str
    kind: str
    rows: Mapping[str, int]
    beside: int
    in_audit: int
    name_in_audit: str
    scope: Mapping[str, pl.DataFrame] = field(repr=False)
    reference: str = field(repr=False)

    def as_json(self) -> dict[str, Any]:
        """What is held, as counts."""
        names = ("landlord_code", "kind", "rows", "beside", "in_audit", "name_in_audit")
        return {name: getattr(self, name) for name in names}

    def words(self, *, done: bool) -> list[str]:
        """The same in sentences, with what an erasure cannot reach."""
        what = "household" if self.kind == "household_ref" else "case"
        rows = ", ".join(f"{many:,} of {name.replace('_', ' ')}" for name, many in self.rows.items())
        told = [
            f"{'Erased' if done else 'Held'} under this {what}: {rows}; {self.beside:,} verdicts or papers name it."
        ]
        if self.in_audit:
            told.append(f"{self.in_audit:,} entries of the audit name it and cannot be changed: the chain would break.")
        told.append(f"The audit calls it {self.name_in_audit}.")
        if done:
            told.append(
                "It is still in files that were loaded and in backups made before, and in the memory of an app that is "
                "running until it is restarted. Later files are loaded without it."
            )
        return told


def preview(store: Store, landlord_code: str, reference: str) -> Held | None:
    """What is held under a reference of a household or a case; None where nothing is. A reference given as the landlord
    knows it is found under its pseudonym too. Raises RefusedError for all but the administrator."""
    store.reader.require("people and settings")
    held = rewriting.held(store, landlord_code)
    for kind in erased.KINDS:
        for each in _as_stored(store, landlord_code, kind, reference.strip()):
            scope = _scope(held, kind, each)
            if scope:
                return Held(
                    landlord_code=landlord_code,
                    kind=kind,
                    rows={name: rows.height for name, rows in scope.items()},
                    beside=_beside(store, landlord_code, each),
                    in_audit=_in_audit(store, each),
                    name_in_audit=audited_name(store, landlord_code, each, column=kind),
                    scope=scope,
                    reference=each,
                )
    return None


def erase(store: Store, landlord_code: str, reference: str, *, reason: str) -> Held:
    """Erase what is held under a reference. Raises RefusedError, and ValueError without a reason or where nothing is
    held."""
    if not reason.strip():
        raise ValueError("reason: found nothing; wanted why the records are erased")
    with writing(store) as connection:
        found = preview(store, landlord_code, reference)
        if found is None:
            raise ValueError("reference: nothing is held under it; wanted that of a household or a case")
        renamed = _renamed(found)
        held = rewriting.held(store, landlord_code)
        texts = _own_words(found, held)
        rewriting.rewrite(
            store,
            connection,
            landlord_code,
            {name: _without(rows, name, found, renamed, texts) for name, rows in held.items()},
            method="erasure",
        )
        _erase_beside(connection, landlord_code, renamed, texts)
        _erase_refused(connection, landlord_code, renamed)
        known = [(kind, each) for kind in erased.KINDS for each in renamed.get(kind, ())]
        erased.remember(connection, store, landlord_code, known)
        rows = ", ".join(f"{name} {many}" for name, many in found.rows.items())
        detail = f"{found.name_in_audit}: {rows} ({reason.strip()})"
        audit.append(connection, store, "erased", landlord_code=landlord_code, detail=detail)
    rewriting.leave_no_trace(store)
    return found


def _as_stored(store: Store, landlord_code: str, kind: str, reference: str) -> list[str]:
    protection = protection_of(store)
    if protection.wishes.get(landlord_code, WISHES[0]) == WISHES[0]:
        return [reference]
    return [pseudonym(reference, kind=kind, key=protection.key), reference]


def _scope(held: Mapping[str, pl.DataFrame], kind: str, reference: str) -> dict[str, pl.DataFrame]:
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


def _renamed(found: Held) -> dict[str, dict[str, str]]:
    """A chance word for each reference of the rows; of households only the one that is erased, of handlers none."""
    renamed: dict[str, dict[str, str]] = {}
    for rows in found.scope.values():
        for kind in (PSEUDONYMOUS - _HANDLERS) & set(rows.columns):
            for each in rows[kind].drop_nulls().unique():
                if kind != "household_ref" or each == found.reference:
                    renamed.setdefault(kind, {}).setdefault(each, f"erased-{secrets.token_hex(6)}")
    return renamed


def _own_words(found: Held, held: Mapping[str, pl.DataFrame]) -> set[str]:
    """What was written about this person alone: free text, and open words that hardly another row shares."""
    texts: set[str] = set()
    for name, rows in found.scope.items():
        for column in masked_columns(TABLE_BY_NAME[name]):
            often = held[name][column].drop_nulls().value_counts().filter(pl.col("count") > SHARED_BY)[column]
            texts |= set(rows[column].drop_nulls()) - set(often)
    return texts


def _without(rows: pl.DataFrame, name: str, found: Held, renamed: Renamed, texts: set[str]) -> pl.DataFrame:
    """All rows of a table with the references renamed, the person's own words blank, and references named in others'
    words gone."""
    table = TABLE_BY_NAME[name]
    own = (
        rows.join(found.scope[name].select(table.key), on=table.key, how="semi")
        if name in found.scope
        else rows.clear()
    )
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
    for before, after in _in_text(renamed).items():
        text = text.str.replace_all(rf"(^|[^\w-]){re.escape(before)}($|[^\w-])", f"${{1}}{after}${{2}}")
    return text


def _in_text(renamed: Renamed) -> dict[str, str]:
    return {b: a for names in renamed.values() for b, a in names.items() if len(b) >= SHORTEST_IN_TEXT}


def _text_columns(name: str) -> list[str]:
    return [column.name for column in metadata.tables[name].columns if isinstance(column.type, Text)]


def _tables_beside() -> list[str]:
    loaded = set(TABLE_BY_NAME) | _LEFT_ALONE
    return [name for name in metadata.tables if name not in loaded]


def _beside(store: Store, landlord_code: str, reference: str) -> int:
    """How many rows beside the records name the reference: verdicts, answers, papers, commentaries and the like."""
    shortest = len(reference) < SHORTEST_IN_TEXT
    found = 0
    with reading(store) as connection:
        for name in _tables_beside():
            table = metadata.tables[name]
            asked = select(*(table.c[each] for each in _text_columns(name))).where(_of_landlord(table, landlord_code))
            for row in connection.execute(asked):
                found += any(reference == cell if shortest else reference in cell for cell in row if cell)
    return found


def _in_audit(store: Store, reference: str) -> int:
    table = metadata.tables["audit_entries"]
    with reading(store) as connection:
        details = connection.execute(select(table.c.detail).where(table.c.detail.contains(reference, autoescape=True)))
        return sum(1 for _ in details)


def _erase_beside(connection: Connection, landlord_code: str, renamed: Renamed, texts: set[str]) -> None:
    """Verdicts, audits, papers, judgements, commentaries: the references renamed, and the reasons given for this
    person's episodes blank. A paper changed so keeps its place, with a new seal."""
    for name in _tables_beside():
        table = metadata.tables[name]
        key = list(table.primary_key.columns)
        columns = [each for each in _text_columns(name) if each not in {c.name for c in key}]
        if not columns:
            continue
        asked = select(*key, *(table.c[each] for each in columns)).where(_of_landlord(table, landlord_code))
        for row in connection.execute(asked).mappings().all():
            values = _values_without({each: row[each] for each in columns}, renamed, texts)
            if not values:
                continue
            if name == "papers" and "content" in values:
                values["paper_hash"] = seal_of(values["content"])
            same = [column == row[column.name] for column in key]
            connection.execute(update(table).where(*same).values(**values))


def _of_landlord(table: TableClause, landlord_code: str) -> ColumnElement[bool]:
    """A landlord's own rows; of tables that know no landlord, every row."""
    samples = metadata.tables["audit_samples"]
    if "landlord_code" in table.c:
        return table.c.landlord_code == landlord_code
    if "sample" in table.c:
        return table.c.sample.in_(select(samples.c.sample).where(samples.c.landlord_code == landlord_code))
    return true()


def _values_without(cells: Mapping[str, str | None], renamed: Renamed, texts: set[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    of_person = False
    for column, cell in cells.items():
        if cell is None:
            continue
        exact = renamed.get(column, {}).get(cell)
        of_person |= exact is not None
        told = exact if exact is not None else _told_no_more(cell, renamed, texts)
        if told != cell:
            values[column] = told
    if of_person and cells.get("reason"):
        values["reason"] = ERASED
    return values


def _told_no_more(text: str, renamed: Renamed, texts: set[str]) -> str:
    for before, after in _in_text(renamed).items():
        if before in text:
            text = re.sub(rf"(?<![\w-]){re.escape(before)}(?![\w-])", after, text)
    for words in texts:
        for written in (words, json.dumps(words)[1:-1], json.dumps(words, ensure_ascii=False)[1:-1]):
            if len(words) >= SHORTEST_IN_TEXT and written in text:
                text = text.replace(written, ERASED)
    return text


def _erase_refused(connection: Connection, landlord_code: str, renamed: Renamed) -> None:
    """Refused rows that name a reference go; a reason that quotes one says no more what was found."""
    table = metadata.tables["load_refusals"]
    known = "|".join(re.escape(each) for names in renamed.values() for each in names)
    for load, part, content in connection.execute(select(table.c.load, table.c.part, table.c.content)).all():
        if part == MASKED:
            continue
        rows = pl.read_parquet(BytesIO(content))
        named = [
            pl.col(each).str.contains(rf"(^|[^\w-])(?:{known})($|[^\w-])")
            for each, dtype in rows.schema.items()
            if dtype == pl.String()
        ]
        own = (
            pl.col("landlord_code").fill_null(landlord_code) == landlord_code
            if "landlord_code" in rows.columns
            else True
        )
        kept = rows.filter(~(pl.any_horizontal(named).fill_null(value=False) & own))
        if kept.height < rows.height:
            where = (table.c.load == load) & (table.c.part == part)
            connection.execute(update(table).where(where).values(content=history.as_parquet(kept)))

"""Erasing a person's records by reference (UK GDPR article 17): preview, then erase; `docs/decisions/0016`.

What identifies goes: references become chance words, free text goes blank. Dates, service areas, outcomes and sums
stay, so that figures already given to a governing body stay true.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from sqlalchemy import select

from intake.pseudonyms import WISHES, pseudonym
from store import audit, erased, rewriting
from store.database import Store, reading, writing
from store.erasing_beside import erase_beside, erase_refused, rows_beside
from store.erasing_records import own_words, renamed_in, scope_of, without
from store.protecting import protection_of
from store.secrets import audited_name
from store.tables import metadata


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
            scope = scope_of(held, kind, each)
            if scope:
                return Held(
                    landlord_code=landlord_code,
                    kind=kind,
                    rows={name: rows.height for name, rows in scope.items()},
                    beside=rows_beside(store, landlord_code, each),
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
        renamed = renamed_in(found.scope, found.reference)
        held = rewriting.held(store, landlord_code)
        texts = own_words(found.scope, held)
        rewriting.rewrite(
            store,
            connection,
            landlord_code,
            {name: without(rows, name, found.scope, renamed, texts) for name, rows in held.items()},
            method="erasure",
        )
        erase_beside(connection, landlord_code, renamed, texts)
        erase_refused(connection, landlord_code, renamed)
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


def _in_audit(store: Store, reference: str) -> int:
    table = metadata.tables["audit_entries"]
    with reading(store) as connection:
        details = connection.execute(select(table.c.detail).where(table.c.detail.contains(reference, autoescape=True)))
        return sum(1 for _ in details)

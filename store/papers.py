"""Papers as they were made.

Nothing kept here is ever changed or removed: what a meeting was given can be shown again. Every function raises
RefusedError where the store's reader may not.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select

from store import audit
from store.database import Store, reading, writing
from store.ledger import entries
from store.tables import metadata


@dataclass(frozen=True, kw_only=True)
class KeptPaper:
    """One paper as it was made, without its content. `entry` is its number in the store."""

    entry: int
    landlord_code: str
    kind: str
    as_at: date
    kept_at: datetime
    kept_by: str
    finding: str
    method_version: str
    data_hash: str
    paper_hash: str


TABLE = "papers"
NAMES_CASES = {"self-check"}
"""Papers for the complaints team alone."""


def keep_paper(
    store: Store,
    *,
    landlord_code: str,
    kind: str,
    as_at: date,
    kept_by: str,
    finding: str,
    method_version: str,
    data_hash: str,
    content: str,
) -> KeptPaper:
    """Keep a paper; one that says the same as the last of its kind and day is not kept twice."""
    require_kind(store, kind, landlord_code)
    if not kept_by.strip():
        raise ValueError("kept_by: found nothing; wanted the name of who keeps the paper")
    paper_hash = seal_of(content)
    same = [each for each in kept_papers(store, landlord_code) if (each.kind, each.as_at) == (kind, as_at)]
    if same and same[0].paper_hash == paper_hash:
        return same[0]
    values: dict[str, Any] = {
        "landlord_code": landlord_code, "kind": kind, "as_at": as_at, "kept_by": kept_by.strip(),
        "kept_at": datetime.now().replace(microsecond=0), "finding": finding,
        "method_version": method_version, "data_hash": data_hash, "paper_hash": paper_hash,
    }  # fmt: skip
    with writing(store) as connection:
        made = connection.execute(insert(metadata.tables[TABLE]).values(**values, content=content))
        entry = made.inserted_primary_key
        audit.append(connection, store, "paper", landlord_code=landlord_code, detail=f"kept {kind} paper to {as_at}")
    assert entry is not None
    return KeptPaper(entry=entry[0], **values)


def seal_of(content: str) -> str:
    """The SHA-256 by which a paper's content is known to be what was kept."""
    return hashlib.sha256(content.encode()).hexdigest()


def kept_papers(store: Store, landlord_code: str) -> list[KeptPaper]:
    """A landlord's papers: newest day first, of one day the last kept first."""
    store.reader.require("figures", landlord_code)
    sees_cases = store.reader.may("cases", landlord_code)
    kept = entries(store, TABLE, KeptPaper, landlord_code=landlord_code)
    seen = [each for each in kept if sees_cases or each.kind not in NAMES_CASES]
    return sorted(seen, key=lambda each: (each.as_at, each.entry), reverse=True)


def content_of(store: Store, kept: KeptPaper) -> str:
    """A kept paper's content, as it was handed over. Raises ValueError where it is not what was kept."""
    require_kind(store, kept.kind, kept.landlord_code)
    table = metadata.tables[TABLE]
    with reading(store) as connection:
        content = connection.execute(select(table.c.content).where(table.c.entry == kept.entry)).scalar() or ""
    if seal_of(content) != kept.paper_hash:
        raise ValueError(f"paper {kept.entry}: found other content than was kept; wanted {kept.paper_hash[:16]}")
    return content


def last_before(store: Store, landlord_code: str, kind: str, as_at: date) -> KeptPaper | None:
    """The last paper of a kind kept for an earlier day; None where there is none."""
    return next((e for e in kept_papers(store, landlord_code) if e.kind == kind and e.as_at < as_at), None)


def require_kind(store: Store, kind: str, landlord_code: str) -> None:
    """Raise RefusedError where the reader may not see papers of that kind: a self-check names cases."""
    store.reader.require("cases" if kind in NAMES_CASES else "figures", landlord_code)

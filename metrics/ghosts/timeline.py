"""One episode's evidence on one line of time: the formal course of its complaint, and the records that fired."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from metrics.ghosts.kept import lexicon_of
from metrics.ghosts.lexicon import Lexicon
from metrics.ghosts.matching import heard_in
from metrics.records import Records

FORMAL, EVIDENCE = "Formal stages", "Outside the stages"
LANES = (FORMAL, EVIDENCE)
FORMAL_DAYS = {
    "received_on": "Complaint received",
    "stage_1_acknowledged_on": "Stage 1 acknowledged",
    "stage_1_responded_on": "Stage 1 answered",
    "stage_2_requested_on": "Stage 2 requested",
    "stage_2_acknowledged_on": "Stage 2 acknowledged",
    "stage_2_responded_on": "Stage 2 answered",
    "closed_on": "Closed",
}
_KEYS = {"contacts": "contact_ref", "payments": "payment_ref", "complaints": "complaint_ref"}
_TOLD = {
    "contacts": ("direction", "channel", "label", "category", "team"),
    "payments": ("amount",),
    "complaints": ("category", "status", "status_label", "team"),
}
_WORDS = {"contacts": "note", "payments": "reason"}
_KIND = {"contacts": "Contact", "payments": "Payment", "complaints": "Complaint"}


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Something dated. `detectors` are those it fired (none for the formal stages); `heard` says in plain words what a
    note was heard to say; `told` are the record's own fields, and `words` its free text, which only the complaints team
    may read."""

    on: date
    lane: str
    what: str
    detectors: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    reference: str = ""
    told: Mapping[str, Any] | None = None
    words: str = ""


def evidence(records: Records, episode: Mapping[str, Any], as_at: date) -> tuple[Moment, ...]:
    """Everything dated about one episode (a row of `metrics.ghosts.episodes`), oldest first, as known at as_at."""
    found = [*_formal(records, episode["complaint_ref"], as_at), *_fired(records, episode["signals"])]
    return tuple(sorted(found, key=lambda each: (each.on, LANES.index(each.lane), each.what, each.reference)))


def _formal(records: Records, complaint_ref: str | None, as_at: date) -> list[Moment]:
    if complaint_ref is None:
        return []
    rows = records.frame("complaints").filter(pl.col("complaint_ref") == complaint_ref).collect().to_dicts()
    return [
        Moment(on=row[name], lane=FORMAL, what=what, reference=complaint_ref)
        for row in rows
        for name, what in FORMAL_DAYS.items()
        if row[name] is not None and row[name] <= as_at
    ]


def _fired(records: Records, signals: Sequence[Mapping[str, Any]]) -> list[Moment]:
    """Each record once, with all the detectors it fired."""
    fired: dict[tuple[str, str, date], list[str]] = {}
    for signal in signals:
        fired.setdefault((signal["table"], signal["ref"], signal["on"]), []).append(signal["detector"])
    rows = {table: _rows(records, table, [ref for of, ref, _ in fired if of == table]) for table in _KEYS}
    lexicon = lexicon_of(records)
    return [
        _moment(table, ref, on, detectors, rows[table].get(ref, {}), lexicon)
        for (table, ref, on), detectors in fired.items()
    ]


def _rows(records: Records, table: str, refs: Sequence[str]) -> dict[str, dict[str, Any]]:
    if not refs:
        return {}
    key = _KEYS[table]
    found = records.frame(table).filter(pl.col(key).is_in(list(refs))).collect()
    return {row[key]: row for row in found.to_dicts()}


def _moment(
    table: str, ref: str, on: date, detectors: Sequence[str], row: Mapping[str, Any], lexicon: Lexicon
) -> Moment:
    words = str(row.get(_WORDS.get(table, ""), "") or "")
    return Moment(
        on=on,
        lane=EVIDENCE,
        what=f"{_KIND[table]} {ref}",
        detectors=tuple(detectors),
        reference=ref,
        told={name: row[name] for name in _TOLD[table] if row.get(name) is not None},
        heard=heard_in(words, lexicon) if "phrase" in detectors else (),
        words=words,
    )

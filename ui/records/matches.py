"""Which table each file is taken for and which of its columns is which of ours: proposed, saved, or changed by hand."""

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace

import streamlit as st

from intake.mapping import Mapping
from intake.matching import Match, propose
from intake.raw import RawTable
from intake.sorting import SIDE_SHEET
from metrics.records import TABLE_BY_NAME

CHANGED = "records_matches"
BY_WORDS = {
    "name": "by its name",
    "columns": "by its columns",
    "chosen": "as you chose",
    "mapping": "by saved matches",
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Taken:
    """How one file or sheet is taken. `mapping` None: it is left out. `likeness` of each file column; `by` in words;
    `missing` are required columns that no column of the file gives; `ties` columns of ours that several would fit."""

    raw: RawTable
    mapping: Mapping | None
    by: str
    likeness: MappingOf[str, float]
    missing: tuple[str, ...] = ()
    ties: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def label(self) -> str:
        """File and sheet."""
        return self.raw.label


def taken(raw: RawTable, *, saved: MappingOf[str, Mapping], landlord: str | None) -> Taken:
    """What a person changed on the page, else saved matches that fit, else the proposal."""
    chosen = changes().get(raw.label)
    match = propose(raw, tables=(chosen.table,) if chosen else None, landlord=landlord)
    if raw.label in changes():
        return _as(raw, match, chosen, "as you chose", landlord)
    fitting = {name: one for name, one in saved.items() if _fits(one, raw, match)}
    if fitting:
        name = max(fitting, key=lambda each: len(fitting[each].needed))
        return _as(raw, match, fitting[name], f"by the matches saved as “{name}”", landlord)
    if match.table is None or _is_side_sheet(raw, match):
        return _as(raw, match, None, "no table we know", landlord)
    return _as(raw, match, match.mapping(), BY_WORDS[match.by], landlord)


def _fits(mapping: Mapping, raw: RawTable, match: Match) -> bool:
    return not mapping.missing_in(raw) and match.table in (mapping.table, None)


def _is_side_sheet(raw: RawTable, match: Match) -> bool:
    """A sheet that holds something else (a pivot, a chart's figures) beside the records."""
    return raw.sheet is not None and match.by != "name" and match.likeness < SIDE_SHEET


def _as(raw: RawTable, match: Match, mapping: Mapping | None, by: str, landlord: str | None) -> Taken:
    likeness = {each.file_column: each.likeness for each in match.columns}
    if mapping is None:
        return Taken(raw=raw, mapping=None, by=by, likeness=likeness)
    given = {*mapping.columns.values(), *mapping.joined, *mapping.constants}
    if landlord:
        given.add("landlord_code")
    declared = TABLE_BY_NAME[mapping.table]
    return Taken(
        raw=raw,
        mapping=mapping,
        by=by,
        likeness=likeness,
        missing=tuple(column.name for column in declared.columns if column.required and column.name not in given),
        ties=tuple((column, names) for column, names in match.ambiguous if column not in given),
    )


def changes() -> dict[str, Mapping | None]:
    """What was changed on the page, by file and sheet; None: left out."""
    held: dict[str, Mapping | None] = st.session_state.setdefault(CHANGED, {})
    return held


def change(raw: RawTable, mapping: Mapping | None) -> None:
    """Take a file under this mapping from now on."""
    changes()[raw.label] = mapping


def take_for(raw: RawTable, table: str | None, *, landlord: str | None) -> None:
    """Take a file for another table, with the columns proposed for it; None leaves it out."""
    change(raw, None if table is None else propose(raw, tables=(table,), landlord=landlord).mapping())


def forget_changes() -> None:
    """Start from the proposals again."""
    st.session_state.pop(CHANGED, None)


def with_columns(mapping: Mapping, columns: MappingOf[str, str | None], *, month_first: bool) -> Mapping:
    """The mapping with other columns. Raises BadMappingError where two columns of the file are one of ours."""
    kept = {found: ours for found, ours in columns.items() if ours}
    dates = tuple(
        name for name in kept.values() if TABLE_BY_NAME[mapping.table].column(name).kind in ("date", "moment")
    )
    return replace(mapping, columns=kept, month_first=dates if month_first else ())

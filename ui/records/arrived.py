"""What was uploaded, read once: tables as text, the regulator's workbooks, and files that cannot be read."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from intake.files import read_tables
from intake.notices import Notice
from intake.raw import RawTable
from intake.rsh_workbook import RshWorkbook, read_workbook
from store.history import FileSeen

KEPT = "records_arrived"


@dataclass(frozen=True, kw_only=True, eq=False)
class Arrived:
    """The uploads of one visit. `id` changes with the files; `unreadable` says why a file gave no table, `notes` what
    was passed over."""

    id: tuple[str, ...]
    seen: tuple[FileSeen, ...]
    tables: tuple[RawTable, ...]
    workbooks: tuple[tuple[FileSeen, RshWorkbook], ...]
    unreadable: tuple[Notice, ...]
    notes: tuple[Notice, ...]


def read_uploads(files: Sequence[UploadedFile]) -> Arrived:
    """Read the uploads; the same files are not read again on the next run of the page."""
    of = tuple(file.file_id for file in files)
    held = st.session_state.get(KEPT)
    if held is None or held.id != of:
        with st.spinner("Reading the files …"):
            held = _read(of, files)
        st.session_state[KEPT] = held
    found: Arrived = held
    return found


def forget_uploads() -> None:
    """Drop what was read, so that it does not stay in memory."""
    st.session_state.pop(KEPT, None)


def _read(of: tuple[str, ...], files: Sequence[UploadedFile]) -> Arrived:
    seen, workbooks, raw = [], [], []
    for file in files:
        content = file.getvalue()
        this = FileSeen.of_bytes(file.name, content)
        seen.append(this)
        workbook = _regulators(content, file.name)
        if workbook is not None:
            workbooks.append((this, workbook))
        else:
            raw += read_tables(content, name=file.name)
    return Arrived(
        id=of,
        seen=tuple(seen),
        tables=tuple(each for each in raw if each.columns),
        workbooks=tuple(sorted(workbooks, key=lambda pair: pair[1].year)),
        unreadable=tuple(notice for each in raw if not each.columns for notice in each.refused),
        notes=tuple(notice for each in raw for notice in each.warnings),
    )


def _regulators(content: bytes, name: str) -> RshWorkbook | None:
    """The regulator's workbook, if this is one. A workbook of another kind is left to the ordinary reading."""
    if not name.lower().endswith(".xlsx"):
        return None
    try:
        return read_workbook(content, name)
    except ValueError:
        return None

"""The journey of a load: upload, look at the matches, check, load, and what came of it."""

from datetime import date

import streamlit as st

from metrics.phrasing import short_day
from store.landlords import LandlordHeld
from store.loading import LoadResult
from store.mappings import save_mapping
from ui import loading
from ui.cards import card
from ui.entered import told_if_refused
from ui.literal import literal
from ui.markup import element, note, show
from ui.records import arrived as uploads
from ui.records import kept, matches, outcome
from ui.records.arrived import Arrived, read_uploads
from ui.records.check import Checked, check, commit, signature
from ui.records.match_form import match_card
from ui.records.matches import Taken, taken

KINDS = ["csv", "txt", "tsv", "xlsx", "parquet", "zip", "gz"]
ROUND, CHECKED, DONE = "records_round", "records_checked", "records_done"
SAYS_ITSELF = ""


def load_form(landlords: tuple[LandlordHeld, ...]) -> None:
    """Draw the journey as far as it has come."""
    _done()
    files = _upload()
    landlord, extract_date = _about(landlords)
    if not files:
        return
    found = read_uploads(files)
    _unreadable(found)
    saved = kept.column_matches()
    read = [taken(raw, saved=saved, landlord=landlord) for raw in found.tables]
    for _, book in found.workbooks:
        show(element("p", f"This is the regulator's workbook of {book.year}. It is read as it is.", class_="lp-text"))
    for place, each in enumerate(read):
        match_card(each, place=place, landlord=landlord)
    if not found.workbooks and not any(each.mapping for each in read):
        show(note("Nothing to check yet: say above what at least one file holds."))
        return
    _check(found, read, landlord=landlord, extract_date=extract_date)


def _upload() -> list[st.runtime.uploaded_file_manager.UploadedFile]:
    most = st.get_option("server.maxUploadSize")
    files = st.file_uploader(
        "Files to load",
        type=KINDS,
        accept_multiple_files=True,
        key=f"upload-{st.session_state.setdefault(ROUND, 0)}",
        help="CSV, Excel, Parquet, or a zip of them; several at once. The regulator's workbook too.",
    )
    show(
        note(
            f"CSV, Excel (.xlsx), Parquet or a zip, up to {most} MB a file. A larger file: zip it, or load it with "
            "“python cli.py load FILE” on the machine that runs this program. Nothing is stored until you say so."
        )
    )
    return list(files or [])


def _about(landlords: tuple[LandlordHeld, ...]) -> tuple[str | None, date]:
    names = {SAYS_ITSELF: "Each file says itself", **{each.code: f"{each.name} ({each.code})" for each in landlords}}
    left, right = st.columns(2, gap="medium")
    with left:
        landlord = st.selectbox(
            "Whose records, where a file has no landlord column",
            list(names),
            format_func=names.__getitem__,
            key="records_landlord",
        )
    with right:
        drawn = st.date_input(
            "Day the records were drawn",
            value="today",
            format="DD/MM/YYYY",
            max_value="today",
            key="records_extract_date",
            help="Nothing that has happened can be dated after this day; later dates are refused.",
        )
    return landlord or None, drawn if isinstance(drawn, date) else date.today()


def _unreadable(found: Arrived) -> None:
    for notice in found.unreadable:
        st.error(literal(f"{notice.file} cannot be read. Found {notice.found}; wanted {notice.wanted}."))
    for notice in found.notes:
        show(note(f"{notice.file}: found {notice.found}; wanted {notice.wanted}."))


def _check(found: Arrived, read: list[Taken], *, landlord: str | None, extract_date: date) -> None:
    if st.button("These matches are right: check the rows", type="primary", key="check-rows"):
        with st.spinner("Checking every row …"), told_if_refused("Not checked"):
            st.session_state[CHECKED] = check(found, read, landlord=landlord, extract_date=extract_date)
    checked: Checked | None = st.session_state.get(CHECKED)
    if checked is None:
        return
    if checked.signature != signature(found, read, landlord=landlord, extract_date=extract_date):
        show(note("Something was changed since the rows were checked. Check them again."))
        return
    _preview(checked)
    _confirm(checked, read)


def _preview(checked: Checked) -> None:
    for place, part in enumerate(checked.parts):
        with card(f"{part.name}: what loading would do", key=f"preview-{place}"):
            if not part.preview.tables:
                show(note("No row could be read as a table."))
            outcome.counts_list(part.preview.tables, done=False)
            outcome.reasons(part.preview, key=f"preview-{place}")
            outcome.masked(part.preview, done=False, key=f"preview-{place}")
            refused = sum(counts.refused for counts in part.preview.tables.values())
            if refused:
                outcome.refused_download(part.refused_workbook, rows=refused, key=f"preview-refused-{place}")


def _confirm(checked: Checked, read: list[Taken]) -> None:
    if not any(part.changes_something for part in checked.parts):
        show(note("Nothing new to load: every row that is right is held already, or none is right."))
        return
    left, right = st.columns(2, gap="medium")
    with left:
        loaded_by = st.text_input("Your name, for the history", key="records_loaded_by", max_chars=80)
    with right:
        name = st.text_input(
            "Save these matches as",
            key="records_save_as",
            max_chars=80,
            placeholder="for example: Repairs system export",
        )
    show(note("Saved matches are used by themselves when a file with the same columns comes next quarter."))
    if st.button("Load", type="primary", key="load-rows"):
        _load(checked, read, loaded_by=loaded_by.strip() or None, save_as=name.strip())


def _load(checked: Checked, read: list[Taken], *, loaded_by: str | None, save_as: str) -> None:
    results: list[tuple[str, LoadResult]] = []
    for part in checked.parts:
        bar = st.progress(0.0, text=f"{part.name}: storing …")

        def told(done: int, of: int, bar: st.delta_generator.DeltaGenerator = bar, name: str = part.name) -> None:
            bar.progress(min(1.0, done / max(of, 1)), text=f"{name}: stored {done:,} of {of:,} rows")

        results.append((part.name, commit(part, extract_date=checked.extract_date, loaded_by=loaded_by, progress=told)))
    if save_as:
        _save(read, save_as, saved_by=loaded_by or "")
    st.session_state[DONE] = results
    st.session_state[ROUND] += 1
    st.session_state.pop(CHECKED, None)
    matches.forget_changes()
    uploads.forget_uploads()
    st.rerun()


def _save(read: list[Taken], name: str, *, saved_by: str) -> None:
    """Each file's matches under the name; with several files the table's name is added."""
    used = [each.mapping for each in read if each.mapping is not None]
    for mapping in used:
        own = name if len(used) == 1 else f"{name}: {mapping.table}"
        save_mapping(loading.store(), mapping, name=own, saved_by=saved_by)


def _done() -> None:
    results: list[tuple[str, LoadResult]] = st.session_state.get(DONE, [])
    for place, (name, result) in enumerate(results):
        title = f"{name}: loaded, {short_day(date.today())}" if result.committed else f"{name}: nothing was stored"
        with card(title, key=f"done-{place}"):
            outcome.counts_list(result.tables, done=True)
            outcome.masked(result, done=True, key=f"done-{place}")
            refused = sum(counts.refused for counts in result.tables.values())
            if refused and result.load is not None:
                number = result.load
                outcome.reasons(result, key=f"done-{place}")
                outcome.refused_download(kept.refused_rows(number), rows=refused, key=f"done-refused-{place}")
            else:
                show(note("No row was refused."))
    if results and st.button("Done: clear this", key="clear-done"):
        st.session_state.pop(DONE, None)
        st.rerun()

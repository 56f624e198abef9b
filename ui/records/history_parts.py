"""Every load that was made: when, by whom, from which files, and what became of the rows."""

from datetime import UTC
from zoneinfo import ZoneInfo

import streamlit as st

from metrics.phrasing import short_day
from store.history import Visit
from store.mappings import forget_mapping
from ui import empty, loading
from ui.markup import element, note, show
from ui.records import kept
from ui.records.outcome import counts_list, refused_download

PAGE_SIZE = 8
MOST_FILES = 6
LONDON = ZoneInfo("Europe/London")
WAYS = {"page": "on this page", "load-tsm": "regulator's workbook", "seed": "fictional landlords"}


def history_list() -> None:
    """The loads, newest first, a page at a time."""
    visits = loading.visits()
    if not visits:
        empty.line("Nothing was loaded yet.")
        return
    pages = -(-len(visits) // PAGE_SIZE)
    number = min(st.session_state.get("history_page", 1), pages)
    for visit in visits[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]:
        with st.container(key=f"case-row-visit-{visit.load}", gap=None):
            _visit(visit)
    if pages > 1:
        st.pagination(pages, key="history_page")


def _visit(visit: Visit) -> None:
    when = visit.loaded_at.replace(tzinfo=UTC).astimezone(LONDON)
    drawn = f", records drawn {short_day(visit.extract_date)}" if visit.extract_date else ""
    way = WAYS.get(visit.method, visit.method)
    show(
        element("h2", f"Load {visit.load}: {short_day(when.date())}, {when:%H:%M}", class_="lp-title"),
        note(f"By {visit.loaded_by}, {way}{drawn}."),
        note(_files(visit)) if visit.files else "",
    )
    tables = visit.tables or {}
    counts_list(tables, done=True)
    refused = sum(counts.refused for counts in tables.values())
    if refused and visit.load is not None:
        refused_download(kept.refused_rows(visit.load), rows=refused, key=f"history-refused-{visit.load}")


def _files(visit: Visit) -> str:
    named = ", ".join(file.file for file in visit.files[:MOST_FILES])
    left = len(visit.files) - MOST_FILES
    return f"Files: {named}{f' and {left} more' if left > 0 else ''}"


def saved_matches() -> None:
    """The matches saved by name, and the way to forget one."""
    saved = kept.column_matches()
    if not saved:
        empty.line("None is saved yet. Give the matches a name when you load, and they are used again next quarter.")
        return
    for place, (name, mapping) in enumerate(saved.items()):
        with st.container(key=f"case-row-saved-{place}", horizontal=True, vertical_alignment="center"):
            show(element("p", name, class_="lp-text"), note(f"{len(mapping.columns)} columns of {mapping.table}"))
            if st.button("Forget", key=f"forget-{place}", help=f"Forget the matches saved as {name}"):
                forget_mapping(loading.store(), name)
                st.rerun()

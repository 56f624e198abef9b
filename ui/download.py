"""The one button that hands a file out. It is made when the link is followed, and the audit is told who took it: a test
holds that nothing else of the screens hands out files."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from store.audit import note
from ui import opened
from ui.files_out import made_for

MEDIA = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html",
}
"""Kinds of file by the ending of their names."""


@dataclass(frozen=True)
class Taken:
    """What the audit says of a file that holds something of somebody's records: whose, and what it is."""

    landlord_code: str
    what: str


NO_RECORDS = None
"""For files that hold nothing of anybody's records, such as templates."""


def download(label: str, make: Callable[[], bytes], *, file_name: str, taken: Taken | None, key: str) -> None:
    """A button to take a file away. Whoever follows its link after their roles changed, or after signing out, gets
    nothing."""
    held, whose = opened.at_any_time() if taken else None, opened.subject()

    def handed_out() -> bytes:
        if held is not None and taken is not None:
            store = held()
            content = make()
            note(store, "exported", landlord_code=taken.landlord_code, detail=f"{taken.what} ({file_name})")
            return made_for(content, whose)
        return made_for(make(), whose)

    st.download_button(
        label,
        handed_out,
        file_name=file_name,
        mime=MEDIA[file_name.rpartition(".")[2]],
        on_click="ignore",
        key=key,
    )

"""One complaint, and the Ombudsman's findings as lists, as their pages ask for them: kept in the manner of
`ui.loading`, since every click asks again."""

from datetime import date

import streamlit as st

from metrics.case_file import CaseFile, case_file
from metrics.ombudsman.listing import FindingBook, finding_book
from store.secrets import audited_name
from ui import loading
from ui.loading import Key
from ui.opened import seen, store


def complaint(landlord_code: str, complaint_ref: str, as_at: date) -> CaseFile | None:
    """One complaint with everything that belongs to it, as this reader may see it; None where it is not held."""
    found = _complaint(loading.key_of(landlord_code), landlord_code, complaint_ref, as_at)
    if found is not None:
        seen("viewed a case", landlord_code, audited_name(store(), landlord_code, complaint_ref))
    return found


@st.cache_resource(max_entries=64, show_spinner=False)
def _complaint(of: Key, landlord_code: str, complaint_ref: str, as_at: date) -> CaseFile | None:
    return case_file(loading.records_shown(of, landlord_code), complaint_ref, as_at)


def findings(landlord_code: str, as_at: date) -> FindingBook:
    """The Ombudsman's findings of the twelve months, as this reader may see them."""
    return _findings(loading.key_of(landlord_code), landlord_code, as_at)


@st.cache_resource(max_entries=24, show_spinner="Reading the findings …")
def _findings(of: Key, landlord_code: str, as_at: date) -> FindingBook:
    return finding_book(loading.records_shown(of, landlord_code), as_at)

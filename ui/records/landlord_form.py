"""A landlord typed in: the one record every other table needs first. It goes in the way a file does."""

import csv
from io import StringIO

import streamlit as st

from intake.files import read_tables
from intake.prepare import prepare
from metrics.records import TABLE_BY_NAME
from store.history import FileSeen
from store.loading import Manner, load, stored_keys
from store.protecting import protection_of
from ui.literal import literal
from ui.loading import store
from ui.markup import note, show

FILE = "landlords typed in.csv"
ADDED = "landlord_added"
ASKED = ("landlord_code", "name", "landlord_type", "homes_lcra", "homes_lcho", "region")


def landlord_form() -> None:
    """Draw the form."""
    added = st.session_state.pop(ADDED, None)
    if added:
        st.success(literal(f"{added} is held now. Choose it above for files that do not say whose records they are."))
    show(note("Records of a landlord that is not held are refused. Type it in here once, or load a table “landlords”."))
    with st.form("landlord", clear_on_submit=False, border=False):
        left, right = st.columns(2, gap="medium")
        typed = {
            "landlord_code": left.text_input("Code *", max_chars=40, help="As the regulator or your group uses it"),
            "name": right.text_input("Name *", max_chars=200),
            "landlord_type": left.selectbox("Type", ["", *TABLE_BY_NAME["landlords"].column("landlord_type").allowed]),
            "region": right.text_input("Region", max_chars=80),
            "homes_lcra": left.text_input("Rented homes (LCRA)", max_chars=9),
            "homes_lcho": right.text_input("Shared ownership homes (LCHO)", max_chars=9),
        }
        if st.form_submit_button("Add this landlord"):
            _keep({name: str(value or "").strip() for name, value in typed.items()})


def _keep(typed: dict[str, str]) -> None:
    text = StringIO()
    csv.writer(text).writerows([ASKED, [typed[name] for name in ASKED]])
    content = text.getvalue().encode()
    prepared = prepare(
        read_tables(content, name=FILE),
        tables=("landlords",),
        extract_date=st.session_state["records_extract_date"],
        stored_keys=stored_keys(store()),
        protection=protection_of(store()),
    )
    if prepared.refused.height:
        for reason in prepared.refused.to_dicts():
            what, found = reason["column"] or "This landlord", reason["found"] or "nothing"
            st.error(literal(f"{what}: found {found}; wanted {reason['wanted']}."))
        return
    load(store(), prepared, manner=Manner(method="page", files=(FileSeen.of_bytes(FILE, content),)))
    st.session_state[ADDED] = typed["name"]
    st.rerun()

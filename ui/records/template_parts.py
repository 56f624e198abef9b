"""Blank templates and the data dictionary, both read off the declarations."""

from functools import partial

import streamlit as st

from intake.templates import all_templates, data_dictionary, data_dictionary_workbook, template
from metrics.phrasing import table_words
from metrics.records import TABLE_BY_NAME
from ui.cards import card
from ui.markup import element, note, show, table
from ui.records.outcome import XLSX


def templates() -> None:
    """Everything at once, or one table."""
    with card("Blank templates", key="templates"):
        show(
            note("A template loads as it is once filled. Your own exports do too: columns are matched, not prescribed.")
        )
        st.download_button(
            "Download all templates (zip)", all_templates, file_name="templates.zip", mime="application/zip",
            on_click="ignore", key="all-templates",
        )  # fmt: skip
        name = st.selectbox("One table", list(TABLE_BY_NAME), format_func=table_words, key="template-table")
        with st.container(horizontal=True, gap="small"):
            st.download_button(
                "Workbook", partial(template, name, "xlsx"), file_name=f"{name}.xlsx", mime=XLSX, on_click="ignore",
                key="template-xlsx",
            )  # fmt: skip
            st.download_button(
                "CSV", partial(template, name, "csv"), file_name=f"{name}.csv", mime="text/csv", on_click="ignore",
                key="template-csv",
            )  # fmt: skip
    dictionary(name)


def dictionary(name: str) -> None:
    """Every column of one table, and the whole dictionary to take away."""
    declared = TABLE_BY_NAME[name]
    words = table_words(name)
    with card(f"Columns of {words}", key="dictionary"):
        show(element("p", f"{declared.meaning}. One row is known by {', '.join(declared.key)}.", class_="lp-text"))
        found = [each for each in data_dictionary().to_dicts() if each["table"] == name]
        lines = [
            (
                each["column"],
                each["required"],
                each["kind"],
                each["allowed"] or "–",
                each["rules"] or "–",
                each["meaning"],
            )
            for each in found
        ]
        columns = ("Column", "Needed", "Kind", "One of", "Rules", "Meaning")
        show(
            table(columns, lines, caption=f"Data dictionary: {words}", wordy=frozenset({"Rules", "Meaning", "One of"}))
        )
        st.download_button(
            "Download the whole data dictionary", data_dictionary_workbook, file_name="data-dictionary.xlsx", mime=XLSX,
            on_click="ignore", key="data-dictionary",
        )  # fmt: skip

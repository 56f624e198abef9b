"""Blank templates and the data dictionary, both read off the declarations."""

from functools import partial
from typing import Literal

import streamlit as st

from intake.templates import all_templates, data_dictionary, data_dictionary_workbook, template
from metrics.phrasing import table_words
from metrics.records import TABLE_BY_NAME
from ui.cards import card
from ui.download import NO_RECORDS, download
from ui.markup import element, note, show, table


def templates() -> None:
    """Everything at once, or one table."""
    with card("Blank templates", key="templates"):
        show(
            note("A template loads as it is once filled. Your own exports do too: columns are matched, not prescribed.")
        )
        download(
            "Download all templates (zip)",
            all_templates,
            file_name="templates.zip",
            taken=NO_RECORDS,
            key="all-templates",
        )
        name = st.selectbox("One table", list(TABLE_BY_NAME), format_func=table_words, key="template-table")
        with st.container(horizontal=True, gap="small"):
            _blank("Workbook", name, "xlsx")
            _blank("CSV", name, "csv")
    dictionary(name)


def _blank(label: str, name: str, kind: Literal["csv", "xlsx"]) -> None:
    make = partial(template, name, kind)
    download(label, make, file_name=f"{name}.{kind}", taken=NO_RECORDS, key=f"template-{kind}")


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
        download(
            "Download the whole data dictionary",
            data_dictionary_workbook,
            file_name="data-dictionary.xlsx",
            taken=NO_RECORDS,
            key="data-dictionary",
        )

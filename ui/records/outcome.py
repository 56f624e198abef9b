"""What a load did, or would do, in words: counts by table, reasons for refusal, warnings, and the refused rows."""

from collections.abc import Callable, Mapping

import streamlit as st

from intake.export import safe_csv
from intake.protecting import counted, masked_words
from metrics.phrasing import capital, table_words
from store.history import TableCounts
from store.loading import LoadResult
from ui.download import Taken, download
from ui.markup import element, note, show, table

SHOWN = 12
COLUMNS = ("file", "row", "column", "found", "wanted")
MASKED_COLUMNS = ("file", "row", "column", "names", "emails", "phones", "addresses")
OWN_TABLES = {
    "tsm_missing": "reasons for absent figures",
    "national_figures": "national figures",
}


def counts_words(tables: Mapping[str, TableCounts], *, done: bool) -> list[str]:
    """`complaints: 120 new, 3 corrected, 900 unchanged, 9 refused`, a line a table."""
    return [f"{_named(name)}: {_counted(counts, done=done)}" for name, counts in tables.items()]


def _named(name: str) -> str:
    words = OWN_TABLES.get(name, table_words(name))
    return capital(words)


def _counted(counts: TableCounts, *, done: bool) -> str:
    parts = [
        f"{counts.kept:,} new" if counts.kept else "",
        f"{counts.changed:,} corrected" if counts.changed else "",
        f"{counts.unchanged:,} already held" if counts.unchanged else "",
        f"{counts.refused:,} {'refused' if done else 'would be refused'}" if counts.refused else "",
    ]
    return ", ".join(part for part in parts if part) or "nothing in it"


def counts_list(tables: Mapping[str, TableCounts], *, done: bool) -> None:
    """The same as a list."""
    show(element("ul", *(element("li", line) for line in counts_words(tables, done=done)), class_="lp-plain"))


def reasons(result: LoadResult, *, key: str) -> None:
    """The first reasons for refusal, and the warnings, as tables of text."""
    _notices(result.refused.head(SHOWN).to_dicts(), of=result.refused.height, caption="Why rows are refused")
    if result.warnings.height:
        with st.expander(f"{result.warnings.height:,} things worth a look", key=f"warnings-{key}"):
            _notices(
                result.warnings.head(SHOWN).to_dicts(), of=result.warnings.height, caption="Kept, but worth a look"
            )


def _notices(found: list[dict[str, object]], *, of: int, caption: str) -> None:
    if not found:
        return
    lines = [tuple("–" if each[name] is None else str(each[name]) for name in COLUMNS) for each in found]
    heads = ("File", "Row", "Column", "Found", "Wanted")
    show(table(heads, lines, caption=caption, wordy=frozenset({"Found", "Wanted"})))
    if of > len(found):
        show(note(f"And {of - len(found):,} more: every one is in the workbook of refused rows."))


def masked(result: LoadResult, *, done: bool, key: str) -> None:
    """What was masked in free text, by column, and in which rows."""
    found = result.masked
    if found.is_empty():
        return
    lines = counted(found).sort("table", "column")
    show(element("ul", *(element("li", masked_words(each)) for each in lines.to_dicts()), class_="lp-plain"))
    with st.expander(f"Where free text was masked: {found.height:,} cells", key=f"masked-{key}"):
        show(
            note(
                f"Names, email addresses, phone numbers and addresses {'were' if done else 'would be'} replaced by a "
                "sign. Masking finds most, not all: read what you show."
            ),
        )
        shown = found.head(SHOWN)
        rows = [tuple(str(each[name]) for name in MASKED_COLUMNS) for each in shown.to_dicts()]
        heads = ("File", "Row", "Column", "Names", "Emails", "Phones", "Addresses")
        show(table(heads, rows, caption=f"The first {shown.height} of them"))
        download(
            "Download where",
            lambda: safe_csv(found),
            file_name="masked-cells.csv",
            taken=Taken("", f"where {found.height:,} cells were masked"),
            key=f"masked-where-{key}",
        )


def refused_download(make: Callable[[], bytes], *, rows: int, key: str) -> None:
    """The refused rows to mend and load again."""
    words = f"{rows:,} refused row{'' if rows == 1 else 's'}"
    download(
        f"Download the {words} with reasons",
        make,
        file_name="refused-rows.xlsx",
        taken=Taken("", words),
        key=key,
    )
    show(note("Mend the rows in the workbook and upload it here: it is read as it is, and the reasons are left out."))

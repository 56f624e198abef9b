"""One file as it is taken: its table, its columns with their likeness, and the form to change either."""

import streamlit as st

from intake.mapping import BadMappingError, Mapping
from metrics.phrasing import capital, table_words
from metrics.records import TABLE_BY_NAME, TABLES
from ui.cards import card, rows, state_row
from ui.literal import literal
from ui.markup import Markup, element, note, show, table
from ui.records import matches
from ui.records.matches import Taken

LEAVE_OUT = "leave it out"
NOT_READ = "not read"


def match_card(taken: Taken, *, place: int, landlord: str | None) -> None:
    """Draw one file; what is changed here counts from the next run."""
    with card(_title(taken), key=f"match-{place}"):
        show(element("p", _sentence(taken), class_="lp-text"))
        faults = [*(_missing(taken, name) for name in taken.missing), *(_tie(*each) for each in taken.ties)]
        if faults:
            show(rows([state_row("not met", what, more=more) for what, more in faults]))
        with st.expander("Columns as they are matched", key=f"columns-{place}"):
            show(_columns(taken))
        if st.toggle("Change the table or the matches", key=f"change-{place}-{taken.label}"):
            _table_choice(taken, place, landlord)
            if taken.mapping is not None:
                _form(taken, taken.mapping, place)


def _title(taken: Taken) -> str:
    if taken.mapping is None:
        return f"{taken.label}: left out"
    words = table_words(taken.mapping.table)
    return f"{taken.label}: {words}"


def _sentence(taken: Taken) -> str:
    count = f"{taken.raw.frame.height:,} rows"
    if taken.mapping is None:
        return f"{count}, {taken.by}. Nothing of it will be loaded unless you say what it is."
    read = len(taken.mapping.columns)
    return (
        f"{count}. Taken for {table_words(taken.mapping.table)} {taken.by}; {read} of {len(taken.raw.columns)} columns "
        f"are read. {TABLE_BY_NAME[taken.mapping.table].meaning}."
    )


def _missing(taken: Taken, name: str) -> tuple[str, str]:
    assert taken.mapping is not None
    if name == "landlord_code":
        return (
            "No column says whose records these are",
            "Choose the landlord above, or match a column to landlord_code.",
        )
    meaning = TABLE_BY_NAME[taken.mapping.table].column(name).meaning
    return f"No column for {name}", f"{meaning}. It is required: without it every row of this file is refused."


def _tie(column: str, names: tuple[str, ...]) -> tuple[str, str]:
    return f"Several columns could be {column}: {', '.join(names)}", "None is read until you say which."


def _columns(taken: Taken) -> Markup:
    ours = taken.mapping.columns if taken.mapping else {}
    lines = [(name, ours.get(name) or NOT_READ, _likeness(taken, name, ours.get(name))) for name in taken.raw.columns]
    return table(("Column in the file", "Read as", "Likeness"), lines, caption="Likeness of 100: the same name")


def _likeness(taken: Taken, name: str, ours: str | None) -> str:
    found = taken.likeness.get(name, 0.0)
    if ours is None:
        return "–"
    return f"{found:.0f}" if found else "as said"


def _table_choice(taken: Taken, place: int, landlord: str | None) -> None:
    offered = [LEAVE_OUT, *(each.name for each in TABLES)]
    now = taken.mapping.table if taken.mapping else LEAVE_OUT
    picked = st.selectbox(
        "This file holds",
        offered,
        index=offered.index(now),
        format_func=lambda each: each if each == LEAVE_OUT else table_words(each),
        key=f"table-{place}-{taken.label}-{now}",
    )
    if picked != now:
        matches.take_for(taken.raw, None if picked == LEAVE_OUT else picked, landlord=landlord)
        st.rerun()


def _form(taken: Taken, mapping: Mapping, place: int) -> None:
    declared = TABLE_BY_NAME[mapping.table]
    offered = [NOT_READ, *(column.name for column in declared.columns)]
    with st.form(f"matches-{place}", border=False):
        show(note("Each column of the file, and which of ours it is. A star marks what is required."))
        required = {column.name for column in declared.columns if column.required}
        columns = st.columns(2, gap="medium")
        picked = {
            name: columns[at % 2].selectbox(
                literal(name),
                offered,
                index=offered.index(mapping.columns.get(name) or NOT_READ),
                format_func=lambda each: f"{each} *" if each in required else each,
                key=f"column-{place}-{at}-{mapping.table}",
            )
            for at, name in enumerate(taken.raw.columns)
        }
        month_first = st.checkbox(
            "Dates in this file have the month first (03/25/2026)", value=bool(mapping.month_first)
        )
        if st.form_submit_button("Use these matches", type="primary"):
            _keep(
                taken,
                mapping,
                {found: None if ours == NOT_READ else ours for found, ours in picked.items()},
                month_first,
            )


def _keep(taken: Taken, mapping: Mapping, picked: dict[str, str | None], month_first: bool) -> None:
    try:
        matches.change(taken.raw, matches.with_columns(mapping, picked, month_first=month_first))
    except BadMappingError as fault:
        st.error(literal(f"{capital(str(fault))}."))
        return
    st.rerun()

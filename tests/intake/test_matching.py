"""Which table a file is, and which column is which: proposals, mappings, and what is said where it is not clear."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from intake.files import read_tables
from intake.mapping import BadMappingError, Mapping, mapping_from, mappings_from
from intake.matching import likeness, match_columns, propose
from intake.raw import RawTable
from metrics.records import TABLE_BY_NAME, TABLES
from tests.intake.loads import EXTRACTED, complaints, load_text, loaded, only_refusal

EXPORT = "Case Ref,Tenancy Ref,Tenure,Service Area,Date Received,S1 Ack Date,Stage 1 Response Date,Outcome\n"


def raw(header: str, *, name: str = "export.csv", rows: str = "1,2,3,4\n") -> RawTable:
    [table] = read_tables(f"{header}\n{rows}".encode(), name=name)
    return table


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_is_told_by_its_own_columns(table) -> None:  # type: ignore[no-untyped-def]
    match = propose(raw(",".join(table.schema)))
    assert (match.table, match.missing) == (table.name, ())
    assert {c.file_column: c.column for c in match.columns} == {name: name for name in table.schema}


def test_columns_of_a_real_export_are_matched_by_synonym() -> None:
    match = propose(raw(EXPORT), landlord="L1")
    assert match.table == "complaints" and match.missing == ()
    assert {c.file_column: c.column for c in match.columns} == {
        "Case Ref": "complaint_ref",
        "Tenancy Ref": "household_ref",
        "Tenure": "stock",
        "Service Area": "category",
        "Date Received": "received_on",
        "S1 Ack Date": "stage_1_acknowledged_on",
        "Stage 1 Response Date": "stage_1_responded_on",
        "Outcome": "stage_1_outcome",
    }


def test_a_slip_of_the_pen_is_taken_by_likeness_and_said() -> None:
    text = complaints("A1,L1,H1,LCRA,Repairs,05/03/2026").replace("household_ref", "Houshold refrence")
    prepared = load_text(text)
    assert prepared.kept["complaints"].frame.height == 1
    [warning] = prepared.warnings["found"].to_list()
    assert warning.startswith("“Houshold refrence”, taken for household_ref by likeness (")


def test_stage_1_and_stage_2_are_never_alike() -> None:
    assert likeness("Stage 1 responded on", table="complaints", column="stage_1_responded_on") == 100
    assert likeness("Stage 1 responded on", table="complaints", column="stage_2_responded_on") < 86


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("Complaints 2025-26.csv", "complaints"),
        ("2026-03_contacts_export.csv", "contacts"),
        ("Learning Actions.csv", "learning_actions"),
    ],
)
def test_the_name_of_a_file_tells_its_table(name: str, table: str) -> None:
    match = propose(raw("ref,something,date,else", name=name))
    assert (match.table, match.by) == (table, "name")
    assert match.missing


def test_columns_beat_a_name_that_only_mentions_a_table() -> None:
    header = ",".join(TABLE_BY_NAME["contacts"].schema)
    assert propose(raw(header, name="complaints team.csv")).table == "contacts"


def test_a_sheet_named_like_a_table_is_that_table() -> None:
    table = replace(raw("ref,date,else,more"), sheet="payments", file="complaints.xlsx")
    assert propose(table).table == "payments"


def test_a_chosen_table_needs_no_name() -> None:
    prepared = load_text(
        "ref,household,tenure,category,date\nA1,H1,LCRA,Damp,05/03/2026\n",
        name="x.csv",
        tables=["complaints"],
        landlord="L1",
    )
    assert prepared.kept["complaints"].frame["complaint_ref"].to_list() == ["A1"]
    assert prepared.matches[0].by == "chosen"


def test_a_file_of_no_table_is_refused_with_the_tables_there_are() -> None:
    refusal = only_refusal(load_text("apple,pear\n1,2\n", name="fruit.csv"))
    assert refusal["found"] == "columns of no table we know: apple, pear"
    assert "the table chosen: landlords, complaints" in refusal["wanted"]


def test_two_columns_of_one_name_are_not_guessed_between() -> None:
    prepared = load_text(complaints("A1,L1,H1,LCRA,Repairs,05/03/2026,06/03/2026", more="received_on"))
    refusal = only_refusal(prepared)
    assert refusal["found"] == "several columns that could be it: received_on, received_on (2)"
    assert refusal["wanted"].startswith("a mapping that says which of them is received_on")
    optional = load_text(complaints("A1,L1,H1,LCRA,Repairs,05/03/2026,a,b", more="team,team"))
    assert optional.refused.is_empty() and optional.kept["complaints"].frame["team"].to_list() == [None]
    assert "several columns that could be it: team, team (2)" in optional.warnings["found"].to_list()


def test_columns_nobody_reads_are_named() -> None:
    prepared = load_text(complaints("A1,L1,H1,LCRA,Repairs,05/03/2026,red", more="favourite colour"))
    assert prepared.warnings["found"].to_list() == ["columns that were not read: favourite colour"]


def test_each_file_column_is_used_once() -> None:
    columns, ties = match_columns(["Received", "Date received", "Created"], table=TABLE_BY_NAME["complaints"])
    assert [c.column for c in columns].count("received_on") == 1 and ties == ()


def test_a_proposal_becomes_a_mapping_that_is_saved_and_read_again() -> None:
    mapping = propose(raw(EXPORT), landlord="L1").mapping()
    assert mapping_from(mapping.as_json()) == mapping
    assert mappings_from(f"[{mapping.as_json()}, {mapping.as_json()}]") == (mapping, mapping)


FINDINGS = Mapping(
    table="determinations",
    name="Ombudsman findings",
    columns={"landlord": "landlord_code", "decision_date": "decided_on", "category": "category", "finding": "finding"},
    values={"landlord_code": {"Alpha Homes": "L1"}, "finding": {"Mal.": "maladministration", "?": ""}},
    joined={"determination_ref": ("case_id", "category", "#occurrence")},
    only_landlords=("L1",),
)
FINDINGS_TEXT = (
    "case_id,landlord,decision_date,category,finding\n"
    "7,Alpha Homes,26 May 2026,Damp,Mal.\n7,alpha homes,26 May 2026,Damp,Service Failure\n"
    "8,Beta,26 May 2026,Damp,Mal.\n9,Alpha Homes,26 May 2026,Damp,?\n"
)


def test_a_mapping_with_values_joined_columns_and_chosen_landlords() -> None:
    prepared = load_text(FINDINGS_TEXT, name="any.csv", mapping=FINDINGS)
    kept = prepared.kept["determinations"].frame
    assert kept["determination_ref"].to_list() == ["7-Damp-1", "7-Damp-2"]
    assert kept["finding"].to_list() == ["maladministration", "service failure"]
    assert prepared.warnings["found"].to_list() == ["1 rows of other landlords than L1"]
    assert only_refusal(prepared)["found"] == "a blank cell"
    assert mapping_from(FINDINGS.as_json()) == FINDINGS


def test_constants_fill_what_the_file_lacks_and_its_blanks() -> None:
    mapping = Mapping(
        table="complaints",
        columns={"id": "complaint_ref", "cat": "category", "day": "received_on", "home": "household_ref"},
        constants={"stock": "General needs", "landlord_code": "L1", "category": "Not recorded"},
        month_first=("received_on",),
    )
    kept = (
        load_text("id,cat,day,home\nA1,Damp,06/25/2015,H1\nA2,,06/05/2015,H1\n", mapping=mapping)
        .kept["complaints"]
        .frame
    )
    assert kept["stock"].to_list() == ["LCRA", "LCRA"] and kept["category"].to_list() == ["Damp", "Not recorded"]
    assert kept["received_on"].to_list() == [date(2015, 6, 25), date(2015, 6, 5)]


def test_the_row_number_can_be_part_of_a_reference() -> None:
    mapping = Mapping(table="contractors", joined={"contractor": ("who", "#row")}, constants={"landlord_code": "L1"})
    assert load_text("who,x\nAcme,1\nBest,2\n", mapping=mapping).kept["contractors"].frame["contractor"].to_list() == [
        "Acme-2",
        "Best-3",
    ]


def test_a_mapping_finds_its_header_under_titles() -> None:
    text = "Extract,,,\nof findings,,,\n" + FINDINGS_TEXT
    raws = read_tables(text.encode(), name="any.csv", expected=FINDINGS.needed)
    assert loaded(raws, mapping=FINDINGS).kept["determinations"].frame.height == 2


def test_a_mapping_that_does_not_fit_the_file_says_what_is_lacking() -> None:
    refusal = only_refusal(load_text("case_id,landlord,category\n1,2,3\n", name="determinations.csv", mapping=FINDINGS))
    assert refusal["found"] == "no column decision_date, finding; the file has case_id, landlord, category"


def test_a_mapping_without_a_required_column_refuses_the_file() -> None:
    mapping = Mapping(table="complaints", columns={"id": "complaint_ref"})
    prepared = load_text("id,x\n1,2\n", mapping=mapping)
    assert set(prepared.refused["column"]) == {"landlord_code", "household_ref", "stock", "category", "received_on"}


def test_other_files_of_a_load_are_matched_by_themselves() -> None:
    raws = [
        *read_tables(FINDINGS_TEXT.encode(), name="any.csv"),
        *read_tables(complaints("A1,L1,H1,LCRA,Damp,05/03/2026").encode(), name="complaints.csv"),
    ]
    prepared = loaded(raws, mapping=FINDINGS)
    assert prepared.kept["complaints"].frame.height == 1 and prepared.kept["determinations"].frame.height == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "found text that is not JSON"),
        ("{}", 'found no "table"'),
        ('{"table": "moons"}', "table: found 'moons'; wanted one of landlords"),
        ('{"table": "events", "columns": {"a": "moon"}}', "column: found 'moon'; wanted a column of events"),
        ('{"table": "events", "colour": 1}', "found 'colour'; wanted only"),
        ('{"table": "events", "columns": ["a"]}', "found a list or a word"),
        ('{"table": "events", "columns": {"a": "title", "b": "title"}}', "column title: found two sources"),
    ],
)
def test_a_bad_mapping_says_what_was_found_and_wanted(content: str, message: str) -> None:
    with pytest.raises(BadMappingError, match=message.replace("(", r"\(")):
        mapping_from(content)


def test_no_table_no_mapping() -> None:
    with pytest.raises(ValueError, match="no table to map to"):
        propose(raw("apple,pear")).mapping()


def test_extract_date_is_the_caller_s() -> None:
    assert load_text(complaints("A1,L1,H1,LCRA,Damp,01/07/2026")).refused.height == 1
    later = EXTRACTED.replace(year=2027)
    assert load_text(complaints("A1,L1,H1,LCRA,Damp,01/07/2026"), extract_date=later).refused.is_empty()


def test_the_match_is_handed_on_for_confirmation() -> None:
    prepared = load_text(complaints("A1,L1,H1,LCRA,Damp,01/06/2026"))
    [match] = prepared.matches
    assert match.likeness == pytest.approx(100) and isinstance(prepared.refused, pl.DataFrame)

"""Which rows are kept and which refused, each refusal by its words."""

from datetime import date

import polars as pl
import pytest

from intake.files import read_tables
from intake.linking import reading_order
from metrics.records import TABLES
from tests.intake.loads import EXTRACTED, HEADER, complaints, load_text, loaded, only_refusal, stored

GOOD = "A1,L1,H1,LCRA,Repairs,05/03/2026"


@pytest.mark.parametrize("column", HEADER.split(","))
def test_a_missing_required_column_is_one_refusal_for_the_file(column: str) -> None:
    place = HEADER.split(",").index(column)
    lines = [",".join(cell for at, cell in enumerate(line.split(",")) if at != place) for line in (HEADER, GOOD)]
    prepared = load_text("\n".join(lines))
    refusal = only_refusal(prepared)
    assert (refusal["file"], refusal["row"], refusal["column"]) == ("complaints.csv", None, column)
    assert refusal["found"].startswith("no such column; the file has ")
    assert refusal["wanted"].startswith(f"a column {column} (")
    assert prepared.kept["complaints"].frame.is_empty() and prepared.refused_count("complaints") == 1


def test_a_file_without_required_columns_comes_back_with_all_it_held_and_the_columns_to_fill() -> None:
    prepared = load_text(
        "complaint_ref,landlord_code,stock,category,received_on,own words\nA1,L1,LCRA,Damp,05/03/2026,hello\n"
    )
    back = prepared.refused_rows["complaints"]
    assert back["own words"].to_list() == ["hello"] and back["household_ref"].to_list() == [None]


@pytest.mark.parametrize("column", [name for name in HEADER.split(",") if name != "landlord_code"])
def test_a_blank_required_cell(column: str) -> None:
    place = HEADER.split(",").index(column)
    row = ",".join("" if at == place else cell for at, cell in enumerate(GOOD.split(",")))
    refusal = only_refusal(load_text(complaints(row)))
    assert (refusal["row"], refusal["column"], refusal["found"]) == (2, column, "a blank cell")
    assert refusal["wanted"].endswith(f"({column} is required)")


def test_a_cell_that_cannot_be_read_is_not_called_blank_too() -> None:
    assert only_refusal(load_text(complaints(GOOD.replace("LCRA", "Moon"))))["found"] == "Moon"


def test_several_reasons_for_one_row() -> None:
    prepared = load_text(complaints("A1,,H1,Moon,,soon"))
    assert prepared.refused["column"].to_list() == ["stock", "received_on", "landlord_code", "category"]
    assert prepared.refused_count("complaints") == 1


@pytest.mark.parametrize("pair", [pair for table in TABLES if table.name == "complaints" for pair in table.order])
def test_dates_that_are_out_of_order(pair: tuple[str, str]) -> None:
    earlier, later = pair
    header = [*HEADER.split(","), *(name for name in pair if name != "received_on")]
    cells = dict(zip(HEADER.split(","), GOOD.split(","), strict=True)) | {"received_on": "2026-01-01"}
    cells |= {earlier: "2026-03-05", later: "2026-03-04"}
    prepared = load_text(",".join(header) + "\n" + ",".join(cells[name] for name in header) + "\n")
    refusal = only_refusal(prepared)
    assert (refusal["column"], refusal["found"]) == (later, "2026-03-04")
    assert refusal["wanted"] == f"a date on or after {earlier} (2026-03-05)"


def test_the_same_day_is_in_order() -> None:
    assert load_text(complaints(GOOD + ",05/03/2026", more="stage_1_responded_on")).refused.is_empty()


def test_nothing_that_has_happened_lies_after_the_extract_date_but_plans_may() -> None:
    prepared = load_text(
        complaints(
            "A1,L1,H1,LCRA,Repairs,30/06/2026,01/08/2026",
            "A2,L1,H1,LCRA,Repairs,01/07/2026,",
            more="stage_1_extended_to",
        )
    )
    assert prepared.kept["complaints"].frame["stage_1_extended_to"].to_list() == [date(2026, 8, 1)]
    refusal = only_refusal(prepared)
    assert (refusal["row"], refusal["found"]) == (3, "2026-07-01")
    assert refusal["wanted"] == f"a date up to the extract date ({EXTRACTED})"


def test_a_moment_counts_by_its_london_day() -> None:
    header = "contact_ref,landlord_code,household_ref,occurred_at"
    text = f"{header}\nC1,L1,H1,2026-06-30 23:59:59\nC2,L1,H1,2026-06-30T23:30:00Z\n"
    prepared = load_text(text, name="contacts.csv")
    assert prepared.kept["contacts"].frame["contact_ref"].to_list() == ["C1"]
    assert only_refusal(prepared)["found"] == "2026-07-01"


def test_a_row_repeated_exactly_counts_once_with_a_warning() -> None:
    prepared = load_text(complaints(GOOD, GOOD.replace("05/03/2026", "2026-03-05"), GOOD.replace("A1", "A2")))
    assert prepared.kept["complaints"].frame["complaint_ref"].to_list() == ["A1", "A2"]
    assert prepared.refused.is_empty()
    assert prepared.warnings.rows() == [
        (
            "complaints.csv",
            3,
            None,
            "the same record as in row 2 of complaints.csv",
            "each record once; it was counted once",
        )
    ]


def test_two_different_rows_of_one_key_are_both_refused() -> None:
    prepared = load_text(complaints(GOOD, GOOD.replace("Repairs", "Damp"), GOOD, GOOD.replace("A1", "A2")))
    assert prepared.kept["complaints"].frame["complaint_ref"].to_list() == ["A2"]
    assert prepared.refused["row"].to_list() == [2, 3]
    assert set(prepared.refused["found"]) == {"L1, A1: more than one row of this key, and they differ"}


def test_a_good_row_and_a_bad_row_of_one_key_are_both_refused() -> None:
    prepared = load_text(complaints(GOOD, GOOD.replace("05/03/2026", "soon")))
    assert prepared.kept["complaints"].frame.is_empty()
    assert prepared.refused["row"].to_list() == [2, 3, 3]


def test_a_bad_row_repeated_is_refused_once() -> None:
    bad = GOOD.replace("05/03/2026", "soon")
    prepared = load_text(complaints(bad, bad))
    assert only_refusal(prepared)["row"] == 2 and prepared.warnings.height == 1


def test_keys_are_unique_across_the_files_of_a_load() -> None:
    first = read_tables(complaints(GOOD).encode(), name="complaints_a.csv")
    again = read_tables(complaints(GOOD.replace("Repairs", "Damp")).encode(), name="complaints_b.csv")
    assert loaded([*first, *again]).refused["file"].to_list() == ["complaints_a.csv", "complaints_b.csv"]


def test_a_blank_that_may_be_blank_in_a_key_is_a_value() -> None:
    text = "contractor,landlord_code,engaged_from,engaged_to\nAcme,L1,,01/01/2026\nAcme,L1,,02/01/2026\nBest,L1,,\n"
    prepared = load_text(text, name="contractors.csv")
    assert prepared.kept["contractors"].frame["contractor"].to_list() == ["Best"]
    assert prepared.refused.height == 2


def test_an_unknown_landlord_is_refused_unless_it_is_in_the_load() -> None:
    raw = read_tables(complaints(GOOD.replace("L1", "L7")).encode(), name="complaints.csv")
    refusal = only_refusal(loaded(raw))
    assert (refusal["column"], refusal["found"]) == ("landlord_code", "L7")
    assert refusal["wanted"] == "a landlord that is held: load the landlords table first"
    landlords = read_tables(b"landlord_code,name\nL7,Seventh\n", name="landlords.csv")
    assert loaded([*raw, *landlords]).refused.is_empty()


COMMITMENT = (
    "commitment_ref,landlord_code,complaint_ref,made_at,kind,promised_on,due_on,work_order_ref,contractor\n"
    "M1,L1,A1,Stage 1,Repair,05/03/2026,01/04/2026,W9,Nobody\n"
)


def test_a_reference_that_does_not_resolve_is_refused() -> None:
    prepared = load_text(COMMITMENT, name="commitments.csv")
    refusal = only_refusal(prepared)
    assert (refusal["column"], refusal["found"]) == ("complaint_ref", "A1")
    assert refusal["wanted"] == "a row of complaints of the same landlord that is held or in this load"


def test_work_orders_and_contractors_that_do_not_resolve_are_a_warning() -> None:
    held = stored(complaints=[{"landlord_code": "L1", "complaint_ref": "A1"}])
    prepared = load_text(COMMITMENT, name="commitments.csv", stored_keys=held)
    assert prepared.kept["commitments"].frame["work_order_ref"].to_list() == ["W9"] and prepared.refused.is_empty()
    assert sorted(prepared.warnings["column"]) == ["contractor", "work_order_ref"]


def test_a_reference_to_another_landlords_row_does_not_resolve() -> None:
    held = stored(complaints=[{"landlord_code": "L2", "complaint_ref": "A1"}])
    assert only_refusal(load_text(COMMITMENT, name="commitments.csv", stored_keys=held))["column"] == "complaint_ref"


def test_a_reference_to_a_row_refused_in_the_same_load_does_not_resolve() -> None:
    raw = [
        *read_tables(COMMITMENT.encode(), name="commitments.csv"),
        *read_tables(complaints(GOOD).encode(), name="complaints.csv"),
    ]
    assert loaded(raw).refused.is_empty()
    raw[1] = read_tables(complaints(GOOD.replace("LCRA", "Moon")).encode(), name="complaints.csv")[0]
    assert loaded(raw).refused["file"].to_list() == ["commitments.csv", "complaints.csv"]


def test_a_contacts_complaint_that_is_not_held_is_a_warning() -> None:
    text = "contact_ref,landlord_code,household_ref,complaint_ref,occurred_at\nC1,L1,H1,A9,05/03/2026\n"
    prepared = load_text(text, name="contacts.csv")
    assert prepared.kept["contacts"].frame.height == 1
    assert prepared.warnings["found"].to_list() == [
        "1 rows whose complaint_ref is not among the complaints held, first A9"
    ]


def test_tables_are_read_after_those_they_point_at() -> None:
    order = reading_order()
    assert all(order.index(r.table) < order.index(table.name) for table in TABLES for r in table.references)
    assert set(order) == {table.name for table in TABLES}


def test_a_landlord_given_fills_the_column_the_file_lacks_and_its_blanks_only() -> None:
    without = "complaint_ref,household_ref,stock,category,received_on\nA1,H1,LCRA,Damp,05/03/2026\n"
    assert load_text(without, landlord="L2").kept["complaints"].frame["landlord_code"].to_list() == ["L2"]
    mixed = complaints(GOOD, GOOD.replace("A1,L1", "A2,"))
    assert load_text(mixed, landlord="L2").kept["complaints"].frame["landlord_code"].to_list() == ["L1", "L2"]


def test_kept_rows_remember_which_columns_their_file_carried() -> None:
    short = read_tables(complaints(GOOD).encode(), name="complaints_a.csv")
    long = read_tables(complaints("A2,L1,H1,LCRA,Damp,05/03/2026,Hub", more="team").encode(), name="complaints_b.csv")
    kept = loaded([*short, *long]).kept["complaints"]
    assert [part.frame["complaint_ref"].to_list() for part in kept.parts] == [["A1"], ["A2"]]
    assert ["team" in part.provided for part in kept.parts] == [False, True]
    assert "team" in kept.provided and "area" not in kept.provided
    assert kept.frame.schema == pl.Schema(TABLES[1].schema)


def test_order_of_rows_does_not_matter() -> None:
    rows = [GOOD, GOOD.replace("Repairs", "Damp"), "A2,L1,H1,LCRA,Damp,05/03/2026", "A3,L1,H1,Moon,Damp,05/03/2026"]
    there, back = load_text(complaints(*rows)), load_text(complaints(*reversed(rows)))
    assert there.kept["complaints"].frame.equals(back.kept["complaints"].frame)
    assert sorted(there.refused["found"]) == sorted(back.refused["found"])

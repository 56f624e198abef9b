"""What we write comes back as it was: exports, templates, and refused rows once mended."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.export import safe_csv, safe_xlsx, unmarked, without_formulas
from intake.files import read_tables
from intake.raw import ROW
from intake.refusals import refused_csv, workbook
from intake.templates import all_templates, data_dictionary, data_dictionary_workbook, template
from intake.values import cleaned, read_values
from metrics.records import TABLES
from metrics.table import Column, Table
from tests.intake.loads import complaints, load_text, loaded, stored

# Texts a landlord may hold: no control characters, no blanks around them, never empty.
WORDS = (
    st.text(
        st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Cf"), include_characters="\n\t"),
        min_size=1,
        max_size=20,
    )
    .map(str.strip)
    .filter(lambda text: text != "" and not text.startswith("\ufeff"))
)
RISKY = st.sampled_from(
    ["=1+1", "'=1", "''=x", "+44", "-5", "@x", "'quoted'", 'say "hi"', "a,b;c\td", "00012", "n/a", "1e5", "_x000D_"]
)
TEXTS = st.one_of(WORDS, RISKY)


def cells(column: Column) -> st.SearchStrategy[Any]:
    match column.kind:
        case "date":
            values: st.SearchStrategy[Any] = st.dates(date(1990, 1, 1), date(2100, 12, 31))
        case "moment":
            values = st.datetimes(datetime(1990, 1, 1), datetime(2100, 12, 31))
        case "yes_no":
            values = st.booleans()
        case "whole":
            values = st.integers(0, 10**12)
        case "number":
            values = st.floats(0, 1e9, allow_nan=False).map(lambda number: round(number, 2))
        case "choice":
            values = st.sampled_from(column.allowed)
        case "choices":
            values = st.lists(st.sampled_from(column.allowed), min_size=1, unique=True).map(";".join)
        case _:
            values = TEXTS
    return values if column.required else st.none() | values


def frames(table: Table) -> st.SearchStrategy[pl.DataFrame]:
    rows = st.lists(
        st.fixed_dictionaries({column.name: cells(column) for column in table.columns}), min_size=1, max_size=4
    )
    return rows.map(
        lambda values: pl.DataFrame(values, schema=table.schema).unique(list(table.key), maintain_order=True)
    )


def written(frame: pl.DataFrame, file_format: str) -> bytes:
    if file_format == "csv":
        return safe_csv(frame)
    if file_format == "xlsx":
        return safe_xlsx({"records": frame})
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "parquet"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_frame_we_write_comes_back_equal(file_format: str, data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(TABLES))
    frame = data.draw(frames(table))
    [raw] = read_tables(written(frame, file_format), name=f"{table.name}.{file_format}")
    assert raw.columns == frame.columns and not raw.warnings
    # Rules on order and links speak of rows; here every cell must arrive, whatever they would say.
    clean = cleaned(raw.frame.drop(ROW), table=table)
    values, faults = read_values(clean.frame, table=table)
    assert faults.is_empty() and clean.faults.is_empty() and not clean.stripped, faults.to_dicts()
    assert values.to_dicts() == frame.to_dicts()


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "parquet"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(frame=frames(next(table for table in TABLES if table.name == "events")))
def test_events_come_back_equal_with_nothing_refused(file_format: str, frame: pl.DataFrame) -> None:
    frame = frame.with_columns(pl.lit("L1").alias("landlord_code")).unique(["event_ref"], maintain_order=True)
    raw = read_tables(written(frame, file_format), name=f"events.{file_format}")
    prepared = loaded(raw, extract_date=date(2100, 12, 31))
    assert prepared.refused.is_empty() and prepared.kept["events"].frame.equals(frame)


@given(st.lists(st.none() | st.text(max_size=12) | RISKY))
def test_marking_formulas_is_undone_exactly(texts: list[str | None]) -> None:
    frame = pl.DataFrame({"x": pl.Series(texts, dtype=pl.String)})
    marked = without_formulas(frame)
    assert not any(cell and cell[0] in "=+-@\t\r" for cell in marked["x"])
    assert unmarked(marked).equals(frame)


def test_numbers_are_not_marked_as_formulas() -> None:
    assert b"-5.0" in safe_csv(pl.DataFrame({"amount": [-5.0]})) and b"'" not in safe_csv(
        pl.DataFrame({"amount": [-5.0]})
    )


def test_refused_rows_come_back_in_our_names_and_load_once_mended() -> None:
    header = "Case Ref;Household;Tenure;Service area;Date received;Team"
    text = f"{header}\n001;H1;Moon;=1+1;05/03/2026;Hub\n002;H1;LCRA;Damp;06/25/2015;\n"
    prepared = load_text(text, landlord="L1")
    content = workbook(prepared)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["complaints"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:5] == ("refused_file", "refused_row", "refused_because", "complaint_ref", "landlord_code")
    assert rows[1][:2] == ("complaints.csv", "2")
    assert rows[1][2] == "stock: found Moon; wanted one of: LCRA, LCHO"
    assert "=1+1" in rows[1] and all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    again = loaded(read_tables(content, name="refused.xlsx"))
    assert sorted(again.refused["found"]) == ["06/25/2015", "Moon"]
    mended = openpyxl.load_workbook(io.BytesIO(content))
    names = {cell.value: cell.column for cell in mended["complaints"][1]}
    mended["complaints"].cell(2, names["stock"]).value = "LCHO"
    mended["complaints"].cell(3, names["received_on"]).value = "25/06/2015"
    buffer = io.BytesIO()
    mended.save(buffer)
    kept = loaded(read_tables(buffer.getvalue(), name="refused.xlsx"))
    assert kept.refused.is_empty()
    assert kept.kept["complaints"].frame["received_on"].to_list() == [date(2026, 3, 5), date(2015, 6, 25)]
    assert kept.kept["complaints"].frame["complaint_ref"].to_list() == ["001", "002"]


def test_the_workbook_says_what_speaks_for_a_whole_file() -> None:
    content = workbook(load_text(b"", name="contacts.csv"))
    rows = list(openpyxl.load_workbook(io.BytesIO(content))["Files"].iter_rows(values_only=True))
    assert rows == [
        ("file", "column", "found", "wanted"),
        ("contacts.csv", None, "an empty file", "a header row and at least one record"),
    ]


def test_refused_rows_as_csv_are_neutralised() -> None:
    prepared = load_text(complaints("A1,L1,H1,Moon,=cmd,05/03/2026"))
    assert b",'=cmd," in refused_csv(prepared, table="complaints")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_blank_template_is_its_table_and_lacks_nothing(table: Table, file_format: Any) -> None:
    prepared = load_text(template(table.name, file_format), name=f"{table.name}.{file_format}")
    assert prepared.refused.is_empty()
    assert prepared.kept[table.name].provided == tuple(table.schema)


def test_a_filled_template_loads_and_offers_its_choices() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template("complaints")))
    sheet = book["complaints"]
    values = {
        "complaint_ref": "0001",
        "landlord_code": "L1",
        "household_ref": "H1",
        "stock": "LCRA",
        "category": "Damp",
    }
    values |= {"received_on": date(2026, 3, 5), "vulnerable": "Yes"}
    for cell in sheet[1]:
        sheet.cell(2, cell.column).value = values.get(cell.value)
    lists = {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert '"LCRA,LCHO"' in lists and '"Yes,No"' in lists
    assert "Required." in sheet["A1"].comment.text
    buffer = io.BytesIO()
    book.save(buffer)
    kept = load_text(buffer.getvalue(), name="filled.xlsx").kept["complaints"].frame.row(0, named=True)
    assert (kept["complaint_ref"], kept["received_on"], kept["vulnerable"]) == ("0001", date(2026, 3, 5), True)


def test_the_data_dictionary_holds_every_column_and_its_rules() -> None:
    frame = data_dictionary()
    assert frame.select("table", "column").rows() == [
        (table.name, column) for table in TABLES for column in table.schema
    ]
    closed = frame.filter((pl.col("table") == "complaints") & (pl.col("column") == "closed_on"))["rules"].item()
    assert closed == "not before received_on; not after the extract date"
    book = openpyxl.load_workbook(io.BytesIO(data_dictionary_workbook()))
    assert book["Data dictionary"].max_row == frame.height + 1


def test_all_templates_in_one_zip() -> None:
    content = all_templates()
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert len(names) == 2 * len(TABLES) + 1
    prepared = load_text(content, name="templates.zip")
    assert prepared.refused.is_empty() and set(prepared.kept) == {table.name for table in TABLES}


def test_keys_held_by_the_store_are_asked_for_only_where_needed() -> None:
    asked: list[str] = []

    def keys(table: str) -> pl.DataFrame:
        asked.append(table)
        return stored()(table)

    load_text("landlord_code,name\nL9,Nine\n", name="landlords.csv", stored_keys=keys)
    assert asked == []

"""The cases behind a figure as pages and as files: nothing a landlord typed becomes a formula."""

import csv
import io

import polars as pl
import pytest
from openpyxl import load_workbook

from metrics.case_list import CaseList

NASTY = ['=HYPERLINK("http://x")', "+1+1", "-2", "@SUM(A1)", " =1", "\t=1", "plain"]


@pytest.fixture
def nasty() -> CaseList:
    areas = pl.Series(["repairs"] * len(NASTY), dtype=pl.Enum(["repairs"]))
    return CaseList(pl.DataFrame({"complaint_ref": NASTY, "service_area": areas}))


def test_a_csv_cell_like_a_formula_is_guarded(nasty: CaseList) -> None:
    rows = list(csv.DictReader(io.StringIO(nasty.csv().decode("utf-8-sig"))))
    assert [row["complaint_ref"] for row in rows] == [*(f"'{text}" for text in NASTY[:-1]), "plain"]
    assert rows[0]["service_area"] == "repairs"


def test_a_workbook_cell_like_a_formula_stays_text(nasty: CaseList) -> None:
    sheet = load_workbook(io.BytesIO(nasty.xlsx(title="Cases")))["Cases"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s"] * len(NASTY)
    assert [cell.value for cell in cells] == NASTY


def test_pages_cover_every_row_once() -> None:
    cases = CaseList(pl.DataFrame({"complaint_ref": [f"C{number}" for number in range(47)]}))
    pages = [cases.page(number, size=15) for number in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [15, 15, 15, 2]
    assert [row["complaint_ref"] for page in pages for row in page] == cases.frame["complaint_ref"].to_list()


def test_areas_and_their_filter() -> None:
    cases = CaseList(pl.DataFrame({"service_area": ["b", "a", "b", None]}))
    assert cases.areas() == ["a", "b"]
    assert (len(cases.in_area("b")), len(cases.in_area(None))) == (2, 4)
    assert CaseList(pl.DataFrame({"title": ["x"]})).areas() == []


def test_an_empty_list_still_makes_files() -> None:
    cases = CaseList(pl.DataFrame(schema={"complaint_ref": pl.String}))
    assert cases.csv().decode("utf-8-sig").strip() == "complaint_ref"
    assert load_workbook(io.BytesIO(cases.xlsx(title="Cases"))).active is not None

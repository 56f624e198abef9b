"""The cases behind a figure as pages."""

import polars as pl

from metrics.case_list import CaseList


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

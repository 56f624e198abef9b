"""The cases behind a figure as pages."""

import polars as pl

from metrics.case_list import CaseList
from metrics.narrowing import NOT_RECORDED, Only


def test_pages_cover_every_row_once() -> None:
    cases = CaseList(pl.DataFrame({"complaint_ref": [f"C{number}" for number in range(47)]}))
    pages = [cases.page(number, size=15) for number in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [15, 15, 15, 2]
    assert [row["complaint_ref"] for page in pages for row in page] == cases.frame["complaint_ref"].to_list()


def test_areas_and_their_filter() -> None:
    cases = CaseList(pl.DataFrame({"service_area": ["b", "a", "b", None], "team": ["N", "N", "S", "S"]}))
    assert cases.choices() == {"service_area": ["a", "b", NOT_RECORDED], "team": ["N", "S"]}
    assert cases.narrowed(Only(service_area="b", team="N")).frame["team"].to_list() == ["N"]
    assert [len(cases.narrowed(Only(service_area=area))) for area in ("b", NOT_RECORDED, "c", None)] == [2, 1, 0, 4]
    assert CaseList(pl.DataFrame({"title": ["x"]})).choices() == {}

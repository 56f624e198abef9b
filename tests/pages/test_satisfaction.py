"""Satisfaction through the app: measures against landlords alike, and the own records beside them."""

from tests.pages.conftest import Visit
from tests.pages.test_pages import h1, text

PAGE = "pages/executive/satisfaction.py"
AS_AT = "2026-09-30"


def test_it_opens_on_the_newest_year_that_can_be_compared(visit: Visit) -> None:
    app = visit(PAGE, landlord="BRACK", as_at=AS_AT)
    assert not app.exception
    assert app.selectbox(key="select_year").value == "2024-25"
    assert "answers" in h1(app)
    (chart,) = app.get("plotly_chart")
    assert "middle half" in chart.proto.alt


def test_own_records_stand_beside_what_was_published_and_the_gap_is_said(visit: Visit) -> None:
    written = text(visit(PAGE, landlord="BRACK", as_at=AS_AT))
    assert "points kinder than the landlord&#x27;s own records" in written
    assert "Why the two may differ" in written
    assert "refused or withdrawn" in written


def test_a_year_without_national_figures_says_so(visit: Visit) -> None:
    app = visit(PAGE, landlord="BRACK", as_at=AS_AT, year="2025-26")
    assert not app.exception
    assert "no national figures are held for this year" in text(app)


def test_a_change_is_called_only_where_intervals_part(visit: Visit) -> None:
    written = text(visit(PAGE, landlord="BRACK", as_at=AS_AT))
    assert "No change can be told from chance" in written


def test_a_year_that_had_not_ended_is_not_known(visit: Visit) -> None:
    app = visit(PAGE, landlord="BRACK", as_at="2025-03-30")
    assert app.selectbox(key="select_year").options == ["2023-24"]


def test_against_all_landlords(visit: Visit) -> None:
    app = visit(PAGE, landlord="BRACK", as_at=AS_AT)
    app.segmented_control(key="select_against").set_value("All landlords").run()
    assert not app.exception
    assert "middle half of all landlords" in app.get("plotly_chart")[0].proto.alt


def test_without_measures_the_page_says_how_to_get_them(visit: Visit) -> None:
    app = visit(PAGE, landlord="OLD")
    assert not app.exception
    assert "not evidenced" in h1(app)
    assert "regulator&#x27;s workbook" in text(app)

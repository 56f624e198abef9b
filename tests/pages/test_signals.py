"""Recurring signals through the app: what comes back, each with its cases; across landlords with the caveat."""

from datetime import date
from html import escape
from urllib.parse import parse_qs

import pytest

from metrics.learning.listing import Asked
from metrics.systemic.across import COVERAGE
from metrics.systemic.words import heading
from tests.pages.conftest import Visit
from tests.pages.test_pages import h1, text
from ui.loading import signals, theme_cases
from ui.navigation import THEME_CASES

PAGE = "pages/executive/signals.py"
AS_AT = "2026-09-30"
DAY = date.fromisoformat(AS_AT)


@pytest.mark.parametrize("landlord", ["BRACK", "MALLO", "SORRE", "NAME"])
def test_what_comes_back_is_said_first(visit: Visit, landlord: str) -> None:
    app = visit(PAGE, landlord=landlord, as_at=AS_AT)
    assert not app.exception
    assert h1(app) == heading(signals(landlord, DAY))


def test_each_signal_opens_its_cases_and_names_its_actions(visit: Visit) -> None:
    app = visit(PAGE, landlord="BRACK", as_at=AS_AT)
    links = [link.proto for link in app.get("page_link") if "dated=" in link.proto.query_string]
    assert len(links) >= 5
    for link in links:
        query = {name: value[0] for name, value in parse_qs(link.query_string).items()}
        asked = Asked(
            theme=query["theme"],
            area=None if query["in_area"] == "every" else query["in_area"],
            root_cause=None if query["cause"] == "every" else query["cause"],
            first=date.fromisoformat(query["first"]),
            last=date.fromisoformat(query["last"]),
            dated=query["dated"],  # type: ignore[arg-type]
        )
        said = int(link.label.split()[2].rstrip("\\:").replace(",", ""))
        assert len(theme_cases("BRACK", DAY, asked)) == said
    assert "No open action on it" in text(app) or "Open: " in text(app)


def test_a_service_area_in_the_address_narrows_the_page(visit: Visit) -> None:
    app = visit(PAGE, landlord="BRACK", as_at=AS_AT, area="Damp and mould")
    assert app.selectbox(key="select_area").value == "Damp and mould"
    assert "Responsive repairs, " not in text(app)


def test_across_landlords_carries_its_caveat(visit: Visit) -> None:
    written = text(visit(PAGE, landlord="BRACK", as_at=AS_AT))
    assert escape(COVERAGE) in written
    assert "recurs at" in written


def test_late_answers_are_listed_by_what_came_late(visit: Visit) -> None:
    app = visit(THEME_CASES, landlord="BRACK", as_at=AS_AT, dated="late", cause="stage 1 answered late")
    assert not app.exception
    only = Asked(dated="late", root_cause="stage 1 answered late")
    assert h1(app).startswith(f"{len(theme_cases('BRACK', DAY, only)):,} complaints acknowledged or answered late")

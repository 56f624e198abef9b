"""Volumes and escalation through the app: the sentence, the filters in the address, the way to the cases."""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from metrics.narrowing import Only
from metrics.volumes_words import heading
from tests.pages.conftest import Visit
from tests.pages.test_pages import h1, text
from ui.loading import volumes
from ui.navigation import CASES
from ui.selector import EVERY

PAGE = "pages/executive/volumes.py"
AS_AT = "2026-09-30"
DAY = date.fromisoformat(AS_AT)


def charts(app: AppTest) -> list[str]:
    return [chart.proto.alt for chart in app.get("plotly_chart")]


def links(app: AppTest) -> list[str]:
    return [link.proto.query_string for link in app.get("page_link") if "indicator=" in link.proto.query_string]


def test_the_heading_is_the_rate_and_says_nothing_of_good_or_bad(visit: Visit) -> None:
    app = visit(PAGE, landlord="BRACK", as_at=AS_AT)
    assert not app.exception
    assert h1(app) == heading(volumes("BRACK", DAY))
    assert "neither good nor bad" in text(app)
    assert "What a change in volume can and cannot mean" in text(app)


def test_every_chart_is_said_in_words_and_stands_as_a_table(visit: Visit) -> None:
    app = visit(PAGE, landlord="BRACK", as_at=AS_AT)
    assert len(charts(app)) == 5
    assert all(len(alt) > 60 for alt in charts(app))
    assert text(app).count("<table") >= 5
    assert "Housing management system replaced" in charts(app)[0]


def test_a_filter_in_the_address_narrows_every_figure(visit: Visit) -> None:
    app = visit(PAGE, landlord="BRACK", as_at=AS_AT, area="Damp and mould", channel="email")
    only = Only(service_area="Damp and mould", channel="email")
    assert h1(app).startswith("Damp and mould, by email: ")
    assert f"{volumes('BRACK', DAY, only).year.count:,} complaints" in text(app)
    assert all("area=Damp+and+mould" in query or "area=Damp%20and%20mould" in query for query in links(app))


def test_picking_a_team_writes_it_to_the_address(visit: Visit) -> None:
    app = visit(PAGE, landlord="BRACK", as_at=AS_AT)
    app.selectbox(key="select_team").select("Repairs hub").run()
    assert not app.exception
    assert app.query_params["team"] in ("Repairs hub", ["Repairs hub"])
    assert h1(app).startswith("Repairs hub: ")


def test_a_team_of_another_landlord_is_not_asked_for(visit: Visit) -> None:
    app = visit(PAGE, landlord="MALLO", as_at=AS_AT, team="No such team")
    assert not app.exception
    assert app.selectbox(key="select_team").value == EVERY


@pytest.mark.parametrize("key", ["stage_1_per_1000_homes", "escalated_to_stage_2", "stage_1_on_time", "refused"])
def test_each_figure_opens_its_cases(visit: Visit, key: str) -> None:
    assert any(f"indicator={key}" in query for query in links(visit(PAGE, landlord="BRACK", as_at=AS_AT)))


def test_the_cases_of_one_team_are_those_that_were_counted(visit: Visit) -> None:
    team = "Repairs hub"
    counted = volumes("BRACK", DAY, Only(team=team)).year.count
    query = next(
        dict(parse_qsl(each))
        for each in links(visit(PAGE, landlord="BRACK", as_at=AS_AT, team=team))
        if "indicator=stage_1_per_1000_homes" in each
    )
    assert query["team"] == team
    assert h1(visit(CASES, **query)) == f"Stage 1 complaints per 1,000 homes: {counted:,} in all, {team}"
    by_phone = visit(CASES, **query | {"channel": "phone"})
    assert h1(by_phone).endswith(f" in all, {team}, by phone")
    assert int(h1(by_phone).split(": ")[1].split()[0].replace(",", "")) < counted


def test_a_small_landlord_is_told_what_few_complaints_say(visit: Visit) -> None:
    written = text(visit(PAGE, landlord="MALLO", as_at=AS_AT))
    assert "fewer than 5 complaints: the rate says little" in written


def test_without_determinations_the_ombudsman_is_not_evidenced(visit: Visit) -> None:
    assert "no determinations are held" in text(visit(PAGE, landlord="SORRE", as_at=AS_AT))


def test_without_complaints_the_page_says_what_to_load(visit: Visit) -> None:
    app = visit(PAGE, landlord="NAME")
    assert not app.exception
    assert "not evidenced" in h1(app)

"""Every page for every landlord, through app.py: no exception, a finding in words, figures that agree with metrics."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from metrics.catalogue import INDICATORS
from metrics.sentences.position import heading
from metrics.words import METHOD_VERSION
from seed_data.landlords import STORIES
from store.database import open_store, upgrade
from store.judgements import judgements
from store.snapshot import read_records
from store.thresholds import change_threshold, changeable
from tests.pages.conftest import CHECKOUT, Visit
from ui.loading import assessment
from ui.navigation import CASE, CASES, HOW, PLACES, POSITION, WHY

LANDLORDS = [*(story.code for story in STORIES), "NAME", "OLD"]
AS_AT = "2026-09-30"


def text(app: AppTest) -> str:
    """All markup the page wrote."""
    return "\n".join(each.proto.body for each in app.get("html"))


def h1(app: AppTest) -> str:
    """The page's heading."""
    return text(app).partition('class="lp-heading">')[2].partition("</h1>")[0]


def address(app: AppTest, name: str) -> str:
    """One query parameter; AppTest gives a list where the test set it and text where the page did."""
    value = app.query_params[name]
    return value if isinstance(value, str) else value[0]


@pytest.mark.parametrize("landlord", LANDLORDS)
@pytest.mark.parametrize("place", PLACES, ids=[place.address for place in PLACES])
def test_every_page_opens_for_every_landlord(visit: Visit, place: object, landlord: str) -> None:
    app = visit(place.file, landlord=landlord)  # type: ignore[attr-defined]
    assert not app.exception
    assert h1(app)


@pytest.mark.parametrize("landlord", LANDLORDS)
def test_the_position_opens_with_its_sentence(visit: Visit, landlord: str) -> None:
    app = visit(landlord=landlord, as_at=AS_AT)
    assert h1(app) == heading(assessment(landlord, date.fromisoformat(AS_AT)))


def test_every_chart_of_the_position_can_be_heard(visit: Visit) -> None:
    charts = visit(landlord=LANDLORDS[0], as_at=AS_AT).get("plotly_chart")
    assert len(charts) >= 4
    assert all(len(chart.proto.alt) > 40 for chart in charts)


def test_why_lists_every_indicator_with_its_state(visit: Visit) -> None:
    app = visit(WHY, landlord=LANDLORDS[0], as_at=AS_AT)
    written = text(app)
    assert [
        each.title for each in INDICATORS if f'class="what">{each.title}<' not in written.replace("&#x27;", "'")
    ] == []
    assert written.count('class="lp-state') == sum(each.gate is not None for each in INDICATORS)


def test_a_link_names_landlord_quarter_and_figure(visit: Visit) -> None:
    app = visit(WHY, landlord=LANDLORDS[0], as_at="2026-03-31")
    found = {
        link.proto.page: link.proto.query_string
        for link in app.get("page_link")
        if "indicator=" in link.proto.query_string
    }
    assert any(f"landlord={LANDLORDS[0]}" in each and "as_at=2026-03-31" in each for each in found.values())


def test_the_choice_survives_another_page(visit: Visit) -> None:
    app = visit(landlord=LANDLORDS[1], as_at="2025-12-31")
    app.switch_page(WHY).run()
    assert address(app, "landlord") == LANDLORDS[1]
    assert address(app, "as_at") == "2025-12-31"


def test_picking_another_landlord_changes_the_address_and_the_figures(visit: Visit) -> None:
    app = visit(landlord=LANDLORDS[0], as_at=AS_AT)
    before = h1(app), text(app)
    app.selectbox(key="select_landlord").set_value(LANDLORDS[1]).run()
    assert address(app, "landlord") == LANDLORDS[1]
    assert text(app) != before[1]


def test_an_address_that_asks_for_nobody_is_told_so(visit: Visit) -> None:
    app = visit(landlord="NOBODY")
    assert "NOBODY" in app.warning[0].value
    assert not app.exception


def test_an_address_with_a_day_that_is_none_falls_back(visit: Visit) -> None:
    app = visit(landlord=LANDLORDS[0], as_at="yesterday")
    assert not app.exception
    assert address(app, "as_at") == AS_AT


def test_old_records_state_no_position(visit: Visit) -> None:
    app = visit(landlord="OLD", as_at=AS_AT)
    assert h1(app) == "No position can be stated"


def test_a_landlord_that_is_only_a_name_is_told_what_to_load(visit: Visit) -> None:
    assert "Load" in text(visit(landlord="NAME")) or "loaded" in text(visit(landlord="NAME"))


def first_cases(app: AppTest) -> list[str]:
    """The labels of the links to complaints."""
    return [link.proto.label for link in app.get("page_link") if link.proto.label.startswith("Complaint ")]


def test_cases_start_with_those_needing_attention(visit: Visit) -> None:
    app = visit(CASES, landlord=LANDLORDS[0], as_at=AS_AT, indicator="stage_1_on_time")
    reading = assessment(LANDLORDS[0], date.fromisoformat(AS_AT)).readings["stage_1_on_time"]
    assert f"{int((reading.denominator or 0) - (reading.numerator or 0)):,} to look at" in h1(app)
    assert 0 < len(first_cases(app)) <= 15


def test_all_and_counted_are_a_choice_away(visit: Visit) -> None:
    app = visit(CASES, landlord=LANDLORDS[0], as_at=AS_AT, indicator="stage_1_on_time")
    reading = assessment(LANDLORDS[0], date.fromisoformat(AS_AT)).readings["stage_1_on_time"]
    app.radio(key="select_which").set_value("all").run()
    assert f"{int(reading.denominator or 0):,} in all" in h1(app)
    assert address(app, "which") == "all"


def test_one_service_area_is_fewer(visit: Visit) -> None:
    app = visit(CASES, landlord=LANDLORDS[0], as_at=AS_AT, indicator="stage_1_on_time")
    area = app.selectbox(key="select_area").options[1]
    app.selectbox(key="select_area").set_value(area).run()
    assert f", {area}" in h1(app)


def test_a_figure_without_cases_has_no_link_to_them(visit: Visit) -> None:
    app = visit(WHY, landlord=LANDLORDS[0], as_at=AS_AT)
    queries = [link.proto.query_string for link in app.get("page_link")]
    assert not [each for each in queries if "indicator=listens" in each]


def a_complaint(landlord: str, database: str) -> str:
    frame = read_records(open_store(database), landlord).frame("complaints")
    return str(frame.select("complaint_ref").head(1).collect().item())


def test_one_complaint_shows_its_clocks(visit: Visit, database: str) -> None:
    reference = a_complaint(LANDLORDS[0], database)
    app = visit(CASE, landlord=LANDLORDS[0], as_at=AS_AT, ref=reference)
    assert f"Complaint {reference}" in text(app)
    assert "Answer due" in text(app)
    assert app.get("plotly_chart")


def test_a_complaint_that_is_not_there_is_said_to_be_so(visit: Visit) -> None:
    app = visit(CASE, landlord=LANDLORDS[0], as_at=AS_AT, ref="<script>alert(1)</script>")
    assert h1(app) == "This complaint is not here"
    assert "<script>" not in text(app)


def test_residents_own_words_reach_the_screen_as_text(visit: Visit) -> None:
    app = visit(CASE, landlord="OLD", as_at="2019-06-30", ref="O1")
    assert "&lt;img src=x onerror=alert(1)&gt;" in text(app)
    assert "<img" not in text(app)
    assert "&lt;b&gt;Repairs&lt;/b&gt;" in h1(app)


def test_residents_own_words_stay_off_the_other_readers_pages(visit: Visit) -> None:
    for page in (POSITION, WHY, CASES):
        assert "onerror" not in text(visit(page, landlord="OLD", as_at="2019-06-30"))


def test_the_handbook_holds_every_indicator(visit: Visit) -> None:
    app = visit(HOW, landlord=LANDLORDS[0])
    assert {each.title for each in INDICATORS} <= {each.label for each in app.expander}


def test_a_board_records_its_own_judgement_beside_the_position(visit: Visit, database: str) -> None:
    code = LANDLORDS[2]
    app = visit(landlord=code, as_at=AS_AT)
    position = h1(app)
    app.selectbox(key="judgement_position").set_value("operational")
    app.text_area(key="judgement_reason").set_value("The new <b>repairs</b> contract is not in the records yet.")
    app.text_input(key="judgement_name").set_value("A. Member, MRC")
    app.button[0].click().run()
    assert not app.exception
    kept = judgements(open_store(database), code)
    assert (kept[0].position, kept[0].name) == ("operational", "A. Member, MRC")
    assert h1(app) == position
    assert "&lt;b&gt;repairs&lt;/b&gt;" in text(app)


def test_a_judgement_without_a_reason_is_refused(visit: Visit, database: str) -> None:
    code = LANDLORDS[3]
    app = visit(landlord=code, as_at=AS_AT)
    app.button[0].click().run()
    assert "reason" in app.error[0].value
    assert judgements(open_store(database), code) == []


def test_an_empty_store_says_what_to_load(at_store: Callable[[str], None], tmp_path: object) -> None:
    url = f"sqlite:///{tmp_path}/empty.db"
    upgrade(open_store(url))
    at_store(url)
    app = AppTest.from_file(CHECKOUT / "app.py", default_timeout=60).run()
    assert not app.exception
    assert "No records yet" in text(app)


def test_a_store_that_cannot_be_reached_says_so(at_store: Callable[[str], None]) -> None:
    at_store("postgresql://nobody@127.0.0.1:9/none")
    app = AppTest.from_file(CHECKOUT / "app.py", default_timeout=60).run()
    assert not app.exception
    assert "cannot be reached" in text(app)


def test_every_listed_page_is_in_the_sidebar(visit: Visit) -> None:
    labels = [link.proto.label for link in visit(landlord=LANDLORDS[0]).sidebar.get("page_link")]
    # Without sign-in there are no people to keep.
    nobody_to_keep = {"People", "Audit"}
    assert labels == [place.title for place in PLACES if place.listed and place.title not in nobody_to_keep]
    assert PLACES[0].file == POSITION


def test_the_top_of_every_page_names_the_landlords_own_thresholds(
    visit: Visit, own: str, at_store: Callable[[str], None]
) -> None:
    at_store(own)
    assert f"method {METHOD_VERSION}</p>" in text(visit(WHY, landlord="BRACK"))
    change_threshold(open_store(own), "BRACK", changeable()[0], 0.5, reason="The committee's wish")
    assert f"method {METHOD_VERSION}, own thresholds 1</p>" in text(visit(WHY, landlord="BRACK"))
    assert f"method {METHOD_VERSION}</p>" in text(visit(WHY, landlord="LARKS"))

"""Quarterly trends through the app: the sentence, the matrix, the line and the switch in the address, the forms."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from shutil import copy, copytree
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from metrics.trends.words import expected_words, heading, lead
from tests.pages.conftest import CHECKOUT, Visit
from tests.pages.test_pages import address, h1, text
from ui.navigation import POINT_CASES
from ui.trend_loading import decisions, quarterly_trends

PAGE = "pages/executive/quarterly_trends.py"
AS_AT = "2026-09-30"
DAY = date.fromisoformat(AS_AT)


def found(landlord: str, *, screened: bool = True):  # type: ignore[no-untyped-def]
    return quarterly_trends(landlord, DAY, screened=screened)


def plain(app: AppTest) -> str:
    return text(app).replace("&#x27;", "'")


def chart(app: AppTest) -> str:
    return app.get("plotly_chart")[0].proto.alt


@pytest.mark.parametrize("landlord", ["BRACK", "QUILL", "MALLO", "SORRE"])
def test_the_heading_counts_signals_and_what_chance_would_give(visit: Visit, landlord: str) -> None:
    app = visit(PAGE, landlord=landlord, as_at=AS_AT)
    trends = found(landlord)
    assert not app.exception
    assert h1(app) == heading(trends)
    assert lead(trends) in plain(app)
    assert f"{expected_words(trends.expected_by_chance)} of these {len(trends.rows)} lines" in plain(app)


def test_every_line_has_a_row_with_both_icons_in_words(visit: Visit) -> None:
    app = visit(PAGE, landlord="BRACK", as_at=AS_AT)
    trends = found("BRACK")
    assert plain(app).count('class="lp-trend"') == len(trends.rows) > 20
    assert plain(app).count('class="lp-icon') == 2 * len(trends.rows)
    titles = [button.label for button in app.button if button.key and button.key.startswith("open-")]
    assert [title.replace("\\", "") for title in titles] == [row.title for row in trends.rows]


def test_the_latest_point_of_the_open_line_opens_its_cases(visit: Visit) -> None:
    app = visit(PAGE, landlord="BRACK", as_at=AS_AT, line="stage_1_on_time")
    latest = found("BRACK").row("stage_1_on_time").latest
    link = next(link.proto for link in app.get("page_link") if "ended=" in link.proto.query_string)
    assert link.label == f"Open the {latest.denominator:,} of September 2026"
    query = {name: value[0] for name, value in parse_qs(link.query_string).items()}
    shown = visit(POINT_CASES, **query)
    assert not shown.exception
    assert h1(shown) == f"Stage 1 answered on time, September 2026: {latest.denominator:,}"
    late = visit(POINT_CASES, **{**query, "which": "attention"})
    assert h1(late).endswith(f": {latest.denominator - latest.numerator:,}")
    astray = visit(POINT_CASES, **{**query, "ended": "soon"})
    assert not astray.exception
    assert "No month or quarter is named" in plain(astray)


def test_the_chart_of_the_first_signal_is_open_and_another_on_asking(visit: Visit) -> None:
    first = found("BRACK").signals[0]
    assert chart(visit(PAGE, landlord="BRACK", as_at=AS_AT)).startswith(f"{first.title}, by {first.period}")
    app = visit(PAGE, landlord="BRACK", as_at=AS_AT, line="refused")
    assert chart(app).startswith("Refused, by month")
    assert len(app.get("plotly_chart")) == 1
    assert any("indicator=refused" in link.proto.query_string for link in app.get("page_link"))


def test_a_line_that_is_not_there_is_told(visit: Visit) -> None:
    app = visit(PAGE, landlord="BRACK", as_at=AS_AT, line="nonsense")
    assert not app.exception
    assert len(app.get("plotly_chart")) == 1


def test_the_switch_stands_in_the_address_and_changes_the_limits(visit: Visit) -> None:
    app = visit(PAGE, landlord="BRACK", as_at=AS_AT, screened="no")
    assert h1(app) == heading(found("BRACK", screened=False))
    assert "as in the Making Data Count spreadsheet" in plain(app)


def test_events_are_listed_by_number_and_said_of_the_chart(visit: Visit) -> None:
    app = visit(PAGE, landlord="BRACK", as_at=AS_AT)
    for event in found("BRACK").events:
        assert event.title in plain(app)
        assert event.title in chart(app)


def test_without_enough_records_the_page_says_so(visit: Visit) -> None:
    for landlord in ("NAME", "OLD"):
        app = visit(PAGE, landlord=landlord)
        assert not app.exception
        assert h1(app) == "There is too little to tell change from chance yet"
        assert not app.get("plotly_chart")


@pytest.fixture
def own(database: str, tmp_path: Path, at_store: Callable[[str], None]) -> Iterator[str]:
    """A copy of the store that a test may write into."""
    at = Path(database.removeprefix("sqlite:///"))
    copy(at, tmp_path / at.name)
    copytree(at.with_name(at.name + ".snapshots"), tmp_path / (at.name + ".snapshots"))
    url = f"sqlite:///{tmp_path / at.name}"
    at_store(url)
    yield url


def opened() -> AppTest:
    app = AppTest.from_file(CHECKOUT / "app.py", default_timeout=60)
    for name, value in {"landlord": "BRACK", "as_at": AS_AT, "line": "acknowledged_on_time"}.items():
        app.query_params[name] = value
    app.run()
    return app.switch_page(PAGE).run()


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


@pytest.mark.usefixtures("own")
def test_a_noted_event_and_a_rebase_at_it_change_the_chart() -> None:
    app = opened()
    before = found("BRACK").row("acknowledged_on_time")
    app.text_input(key="event_title").set_value("Queue moved to the <b>centre</b>")
    app.date_input(key="event_on").set_value(date(2025, 2, 28))
    app.text_input(key="event_author").set_value("A. Executive")
    app = press(app, "Note it")
    assert not app.exception
    assert "&lt;b&gt;centre" in text(app)
    event = next(each for each in found("BRACK").events if each.title.startswith("Queue moved"))
    app.selectbox(key="rebase_event").select(event.reference)
    app.selectbox(key="rebase_line").select("acknowledged_on_time")
    app.text_area(key="rebase_reason").set_value("Another desk acknowledges since.")
    app.text_input(key="rebase_author").set_value("A. Executive")
    app = press(app, "Record the decision")
    assert not app.exception
    after = found("BRACK").row("acknowledged_on_time")
    assert [point.stretch for point in after.points].count(0) == 17
    assert after.latest.mean < before.latest.mean
    assert "Another desk acknowledges since. (A. Executive)" in plain(app)
    assert [each.author for each in decisions("BRACK")] == ["A. Executive"]


@pytest.mark.usefixtures("own")
def test_what_is_missing_is_asked_for_and_nothing_kept() -> None:
    app = press(opened(), "Note it")
    assert [error.value.replace("\\", "") for error in app.error] == [
        "Not noted. title: found nothing; wanted the title of the event"
    ]
    app = press(app, "Record the decision")
    assert "reason: found nothing" in app.error[0].value.replace("\\", "")
    assert decisions("BRACK") == []


def test_picking_a_line_opens_its_chart_and_writes_it_to_the_address(visit: Visit) -> None:
    app = visit(PAGE, landlord="BRACK", as_at=AS_AT)
    app.button(key="open-refused").click().run()
    assert address(app, "line") == "refused"
    assert chart(app).startswith("Refused, by month")

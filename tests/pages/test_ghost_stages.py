"""Ghost stages through the app: nothing unseen reads zero, no words of residents, no count of a few."""

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qsl

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from metrics.ghosts.board_words import beside_recorded, heading
from metrics.ghosts.queue import Queue, judged
from tests.pages.conftest import Visit
from tests.pages.test_pages import h1, text
from ui.loading import hidden_stages, review_queue
from ui.navigation import GHOST_STAGES, OFF_THE_PATH, POSITION, REVIEW

AS_AT = "2026-09-30"
VOLUMES = "pages/executive/volumes.py"
DAY = date.fromisoformat(AS_AT)
WITH_CONTACTS = "2023-09-30"  # the small store holds contacts of these twelve months


def test_the_page_opens_with_how_much_and_how_sure(visit: Visit) -> None:
    app = visit(GHOST_STAGES, landlord="BRACK", as_at=AS_AT)
    assert not app.exception
    assert h1(app) == heading(hidden_stages("BRACK", DAY))
    assert "8 of 8 signs could be looked for." in text(app)
    assert text(app).count('class="number"') == 3
    assert all(len(chart.proto.alt) > 40 for chart in app.get("plotly_chart"))


def test_what_nobody_looked_for_is_not_evidenced(visit: Visit) -> None:
    app = visit(GHOST_STAGES, landlord="SORRE", as_at=AS_AT)
    assert h1(app) == "How much is hidden is not evidenced"
    assert "Contacts are not held." in text(app)
    assert "Neither contacts nor payments could be read" in text(app)


def _opens(app: AppTest, choice: str) -> list[dict[str, str]]:
    """What each link to the review queue asks for, where it asks for one list."""
    queries = [dict(parse_qsl(link.proto.query_string)) for link in app.get("page_link")]
    return [query for query in queries if query.get("queue") == choice]


def test_a_figure_opens_exactly_the_episodes_it_counts(visit: Visit) -> None:
    app = visit(GHOST_STAGES, landlord="BRACK", as_at=WITH_CONTACTS)
    day = date.fromisoformat(WITH_CONTACTS)
    queue, picture = review_queue("BRACK", day), hidden_stages("BRACK", day)
    counts = {node.key: node.count for node in picture.flow.nodes if node.is_hidden and node.count}
    asked = {query["window"]: query for query in _opens(app, "way")}
    assert counts
    assert {key: len(queue.of("way").only(window=key)) for key in asked if key in counts} == counts
    page = visit(REVIEW, **next(iter(asked.values())))
    assert not page.warning
    assert f"of {counts[next(iter(asked))]:,} in this selection." in text(page)


def test_what_was_read_and_upheld_is_still_opened_by_the_figure_that_counts_it() -> None:
    shared = {"household_ref": "H1", "complaint_ref": "C1", "window": "before", "detectors": ["label"]}
    seen = {"is_reported": True, "is_on_the_way": True, "grade": "A", "first_signal_on": DAY, "episode": "E"}
    kinds = {"verdict": pl.String, "reason": pl.String, "reviewer": pl.String, "decided_on": pl.Date}
    queue = Queue(pl.DataFrame([shared | seen]).with_columns(pl.lit(None, kind).alias(n) for n, kind in kinds.items()))
    given = pl.DataFrame(
        [{**shared, "first_signal_on": DAY, "verdict": "ghost", "reason": "r", "reviewer": "R", "decided_on": DAY}]
    )
    upheld = judged(queue, given)
    turned_down = judged(queue, given.with_columns(verdict=pl.lit("not a ghost")))
    assert [len(upheld.of(part)) for part in ("counted", "way", "read")] == [1, 1, 1]
    assert [len(turned_down.of(part)) for part in ("counted", "way", "read")] == [0, 0, 1]


@pytest.mark.parametrize("landlord", ["BRACK", "MALLO"])
def test_counts_of_one_to_four_people_are_not_shown(visit: Visit, landlord: str) -> None:
    app = visit(GHOST_STAGES, landlord=landlord, as_at=AS_AT)
    assert re.findall(r'class="n">[1-4]<', text(app)) == []
    assert [link.proto.label for link in app.get("page_link") if re.search(r": [1-4](:| )", link.proto.label)] == []
    drawn = " ".join(chart.proto.spec for chart in app.get("plotly_chart"))
    assert (
        re.findall(
            r"hidden stages: [1-4]\b|(?<![\d,])[1-4] logged|(?:Hidden|Never|Stage)[^:]{0,20}: [1-4](?![\d,])", drawn
        )
        == []
    )


def test_every_place_with_hidden_stages_opens_them(visit: Visit) -> None:
    for by, name in (("channel", "of_channel"), ("contractor", "of_contractor")):
        app = visit(GHOST_STAGES, landlord="BRACK", as_at=WITH_CONTACTS, by=by)
        assert not app.exception
        links = [link.proto.query_string for link in app.get("page_link")]
        assert [each for each in links if f"{name}=" in each and f"{name}=every" not in each]
        day = date.fromisoformat(WITH_CONTACTS)
        place = hidden_stages("BRACK", day).funnels[by].places  # type: ignore[index]
        counted = review_queue("BRACK", day).of("counted")
        known = set(counted.offered(by))
        for each in [each for each in place if each.name in known and each.hidden is not None]:
            assert len(counted.only(**{by: each.name})) == each.hidden


def test_no_words_of_residents_stand_on_the_board_page(visit: Visit) -> None:
    assert "In their words" not in text(visit(GHOST_STAGES, landlord="BRACK", as_at=AS_AT))


def test_position_and_volumes_say_what_is_hidden_beside_what_is_recorded(visit: Visit) -> None:
    found = hidden_stages("BRACK", DAY)
    for page in (POSITION, VOLUMES):
        app = visit(page, landlord="BRACK", as_at=AS_AT)
        assert not app.exception
        assert [link for link in app.get("page_link") if link.proto.label.startswith("Ghost stages: where")]
        said = beside_recorded(found) if page == POSITION else "Hidden stages on the way, in the twelve months"
        assert said in text(app)
    narrowed = visit(VOLUMES, landlord="BRACK", as_at=AS_AT, team="Repairs hub")
    assert "of all the landlord's complaints" in text(narrowed).replace("&#x27;", "'")
    unseen = visit(POSITION, landlord="SORRE", as_at=AS_AT)
    assert "how much is hidden is not evidenced" in text(unseen)


def test_a_deviation_opens_the_complaints_it_counts(visit: Visit) -> None:
    board = visit(GHOST_STAGES, landlord="BRACK", as_at=AS_AT)
    links = [dict(parse_qsl(link.proto.query_string)) for link in board.get("page_link")]
    asked = {link["deviation"]: link for link in links if "deviation" in link}
    counts = {each.key: each.count for each in hidden_stages("BRACK", DAY).conformance.deviations if each.count}
    assert counts and set(asked) == set(counts)
    for key, query in asked.items():
        page = visit(OFF_THE_PATH, **query)
        assert not page.exception
        assert h1(page).startswith(f"{counts[key]:,} complaint")


def test_a_way_off_the_path_that_nobody_could_look_for_is_not_evidenced(visit: Visit) -> None:
    ways = hidden_stages("SORRE", DAY).conformance.deviations
    blind = next(each for each in ways if each.why_not)
    page = visit(OFF_THE_PATH, landlord="SORRE", as_at=AS_AT, deviation=blind.key)
    assert unescape(h1(page)) == f"{blind.words}: not evidenced"
    assert blind.why_not in unescape(text(page))
    unasked = visit(OFF_THE_PATH, landlord="BRACK", as_at=AS_AT)
    assert not h1(unasked).startswith("No complaint"), "at first a way in which somebody left it"

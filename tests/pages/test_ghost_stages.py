"""Ghost stages through the app: nothing unseen reads zero, no words of residents, no count of a few."""

import re
from datetime import date

import pytest

from metrics.ghosts.board_words import heading
from metrics.ghosts.few import cells_without_few
from metrics.small_numbers import told
from tests.pages.conftest import Visit
from tests.pages.test_pages import h1, text
from ui.loading import hidden_stages
from ui.navigation import GHOST_STAGES, REVIEW

AS_AT = "2026-09-30"
DAY = date.fromisoformat(AS_AT)


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


def test_a_figure_leads_to_the_episodes_behind_it(visit: Visit) -> None:
    app = visit(GHOST_STAGES, landlord="BRACK", as_at=AS_AT)
    links = [link.proto.query_string for link in app.get("page_link") if "queue=counted" in link.proto.query_string]
    hidden = [node for node in hidden_stages("BRACK", DAY).flow.nodes if node.is_hidden and node.count]
    assert links
    assert sorted(node.key for node in hidden) == sorted(
        each.partition("window=")[2].partition("&")[0] for each in links if "window=every" not in each
    )
    assert not visit(REVIEW, landlord="BRACK", as_at=AS_AT, queue="counted", window="before").warning


@pytest.mark.parametrize("landlord", ["BRACK", "MALLO"])
def test_counts_of_one_to_four_people_are_not_shown(visit: Visit, landlord: str) -> None:
    app = visit(GHOST_STAGES, landlord=landlord, as_at=AS_AT)
    assert re.findall(r'class="n">[1-4]<', text(app)) == []
    assert [link.proto.label for link in app.get("page_link") if re.search(r": [1-4](:| )", link.proto.label)] == []


def test_a_few_are_told_as_fewer_than_five() -> None:
    assert [told(count) for count in (None, 0, 1, 4, 5)] == ["–", "0", "fewer than 5", "fewer than 5", "5"]
    assert cells_without_few(("a", "b"), (("3", "4"), ("x", "14"))) == (("3", "fewer than 5"), ("x", "14"))


def test_no_words_of_residents_stand_on_the_board_page(visit: Visit) -> None:
    assert "In their words" not in text(visit(GHOST_STAGES, landlord="BRACK", as_at=AS_AT))

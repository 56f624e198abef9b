"""Audit, register and own words through the app: what is recorded is kept, felt at once, and said on Ghost stages."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from store.audits import answers, samples
from store.database import open_store
from store.deviations import accepted_deviations
from store.ghost_words import word_versions
from tests.pages.conftest import Visit
from tests.pages.test_pages import h1, text
from ui.ghost_decisions import audit
from ui.loading import hidden_stages, review_queue
from ui.navigation import GHOST_AUDIT, GHOST_RULES, GHOST_STAGES, GHOST_WORDS

LANDLORD, AS_AT = "BRACK", "2023-09-30"  # the small store holds contacts of these months alone
DAY = date.fromisoformat(AS_AT)


@pytest.fixture
def decide(visit: Visit, own: str, at_store: Callable[[str], None]) -> Visit:
    """Open a page on a copy of the store."""
    at_store(own)

    def go(page: str | None = None, **query: str) -> AppTest:
        return visit(page, **({"landlord": LANDLORD, "as_at": AS_AT} | query))

    return go


def press(app: AppTest, label: str) -> AppTest:
    next(each for each in app.button if each.label == label).click()
    return app.run()


def test_an_audit_is_drawn_answered_and_corrects_the_board_once_there_is_enough(decide: Visit, own: str) -> None:
    app = decide(GHOST_AUDIT)
    assert h1(app) == "No sample of contacts has been drawn"
    app.number_input(key="audit-n").set_value(1)
    assert press(app, "Draw at random").error[0].value.replace("\\", "").startswith("Not drawn. drawn by")
    app.text_input(key="audit-drawn-by").set_value("A. <i>Reader</i>")
    app = press(app, "Draw at random")
    assert not app.exception
    [sample] = samples(open_store(own), LANDLORD)
    assert h1(app) == "0 of 2 contacts of the sample are read"
    assert "A. &lt;i&gt;Reader&lt;/i&gt;" in text(app)
    assert "Not evidenced yet" in text(app)
    board = decide(GHOST_STAGES)
    assert "0 of 2 contacts of the sample are read" in text(board)
    app = decide(GHOST_AUDIT)
    assert press(app, "Outside the stages").error[0].value.replace("\\", "").startswith("Not recorded. reason")
    for place, button in enumerate(("Outside the stages", "Not")):
        app = decide(GHOST_AUDIT)
        app.text_area(key=f"audit-reason-{place}").set_value("The note says so.")
        app.text_input(key=f"audit-by-{place}").set_value("R. Reader")
        app = press(app, button)
        assert not app.exception
        assert app.success[0].value.replace("\\", "") == f"Recorded: {button.lower()}."
    assert answers(open_store(own), sample.sample)["is_ghost"].to_list() == [True, False]
    found = audit(LANDLORD, DAY)
    assert found is not None and found.standing.answered == 2
    assert found.standing.corrected is None, "two answers of thousands of contacts say nothing"
    assert hidden_stages(LANDLORD, DAY).audit == found.standing


def test_a_deviation_is_accepted_shown_with_owner_and_end_and_withdrawn(decide: Visit, own: str) -> None:
    app = decide(GHOST_RULES)
    assert "Nothing is accepted." in text(app)
    app.selectbox(key="deviation-key").set_value("stage_before_stage_1")
    app.text_input(key="deviation-owner").set_value("D. <b>Director</b>")
    app.text_area(key="deviation-reason").set_value("A pilot.")
    app = press(app, "Accept")
    assert not app.exception
    [entry] = accepted_deviations(open_store(own), LANDLORD)
    assert (entry.accepted_on, entry.expires_on) == (DAY, date(2024, 9, 29))
    assert "D. &lt;b&gt;Director&lt;/b&gt;" in text(app)
    board = text(decide(GHOST_STAGES))
    assert "accepted by D. &lt;b&gt;Director&lt;/b&gt; until 29 September 2024" in board
    before = {each.key: each.is_alarm for each in hidden_stages(LANDLORD, DAY).conformance.deviations}
    assert not before["stage_before_stage_1"]
    earlier = hidden_stages(LANDLORD, date(2023, 6, 30)).conformance
    assert {each.key: each.accepted for each in earlier.deviations}["stage_before_stage_1"] is None
    app = decide(GHOST_RULES)
    app.text_input(key="withdraw-owner").set_value("C. Chair")
    app.text_area(key="withdraw-reason").set_value("It did not help.")
    app = press(app, "Withdraw")
    assert not app.exception
    assert "ended on 30 September 2023 by a later entry" in text(app) or "replaced on the day it began" in text(app)
    after = {each.key: each.is_alarm for each in hidden_stages(LANDLORD, DAY).conformance.deviations}
    assert after["stage_before_stage_1"]


def test_an_acceptance_without_owner_or_with_no_end_is_not_recorded(decide: Visit, own: str) -> None:
    app = press(decide(GHOST_RULES), "Accept")
    assert app.error[0].value.replace("\\", "").startswith("Not recorded. owner")
    app.date_input(key="deviation-until").set_value(DAY)
    assert press(app, "Accept").error[0].value.replace("\\", "") == "Not recorded. It must end after the day it begins."
    assert accepted_deviations(open_store(own), LANDLORD) == []


def test_own_words_count_at_once_and_stop_when_taken_out(decide: Visit, own: str) -> None:
    app = decide(GHOST_WORDS)
    before = review_queue(LANDLORD, DAY)
    app.selectbox(key="words-list").set_value("labels.any_window")
    app.text_area(key="words-typed").set_value("Service request\n")
    app.text_area(key="words-reason").set_value("Our desk logs them so.")
    app.text_input(key="words-by").set_value("W. <u>Smith</u>")
    app = press(app, "Add")
    assert not app.exception
    assert app.success[0].value.replace("\\", "").startswith("Version 1 counts.")
    after = review_queue(LANDLORD, DAY)
    assert len(after.of("counted")) > len(before.of("counted"))
    assert "W. &lt;u&gt;Smith&lt;/u&gt;" in text(app)
    assert "version 1 of your own words" in text(decide(GHOST_STAGES))
    team = decide(GHOST_RULES)
    assert "Service request" in text(team)
    assert not [each for each in team.button if each.label == "Add"]
    app = decide(GHOST_WORDS)
    app.text_area(key="drop-reason").set_value("It was every call.")
    assert press(app, "Take out").error[0].value.startswith("Not taken out. author")
    app.text_input(key="drop-by").set_value("W. Smith")
    app = press(app, "Take out")
    assert not app.exception
    assert len(word_versions(open_store(own), LANDLORD)) == 2
    assert len(review_queue(LANDLORD, DAY).of("counted")) == len(before.of("counted"))

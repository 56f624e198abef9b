"""The review queue through the app: a verdict is kept at once, changes the counts at once, and gives precision."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from metrics.ghosts.timeline import EVIDENCE, Moment
from store.database import open_store
from store.verdicts import verdicts
from tests.pages.conftest import Visit
from tests.pages.test_pages import h1, text
from ui import loading
from ui.loading import assessment, review_queue
from ui.navigation import CASES, REVIEW

LANDLORD, AS_AT = "BRACK", "2026-09-30"
DAY = date.fromisoformat(AS_AT)


@pytest.fixture
def review(visit: Visit, own: str, at_store: object) -> Visit:
    """Open the review queue of the copy."""
    at_store(own)  # type: ignore[operator]

    def go(page: str | None = None, **query: str) -> AppTest:
        return visit(page or REVIEW, **({"landlord": LANDLORD, "as_at": AS_AT} | query))

    return go


def judge(
    app: AppTest, *, button: str, reason: str = "The note says <b>so</b>.", reviewer: str = "R. Reader"
) -> AppTest:
    app.text_area[0].set_value(reason)
    app.text_input[-1].set_value(reviewer)
    next(each for each in app.button if each.label == button).click()
    return app.run()


def test_the_page_opens_with_what_waits(review: Visit) -> None:
    app = review()
    assert not app.exception
    waiting = len(review_queue(LANDLORD, DAY).of("waiting"))
    assert waiting
    assert h1(app).startswith(f"{waiting:,} episode")
    assert [chart.proto.alt for chart in app.get("plotly_chart")][0].startswith("Timeline of the episode")


def test_not_a_ghost_is_kept_and_felt_by_the_counts_at_once(review: Visit, own: str) -> None:
    app = review(queue="counted")
    before = review_queue(LANDLORD, DAY)
    episode = before.of("counted").frame.row(0, named=True)
    reading = assessment(LANDLORD, DAY).readings["complaints_without_ghost"]
    app = judge(app, button="Not a ghost")
    assert not app.exception
    kept = verdicts(open_store(own), LANDLORD)
    assert kept.height == 1
    assert kept.row(0, named=True)["first_signal_on"] == episode["first_signal_on"]
    assert f"{len(before.of('counted')) - 1:,} hidden stages are counted" in text(app)
    assert "; 1 verdict is given" in text(app)
    assert app.success[0].value.replace("\\", "").startswith("Recorded: not a ghost")
    after = assessment(LANDLORD, DAY).readings["complaints_without_ghost"]
    assert after is not reading, "a verdict makes what was kept in memory void"


def ghosted_once() -> str:
    """A counted episode whose complaint has no other."""
    counted = review_queue(LANDLORD, DAY).of("counted").frame.drop_nulls("complaint_ref")
    alone = counted.unique("complaint_ref", keep="none", maintain_order=True)
    return str(alone["episode"][0])


def test_the_indicator_gains_the_complaint_that_is_turned_down(review: Visit) -> None:
    review()
    before = assessment(LANDLORD, DAY).readings["complaints_without_ghost"].numerator or 0
    judge(review(queue="counted", episode=ghosted_once()), button="Not a ghost")
    assert assessment(LANDLORD, DAY).readings["complaints_without_ghost"].numerator == before + 1


def test_a_verdict_can_be_changed_and_the_last_counts(review: Visit) -> None:
    app = review(queue="counted")
    stands = len(review_queue(LANDLORD, DAY).of("counted"))
    name = review_queue(LANDLORD, DAY).of("counted").first()
    judge(app, button="Not a ghost")
    assert len(review_queue(LANDLORD, DAY).of("counted")) == stands - 1
    again = review(queue="read", episode=str(name))
    assert "Not a ghost: The note says &lt;b&gt;so&lt;/b&gt;." in text(again)
    judge(again, button="Ghost")
    counted = review_queue(LANDLORD, DAY).of("counted")
    assert len(counted) == stands
    assert counted.row(str(name)) is not None, "what was read and upheld is still among those counted"
    assert len(counted.unread()) == stands - 1


def test_a_verdict_without_a_reason_or_a_name_is_refused(review: Visit, own: str) -> None:
    app = judge(review(), button="Ghost", reason=" ")
    assert "reason" in app.error[0].value
    app = judge(review(), button="Ghost", reviewer="")
    assert "reviewer" in app.error[0].value
    assert verdicts(open_store(own), LANDLORD).is_empty()


def test_verdicts_give_each_detector_its_precision(review: Visit) -> None:
    app = review()
    assert "not known: too few read" in text(app)
    first = review_queue(LANDLORD, DAY).of("waiting").frame.row(0, named=True)
    only = review(detector=first["detectors"][0])
    for _ in range(5):
        only = judge(only, button="Ghost")
        assert not only.exception
    assert "100% (likely 57% to 100%)" in text(only)


def test_what_could_not_be_looked_for_says_so(visit: Visit) -> None:
    app = visit(REVIEW, landlord="OLD", as_at=AS_AT)
    assert "could not" in text(app)
    assert "Payments are not held." in text(app)


def test_residents_words_stay_on_the_pages_of_the_complaints_team(review: Visit) -> None:
    assert "In their words" in text(review())
    assert "In their words" not in text(review(CASES))


def test_residents_words_are_text_and_never_markup(review: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    note = "<img src=x onerror=alert(1)> [a link](javascript:alert(1)) $x$ :red[so]"
    moment = Moment(
        on=DAY, lane=EVIDENCE, what="Contact K<b>1</b>", detectors=("phrase",), told={"team": "<i>T</i>"}, words=note
    )
    monkeypatch.setattr(loading, "episode_evidence", lambda *_: (moment,))
    shown = review()
    assert not shown.exception
    drawn = text(shown)
    assert not [each for each in ("<img", "<b>1", "<i>T") if each in drawn]
    assert "&lt;img src=x onerror=alert(1)&gt; [a link](javascript:alert(1)) $x$ :red[so]" in drawn
    assert all("<b>1" not in chart.proto.spec for chart in shown.get("plotly_chart"))

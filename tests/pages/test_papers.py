"""Board paper, Self-check and Papers so far: what is written comes back in the paper, sealed before it is shown."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from seed_data.dates import EXTRACT_DATE
from seed_data.generator import generate
from store.database import open_store, upgrade
from store.history import files_at
from store.loading import Manner, load_paths
from store.papers import kept_papers
from tests.pages.conftest import CHECKOUT

BOARD_PAPER, PAPERS = "pages/board/board_paper.py", "pages/board/papers.py"
SELF_CHECK = "pages/complaints_team/self_check.py"
Go = Callable[..., AppTest]


@pytest.fixture
def own_store(tmp_path: Path) -> str:
    """A store of its own: these pages write."""
    folder = tmp_path / "MALLO"
    folder.mkdir()
    for table, frame in generate()["MALLO"].items():
        frame.write_parquet(folder / f"{table}.parquet")
    url = f"sqlite:///{tmp_path / 'own.db'}"
    store = open_store(url)
    upgrade(store)
    load_paths(store, [folder], manner=Manner(method="test", extract_date=EXTRACT_DATE, files=files_at([folder])))
    store.engine.dispose()
    return url


@pytest.fixture
def go(own_store: str, at_store: Callable[[str], None]) -> Go:
    """Open a page of that store."""
    at_store(own_store)

    def opened(page: str, **query: str) -> AppTest:
        app = AppTest.from_file(CHECKOUT / "app.py", default_timeout=90)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        return app.switch_page(page).run()

    return opened


def said(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(each.proto.body for each in app.get("html"))


def press(app: AppTest, label: str) -> AppTest:
    return next(each for each in app.button if each.label == label).click().run()


def test_commentary_is_in_the_paper_and_the_next_quarter_brings_the_questions(go: Go, own_store: str) -> None:
    june = {"landlord": "MALLO", "as_at": "2026-06-30"}
    app = go(BOARD_PAPER, **june)
    assert "No earlier paper of this kind was kept" in said(app)
    app.text_area(key="commentary_board_MALLO_2026-06-30").set_value("We visited <b>Repairs</b>.")
    app.text_input(key="commentary_name").set_value("A. Member, MRC")
    press(app, "Put it in the paper")
    assert "We visited &lt;b&gt;Repairs&lt;/b&gt;." in said(app)
    app.text_area(key="questions_board_MALLO_2026-06-30").set_value("Who visits <i>tenants</i>?")
    app.text_input(key="questions_name").set_value("A. Member, MRC")
    press(app, "Ask them in the paper")
    assert "Who visits &lt;i&gt;tenants&lt;/i&gt;? Asked by A. Member, MRC." in said(app)
    app.text_input(key="paper_kept_by").set_value("A. Clerk")
    press(app, "Keep this paper")
    store = open_store(own_store)
    assert [each.kept_by for each in kept_papers(store, "MALLO")] == ["A. Clerk"]
    store.engine.dispose()
    app = go(BOARD_PAPER, landlord="MALLO", as_at="2026-09-30")
    assert "Asked by the paper of 30 June 2026" in said(app) and "Not answered yet." in said(app)
    assert said(app).count("Who visits &lt;i&gt;tenants") >= 3  # in its card, among the last questions, and still open
    app.text_area(key="answer_text").set_value("In the spring.")
    app.text_input(key="answer_name").set_value("Head of repairs")
    press(app, "Record the answer")
    assert said(app).count("In the spring.") >= 2  # in its card, and in the paper
    assert said(app).count("Who visits &lt;i&gt;tenants") == 2  # answered, and asked no more


def test_a_missing_name_is_told_and_nothing_is_kept(go: Go, own_store: str) -> None:
    app = press(go(BOARD_PAPER, landlord="MALLO", as_at="2026-09-30"), "Keep this paper")
    assert "wanted the name of who keeps" in app.error[0].value
    store = open_store(own_store)
    assert kept_papers(store, "MALLO") == []
    store.engine.dispose()


def test_every_file_is_offered_and_every_picture_can_be_heard(go: Go) -> None:
    app = go(BOARD_PAPER, landlord="MALLO", as_at="2026-09-30", paper="annual")
    assert not app.exception
    assert len(app.get("download_button")) == 4
    assert all(len(image.alt) > 20 for each in app.get("imgs") for image in each.proto.imgs)


def test_the_position_is_not_shown_before_the_score_is_sealed(go: Go) -> None:
    app = go(SELF_CHECK, landlord="MALLO", as_at="2026-09-30")
    assert "Where do you think you stand?" in said(app)
    assert "foundations not secure" not in said(app)
    app.selectbox(key="seal_position").set_value("operational")
    app.text_area(key="seal_reason").set_value("We learn from each case.")
    app.text_input(key="seal_name").set_value("Team lead")
    press(app, "Seal it, and show the self-check")
    assert "The team expected operational" in said(app)
    assert "We learn from each case." in said(app) and "Cases to fix first" in said(app)


def test_papers_so_far_opens_a_paper_and_says_what_changed(go: Go) -> None:
    assert "No paper has been kept yet" in said(go(PAPERS, landlord="MALLO", as_at="2026-09-30"))
    for as_at in ("2026-06-30", "2026-09-30"):
        app = go(BOARD_PAPER, landlord="MALLO", as_at=as_at)
        app.text_input(key="paper_kept_by").set_value("A. Clerk")
        press(app, "Keep this paper")
    shown = said(go(PAPERS, landlord="MALLO", as_at="2026-09-30"))
    assert "2 papers have been kept" in shown
    assert "Compared with the paper of 30 June 2026" in shown and "what happened" in shown
    assert "the same as those held today" in shown

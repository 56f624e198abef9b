"""The published picture through the app: figures and caveats, never a verdict."""

from metrics.published.picture import CANNOT_SAY
from metrics.words import LEVELS
from tests.pages.conftest import Visit
from tests.pages.test_pages import h1, text

PAGE = "pages/board/published_picture.py"


def test_six_findings_each_with_its_caveat_and_the_limits(visit: Visit) -> None:
    app = visit(PAGE, landlord="BRACK")
    assert not app.exception
    written = text(app)
    assert written.count("Beware: ") == 6
    assert all(sentence.replace("'", "&#x27;") in written for sentence in CANNOT_SAY)


def test_no_level_of_the_pyramid_is_named_as_a_verdict(visit: Visit) -> None:
    assert not any(level in h1(visit(PAGE, landlord="BRACK")).lower() for level in LEVELS)


def test_the_landlord_chosen_above_is_the_one_shown_and_another_can_be_searched(visit: Visit) -> None:
    app = visit(PAGE, landlord="QUILL")
    assert h1(app).startswith("Quillhaven Housing Association: ")
    app.selectbox(key="select_of").select("SORRE").run()
    assert not app.exception
    assert h1(app).startswith("Sorrelby Homes: ")


def test_a_landlord_linked_to_is_shown(visit: Visit) -> None:
    assert h1(visit(PAGE, landlord="QUILL", of="SORRE")).startswith("Sorrelby Homes: ")


def test_until_the_workbook_is_loaded_it_says_how(visit: Visit) -> None:
    written = text(visit(PAGE, landlord="BRACK"))
    assert "The regulator&#x27;s workbook is not loaded" in written
    assert "load-tsm" in written

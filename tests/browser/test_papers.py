"""An MRC's paper from one quarter to the next, and the paper itself as a web page."""

import io
import re
from pathlib import Path

import docx
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visiting
from tests.browser.test_every_page import violations
from tests.browser.visitor import NARROW, PATIENCE, Visitor

JUNE, SEPTEMBER = "2026-06-30", "2026-09-30"


def press(visitor: Visitor, name: str) -> None:
    visitor.main.get_by_role("button", name=name, exact=True).click()


def test_a_paper_is_written_taken_away_and_met_again(visitor: Visitor) -> None:
    visitor.open("paper", landlord="LARKS", as_at=JUNE)
    expect(visitor.card("last-meeting")).to_contain_text("No earlier paper of this kind was kept")
    visitor.card("commentary").get_by_label("Commentary").fill("The repairs desk was visited in May.")
    visitor.card("commentary").get_by_label("Name and role").fill("A. Member, MRC")
    press(visitor, "Put it in the paper")
    expect(visitor.card("preview")).to_contain_text("The repairs desk was visited in May.")
    visitor.card("own-questions").get_by_label("Questions, one a line").fill("Who visits tenants?")
    visitor.card("own-questions").get_by_label("Asked by (name and role)").fill("A. Member, MRC")
    press(visitor, "Ask them in the paper")
    expect(visitor.card("preview")).to_contain_text("Who visits tenants? Asked by A. Member, MRC.")
    with visitor.page.expect_download(timeout=PATIENCE) as taken:
        press(visitor, "Word, to edit")
    assert taken.value.suggested_filename == f"LARKS-board-{JUNE}.docx"
    document = docx.Document(io.BytesIO(Path(taken.value.path()).read_bytes()))
    assert "The repairs desk was visited in May." in [each.text for each in document.paragraphs]
    visitor.card("take-away").get_by_label("Kept by (name and role)").fill("A. Clerk")
    press(visitor, "Keep this paper")
    expect(visitor.card("take-away")).to_contain_text("Kept.")
    visitor.open("paper", landlord="LARKS", as_at=SEPTEMBER)
    expect(visitor.card("last-meeting")).to_contain_text("Asked by the paper of 30 June 2026.")
    expect(visitor.card("last-meeting")).to_contain_text("Who visits tenants?")
    visitor.card("last-meeting").get_by_text("Answer a question").click()
    visitor.card("last-meeting").get_by_label("Answer", exact=True).fill("In the spring.")
    visitor.card("last-meeting").get_by_label(re.compile("^Answered by")).fill("Head of repairs")
    press(visitor, "Record the answer")
    expect(visitor.card("preview")).to_contain_text("In the spring.")
    visitor.turn_to("Papers so far")
    expect(visitor.heading).to_have_text("One paper has been kept")


def test_the_web_page_of_a_paper_passes_axe_and_fits_a_phone(visitor: Visitor, browser: Browser) -> None:
    visitor.open("paper", landlord="BRACK", as_at=SEPTEMBER)
    with visitor.page.expect_download(timeout=PATIENCE) as taken:
        press(visitor, "Web page")
    page = browser.new_page(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(Path(taken.value.path()).read_text("utf-8"))
    assert [each for each in asked if not each.startswith(("about:", "data:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()
    # The page's own policy lets no script in: axe comes from outside it.
    context = browser.new_context(bypass_csp=True)
    read = context.new_page()
    read.set_content(Path(taken.value.path()).read_text("utf-8"))
    found = Axe().run(read).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
    context.close()


def test_a_self_check_once_shown_passes_axe_at_a_desk_and_on_a_phone(visiting: Visiting) -> None:
    desk = visiting()
    desk.open("self-check", landlord="MALLO", as_at="2026-03-31")
    desk.pick("Position", "Operational")
    desk.main.get_by_label("Why").fill("We learn from each case.")
    desk.main.get_by_label("Name and role").fill("Team lead")
    press(desk, "Seal it, and show the self-check")
    expect(desk.card("preview")).to_contain_text("Cases to fix first")
    desk.settle()
    assert violations(desk) == []
    phone = visiting(size=NARROW)
    phone.open("self-check", landlord="MALLO", as_at="2026-03-31")
    assert (phone.spills(), phone.cuts(), violations(phone)) == ("", "", [])


def test_word_comes_in_the_landlords_own_template(visitor: Visitor, tmp_path: Path) -> None:
    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "Sorrelby Homes, our letterhead"
    own.save(tmp_path / "own.docx")
    visitor.open("paper", landlord="SORRE", as_at=SEPTEMBER)
    visitor.card("take-away").get_by_text("Use our own Word template").click()
    visitor.main.locator("input[type=file]").set_input_files(tmp_path / "own.docx")
    expect(visitor.card("take-away")).to_contain_text("Word now comes in own.docx.")
    visitor.settle()
    with visitor.page.expect_download(timeout=PATIENCE) as taken:
        press(visitor, "Word, to edit")
    made = docx.Document(io.BytesIO(Path(taken.value.path()).read_bytes()))
    assert made.sections[0].header.paragraphs[0].text == "Sorrelby Homes, our letterhead"
    assert "In short" in [each.text for each in made.paragraphs if each.style.name == "Heading 1"]

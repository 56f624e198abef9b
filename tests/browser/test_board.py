"""A board member's journey: the answer, its doubt, the reasons, the cases, the board's own view, the handbook."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visiting
from tests.browser.visitor import NARROW, Visitor

DAY = "2026-09-30"
NOT_SECURE = re.compile("^Transactional, foundations not secure: ")


def test_a_cold_link_opens_with_the_sentence_its_doubt_and_the_pyramid(visitor: Visitor) -> None:
    visitor.open(landlord="BRACK", as_at=DAY)
    expect(visitor.heading).to_have_text(NOT_SECURE)
    expect(visitor.main.get_by_text("If the same year were run again")).to_be_visible()
    pyramid = visitor.page.get_by_role("figure", name=re.compile("pyramid", re.IGNORECASE)).first
    expect(pyramid).to_be_visible()
    top = [each.bounding_box() for each in (visitor.heading, pyramid)]
    assert top[0]["y"] < top[1]["y"] < 450, "the answer and the pyramid are on the first screen"


def test_from_the_answer_to_one_complaint_and_back(visitor: Visitor) -> None:
    visitor.open(landlord="BRACK", as_at=DAY)
    visitor.follow(re.compile("^Why: every figure"))
    expect(visitor.heading).to_have_text(re.compile("^Why it stands at"))
    row = visitor.page.locator(".st-key-indicator-stage_1_on_time")
    expect(row).to_contain_text("Not met")
    met, of = (int(each.replace(",", "")) for each in re.findall(r"([\d,]+) of ([\d,]+)", row.inner_text())[0])
    visitor.follow("Open the responses behind it", row)
    expect(visitor.heading).to_have_text(f"Stage 1 answered on time: {of - met:,} to look at")
    link = visitor.main.get_by_role("link", name=re.compile("^Complaint ")).first
    name = link.inner_text()
    visitor.follow(name)
    expect(visitor.main.locator(".lp-lead")).to_contain_text(name)
    expect(visitor.card("stage-1")).to_contain_text("Answer due")
    visitor.page.go_back()
    expect(visitor.heading).to_have_text(re.compile("^Stage 1 answered on time"))
    visitor.page.go_back()
    expect(visitor.heading).to_have_text(re.compile("^Why it stands at"))
    visitor.expect_query("landlord", "BRACK")
    visitor.expect_query("as_at", DAY)


def test_another_landlord_and_another_quarter_are_in_the_address(visitor: Visitor, visiting: Visiting) -> None:
    visitor.open(landlord="BRACK", as_at=DAY)
    visitor.pick("Landlord", "Larkspire Group")
    visitor.expect_query("landlord", "LARKS")
    expect(visitor.heading).to_have_text(re.compile("^Strategic: "))
    visitor.pick("Quarter the figures speak for", "to 31 December 2024")
    visitor.expect_query("as_at", "2024-12-31")
    expect(visitor.heading).not_to_have_text(re.compile("^Strategic: "))
    visitor.settle()
    other = visiting()
    other.page.goto(visitor.page.url)
    other.settle()
    assert other.heading.inner_text() == visitor.heading.inner_text(), "the link opens the same for another reader"


def test_the_board_records_its_own_judgement_beside_the_position(visitor: Visitor, visiting: Visiting) -> None:
    visitor.open(landlord="MALLO", as_at=DAY)
    position = visitor.heading.inner_text()
    card = visitor.card("judgement")
    card.get_by_text("Record the board's judgement").click()
    visitor.pick("Position", "Operational")
    card.get_by_role("textbox", name="Reason").fill("Walkabouts in <b>June</b> showed more than the records.")
    card.get_by_role("textbox", name="Name and role").fill("A. Member, MRC")
    card.get_by_role("button", name="Record").click()
    expect(card.get_by_text("The board holds it to be operational.")).to_be_visible()
    other = visiting()
    other.open(landlord="MALLO", as_at=DAY)
    expect(other.heading).to_have_text(position)
    expect(other.card("judgement")).to_contain_text("Walkabouts in <b>June</b> showed more than the records.")
    expect(other.card("judgement")).to_contain_text("A. Member, MRC")


def test_a_judgement_without_a_reason_is_refused_in_words(visitor: Visitor) -> None:
    visitor.open(landlord="QUILL", as_at=DAY)
    card = visitor.card("judgement")
    card.get_by_text("Record the board's judgement").click()
    # By the key: the button still moves while its form unfolds, and a click may miss it.
    card.get_by_role("button", name="Record").press("Enter")
    expect(card.get_by_role("alert")).to_contain_text("reason")


def test_the_handbook_opens_at_a_figure(visitor: Visitor) -> None:
    visitor.open("cases", landlord="BRACK", as_at=DAY, indicator="stage_1_on_time")
    visitor.follow("How this figure is worked out")
    expect(visitor.heading).to_have_text("How it is worked out")
    entry = visitor.page.locator(".st-key-entry-stage_1_on_time")
    expect(entry.get_by_text("Worked example")).to_be_visible()
    expect(visitor.page.locator(".st-key-entry-acknowledged_on_time").get_by_text("Worked example")).to_be_hidden()


def test_the_keyboard_alone_goes_from_the_position_to_the_cases(visitor: Visitor) -> None:
    visitor.open(landlord="BRACK", as_at=DAY)
    for link, heading in (
        (re.compile("^Why: every figure"), "Why it stands at"),
        (re.compile("^Open the "), "to look at"),
        (re.compile("^Complaint "), ""),
    ):
        visitor.main.get_by_role("link", name=link).first.focus()
        visitor.page.keyboard.press("Enter")
        visitor.page.wait_for_url(re.compile("why" if "Why" in heading else "case"))
        expect(visitor.heading).to_contain_text(heading)
        visitor.settle()


def test_a_phone_shows_the_sentence_then_the_pyramid(visiting: Visiting) -> None:
    phone = visiting(size=NARROW)
    phone.open(landlord="BRACK", as_at=DAY)
    expect(phone.heading).to_have_text(NOT_SECURE)
    expect(phone.page.get_by_test_id("stSidebar").get_by_role("link", name="Why")).not_to_be_in_viewport()
    pyramid = phone.page.get_by_role("figure").first
    boxes = [each.bounding_box() for each in (phone.heading, pyramid, phone.card("against"))]
    assert boxes[0]["y"] < boxes[1]["y"] < boxes[2]["y"]
    assert boxes[1]["y"] < NARROW[1], "the pyramid begins on the first screen"
    assert boxes[1]["width"] > 300


def test_a_phone_opens_the_sidebar_and_another_page(visiting: Visiting) -> None:
    phone = visiting(size=NARROW)
    phone.open(landlord="BRACK", as_at=DAY)
    phone.page.get_by_test_id("stExpandSidebarButton").click()
    phone.turn_to("Why")
    expect(phone.heading).to_have_text(re.compile("^Why it stands at"))
    expect(phone.heading).to_be_in_viewport()


def test_an_address_that_asks_for_nobody_says_so_and_shows_somebody(visitor: Visitor) -> None:
    visitor.open("why", landlord="NOBODY", as_at="yesterday")
    expect(visitor.main.get_by_role("alert")).to_contain_text("which is not there")
    expect(visitor.heading).to_have_text(re.compile("^Why it stands at"))

"""Learning in a browser: from a verdict to the complaints behind it, from a signal to its cases, and what the board
had."""

import re

from playwright.sync_api import expect

from tests.browser.visitor import Visitor

DAY = "2026-09-30"


def _number(text: str) -> int:
    return int(re.search(r"[\d,]+", text)[0].replace(",", ""))


def test_from_a_verdict_to_the_complaints_after_the_action_and_to_one_of_them(visitor: Visitor) -> None:
    visitor.open("learning", landlord="QUILL", as_at=DAY)
    expect(visitor.heading).to_have_text("Learned on four themes, round the loop again on one")
    expect(visitor.card("effects").get_by_role("figure")).to_be_visible()
    visitor.follow(re.compile(r"^Damp and mould: list the \d+ actions$"))
    expect(visitor.heading).to_have_text(re.compile(r"^\d+ learning actions$"))
    expect(visitor.main.locator(".lp-lead")).to_contain_text("Damp and mould")
    actions = visitor.card("actions")
    expect(actions).to_contain_text("a halving would have been seen")
    after = actions.get_by_role("link", name=re.compile(r"^\d+ after$")).first
    count = _number(after.inner_text())
    visitor.follow(re.compile(r"^\d+ after$"), actions)
    expect(visitor.heading).to_have_text(f"{count:,} complaints received")
    expect(visitor.main.locator(".lp-lead")).to_contain_text("Damp and mould")
    visitor.follow(re.compile("^Complaint C-"))
    expect(visitor.main.locator(".lp-lead")).to_contain_text("C-")
    visitor.page.go_back()
    expect(visitor.heading).to_have_text(f"{count:,} complaints received")


def test_a_theme_that_loops_opens_what_was_upheld(visitor: Visitor) -> None:
    visitor.open("learning", landlord="BRACK", as_at=DAY)
    card = visitor.card("themes-looping")
    link = card.get_by_role("link", name=re.compile("^Damp and mould: open the"))
    count = _number(link.inner_text())
    visitor.follow(re.compile("^Damp and mould: open the"), card)
    expect(visitor.heading).to_have_text(f"{count:,} complaints upheld")


def test_a_recurring_signal_opens_its_cases_and_the_service_area_is_in_the_address(visitor: Visitor) -> None:
    visitor.open("signals", landlord="BRACK", as_at=DAY, area="Damp and mould")
    card = visitor.card("recurring")
    link = card.get_by_role("link", name=re.compile("^Open the ")).first
    count = _number(link.inner_text())
    visitor.follow(re.compile("^Open the "), card)
    expect(visitor.heading).to_have_text(f"{count:,} complaints upheld")
    assert visitor.query("theme") == "Damp and mould"


def test_what_the_governing_body_had_opens_the_quarters_behind_it(visitor: Visitor) -> None:
    visitor.open("governance", landlord="QUILL", as_at=DAY)
    expect(visitor.heading).to_have_text(re.compile("^The governing body received what the Code asks for"))
    visitor.follow("Open the quarters behind it")
    expect(visitor.heading).to_contain_text("in all")

"""Promises and apologies in a browser: overdue leads to its cases; a draft is pasted, marked, and goes nowhere."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visiting
from tests.browser.visitor import NARROW, Visitor

DAY = "2026-09-30"
DRAFT = (
    "Dear Ms Okafor,\n\nI am sorry. We left you without heating for 102 weeks, and we did not answer your calls, "
    "because we closed the repair without looking. We apologise for any inconvenience, but the contractor was late.\n\n"
    "<img src=x onerror=document.title='taken'><b>bold</b>\n\nI will visit you on 12 May."
)


def test_from_what_is_overdue_to_the_complaint(visitor: Visitor) -> None:
    visitor.open("commitments", landlord="BRACK", as_at=DAY)
    expect(visitor.heading).to_have_text(re.compile(r"^\d+ promises are overdue"))
    visitor.follow(re.compile(r"^Officer 9: 11 overdue"))
    expect(visitor.heading).to_have_text("Overdue now (Officer 9): 11")
    assert visitor.query("owner") == "Officer 9"
    visitor.pick("Overdue for", "over a year")
    expect(visitor.heading).to_have_text("Overdue now (Officer 9, over a year): 5")
    assert visitor.query("age") == "over a year"
    visitor.follow(re.compile("^Complaint C-"))
    expect(visitor.heading).to_contain_text("a promise not kept")
    assert re.match("C-", visitor.query("ref"))


def test_a_filter_is_kept_in_the_address_and_a_link_opens_it_cold(visitor: Visitor) -> None:
    visitor.open("commitments", landlord="BRACK", as_at=DAY)
    visitor.pick("Team", "Repairs hub")
    expect(visitor.heading).to_have_text(re.compile("^Repairs hub: 19 promises"))
    assert visitor.query("of_team") == "Repairs hub"
    visitor.open("commitments", landlord="BRACK", as_at=DAY, of_team="Repairs hub")
    expect(visitor.heading).to_have_text(re.compile("^Repairs hub: 19 promises"))


def paste(visitor: Visitor, draft: str) -> None:
    """Put a draft in the box as the keyboard would, and ask for the check without the mouse."""
    box = visitor.page.get_by_role("textbox", name="Draft of the apology")
    box.focus()
    visitor.page.keyboard.insert_text(draft)
    visitor.page.keyboard.press("Control+Enter")
    expect(visitor.card("check").get_by_role("status")).to_contain_text("Its words meet")
    visitor.settle()


def sent_anywhere(page: Page) -> list[str]:
    """Addresses asked for while the page is used."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


@pytest.mark.parametrize("size", [None, NARROW], ids=["desk", "phone"])
def test_a_draft_is_marked_in_place_and_goes_nowhere(visiting: Visiting, size: tuple[int, int] | None) -> None:
    visitor = visiting() if size is None else visiting(size=size)
    visitor.open("apologies", landlord="BRACK", as_at=DAY)
    asked = sent_anywhere(visitor.page)
    paste(visitor, DRAFT)
    draft = visitor.page.get_by_role("region", name="The draft with its marks")
    expect(draft.locator("mark.lp-avoid")).to_have_text(
        [re.compile("^any"), re.compile("^inconvenience"), re.compile("^but"), re.compile("^the contractor")]
    )
    expect(draft.locator("mark.lp-avoid sup")).to_have_text(["1", "2", "3", "4"])
    expect(draft.locator("mark.lp-shows", has_text="We left you")).to_be_visible()
    expect(draft).to_contain_text("<b>bold</b>")
    assert draft.locator("img, b, script").count() == 0
    assert "taken" not in visitor.page.title()
    assert "Okafor" not in visitor.page.url
    assert [url for url in asked if "Okafor" in url or not url.startswith((visitor.base, "data:", "blob:"))] == []
    assert visitor.spills() == ""
    assert visitor.cuts() == ""
    visitor.page.reload()
    visitor.settle()
    expect(visitor.page.get_by_role("textbox", name="Draft of the apology")).to_have_value("")

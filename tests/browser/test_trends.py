"""An executive's journey through the quarterly trends: matrix, chart, cases; and an event with limits begun anew."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visiting
from tests.browser.visitor import NARROW, Visitor

DAY = "2026-09-30"


def test_from_the_matrix_to_a_chart_to_its_cases(visitor: Visitor) -> None:
    visitor.open("trends", landlord="BRACK", as_at=DAY)
    expect(visitor.heading).to_have_text(
        re.compile(r"^\d+ of \d+ figures changed by more than chance; chance alone would show \d")
    )
    matrix = visitor.card("matrix")
    expect(matrix.locator(".js-plotly-plot")).to_have_count(1)
    matrix.get_by_role("button", name="Commitments honoured").click()
    visitor.expect_query("line", "commitments_honoured")
    opened = visitor.page.locator(".st-key-chart-commitments_honoured")
    expect(
        opened.get_by_role("figure", name=re.compile("^Commitments honoured, by month, on a control chart"))
    ).to_be_visible()
    expect(opened.get_by_text("Housing management system replaced")).to_be_visible()
    visitor.settle()
    visitor.follow(re.compile("^Open the commitments behind it"), opened)
    visitor.expect_query("indicator", "commitments_honoured")
    expect(visitor.heading).to_have_text(re.compile(r"^Commitments honoured: [\d,]+ to look at"))


def test_the_switch_is_in_the_address_and_works_by_keyboard(visitor: Visitor) -> None:
    visitor.open("trends", landlord="QUILL", as_at=DAY)
    switch = visitor.main.get_by_role("radio", name="Not screened").or_(
        visitor.main.get_by_role("button", name="Not screened")
    )
    switch.first.focus()
    visitor.page.keyboard.press("Enter")
    visitor.expect_query("screened", "no")
    expect(visitor.main.get_by_text("as in the Making Data Count spreadsheet")).to_be_visible()


def test_an_event_is_noted_and_limits_begin_anew_at_it(visitor: Visitor) -> None:
    visitor.open("trends", landlord="MALLO", as_at=DAY, line="acknowledged_on_time")
    card = visitor.card("events")
    card.get_by_text("Note an event").click()
    card.get_by_label("What happened").fill("Complaints desk moved to the scheme managers")
    card.get_by_label("Your name and role").first.fill("A. Executive")
    card.get_by_role("button", name="Note it").click()
    expect(card.get_by_text("Noted. It is marked on every chart over time")).to_be_visible()
    expect(card.get_by_role("listitem").filter(has_text="Complaints desk moved")).to_be_visible()
    visitor.settle()
    card.get_by_text("Begin limits anew at an event").click()
    card.get_by_role("textbox", name="Reason").fill("Another desk acknowledges since.")
    card.get_by_label("Your name and role").last.fill("A. Executive")
    card.get_by_role("button", name="Record the decision").click()
    expect(card.get_by_text("Recorded. The limits are worked out by it from now on.")).to_be_visible()
    expect(card.get_by_text("Decisions on limits (1)")).to_be_visible()


def test_on_a_telephone_nothing_spills_or_is_cut(visiting: Visiting) -> None:
    visitor = visiting(size=NARROW, scheme="dark")
    visitor.open("trends", landlord="BRACK", as_at=DAY)
    assert visitor.spills() == ""
    assert visitor.cuts() == ""

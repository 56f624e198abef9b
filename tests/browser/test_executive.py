"""An executive's journey: volumes by service area, satisfaction, and what is published of anybody."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.intake.rsh_book import small_book

DAY = "2026-09-30"


def test_volumes_of_one_service_area_lead_to_its_cases(visitor: Visitor) -> None:
    visitor.open("volumes", landlord="TARRO", as_at=DAY)
    expect(visitor.heading).to_have_text(re.compile(r"^[\d.]+ complaints for every 1,000 homes"))
    visitor.pick("Service area", "Damp and mould")
    visitor.expect_query("area", "Damp and mould".replace(" ", "+"))
    expect(visitor.heading).to_have_text(re.compile(r"^Damp and mould: [\d.]+ complaints for every 1,000 homes"))
    course = visitor.card("course")
    course.get_by_text("Figures", exact=True).click()
    expect(course.get_by_role("row")).to_have_count(13, timeout=20_000)
    complaints = int(
        re.search(r"([\d,]+) complaints", visitor.main.locator(".lp-lead").inner_text())[1].replace(",", "")
    )
    visitor.settle()
    visitor.follow("Open the complaints of these twelve months", course)
    expect(visitor.heading).to_contain_text(f"{complaints:,} in all, Damp and mould")


def test_volumes_split_another_way(visitor: Visitor) -> None:
    visitor.open("volumes", landlord="TARRO", as_at=DAY)
    card = visitor.card("splits")
    card.get_by_role("radio", name="Team").or_(card.get_by_role("button", name="Team")).first.click()
    expect(card.get_by_role("figure", name=re.compile("team"))).to_be_visible()


def test_satisfaction_against_all_landlords_and_another_year(visitor: Visitor) -> None:
    visitor.open("satisfaction", landlord="BRACK", as_at=DAY)
    expect(visitor.heading).to_have_text("All 12 answers lie below the middle half of landlords")
    card = visitor.card("perception")
    card.get_by_role("radio", name="All landlords").or_(card.get_by_role("button", name="All landlords")).first.click()
    expect(card.get_by_text("middle half of all landlords").first).to_be_visible()
    visitor.pick("Year", "2023-24")
    visitor.expect_query("year", "2023-24")
    expect(visitor.main.locator(".lp-lead")).to_contain_text("2023-24")
    expect(visitor.main.get_by_text("The same from your own records")).to_be_visible()


def test_the_regulators_workbook_is_loaded_and_any_landlord_is_found(visitor: Visitor, tmp_path: Path) -> None:
    book = tmp_path / "TSM24.xlsx"
    book.write_bytes(small_book())
    visitor.open("published", landlord="BRACK", as_at=DAY)
    expect(visitor.main.get_by_text("The regulator's workbook is not loaded")).to_be_visible()
    visitor.follow("Load records")
    visitor.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(book)
    expect(visitor.main.get_by_text("This is the regulator's workbook of 2023-24")).to_be_visible()
    visitor.main.get_by_role("button", name="These matches are right: check the rows").click()
    visitor.main.get_by_role("button", name="Load", exact=True).click()
    expect(visitor.card("done-0")).to_contain_text("loaded")
    visitor.settle()
    visitor.turn_to("Published picture")
    search = visitor.page.get_by_role("combobox", name=re.compile("^Search .* landlords by name"))
    search.click()
    search.fill("alder")
    visitor.page.get_by_role("option", name="Alder Homes").click()
    visitor.expect_query("of", "L0001")
    expect(visitor.heading).to_have_text(re.compile("^Alder Homes: "))
    expect(visitor.card("cannot-say")).to_contain_text("cannot place a landlord on the pyramid")
    expect(visitor.main.get_by_text("Beware:").first).to_be_visible()

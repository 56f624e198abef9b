"""Ghost stages as their readers use them: from the board's figure to a complaint, and decisions that change a count."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor

DAY = "2026-09-30"
LANDLORD = "BRACK"


@pytest.fixture
def reader(visitor: Visitor) -> Visitor:
    """Somebody who starts on the board's page."""
    visitor.open("ghost-stages", landlord=LANDLORD, as_at=DAY)
    return visitor


def test_from_the_boards_figure_to_a_team_an_episode_and_its_complaint(reader: Visitor) -> None:
    link = reader.card("where").get_by_role("link", name=re.compile(": read them$")).first
    team = link.inner_text().partition(":")[0]
    reader.follow(link.inner_text(), reader.card("where"))
    reader.expect_query("queue", "counted")
    assert reader.query("of_team") == team
    expect(reader.card("episode")).to_contain_text(team)
    reader.open("review", landlord=LANDLORD, as_at=DAY, queue="counted", window="before")
    complaint = reader.card("episode").get_by_role("link", name=re.compile("^Complaint "))
    reference = complaint.inner_text().removeprefix("Complaint ")
    reader.follow(complaint.inner_text(), reader.card("episode"))
    reader.expect_query("ref", reference)
    expect(reader.card("hidden")).to_contain_text("before stage 1")
    expect(reader.card("timeline").get_by_role("figure")).to_be_visible()
    reader.follow(re.compile("read it in the review queue"), reader.card("hidden"))
    expect(reader.card("episode")).to_contain_text(reference)


def test_the_comparison_stays_in_the_address(reader: Visitor) -> None:
    reader.card("where").get_by_role("radio", name="Channel").or_(
        reader.card("where").get_by_role("button", name="Channel")
    ).first.click()
    reader.expect_query("by", "channel")
    reader.settle()
    reader.follow(re.compile(": read them$"), reader.card("where"))
    assert reader.query("of_channel") not in ("", "every")


def _counted(reader: Visitor) -> int:
    found = re.search(r"([\d,]+) hidden stages? (?:is|are) counted", reader.main.inner_text())
    assert found
    return int(found[1].replace(",", ""))


def test_a_verdict_takes_an_episode_out_of_the_count(visitor: Visitor) -> None:
    visitor.open("review", landlord=LANDLORD, as_at=DAY, queue="counted")
    before = _counted(visitor)
    visitor.card("episode").get_by_role("textbox", name="Reason").fill("It was an appointment.")
    visitor.card("episode").get_by_role("textbox", name="Name and role").fill("R. Reader")
    visitor.card("episode").get_by_role("button", name="Not a ghost").click()
    expect(visitor.main.get_by_text("Recorded: not a ghost.")).to_be_visible()
    visitor.settle()
    assert _counted(visitor) == before - 1


def test_an_accepted_deviation_is_shown_to_the_board_with_its_owner(visitor: Visitor) -> None:
    visitor.open("ghost-rules", landlord=LANDLORD, as_at=DAY)
    card = visitor.card("deviations")
    card.get_by_text("Accept a deviation", exact=True).click()
    visitor.pick("Deviation", "A hidden stage before stage 1")
    card.get_by_role("textbox", name="Owner: name and role").fill("D. <b>Director</b>")
    card.get_by_role("textbox", name="Reason").first.fill("A pilot.")
    card.get_by_role("button", name="Accept", exact=True).click()
    expect(card).to_contain_text("“A hidden stage before stage 1” is accepted until 30 September 2027")
    visitor.open("ghost-stages", landlord=LANDLORD, as_at=DAY)
    expect(visitor.card("path")).to_contain_text("accepted by D. <b>Director</b> until 30 September 2027")


def test_an_audit_is_drawn_and_answered(visitor: Visitor) -> None:
    visitor.open("ghost-audit", landlord=LANDLORD, as_at=DAY)
    visitor.card("audit-draw").get_by_role("textbox", name="Name and role").fill("A. Reader")
    visitor.card("audit-draw").get_by_role("button", name="Draw at random").click()
    expect(visitor.heading).to_have_text("0 of 100 contacts of the sample are read")
    visitor.settle()
    contact = visitor.card("audit-contact")
    contact.get_by_role("textbox", name="Reason").fill("She chased twice.")
    contact.get_by_role("textbox", name="Name and role").fill("A. Reader")
    contact.get_by_role("button", name="Outside the stages").click()
    expect(visitor.heading).to_have_text("1 of 100 contacts of the sample are read")
    visitor.settle()
    expect(visitor.card("audit-contact")).to_contain_text("Contact 2 of 100")
    visitor.open("ghost-stages", landlord=LANDLORD, as_at=DAY)
    expect(visitor.card("ladder")).to_contain_text("1 of 100 contacts of the sample are read")

"""The complaints team's journey: from an export with odd headings to figures, refusals mended, cases read."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Download, Locator, expect

from tests.browser.conftest import Visiting
from tests.browser.visitor import Visitor

DAY = "2026-09-30"
COMPLAINTS = (
    "Complaint Number;Household Ref;Tenure Type;Complaint Category;Team;"
    "Date Received;Stage 1 Ack Date;Stage 1 Response Date\n"
    "C1;H1;LCRA;Damp;=1+1;05/03/2024;20/03/2024;30/04/2024\n"
    "C2;H2;LCRA;Damp;Repairs;06/03/2024;07/03/2024;15/03/2024\n"
    "C3;H3;LCRA;Damp;=2+2;06/03/2024;01/03/2024;\n"
    "C4;H4;Mansion;Pests;Repairs;31/02/2024;;\n"
)
SCRIPT = "<img src=x onerror=document.title='taken'><script>document.title='taken'</script>"
CONTACTS = (
    f"contact_ref,household_ref,complaint_ref,occurred_at,direction,note\nN1,H1,C1,2024-03-06 09:30,inbound,{SCRIPT}\n"
)


@pytest.fixture
def officer(visiting: Visiting) -> Iterator[Visitor]:
    """A visitor whose page must never run what a record holds."""
    visitor = visiting()
    asked: list[str] = []
    visitor.page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    yield visitor
    assert not asked
    assert "taken" not in visitor.page.title()


def downloaded(visitor: Visitor, button: Locator) -> Download:
    """What a button hands over."""
    with visitor.page.expect_download() as waiting:
        button.click()
    return waiting.value


def test_an_export_with_odd_headings_becomes_figures(officer: Visitor, tmp_path: Path) -> None:
    officer.open("records", landlord="SORRE", as_at=DAY)
    _add_landlord(officer)
    _upload(officer, tmp_path)
    card = officer.card("match-0")
    expect(card).to_contain_text("Taken for complaints")
    card.get_by_text("Columns as they are matched").click()
    expect(card.get_by_role("row", name=re.compile("^Complaint Number complaint_ref"))).to_be_visible()
    main = officer.main
    main.get_by_role("button", name="These matches are right: check the rows").click()
    preview = officer.card("preview-0")
    expect(preview).to_contain_text("Complaints: 2 new, 2 would be refused")
    expect(preview).to_contain_text("Mansion")
    expect(main.get_by_role("button", name="Load", exact=True)).to_be_visible()
    main.get_by_role("textbox", name="Your name, for the history").fill("Ann <i>Officer</i>")
    main.get_by_role("textbox", name="Save these matches as").fill("Case system")
    main.get_by_role("button", name="Load", exact=True).click()
    done = officer.card("done-0")
    expect(done).to_contain_text("Complaints: 2 new, 2 refused")
    expect(done).to_contain_text("Contacts: 1 new")
    _refusals_open_in_a_spreadsheet(downloaded(officer, done.get_by_role("button", name=re.compile("^Download the 2"))))
    officer.settle()
    main.get_by_text("History", exact=True).click()
    expect(main.get_by_text("By Ann <i>Officer</i>, on this page").first).to_be_visible()
    expect(main.get_by_text("Case system: complaints", exact=True)).to_be_visible()
    _read_the_case(officer)


def _add_landlord(officer: Visitor) -> None:
    main = officer.main
    main.get_by_text("Add or correct a landlord").click()
    main.get_by_role("textbox", name="Code *").fill("ODD")
    main.get_by_role("textbox", name="Name *").fill("Odd & <b>Sons</b>")
    main.get_by_role("textbox", name="Rented homes (LCRA)").fill("1,000")
    main.get_by_role("button", name="Add this landlord").click()
    expect(main.get_by_text("Odd & <b>Sons</b> is held now")).to_be_visible()
    officer.pick("Whose records, where a file has no landlord column", "Odd & <b>Sons</b> (ODD)")


def _upload(officer: Visitor, folder: Path) -> None:
    files = (folder / "Complaints Q4.csv", folder / "contacts.csv")
    files[0].write_text(COMPLAINTS)
    files[1].write_text(CONTACTS)
    officer.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(files)


def _refusals_open_in_a_spreadsheet(download: Download) -> None:
    assert download.suggested_filename == "refused-rows.xlsx"
    book = _workbook(download)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    held = {str(cell.value) for cell in cells}
    assert {"C3", "C4", "Mansion", "31/02/2024"} <= held
    assert not [cell for cell in cells if cell.data_type == "f"], "a cell of the file became a formula"
    assert [cell for cell in cells if "=2+2" in str(cell.value)], "what was refused is given back as it was"


def _read_the_case(officer: Visitor) -> None:
    officer.open("cases", landlord="ODD", as_at="2024-06-30", indicator="stage_1_on_time")
    expect(officer.heading).to_have_text("Stage 1 answered on time: 1 to look at")
    rows = _csv(downloaded(officer, officer.main.get_by_role("button", name="Download CSV")))
    assert [(row["complaint_ref"], row["team"]) for row in rows] == [("C1", "'=1+1")]
    book = _workbook(downloaded(officer, officer.main.get_by_role("button", name="Download workbook")))
    assert not [cell for row in book.active.iter_rows() for cell in row if cell.data_type == "f"]
    officer.follow("Complaint C1")
    contacts = officer.card("contacts")
    expect(contacts).to_contain_text(SCRIPT)
    assert contacts.locator("img, script").count() == 0


def _workbook(download: Download) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(Path(download.path()).read_bytes()))


def _csv(download: Download) -> list[dict[str, str]]:
    text = Path(download.path()).read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_what_needs_attention_can_be_taken_away_and_opened(officer: Visitor) -> None:
    officer.open("cases", landlord="TARRO", as_at=DAY)
    officer.pick("Figure", "Stage 2 answered on time")
    officer.expect_query("indicator", "stage_2_on_time")
    expect(officer.heading).to_have_text(re.compile(r"^Stage 2 answered on time: [\d,]+ to look at$"))
    officer.settle()
    count = int(re.search(r"([\d,]+) to look at", officer.heading.inner_text())[1].replace(",", ""))
    rows = _csv(downloaded(officer, officer.main.get_by_role("button", name="Download CSV")))
    assert len(rows) == count > 0
    first = officer.main.get_by_role("link", name=re.compile("^Complaint ")).first
    assert first.inner_text() == f"Complaint {rows[0]['complaint_ref']}"
    officer.follow(first.inner_text())
    expect(officer.card("timeline").get_by_role("figure")).to_be_visible()


def test_all_of_them_page_by_page(officer: Visitor) -> None:
    officer.open("cases", landlord="TARRO", as_at=DAY, indicator="stage_1_on_time")
    officer.main.get_by_text("All", exact=True).click()
    officer.expect_query("which", "all")
    expect(officer.heading).to_contain_text("in all")
    officer.settle()
    first = officer.main.get_by_role("link", name=re.compile("^Complaint ")).first
    before = first.inner_text()
    officer.page.get_by_test_id("stPagination").get_by_role("button", name="2", exact=True).or_(
        officer.page.get_by_role("button", name=re.compile(r"(go to )?page 2\b", re.IGNORECASE))
    ).first.click()
    expect(first).not_to_have_text(before)


def test_a_reference_that_is_not_there_is_told_so_and_one_that_is_opens(officer: Visitor) -> None:
    officer.open("case", landlord="TARRO", as_at=DAY)
    box = officer.main.get_by_label("Complaint reference")
    box.fill("C-<b>nothing</b>")
    box.press("Enter")
    expect(officer.heading).to_have_text("This complaint is not here")
    expect(officer.main.get_by_text("No complaint “C-<b>nothing</b>”")).to_be_visible()
    officer.settle()
    box.fill("C-002309")
    box.press("Enter")
    officer.expect_query("ref", "C-002309")
    expect(officer.main.get_by_text("Complaint C-002309")).to_be_visible()


def test_a_blank_template_is_a_file_that_opens(officer: Visitor) -> None:
    officer.open("records", landlord="TARRO", part="Templates")
    download = downloaded(officer, officer.card("templates").get_by_role("button", name="Workbook"))
    headings = [cell.value for cell in _workbook(download).worksheets[0][1]]
    assert "landlord_code" in headings

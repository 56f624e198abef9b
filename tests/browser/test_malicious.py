"""HTML and script in every text of every table: each page of the app shows them as the characters they are."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import expect

from metrics.records import TABLE_BY_NAME, TABLES
from metrics.table import Table
from seed_data.generator import generate
from store.database import open_store
from store.loading import Manner, kept, load, prepared_of
from tests.browser.conftest import Visiting
from tests.browser.server import store_url
from tests.browser.visitor import Visitor
from ui.navigation import PLACES, Place

LANDLORD = "EVIL"
SCRIPT = "<img src=x onerror=\"window.taken='yes'\"><script>window.taken='yes'</script>"
MARKDOWN = "[click](javascript:window.taken='yes') $\\\\href{javascript:window.taken=1}{x}$ :red[x] "
TEXTS = ("text", "reference")
AS_THEY_ARE = {"landlord_code", "year", "measure", "provision"}
"""Columns whose words decide what is worked out; an address holds the first."""
RECORDS = next(place for place in PLACES if place.address == "records")
VIEWS = [(place, {}) for place in PLACES if place is not RECORDS]
VIEWS += [(RECORDS, {"part": part}) for part in ("Load", "Held and missing", "History", "Templates")]


def poisoned(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """Every text of a table with script before it: the same before the same, so that references still meet."""
    named = [each.name for each in table.columns if each.kind in TEXTS and each.name not in AS_THEY_ARE]
    dirty = [
        pl.when(pl.col(name).is_not_null()).then(pl.lit(SCRIPT + MARKDOWN) + pl.col(name)).alias(name)
        for name in named
        if name in frame.columns
    ]
    return frame.with_columns(*dirty, pl.lit(LANDLORD).alias("landlord_code"))


@pytest.fixture(scope="module")
def with_evil(folder: Path) -> Iterator[str]:
    """The store with a landlord whose every word is script; gives the reference of one of its complaints."""
    frames = {name: frame for name, frame in generate()["MALLO"].items() if name in TABLE_BY_NAME}
    tables = {table.name: kept(poisoned(table, frames[table.name])) for table in TABLES if table.name in frames}
    store = open_store(store_url(folder))
    load(store, prepared_of(tables), manner=Manner(method="test"))
    store.engine.dispose()
    yield str(poisoned(TABLE_BY_NAME["complaints"], frames["complaints"])["complaint_ref"][0])


HARM = """() => {
    const wrong = 'img[onerror], img[src$="/x"], img[src="x"], a[href^="javascript"], [onclick]';
    const scripts = [...document.querySelectorAll('script')].filter(each => each.textContent.includes('taken'));
    const found = [...document.querySelectorAll(wrong), ...scripts].map(each => each.outerHTML.slice(0, 200));
    return [...(window.taken ? ['a script ran'] : []), ...found].join('; ');
}"""


def harm(visitor: Visitor) -> str:
    """What of it was taken for more than words; empty where nothing was."""
    found: str = visitor.page.evaluate(HARM)
    return found


@pytest.mark.parametrize(("place", "ask"), VIEWS, ids=["-".join([each.address, *ask.values()]) for each, ask in VIEWS])
def test_no_page_takes_words_for_more(place: Place, ask: dict[str, str], with_evil: str, visiting: Visiting) -> None:
    visitor = visiting()
    dialogs: list[str] = []
    visitor.page.on("dialog", lambda each: (dialogs.append(each.message), each.dismiss()))
    asked = {"landlord": LANDLORD, "as_at": "2026-09-30", "which": "all", **ask}
    if place.address == "case":
        asked["ref"] = with_evil
    visitor.open(place.address, **asked)
    assert harm(visitor) == ""
    assert dialogs == []


def test_what_an_address_says_is_not_taken_for_more_either(visiting: Visiting, with_evil: str) -> None:
    visitor = visiting()
    for name in ("landlord", "as_at", "indicator", "which", "ref", "area"):
        for page in ("cases", "case", "position"):
            visitor.open(page, **{"landlord": LANDLORD, name: SCRIPT + MARKDOWN})
            assert harm(visitor) == "", f"{page}?{name}"
    assert with_evil.startswith("<img")


def test_a_file_of_script_is_shown_as_the_characters_it_holds(visiting: Visiting, tmp_path: Path) -> None:
    quoted = SCRIPT.replace('"', '""')
    file = tmp_path / "<img src=x onerror=window.taken=1>.csv"
    file.write_text(
        f'landlord_code,complaint_ref,household_ref,stock,category,received_on,"{quoted}"\n'
        f'{LANDLORD},"{quoted}1",H1,LCRA,"{quoted}",2024-05-01,"{quoted}"\n'
        f'{LANDLORD},"{quoted}2",H1,"{quoted}",Repairs,"{quoted}",""\n'
    )
    visitor = visiting()
    visitor.open("records", landlord=LANDLORD, part="Load")
    visitor.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)
    expect(visitor.card("match-0")).to_contain_text("Taken for complaints")
    assert harm(visitor) == ""
    visitor.main.get_by_role("button", name="These matches are right: check the rows").click()
    expect(visitor.card("preview-0")).to_contain_text("1 would be refused")
    expect(visitor.card("preview-0")).to_contain_text(SCRIPT)
    assert harm(visitor) == ""
    visitor.main.get_by_role("textbox", name="Your name, for the history").fill(SCRIPT)
    visitor.main.get_by_role("textbox", name="Save these matches as").fill(MARKDOWN)
    visitor.main.get_by_role("button", name="Load", exact=True).click()
    expect(visitor.card("done-0")).to_contain_text("Complaints: 1 new, 1 refused")
    assert harm(visitor) == ""
    visitor.main.get_by_text("History", exact=True).click()
    expect(visitor.main.get_by_text(SCRIPT).first).to_be_visible()
    assert harm(visitor) == ""

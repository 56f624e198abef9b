"""HTML and script in every text of every table: each page of the app shows them as the characters they are."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

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
VIEWS = [place for place in PLACES if place.address != "records"]


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


@pytest.mark.parametrize("place", VIEWS, ids=lambda place: place.address)
def test_no_page_takes_words_for_more(place: Place, with_evil: str, visiting: Visiting) -> None:
    visitor = visiting()
    dialogs: list[str] = []
    visitor.page.on("dialog", lambda each: (dialogs.append(each.message), each.dismiss()))
    asked = {"landlord": LANDLORD, "as_at": "2026-09-30", "which": "all"}
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

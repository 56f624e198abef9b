"""Page re-runs on the server, and first visits in a browser, over a large landlord.

python -m benchmarks.pages [--complaints 100000] [--contacts 1000000] [--turns 7] [--no-browser]

A re-run is what a click costs: the script of app.py and its page, by Streamlit's AppTest, with what was worked out
before kept. A first visit is of a real server and a real Chromium with an empty cache: from the address to the words of
the answer, and to the last chart drawn.
"""

import argparse
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st
from playwright.sync_api import Browser, sync_playwright
from streamlit.testing.v1 import AppTest

from benchmarks.measure import CHECKOUT, Timing, peak_megabytes, table, timed
from benchmarks.records_at_scale import AS_AT, LANDLORD, records
from benchmarks.stores import filled
from metrics.periods import quarter_ends_to
from tests.browser.conftest import ARGUMENTS
from tests.browser.server import app, store_url
from tests.browser.visitor import WIDE, Visitor
from ui.navigation import CASE, PLACES, POSITION, Place

PATIENCE_SECONDS = 300
A_COMPLAINT = "C0000012"


@dataclass(frozen=True, kw_only=True)
class PageTimes:
    """One page: its first run, which works out what it shows, and its re-runs."""

    place: Place
    first: Timing
    again: Timing


def query(place: Place) -> dict[str, str]:
    """The address of the page for the large landlord."""
    asked = {"landlord": LANDLORD, "as_at": AS_AT.isoformat()}
    return {**asked, "ref": A_COMPLAINT} if place.file == CASE else asked


def reruns(turns: int) -> list[PageTimes]:
    """Every page in the order of the sidebar, each run once and then `turns` times again. Reads DATABASE_URL.

    Raises RuntimeError where a page breaks."""
    return [_rerun(place, turns) for place in PLACES]


def _rerun(place: Place, turns: int) -> PageTimes:
    times = PageTimes(place=place, first=Timing(), again=Timing())
    script = AppTest.from_file(CHECKOUT / "app.py", default_timeout=PATIENCE_SECONDS)
    script.query_params.update(query(place))
    # Position is what runs first whatever page is asked for: for it that is the run that works things out.
    timed(script.run, times.first if place.file == POSITION else Timing())
    script.query_params.update(query(place))
    timed(lambda: script.switch_page(place.file).run(), Timing() if place.file == POSITION else times.first)
    for _ in range(turns):
        timed(script.run, times.again)
    if script.exception:
        raise RuntimeError(f"{place.title}: {script.exception[0].message}")
    return times


@dataclass(frozen=True)
class Paint:
    """A visit of one new visitor: until the answer is there to be read, and until the last chart is drawn."""

    answer: Timing = field(default_factory=Timing)
    drawn: Timing = field(default_factory=Timing)


def first_paints(folder: Path, turns: int) -> list[tuple[str, Paint]]:
    """What is seen from a warm server: pages seen before, and Position for quarters nobody has asked for yet."""
    seen, unseen, others = Paint(), Paint(), Paint()
    with app(folder) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        _paint(browser, base, PLACES[0], Paint(), as_at=AS_AT.isoformat())
        for place in PLACES:
            _paint(browser, base, place, Paint())
        for day in quarter_ends_to(AS_AT, turns)[:-1]:
            _paint(browser, base, PLACES[0], seen)
            _paint(browser, base, PLACES[0], unseen, as_at=day.isoformat())
        for place in PLACES[1:]:
            _paint(browser, base, place, others)
        browser.close()
    return [
        ("Position, seen before by somebody", seen),
        ("Position, a quarter nobody has asked for", unseen),
        ("the other pages, seen before (median of them)", others),
    ]


def _paint(browser: Browser, base: str, place: Place, into: Paint, **other: str) -> None:
    """One new visitor: an empty browser cache and a new session."""
    context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
    visitor = Visitor(page=context.new_page(), base=base)
    visitor.page.set_default_timeout(PATIENCE_SECONDS * 1000)
    address = "" if place.file == POSITION else place.address

    def come() -> None:
        timed(lambda: (visitor.come(address, **{**query(place), **other}), visitor.heading.wait_for()), into.answer)
        visitor.settle()

    timed(come, into.drawn)
    context.close()


def chromium() -> str | None:
    """The browser's path; None leaves it to Playwright."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def measured(complaints: int, *, contacts: int, turns: int, browser: bool = True) -> str:
    """Draw, load, visit; a report in Markdown."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled(folder, records(complaints, contacts=contacts)).engine.dispose()
        before = os.environ.get("DATABASE_URL")
        os.environ["DATABASE_URL"] = store_url(folder)
        try:
            st.cache_resource.clear()
            pages = reruns(turns)
            painted = first_paints(folder, min(turns, 4)) if browser else []
        finally:
            st.cache_resource.clear()
            _restore(before)
    return report(complaints, contacts, pages, painted)


def _restore(before: str | None) -> None:
    if before is None:
        os.environ.pop("DATABASE_URL", None)
    else:
        os.environ["DATABASE_URL"] = before


def report(complaints: int, contacts: int, pages: Sequence[PageTimes], painted: Sequence[tuple[str, Paint]]) -> str:
    """Tables in Markdown; milliseconds."""
    heading = f"### {complaints:,} complaints and {contacts:,} contacts"
    rows = [
        [
            page.place.title,
            f"{page.again.seconds * 1000:,.0f}",
            f"{page.again.processor_seconds * 1000:,.0f}",
            f"{page.first.seconds * 1000:,.0f}",
            f"{page.first.processor_seconds * 1000:,.0f}",
        ]
        for page in pages
    ]
    scripts = table(("page", "re-run ms", "processor ms", "first run ms", "first run, processor ms"), rows)
    parts = [heading, scripts, f"Peak of the process: {peak_megabytes():,.0f} MB."]
    if painted:
        rows = [
            [
                what,
                *(
                    f"{seconds:.2f}"
                    for each in (paint.answer, paint.drawn)
                    for seconds in (each.seconds, max(each.wall))
                ),
            ]
            for what, paint in painted
        ]
        head = ("first visit in Chromium, warm server", "answer s", "slowest", "all drawn s", "slowest ")
        parts.append(table(head, rows))
    return "\n\n".join(parts)


def main() -> None:
    """Print tables for benchmarks/RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--complaints", type=int, default=100_000)
    parser.add_argument("--contacts", type=int, default=1_000_000)
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--no-browser", dest="browser", action="store_false")
    asked = parser.parse_args()
    print(measured(asked.complaints, contacts=asked.contacts, turns=asked.turns, browser=asked.browser))


if __name__ == "__main__":
    main()

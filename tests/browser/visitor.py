"""A reader at a browser: opens addresses, reads headings, picks from lists, follows links."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Locator, Page, expect

WIDE, NARROW = (1280, 900), (390, 844)
# Long enough for the first visit to a cold server on a busy machine; a page that is ready is not waited for.
PATIENCE = 60_000
# Streamlit keeps a drawn page until the next one is complete, its old parts marked as stale.
DRAWN = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    return app?.dataset.testScriptState === 'notRunning' && document.querySelector('h1')
        && !document.querySelector('[data-stale=true], [data-testid=stSkeleton], [data-testid=stSpinner]')
        && ![...document.querySelectorAll('[data-testid=stPlotlyChart]')].some(each => !each.querySelector('.main-svg'))
}"""


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """One browser page of the app at `base`."""

    page: Page
    base: str

    def open(self, place: str = "", **query: str) -> None:
        """Open an address cold, as a link in a message would, and wait until the page is drawn."""
        self.come(place, **query)
        self.settle()

    def come(self, place: str = "", **query: str) -> None:
        """Open an address and wait for nothing."""
        asked = f"?{urlencode(query)}" if query else ""
        self.page.goto(f"{self.base}/{place}{asked}", wait_until="domcontentloaded")

    def settle(self) -> None:
        """Wait until the script rests and every chart is drawn."""
        self.page.wait_for_function(DRAWN, timeout=PATIENCE)

    @property
    def heading(self) -> Locator:
        """The finding of the page."""
        return self.page.locator("h1")

    @property
    def main(self) -> Locator:
        """The page without its sidebar."""
        return self.page.get_by_test_id("stMain")

    def card(self, key: str) -> Locator:
        """The card of that key."""
        return self.page.locator(f".st-key-card-{key}")

    def follow(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Click the first link of that name and wait for its page."""
        before = self.page.url
        (within or self.main).get_by_role("link", name=name).first.click()
        self.page.wait_for_url(lambda now: now != before, timeout=PATIENCE)
        self.settle()

    def turn_to(self, name: str) -> None:
        """Open a page from the sidebar."""
        self.follow(re.compile(f"^{re.escape(name)}$"), self.page.get_by_test_id("stSidebar"))

    def pick(self, label: str, option: str | re.Pattern[str], exact: bool = True) -> None:
        """Pick from a list by its label."""
        self.page.get_by_role("combobox", name=label, exact=exact).first.click()
        self.page.get_by_role("option", name=option).first.click()

    def query(self, name: str) -> str:
        """One query parameter of the address; empty where it has none."""
        return parse_qs(urlsplit(self.page.url).query).get(name, [""])[0]

    def expect_query(self, name: str, value: str) -> None:
        """Wait until the address says so."""
        expect(self.page).to_have_url(re.compile(f"[?&]{name}={re.escape(value)}(&|$)"))

    def spills(self) -> str:
        """What is wider than the screen, outside the parts that scroll by themselves; empty where nothing is."""
        found: str = self.page.evaluate(SPILLS)
        return found

    def cuts(self) -> str:
        """Words that are cut off because they do not fit; empty where none are."""
        found: str = self.page.evaluate(CUTS)
        return found


# Words that do not fit are cut by Streamlit's own boxes; parts that scroll by themselves are not cut.
CUTS = """() => [...document.querySelectorAll('[data-testid=stMain] :is(p, a, span, button, h1, h2, h3, label)')]
    .filter(each => each.textContent.trim() && each.checkVisibility() && each.scrollWidth > each.clientWidth + 1
        && each.clientWidth > 0 && ['hidden', 'clip'].includes(getComputedStyle(each).overflowX))
    .map(each => each.textContent.trim().slice(0, 80)).slice(0, 5).join('; ')"""
SPILLS = """() => {
    const wide = document.documentElement.clientWidth;
    const scrolls = each => { for (let up = each.parentElement; up; up = up.parentElement) {
        if (up.matches('[data-testid=stMain], body')) return false;
        if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(up).overflowX)) return true; } };
    const main = document.querySelector('[data-testid=stMain]');
    const out = [...main.querySelectorAll('*')].filter(each => {
        const box = each.getBoundingClientRect();
        return box.width > 1 && box.height > 1 && box.right > wide + 1 && !scrolls(each); });
    const body = document.documentElement.scrollWidth > wide || main.scrollWidth > main.clientWidth + 1;
    return out.map(each => `${each.tagName}.${each.className.baseVal ?? each.className}: `
        + (each.textContent || '').slice(0, 60)).slice(0, 5).join('; ') + (body ? ' | the page scrolls sideways' : '');
}"""

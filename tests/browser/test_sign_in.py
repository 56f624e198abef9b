"""Each role signs in through a real provider, sees what it should, and is refused what it asks for by hand."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from store import audit
from store.database import open_store
from tests.browser.conftest import Visiting
from tests.browser.provider import PEOPLE, email, provider, settings_for
from tests.browser.server import app, free_port, store_url
from tests.browser.visitor import Visitor

OURS = {"landlord": "QUILL", "as_at": "2026-09-30"}
THEIRS = {"landlord": "BRACK", "as_at": "2026-09-30"}
REFUSED = "Not for your view"
SignedIn = Callable[[str], Visitor]

ATTEMPTS = [
    # who, address, what it asks for, whether it is theirs to see
    ("board", "position", OURS, True),
    ("board", "cases", OURS, False),
    ("board", "case", {**OURS, "ref": "QUILL-C-00001"}, False),
    ("board", "review", OURS, False),
    ("board", "records", {**OURS, "part": "History"}, False),
    ("board", "people", {}, False),
    ("board", "audit", {}, False),
    ("mrc", "why", OURS, True),
    ("mrc", "cases", {**OURS, "indicator": "stage_1_on_time"}, False),
    ("executive", "volumes", OURS, True),
    ("executive", "cases", OURS, True),
    ("executive", "review", OURS, False),
    ("executive", "records", OURS, False),
    ("team", "review", OURS, True),
    ("team", "records", OURS, True),
    ("team", "settings", OURS, False),
    ("team", "audit", {}, False),
    ("administrator", "people", {}, True),
    ("administrator", "audit", {}, True),
    ("administrator", "cases", OURS, False),
    ("administrator", "position", OURS, False),
    ("stranger", "position", OURS, False),
    ("stranger", "cases", OURS, False),
]


@pytest.fixture(scope="module")
def signed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where an app is served whose people sign in."""
    request.getfixturevalue("chromium")
    folder: Path = request.getfixturevalue("folder")
    port = free_port()
    with (
        provider(tmp_path_factory.mktemp("provider") / "provider.log") as at,
        app(folder, port=port, settings=settings_for(at, port)),
    ):
        yield f"http://localhost:{port}"


@pytest.fixture
def signed_in(visiting: Visiting, signed: str) -> SignedIn:
    """Somebody who signed in by the provider's own page."""

    def enter(who: str) -> Visitor:
        visitor = visiting(base=signed)
        visitor.open()
        visitor.main.get_by_role("button", name="Sign in").click()
        visitor.page.get_by_role("button", name=who).first.click()
        visitor.page.wait_for_url(f"{signed}/**")
        expect(visitor.page.get_by_role("button", name="Sign out")).to_be_visible()
        return visitor

    return enter


def test_without_signing_in_there_is_a_door_and_nothing_else(visiting: Visiting, signed: str) -> None:
    visitor = visiting(base=signed)
    for place in ("", "position", "cases", "audit"):
        visitor.open(place, **OURS)
        expect(visitor.heading).to_have_text("Learning Pyramid")
        expect(visitor.page.get_by_test_id("stPlotlyChart")).to_have_count(0)


@pytest.mark.parametrize("who", PEOPLE)
def test_each_role_sees_its_own_and_is_refused_the_rest(who: str, signed_in: SignedIn) -> None:
    visitor = signed_in(who)
    for name, place, asked, may in ATTEMPTS:
        if name != who:
            continue
        visitor.open(place, **asked)
        if may:
            expect(visitor.heading, f"{who} opens {place}").not_to_have_text(REFUSED)
        else:
            expect(visitor.heading, f"{who} is refused {place}").to_have_text(REFUSED)
            expect(visitor.page.get_by_test_id("stPlotlyChart")).to_have_count(0)


@pytest.mark.parametrize("who", ["board", "team"])
def test_another_landlord_in_the_address_is_not_there(who: str, signed_in: SignedIn) -> None:
    visitor = signed_in(who)
    visitor.open("position", **THEIRS)
    expect(visitor.main.get_by_text("which is not there")).to_be_visible()
    assert "BRACK" not in visitor.page.url.partition("?")[2] or visitor.main.get_by_text("Bracken").count() == 0


def test_a_group_sees_its_own_landlords(signed_in: SignedIn) -> None:
    visitor = signed_in("group")
    for asked in (OURS, THEIRS):
        visitor.open("position", **asked)
        expect(visitor.main.get_by_text("which is not there")).to_have_count(0)


def test_who_looked_at_cases_is_in_the_audit_and_the_chain_holds(signed_in: SignedIn, folder: Path) -> None:
    signed_in("team").open("cases", **OURS)
    store = open_store(store_url(folder))
    assert any(each.who == email("team") and each.what == "viewed cases" for each in audit.entries(store))
    assert audit.verify(store).fault is None
    store.engine.dispose()

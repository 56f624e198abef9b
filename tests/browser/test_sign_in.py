"""Each role signs in through a real provider, sees what it should, and is refused what it asks for by hand."""

import base64
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest
from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME as COOKIE

from store import audit
from store.database import Store, open_store
from store.people import change_setting, keep_person
from store.snapshot import records_to_count
from tests.browser.conftest import Visiting
from tests.browser.provider import COOKIE_SECRET, email, provider, settings_for
from tests.browser.server import app, free_port, store_url
from tests.browser.visitor import Visitor
from ui.navigation import ADMINISTRATION, BOARD, EXECUTIVES, LOADS, METHOD, PLACES, REVIEWS, TEAM, Place

OURS = {"landlord": "QUILL", "as_at": "2026-09-30"}
THEIRS = {"landlord": "BRACK", "as_at": "2026-09-30"}
REFUSED = "Not for your view"
SignedIn = Callable[[str], Visitor]

# Which groups of pages each may open at their own landlord; every other address of the app is refused.
OPEN_TO = {
    "board": {BOARD, METHOD},
    "mrc": {BOARD, METHOD},
    "executive": {BOARD, EXECUTIVES, METHOD, TEAM},
    "team": {BOARD, EXECUTIVES, METHOD, TEAM},
    "administrator": {METHOD, ADMINISTRATION},
    "stranger": {METHOD},
}
TYPED_BY_HAND = ("position", "volumes", "cases", "case", "review", "records", "method", "people", "audit")
"""Addresses of every kind; `tests/pages/test_access.py` walks them all, past the provider."""
FOR_THE_TEAM_ALONE = {place.address for place in PLACES if place.needs in (REVIEWS, LOADS)}


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


def opens(who: str, place: Place) -> bool:
    return place.reader in OPEN_TO[who] and (who == "team" or place.address not in FOR_THE_TEAM_ALONE)


@pytest.mark.parametrize("who", OPEN_TO)
def test_each_role_sees_its_own_and_is_refused_the_rest(who: str, signed_in: SignedIn) -> None:
    visitor = signed_in(who)
    for place in (each for each in PLACES if each.address in TYPED_BY_HAND):
        visitor.open(place.address, **OURS)
        if opens(who, place):
            expect(visitor.heading, f"{who} opens {place.address}").not_to_have_text(REFUSED)
        else:
            expect(visitor.heading, f"{who} is refused {place.address}").to_have_text(REFUSED)
            expect(visitor.page.get_by_test_id("stPlotlyChart")).to_have_count(0)
            expect(visitor.page.get_by_test_id("stDownloadButton")).to_have_count(0)


ATTEMPTS = [
    ("position", THEIRS),
    ("why", THEIRS),
    ("ghost-stages", THEIRS),
    ("ombudsman", THEIRS),
    ("papers", {**THEIRS, "kept": "1"}),
    ("volumes", {**THEIRS, "team": "Repairs"}),
    ("trends", {**THEIRS, "line": "stage_1_on_time"}),
    ("cases", {**THEIRS, "indicator": "stage_1_on_time", "which": "all"}),
    ("case", {**THEIRS, "ref": "{theirs}"}),
    ("case", {**OURS, "ref": "{theirs}"}),
    ("commitment-list", {**THEIRS, "show": "open"}),
    ("review", THEIRS),
]
"""Another landlord in the address, and another landlord's complaint in ours."""


@pytest.mark.parametrize("who", ["board", "team"])
def test_another_landlord_in_the_address_is_not_there(who: str, signed_in: SignedIn, theirs: tuple[str, str]) -> None:
    visitor = signed_in(who)
    name, reference = theirs
    for place, asked in ATTEMPTS:
        visitor.open(place, **{key: value.format(theirs=reference) for key, value in asked.items()})
        told = visitor.page.locator("body").inner_text()
        assert name not in told, f"{who}: {place} {asked}"
        assert f"Complaint {reference}" not in told, f"{who}: {place} {asked}"


@pytest.fixture
def theirs(at_the_machine: Store) -> tuple[str, str]:
    """The name of another landlord, and the reference of a complaint that it alone has."""
    held, ours = (records_to_count(at_the_machine, code) for code in ("BRACK", "QUILL"))
    name: str = held.frame("landlords").select("name").collect().item(0, 0)
    known = set(ours.frame("complaints").select("complaint_ref").collect().to_series())
    references = held.frame("complaints").select("complaint_ref").collect().to_series()
    return name, next(each for each in references if each not in known)


def test_a_group_sees_its_own_landlords_and_no_other(signed_in: SignedIn) -> None:
    visitor = signed_in("group")
    for asked in (OURS, THEIRS):
        visitor.open("position", **asked)
        expect(visitor.main.get_by_text("which is not there")).to_have_count(0)
    visitor.open("position", landlord="TARRO", as_at="2026-09-30")
    expect(visitor.main.get_by_text("which is not there")).to_be_visible()


def test_the_mrc_sees_cases_where_the_landlord_says_so(signed_in: SignedIn, at_the_machine: Store) -> None:
    change_setting(at_the_machine, "QUILL", "mrc_sees_cases", "yes", reason="As the Ombudsman wants it")
    try:
        visitor = signed_in("mrc")
        visitor.open("cases", **OURS, which="all")
        expect(visitor.heading).not_to_have_text(REFUSED)
        links = visitor.main.get_by_role("link", name=re.compile("^Complaint C-[0-9a-f]{10}$"))
        expect(links.first).to_be_visible()
        visitor.open("review", **OURS)
        expect(visitor.heading).to_have_text(REFUSED)
    finally:
        change_setting(at_the_machine, "QUILL", "mrc_sees_cases", "no", reason="As it was")
    again = signed_in("mrc")
    again.open("cases", **OURS, which="all")
    expect(again.heading).to_have_text(REFUSED)


def test_a_role_taken_away_while_signed_in_is_gone(signed_in: SignedIn, at_the_machine: Store) -> None:
    """At once for a page opened anew and for a file asked for by an old page; within a minute for a page in use."""
    visitor = signed_in("executive")
    visitor.open("cases", **OURS, which="all")
    files: list[str] = []
    visitor.page.on("download", lambda each: files.append(each.url))
    leave = {"roles": frozenset(), "landlords": frozenset(), "reason": "Left"}
    keep_person(at_the_machine, email("executive"), **leave)  # type: ignore[arg-type]
    try:
        visitor.main.get_by_role("button", name="Download CSV").click()
        expect(visitor.page.get_by_text(re.compile("fail|error", re.IGNORECASE)).first).to_be_visible()
        assert files == []
        visitor.open("cases", **OURS, which="all")
        expect(visitor.heading).to_have_text(REFUSED)
        expect(visitor.main.get_by_text("no role was given to you")).to_be_visible()
    finally:
        back = {"roles": frozenset({"executive"}), "landlords": frozenset({"QUILL"}), "reason": "Came back"}
        keep_person(at_the_machine, email("executive"), **back)  # type: ignore[arg-type]


def test_a_file_is_for_whoever_it_was_made_for(
    signed_in: SignedIn, visiting: Visiting, signed: str, at_the_machine: Store
) -> None:
    """The link of a download in somebody else's browser, in a program without a browser, and after signing out."""
    visitor = signed_in("team")
    visitor.open("cases", **OURS, which="all")
    with visitor.page.expect_download() as came:
        visitor.main.get_by_role("button", name="Download CSV").click()
    link = came.value.url
    assert "/media/" in link
    assert b"complaint_ref" in came.value.path().read_bytes()
    assert fetched(visitor, link) == 200, "whose it is may fetch it again"
    nobody = visiting(base=signed)
    nobody.come()
    assert fetched(nobody, link) == 404
    for other in ("board", "stranger"):
        assert fetched(signed_in(other), link) == 404, other
    assert answered(link) == 404
    kept = sign_in_cookies(visitor)
    signed_out(visitor)
    visitor.page.context.add_cookies(kept)
    assert fetched(visitor, link) == 404, "the cookie was copied before"
    told = [(each.who, each.what) for each in audit.entries(at_the_machine)]
    assert {(email("team"), what) for what in ("signed in", "viewed cases", "exported", "signed out")} <= set(told)


def fetched(visitor: Visitor, link: str) -> int:
    """What a browser with this visitor's cookies is answered."""
    return visitor.page.context.request.get(link).status


def sign_in_cookies(visitor: Visitor) -> list[SetCookieParam]:
    return [each for each in visitor.page.context.cookies() if each["name"].startswith(COOKIE)]  # type: ignore[misc]


def signed_out(visitor: Visitor) -> None:
    """The app forgets who it was and hands over to the provider's own page for signing out."""
    visitor.page.get_by_role("button", name="Sign out").click()
    visitor.page.wait_for_url(re.compile("/oauth2/end_session"))


def test_signing_out_ends_it_in_every_window_and_going_back_shows_nothing(signed_in: SignedIn) -> None:
    visitor = signed_in("team")
    visitor.open("cases", **OURS, which="all")
    kept = sign_in_cookies(visitor)
    signed_out(visitor)
    for _ in range(3):
        visitor.page.go_back(wait_until="domcontentloaded")
        if visitor.page.url.startswith(visitor.base):
            expect(visitor.main.get_by_role("button", name=re.compile("^Sign in"))).to_be_visible()
            expect(visitor.main.get_by_role("link", name=re.compile("^Complaint"))).to_have_count(0)
    visitor.page.context.add_cookies(kept)
    visitor.open("cases", **OURS)
    expect(visitor.main.get_by_role("button", name="Sign in again")).to_be_visible()
    expect(visitor.heading).to_have_text("Learning Pyramid")


@pytest.mark.parametrize("forged", ["altered", "another's secret", "without a signature"])
def test_a_cookie_somebody_made_is_no_sign_in(forged: str, visiting: Visiting, signed: str) -> None:
    visitor = visiting(base=signed)
    visitor.page.context.add_cookies([{"name": COOKIE, "value": made_up(forged, signed), "url": signed}])
    visitor.open("cases", **OURS)
    expect(visitor.main.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    expect(visitor.heading).to_have_text("Learning Pyramid")


def claims(base: str, *, hours_ago: float = 0) -> str:
    """What the cookie of the complaints team says."""
    told = {
        "is_logged_in": True,
        "origin": base,
        "sub": "team",
        "email": email("team"),
        "iat": int(time.time() - hours_ago * 3600),
        "roles": ["complaints team"],
        "landlords": ["QUILL"],
    }
    return json.dumps(told)


def made_up(forged: str, base: str) -> str:
    if forged == "without a signature":
        return base64.b64encode(claims(base).encode()).decode()
    secret = COOKIE_SECRET if forged == "altered" else "d" * 64
    value = create_signed_value(secret, COOKIE, claims(base)).decode()
    return value[:-4] + ("aaaa" if value[-4:] != "aaaa" else "bbbb") if forged == "altered" else value


def test_a_sign_in_of_long_ago_is_over(visiting: Visiting, signed: str) -> None:
    """A cookie with this server's own signature: good today, over after more hours than the settings allow."""
    for hours, over in ((0, False), (11, True)):
        value = create_signed_value(COOKIE_SECRET, COOKIE, claims(signed, hours_ago=hours)).decode()
        visitor = visiting(base=signed)
        visitor.page.context.add_cookies([{"name": COOKIE, "value": value, "url": signed}])
        visitor.open("cases", **OURS)
        expect(visitor.main.get_by_role("button", name="Sign in again")).to_have_count(int(over))


def test_there_is_no_second_door(signed: str) -> None:
    """Streamlit's interface for programs is off."""
    asked = Request(f"{signed}/_stcore/agent/interact", data=b"{}", headers={"Content-Type": "application/json"})
    assert answered(asked) in (403, 404, 405)


def answered(asked: str | Request) -> int:
    """The status that a program without a browser is answered with."""
    try:
        with build_opener(ProxyHandler({})).open(asked) as found:
            return int(found.status)
    except HTTPError as refused:
        with refused:
            return refused.code


@pytest.fixture
def at_the_machine(folder: Path) -> Iterator[Store]:
    """The store as whoever keeps it opens it."""
    store = open_store(store_url(folder))
    yield store
    store.engine.dispose()


def test_who_looked_at_cases_is_in_the_audit_and_the_chain_holds(signed_in: SignedIn, folder: Path) -> None:
    signed_in("team").open("cases", **OURS)
    store = open_store(store_url(folder))
    assert any(each.who == email("team") and each.what == "viewed cases" for each in audit.entries(store))
    assert audit.verify(store).fault is None
    store.engine.dispose()

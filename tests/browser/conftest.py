"""One seeded store and one server a test worker, one Chromium while the tests of this folder run."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.server import app, seeded_copy
from tests.browser.visitor import PATIENCE, WIDE, Visitor

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Scheme = Literal["light", "dark"]
Visiting = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This worker's own copy of the seeded store: tests may load and record into it."""
    own = tmp_path_factory.mktemp("browser") / "store"
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    seeded_copy(shared / "seeded-store", own)
    return own


@pytest.fixture(scope="session")
def served(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where this worker's app is served. Without a browser nothing is seeded."""
    request.getfixturevalue("chromium")
    with app(request.getfixturevalue("folder")) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's path; without one the tests are skipped, but not where CI counts on them."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        reason = "no Chromium: ./run tests installs one, or name it in CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


# Playwright keeps an event loop running in this thread, which tests elsewhere must not find: hence not for the session.
@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def visiting(browser: Browser, served: str) -> Iterator[Visiting]:
    """Make a visitor with a fresh session, of a width and a colour scheme."""
    opened = []

    def arrive(*, size: tuple[int, int] = WIDE, scheme: Scheme = "light", base: str = served) -> Visitor:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, accept_downloads=True, locale="en-GB"
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return Visitor(page=context.new_page(), base=base)

    yield arrive
    for context in opened:
        context.close()


@pytest.fixture
def visitor(visiting: Visiting) -> Visitor:
    """A reader at a desk, by day."""
    return visiting()

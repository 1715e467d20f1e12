"""One running site for all journeys, and a browser of Debian's own for each, which is as new."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Engine
from playwright.sync_api import Page, sync_playwright

from tests.journeys.browser import Browser
from tests.journeys.site import Site, running
from tests.postgres import another

QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--no-first-run",
)
SIZES = {
    "desk": {"width": 1280, "height": 900},
    "phone": {"width": 390, "height": 844},
    "zoomed": {"width": 320, "height": 256},
}

NewBrowser = Callable[..., Browser]
BROWSERS = pytest.StashKey[list[Browser]]()
Free = dict[tuple[str, bool], list[Page]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Site]:
    """The demonstration, served as `make demo` serves it, on the database the run was asked for; one for each worker."""
    server = os.environ.get("DATABASE_URL", "")
    with running(
        tmp_path_factory.mktemp("site"), database_url=another(server, f"site_{worker_id}") if server else ""
    ) as started:
        yield started


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "Chromium is not installed: sudo apt-get install chromium"
    with sync_playwright() as driver:
        # Drivers switch the back/forward cache off; people's browsers have it, so it is switched on again.
        started = driver.chromium.launch(
            executable_path=chromium, args=list(QUIET), ignore_default_args=["--disable-back-forward-cache"]
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def free() -> Free:
    """Pages of browsers that no journey has now, by size and whether there are scripts. One that is new takes two seconds of
    processor time until its first page is there; one that has been emptied, a third of that."""
    return defaultdict(list)


def _open(engine: Engine, size: str, javascript: bool) -> Page:
    context = engine.new_context(
        viewport=SIZES[size], java_script_enabled=javascript, locale="en-GB", timezone_id="Europe/London"
    )
    context.set_default_timeout(15_000)
    return context.new_page()


def _emptied(used: Page, address: str) -> Page:
    """An empty page of the same browser: nothing to go back to, no cookie, nothing stored, nothing cached."""
    context = used.context
    page = context.new_page()
    for other in context.pages:
        if other is not page:
            other.close()
    context.clear_cookies()
    session = context.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": "all"})
    session.send("Network.clearBrowserCache")
    session.detach()
    return page


@pytest.fixture
def new_browser(engine: Engine, site: Site, free: Free, request: pytest.FixtureRequest) -> Iterator[NewBrowser]:
    """Make a browser of nobody yet: `new_browser()`, `new_browser("phone")`, `new_browser(javascript=False)`."""

    def give_back(browser: Browser, kind: tuple[str, bool]) -> None:
        if browser.is_spoilt:
            browser.page.context.close()
        else:
            free[kind].append(_emptied(browser.page, site.address))

    with ExitStack() as opened:

        def make(size: str = "desk", *, javascript: bool = True) -> Browser:
            kind = (size, javascript)
            page = free[kind].pop() if free[kind] else _open(engine, *kind)
            browser = Browser(page, site, [])
            opened.callback(give_back, browser, kind)
            page.on("console", lambda message: browser.heard(message))
            page.on("pageerror", lambda fault: browser.said.append(str(fault)))
            request.node.stash.setdefault(BROWSERS, []).append(browser)
            return browser

        yield make


@pytest.fixture
def browser(new_browser: NewBrowser) -> Browser:
    """A browser at a desk."""
    return new_browser()


@pytest.fixture
def phone(new_browser: NewBrowser) -> Browser:
    return new_browser("phone")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A picture of what the browser showed when a journey failed."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.when == "call" and report.failed:
        for number, browser in enumerate(item.stash.get(BROWSERS, []), 1):
            browser.is_spoilt = True
            browser.keep(f"failed-{Path(item.nodeid.split('::')[-1]).name}-{number}")

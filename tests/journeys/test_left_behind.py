"""What a browser still holds after a day's work: nothing to go back to, nothing stored, nothing of anybody in its files."""

from __future__ import annotations

import http.server
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Engine
from playwright.sync_api import Error, Page, expect

from alongside.demo.accounts import PASSWORD, email
from tests.journeys.browser import Browser
from tests.journeys.conftest import QUIET, SIZES
from tests.journeys.site import Site

TYPED = "KeziaHidTheSpareKey"
# Told by the browser itself: whether a page came back out of its memory.
RETURNED = "addEventListener('pageshow', (event) => { if (event.persisted) console.error('returned from memory'); });"
STORES = """async () => [
  localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length,
  (await navigator.serviceWorker.getRegistrations()).length, document.cookie.length,
]"""


class Plain(http.server.BaseHTTPRequestHandler):
    """A page of nobody that may be kept: to see that this browser keeps what it may."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>plain</title><p>plain")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def plain() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Plain)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def a_days_work(page: Page, site: Site) -> tuple[list[str], list[str]]:
    """The addresses opened, and words of somebody that were shown.

    Every class of page: lists, a case and its tabs, a person and what is told on request, forms with and without a fault, what is not there.
    """
    page.goto(f"{site.address}/account/sign-in/")
    page.get_by_label("Email").fill(email("police-officer"))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto(f"{site.address}/cases/")
    case = page.get_by_role("link", name="AL-").first.get_attribute("href") or ""
    tabs = [f"{case}see/{tab}/" for tab in ("family", "timeline", "risk", "plans", "sharing", "documents")]
    forms = [f"{case}{form}/" for form in ("scene", "area", "contact", "files/add")]
    seen = []
    for path in (
        "/",
        "/cases/",
        case,
        *tabs,
        *forms,
        "/search/",
        "/account/two-step/",
        "/account/sessions/",
        f"{case}nothing/",
    ):
        answer = page.goto(site.address + path)
        assert answer is not None and answer.headers["cache-control"] == "no-store", path
        seen.append(path)
    page.goto(f"{site.address}{case}see/family/")
    page.locator('main a[href^="/people/"]').first.click()
    page.get_by_role("button", name="Show addresses").click()
    expect(page.get_by_text("Opened at").first).to_be_visible()
    told = page.locator("[data-left-alone] p").first.inner_text().splitlines()[-1]
    shown = [TYPED, *page.locator("h1").inner_text().split(), *told.split(", ")[:1]]
    page.goto(f"{site.address}{case}area/")
    page.get_by_label("Why this area?").fill(TYPED)
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    return seen, shown


def signs_out(page: Page) -> None:
    page.locator(".al-header__user summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "sign-in" in url)


def test_no_page_comes_back_after_signing_out(browser: Browser, plain: str) -> None:
    page = browser.page
    browser.is_spoilt = True
    # Given a browser that keeps pages in its memory, as a page that may be kept shows
    page.add_init_script(RETURNED)
    page.goto(plain)
    page.goto(f"{plain}/next")
    page.go_back(wait_until="commit")  # what comes out of the memory is not loaded again
    assert any("returned from memory" in said for said in browser.said), (
        "the memory of pages is off: this test would show nothing"
    )
    browser.said.clear()
    # When an officer works through every class of page, and signs out
    seen, shown = a_days_work(page, browser.site)
    signs_out(page)
    # Then each step back, and each way forward again, leads to the sign-in page or to nothing
    for step in (page.go_back, page.go_forward):
        for _ in range(len(seen) + 4):
            try:
                step(wait_until="commit")
            except Error as nothing:  # what a form answered is not asked for again by itself
                assert "ERR_CACHE_MISS" in str(nothing)
                continue
            if page.url.startswith(plain) or page.url == "about:blank":
                break
            # Where there is no page there is none for a stranger either.
            assert "sign-in" in page.url or page.url.endswith("/nothing/"), page.url
            browser.sees_nothing_of(*shown, "Sign out")
            # The reference alone stands in the address to go on to, and opens nothing; on the page it is not to be read.
            assert "AL-" not in page.locator("body").inner_text()
    assert [said for said in browser.said if "memory" in said] == []


def test_nothing_of_anybody_stays_in_the_browser(engine: Engine, site: Site, tmp_path: Path) -> None:
    """A profile on disk, as people have one; its files are searched once the browser is closed."""
    context = engine.browser_type.launch_persistent_context(
        str(tmp_path),
        executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
        args=list(QUIET),
        viewport=SIZES["desk"],
        locale="en-GB",
        ignore_default_args=["--disable-back-forward-cache"],
    )
    page = context.new_page()
    _, shown = a_days_work(page, site)
    assert page.evaluate(STORES) == [0] * 6
    signs_out(page)
    assert page.evaluate(STORES) == [0] * 6
    context.close()
    canaries = [word.encode(coding) for word in (PASSWORD, *shown) for coding in ("utf-8", "utf-16-le")]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name == "History" for path in files) and len(files) > 20, (
        "the profile was not kept: nothing was searched"
    )
    left = [
        f"{path.relative_to(tmp_path)}: {word!r}" for path in files for word in canaries if word in path.read_bytes()
    ]
    assert left == []
    for web_data in tmp_path.rglob("Web Data"):
        with sqlite3.connect(web_data) as held:
            # The address somebody signs in with may stay: their own browser fills it in, and it is the worker's own.
            kept = {name for (name,) in held.execute("SELECT name FROM autofill")}
            assert kept <= {"login"}, kept
    with sqlite3.connect(next(tmp_path.rglob("History"))) as held:
        titles = {title for (title,) in held.execute("SELECT title FROM urls")}
    assert titles and all(title == "" or "Alongside" in title for title in titles), titles

"""The idle lock in a real browser: nothing stays on the screen, what was typed comes back, and to nobody else."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Route, expect

from alongside.demo.accounts import PASSWORD, email
from tests.journeys.browser import Browser

TYPED = "Kezia hid the spare key under the third pot"
STILL = "**/account/still/"


def answers(status: int, **said: object) -> object:
    """The server's word, as it will be after ten minutes: the clock of the browser is turned on, not the server's."""

    def fulfil(route: Route) -> None:
        route.fulfill(status=status, content_type="application/json", body=json.dumps(said))

    return fulfil


@pytest.fixture
def writing(browser: Browser) -> Browser:
    """An officer in the middle of a sentence."""
    browser.is_spoilt = True
    browser.page.clock.install()
    browser.sign_in(email("police-officer"), PASSWORD)
    browser.open("/cases/")
    browser.go(browser.page.get_by_role("link", name="AL-").first)
    browser.open(browser.page.url.removeprefix(browser.site.address) + "area/")
    browser.page.get_by_label("Why this area?").fill(TYPED)
    return browser


def test_the_page_is_covered_and_comes_back_as_it_was(writing: Browser) -> None:
    page, address = writing.page, writing.page.url
    # When nobody does anything for ten minutes
    page.route(STILL, answers(423, who="", left=0))  # type: ignore[arg-type]
    page.clock.fast_forward("10:01")
    # Then nothing of the page is there, in its source as on the screen
    expect(page.get_by_role("heading", name="This screen is locked")).to_be_focused()
    writing.sees_nothing_of(TYPED, "Why this area?", "AL-", "Police officer")
    assert page.title() == "Locked – Alongside"
    writing.is_clean("locked")
    # And pressing that it was confirmed opens nothing while it was not
    page.get_by_role("button", name="I have done that").click()
    writing.sees_nothing_of(TYPED)
    # When the officer confirms in the new window, and comes back
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Confirm that it is you").click()
    expect(opened.value.get_by_role("heading", name="You can go on")).to_be_visible()
    opened.value.close()
    page.unroute(STILL)
    page.get_by_role("button", name="I have done that").click()
    # Then what was typed is there, and can be sent
    expect(page.get_by_label("Why this area?")).to_have_value(TYPED)
    assert page.url == address
    writing.press("Save and continue", exact=False) if page.get_by_role(
        "button", name="Save and continue"
    ).count() else None
    writing.is_clean()


def test_somebody_else_who_signs_in_gets_nothing_of_it(writing: Browser) -> None:
    page = writing.page
    page.route(STILL, answers(423, who="", left=0))  # type: ignore[arg-type]
    page.clock.fast_forward("10:01")
    expect(page.get_by_role("heading", name="This screen is locked")).to_be_visible()
    page.unroute(STILL)
    page.route(STILL, answers(200, who="another", left=600, token="t"))  # type: ignore[arg-type]
    with page.expect_navigation():
        page.get_by_role("button", name="I have done that").click()
    writing.sees_nothing_of(TYPED)
    assert "/area/" not in page.url


def test_typing_keeps_it_open_and_so_does_another_window(writing: Browser) -> None:
    page = writing.page
    told: list[str] = []
    page.on(
        "request", lambda request: told.append(request.headers.get("x-active", "-")) if "still" in request.url else None
    )
    for _ in range(3):
        page.clock.fast_forward("06:00")
        page.get_by_label("Why this area?").press("End")
    page.clock.fast_forward("00:31")
    expect(page.get_by_label("Why this area?")).to_have_value(TYPED)
    assert told and "-" not in told, "the server was not told that somebody is at work"
    # And a page nobody touches stays open as long as the server says that the same person works in another window
    page.clock.fast_forward("10:01")
    expect(page.get_by_label("Why this area?")).to_have_value(TYPED)


def test_a_page_on_which_nothing_was_typed_asks_at_once(writing: Browser) -> None:
    page = writing.page
    writing.open("/cases/")
    page.route(STILL, answers(423, who="", left=0))  # type: ignore[arg-type]
    with page.expect_navigation():
        page.clock.fast_forward("10:01")
    assert page.url.endswith("/cases/")


def test_what_was_opened_on_request_goes_when_the_page_is_left(browser: Browser) -> None:
    page = browser.page
    browser.is_spoilt = True
    page.clock.install()
    browser.sign_in(email("police-officer"), PASSWORD)
    browser.open("/cases/")
    case = page.get_by_role("link", name="AL-").first.get_attribute("href") or ""
    browser.open(f"{case}see/family/")
    browser.go(page.locator('main a[href^="/people/"]').first)
    browser.press("Show addresses")
    told = page.locator("[data-left-alone] p").first.inner_text().splitlines()[-1]
    # When another window is before it for a moment, nothing happens; for longer, it goes
    page.evaluate("dispatchEvent(new Event('blur'))")
    page.clock.fast_forward("00:14")
    browser.sees(told)
    page.clock.fast_forward("00:02")
    browser.sees_nothing_of(told)
    # And comes back when somebody presses for it
    page.get_by_role("button", name="You left this page: show it again").first.click()
    browser.sees(told)
    browser.is_clean()

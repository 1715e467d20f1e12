"""What stands under every page: components, sign-in, going back after signing out, a failed send, weight."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from alongside.demo.accounts import PASSWORD, email
from tests.journeys.browser import Browser
from tests.journeys.conftest import NewBrowser


@pytest.mark.parametrize("size", ["desk", "phone", "zoomed"])
def test_every_component_is_clean_at_every_size(new_browser: NewBrowser, size: str) -> None:
    # Given the page with all components
    browser = new_browser(size)
    browser.open("/design/")
    # Then nothing of it keeps anybody out
    browser.is_clean(f"components-{size}")


def test_the_components_work_without_javascript(new_browser: NewBrowser) -> None:
    browser = new_browser(javascript=False)
    browser.open("/design/")
    card = browser.page.get_by_role("article").filter(has_text="Send to children’s social care")
    card.get_by_text("Why: 2 rules").click()
    expect(card.get_by_text("the youngest child in the family is under 12 months")).to_be_visible()
    browser.choose("Frightened", "Yes")
    expect(browser.page.get_by_role("group", name="Frightened").get_by_role("radio", name="Yes")).to_be_checked()


def test_a_checklist_is_answered_with_the_keyboard(browser: Browser) -> None:
    # Given a checklist with the focus in its first row
    browser.open("/design/")
    rows = [browser.page.get_by_role("group", name=re.compile(topic)) for topic in ("Injury", "Frightened", "Fear of")]
    rows[0].get_by_role("radio", name="Yes").focus()
    # When N, arrow down, K, arrow down, Y are pressed
    for key in ("n", "ArrowDown", "y", "ArrowDown", "k"):
        browser.page.keyboard.press(key)
    # Then the three rows are answered
    expect(rows[0].get_by_role("radio", name="No", exact=True)).to_be_checked()
    expect(rows[1].get_by_role("radio", name="Yes")).to_be_checked()
    expect(rows[2].get_by_role("radio", name="Not known")).to_be_checked()


def test_a_failed_send_keeps_what_was_typed(browser: Browser) -> None:
    # Given a form half filled in, and then no signal
    browser.open("/design/")
    note = browser.page.get_by_label("What was seen and heard")
    note.fill("The door was open.")
    browser.is_spoilt = True
    browser.page.context.set_offline(True)
    # When it is sent
    browser.page.get_by_role("button", name="Save and continue").first.click()
    # Then the page stays, with what was typed, and says so
    browser.sees("Not sent: no connection.")
    expect(note).to_have_value("The door was open.")
    assert browser.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_signing_in_and_out_leaves_nothing_to_go_back_to(browser: Browser) -> None:
    # Given an officer signed in, on a page with the officer's name
    browser.sign_in(email("police-officer"), PASSWORD)
    browser.open("/account/two-step/")
    browser.is_clean("two-step")
    # When the officer signs out and somebody presses Back
    browser.sign_out()
    browser.page.go_back()
    # Then the page is gone
    expect(browser.page).to_have_url(re.compile("sign-in"))
    browser.sees_nothing_of("Two-step sign-in")


def test_setting_up_a_second_factor_asks_for_the_password_again(browser: Browser) -> None:
    browser.sign_in(email("probation"), PASSWORD)
    browser.open("/account/two-step/set-up/")
    browser.is_clean()
    if browser.page.get_by_label("Password").count():
        browser.page.get_by_label("Password").fill(PASSWORD)
        browser.go(browser.page.locator("main button[type=submit]").first)
    browser.sees("authenticator")
    browser.is_clean()


def test_a_wrong_password_opens_nothing_and_five_lock(browser: Browser) -> None:
    browser.open("/account/sign-in/")
    browser.is_clean("sign-in")
    for _ in range(5):
        browser.page.get_by_label("Email").fill("nobody.new@demo.example")
        browser.page.get_by_label("Password").fill("not the password")
        browser.press("Sign in")
    browser.sees("Wait before you try again")


@pytest.mark.parametrize("path", ["/account/sign-in/", "/design/"])
def test_pages_load_in_a_blink(browser: Browser, path: str) -> None:
    browser.weighs_little(path)


def test_nothing_is_here_for_a_stranger(browser: Browser) -> None:
    browser.open("/nothing/of/the/kind/")
    expect(browser.page).to_have_url(re.compile("sign-in|nothing"))

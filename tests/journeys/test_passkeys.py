"""A new colleague sets up a passkey, signs in by it, and confirms by it: in a real browser with a virtual device, outside the demonstration."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import CDPSession, expect

from tests.journeys.browser import Browser
from tests.journeys.conftest import NewBrowser
from tests.journeys.site import Site, running
from tests.postgres import another
from tests.sweeps.source import ROOT

PAGE = (ROOT / "docs" / "how-to" / "run-it-for-real.md").read_text("utf-8")
EXAMPLE = re.search(r"```toml\n(.*?)```", PAGE, re.S)[1]  # type: ignore[index]
ADMIN, OFFICER = "lee.admin@partnership.example", "kim.officer@police.example"
WORDS = "seven quiet herons"
# A device that keeps passkeys itself and knows its owner.
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Site]:
    """A site of its own with people who cannot sign in yet, opened under the name that passkeys are bound to."""
    server, folder = os.environ.get("DATABASE_URL", ""), tmp_path_factory.mktemp("real")
    url = another(server, f"real_{worker_id}") if server else ""
    with running(folder, database_url=url, demo=False) as site:
        file = folder / "partnership.toml"
        file.write_text(EXAMPLE, "utf-8")
        site.run("partnership", "load", str(file))
        for email in (ADMIN, OFFICER):
            site.run("partnership", "password", email, "--password", WORDS)
        yield replace(site, address=site.address.replace("127.0.0.1", "localhost"))


def at(browser: Browser, site: Site) -> CDPSession:
    """A browser at this site, with a device of its own."""
    browser.site, browser.is_spoilt = site, True
    session = browser.page.context.new_cdp_session(browser.page)
    session.send("WebAuthn.enable")
    return session


def first_day(browser: Browser, email: str) -> None:
    """From the words given by voice to the first passkey."""
    browser.sign_in(email, WORDS)
    if "confirm" in browser.page.url or browser.page.get_by_label("Password").count():
        browser.page.get_by_label("Password").fill(WORDS)
        browser.go(browser.page.locator("main button[type=submit]").first)
    expect(browser.page.get_by_role("heading", name="Add a passkey")).to_be_visible()


@pytest.mark.slow
def test_a_first_day_with_a_passkey(new_browser: NewBrowser, real: Site) -> None:
    browser = new_browser("phone")
    device = at(browser, real)
    first_day(browser, OFFICER)
    browser.is_clean("passkey-add-phone")
    # Given no device, it is said plainly and nothing is lost
    held = device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE | {"isUserVerified": False}})
    browser.page.get_by_role("button", name="Add a passkey").click()
    browser.sees("No passkey was given")
    device.send("WebAuthn.removeVirtualAuthenticator", held)
    # When a device is there
    held = device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    browser.press("Add a passkey")
    browser.sees("My device")
    browser.is_clean("two-step-phone")
    # Then it signs in by itself, where the password does not
    browser.sign_out()
    browser.is_clean("sign-in-passkey-phone")
    browser.press("Sign in with a passkey")
    expect(browser.page).not_to_have_url(re.compile("sign-in|two-step"))
    browser.open("/account/sessions/")
    browser.sees("This one")
    browser.is_clean("sessions-phone")
    browser.sign_out()
    browser.page.get_by_label("Email").fill(OFFICER)
    browser.page.get_by_label("Password").fill(WORDS)
    browser.press("Sign in")
    browser.sees("does not fit")
    assert browser.said == []

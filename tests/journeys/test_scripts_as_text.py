"""A text typed or sent that is a script to somebody: a real browser shows it as a text, on every page it comes to."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import expect

from alongside.demo.accounts import PASSWORD, email
from tests.journeys import scripts_as_text as texts
from tests.journeys.browser import Browser

TABS = ("family", "timeline", "risk", "plans", "sharing", "documents")
FORMS = ("scene", "area", "contact", "who", "files/add")


def test_this_test_would_see_a_script_that_runs(browser: Browser) -> None:
    """A page of nobody without a policy runs it; one with ours stops it, and either is counted."""
    browser.is_spoilt = True
    browser.page.add_init_script(texts.COUNTS)
    browser.page.goto(f"data:text/html,{texts.CORPUS[0]}")
    assert [said for said in browser.said if said.startswith("ran:")]
    browser.said.clear()
    browser.open("/account/sign-in/")
    refused = browser.page.evaluate(
        "() => { try { document.body.innerHTML = '<b>x</b>'; } catch (fault) { return String(fault); } }"
    )
    assert "TrustedHTML" in refused
    made = "() => { try { trustedTypes.createPolicy('own', {}); return 'made'; } catch (fault) { return fault.name; } }"
    assert browser.page.evaluate(made) == "TypeError"
    assert [said for said in browser.said if said.startswith("stopped: require-trusted-types-for")]


def test_what_is_sent_and_typed_stays_a_text(browser: Browser, tmp_path: Path) -> None:
    # Given a call whose every text is a script to whatever takes it for markup
    sent = tmp_path / "sent.json"
    sent.write_text(json.dumps(texts.notification()))
    told = browser.site.run("ingest", str(sent))
    found = re.search(r"AL-\w{4}-\w{2}", told)
    browser.is_spoilt = True
    page = browser.page
    page.add_init_script(texts.COUNTS)
    browser.sign_in(email("police-officer"), PASSWORD)
    if found is None:
        browser.open("/cases/")
    case = f"/cases/{found[0]}/" if found else page.get_by_role("link", name="AL-").first.get_attribute("href") or ""
    # When an officer opens every page of the case
    shown = ""
    for path in ("/", "/cases/", case, *(f"{case}see/{tab}/" for tab in TABS), *(f"{case}{form}/" for form in FORMS)):
        browser.open(path)
        shown += page.locator("main").inner_text()
    # And types the same where it may be typed, and what is typed comes back with a fault and without
    browser.open(f"{case}area/")
    page.get_by_label("Why this area?").fill(texts.EVERYTHING[:500])
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    expect(page.get_by_label("Why this area?")).to_have_value(texts.EVERYTHING[:500])
    page.get_by_role("radio").first.check()
    page.locator("main select").first.select_option(index=2)
    browser.go(page.locator("main form button[type=submit]").first)
    browser.open(f"{case}area/")
    shown += page.locator("main").inner_text()
    browser.open("/cases/?reference=" + texts.CORPUS[1].replace(" ", "%20"))
    # Then it stands there as it was written, nothing ran, and the policy of the page had nothing to stop
    assert texts.NAME.strip() in shown and "ran()" in shown
    assert [said for said in browser.said if said.startswith(("ran:", "stopped:")) or "Refused" in said] == []

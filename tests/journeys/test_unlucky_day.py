"""An unlucky day: pressed twice, gone back, signed out while typing, two answers at once, a fault of the server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys import steps
from tests.journeys.browser import Browser
from tests.journeys.conftest import NewBrowser
from tests.journeys.site import Site

TWICE = """() => {
  const body = new URLSearchParams(new FormData(document.querySelector("main form")));
  body.set("step", "send");
  const send = () => fetch(location.href, { method: "POST", body }).then((answer) => answer.url);
  return Promise.all([send(), send()]);
}"""
WORDS = "The door was open, and a cup lay broken."


@pytest.mark.slow
def test_pressing_twice_and_going_back_sends_once(new_browser: NewBrowser, tmp_path: Path) -> None:
    officer = steps.signed_in(new_browser, "police-officer", "walsall")
    manager = steps.signed_in(new_browser, "social-care-manager", "walsall")
    reference = steps.tells(officer, tmp_path, "walsall", ("Nadia", "Rahman"))
    # Given a referral ready to send
    steps.opens_case(officer, reference)
    steps.writes_the_referral(officer, "A child lives there.")
    # When it is sent twice at the same moment, as by a script that fails to guard the button
    sent = officer.page.evaluate(TWICE)
    # and the button is pressed twice on the page that is still there
    with officer.page.expect_navigation(url=re.compile("/referrals/")):
        officer.page.get_by_role("button", name="Send it now").dblclick()
    # Then it was sent once, and every press leads to the same record
    assert {*sent, officer.page.url} == {officer.page.url}
    # and the way back asks for nothing to be sent again: it says what was sent
    officer.page.go_back()
    expect(officer.page.get_by_role("heading", name="You sent this already")).to_be_visible()
    officer.is_clean()
    officer.page.go_back()
    expect(officer.page.get_by_text("What you write here would be another one")).to_be_visible()
    manager.open("/reports/children/")
    expect(manager.page.get_by_role("link", name=re.compile(reference))).to_have_count(1)


@pytest.mark.slow
def test_going_back_after_sending_a_call_makes_no_second_case(new_browser: NewBrowser) -> None:
    officer = steps.signed_in(new_browser, "police-officer", "walsall")
    steps.begins_a_call(officer)
    steps.first_two_minutes(officer, "walsall", ("Ines", "Duarte"))
    officer.follow("Check and send what is there")
    check = officer.page.url
    officer.press("Send the call")
    steps.says_who_they_are(officer)
    reference = steps.reference(officer)
    # When the page before is opened again
    officer.page.goto(check)
    # Then it leads to the one case there is
    assert steps.reference(officer) == reference
    officer.open("/call/")
    officer.sees_nothing_of("Begun, and not sent yet")


def _types_what_happened(officer: Browser) -> tuple[str, Locator]:
    """The address of the page, and the field that holds the words."""
    steps.begins_a_call(officer)
    steps.first_two_minutes(officer, "walsall", ("Ines", "Duarte"))
    page = officer.page.url.removeprefix(officer.site.address).replace("/now/", "/incident/")
    officer.open(page)
    story = officer.page.get_by_label("What happened, in plain words")
    story.fill(WORDS)
    return page, story


@pytest.mark.slow
def test_signed_out_while_typing_keeps_what_was_typed(new_browser: NewBrowser) -> None:
    officer = steps.signed_in(new_browser, "police-officer", "walsall")
    officer.is_spoilt = True
    officer.page.clock.install()
    page, story = _types_what_happened(officer)
    # Given that the session ends meanwhile
    officer.page.context.clear_cookies()
    # When the page is sent
    officer.page.get_by_role("button", name="Save and continue").click()
    # Then the typed page stays and says so
    officer.sees("Not sent: you are signed out.")
    expect(story).to_have_value(WORDS)
    officer.is_clean()
    # and once signed in again in another window, it goes
    other = officer.page.context.new_page()
    Browser(other, officer.site, []).sign_in(*steps.account("police-officer", "walsall"))
    other.close()
    # Nobody signs in within the second for which a button takes no second press.
    officer.page.clock.fast_forward("00:02")
    officer.press("Save and continue")
    officer.open(page)
    expect(story).to_have_value(WORDS)


@pytest.mark.slow
def test_two_answers_to_one_question(new_browser: NewBrowser, tmp_path: Path) -> None:
    first = steps.signed_in(new_browser, "police-officer", "walsall")
    second = steps.signed_in(new_browser, "police-officer", "walsall", deputy=True)
    reference = steps.tells(first, tmp_path, "walsall", ("Lena", "Brandt"))
    # Given two officers before the same question
    asked = []
    for person in (first, second):
        person.open(f"/cases/{reference}/questions/?all=yes")
        group = person.page.get_by_role("group", name="Does the victim need care and support")
        asked.append(person.page.locator(".al-ask").filter(has=group))
    # When one says yes, and the other no
    asked[0].get_by_role("radio", name="Yes", exact=True).check()
    asked[1].get_by_role("radio", name="No", exact=True).check()
    first.go(asked[0].get_by_role("button", name="Answer"))
    second.go(asked[1].get_by_role("button", name="Answer"))
    # Then the second sees both, and that theirs does not stand, and settles it with a reason
    expect(second.page.get_by_role("heading", name="Two answers")).to_be_visible()
    second.sees("Given first, by")
    second.is_clean()
    steps.answers(second, **{"Which is right?": "Your answer"})
    second.press("Settle it")
    second.is_clean()
    second.page.get_by_label("Why?").fill("I asked her again; she does not.")
    second.press("Settle it")
    second.is_clean()


@contextmanager
def broken(site: Site, table: str) -> Iterator[None]:
    """A fault nobody foresaw: a table is gone for a while."""
    _run(site, f"ALTER TABLE {table} RENAME TO {table}_away")
    try:
        yield
    finally:
        _run(site, f"ALTER TABLE {table}_away RENAME TO {table}")


def _run(site: Site, statement: str) -> None:
    if url := site.environment.get("DATABASE_URL"):
        import psycopg

        with psycopg.connect(url, autocommit=True) as database:
            database.execute(statement.encode())
        return
    import sqlite3

    database_file = sqlite3.connect(site.data / "alongside.sqlite3")
    try:
        database_file.execute("PRAGMA legacy_alter_table = ON")
        database_file.execute(statement)
    finally:
        database_file.close()


@pytest.mark.slow
def test_a_fault_of_the_server_says_what_is_safe(new_browser: NewBrowser) -> None:
    officer = steps.signed_in(new_browser, "police-officer", "walsall")
    page, story = _types_what_happened(officer)
    # Given a fault that nobody foresaw
    with broken(officer.site, "intake_draft"):
        officer.page.get_by_role("button", name="Save and continue").click()
        expect(officer.page.get_by_role("heading", name="Something went wrong here")).to_be_visible()
        # Then the page says what happened, what is safe, and what to do
        for words in ("What happened", "What is safe", "What to do"):
            expect(officer.page.get_by_role("heading", name=words)).to_be_visible()
        officer.sees("What you sent was not kept.")
        # and gives back what was typed, to be copied
        expect(officer.page.get_by_text(WORDS)).to_be_visible()
        officer.said.clear()
        officer.is_clean()
    # and once the fault is mended, it can be sent
    officer.open(page)
    story.fill(WORDS)
    officer.press("Save and continue")
    officer.open(page)
    expect(story).to_have_value(WORDS)

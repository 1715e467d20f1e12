"""Two administrators: one says who starts and who has left, the other decides; in the demonstration as it begins."""

from __future__ import annotations

import re

import pytest

from alongside.demo.accounts import PASSWORD, email
from tests.journeys import steps
from tests.journeys.conftest import NewBrowser

RANG = "I rang them on the number we had."
WORDS = re.compile(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}")


@pytest.mark.slow
def test_a_second_person_lets_somebody_in_and_another_back_in(new_browser: NewBrowser) -> None:
    office = steps.signed_in(new_browser, "partnership-administrator", "", "phone")
    office.looks_at_each = True
    # Given what a colleague has said
    office.open("/")
    office.follow("Staff")
    office.sees("Waiting for a second person")
    office.is_clean("staff-phone")
    # When it is confirmed without saying how, nothing is kept
    joiner = office.page.locator(".al-review__row").filter(has_text="Starts to work here").first
    office.go(joiner.get_by_role("button"))
    office.is_clean("staff-decide-phone")
    office.page.get_by_label("Confirm: they start to work here").check()
    office.press("Keep, with my name")
    office.sees("Say it in a sentence.")
    # Then, once it is said, the words to begin with are shown
    office.page.get_by_label("How did you make sure?").fill(RANG)
    office.press("Keep, with my name")
    office.sees("by voice")
    office.is_clean("staff-confirmed-phone")
    words = WORDS.search(office.page.locator(".al-secret").inner_text())
    assert words
    new = new_browser()
    new.sign_in("new.housing@demo.example", words[0])
    # And somebody who has not left after all signs in again as before
    gone = new_browser()
    gone.open("/account/sign-in/")
    gone.page.get_by_label("Email").fill(email("housing", "solihull", deputy=True))
    gone.page.get_by_label("Password").fill(PASSWORD)
    gone.press("Sign in")
    gone.sees("This account is closed")
    office.open("/staff/")
    leaver = office.page.locator(".al-review__row").filter(has_text="Has left").first
    office.go(leaver.get_by_role("button"))
    office.page.get_by_label("They still work here").check()
    office.page.get_by_label("How did you make sure?").fill(RANG)
    office.press("Keep, with my name")
    office.sees("Nothing waits.")
    gone.sign_in(email("housing", "solihull", deputy=True), PASSWORD)


@pytest.mark.slow
def test_access_ends_in_the_midst_of_work(new_browser: NewBrowser) -> None:
    """Given somebody at work, when an administrator says their telephone is lost, their next page is the sign-in page."""
    worker = steps.signed_in(new_browser, "housing", "walsall")
    worker.open("/account/sessions/")
    worker.sees("This one")
    office = steps.signed_in(new_browser, "partnership-administrator", "")
    office.open("/staff/?agency=walsall-housing")
    row = office.page.locator(".al-review__row").filter(has_text=email("housing", "walsall"))
    office.go(row.get_by_role("link", name=re.compile("Set up sign-in anew")))
    office.is_clean("staff-reset")
    office.page.get_by_label("Why, in a sentence").fill("Lost the telephone on the bus.")
    office.press("End their access now")
    office.sees("is signed out everywhere")
    worker.open("/")
    assert "sign-in" in worker.page.url

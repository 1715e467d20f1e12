"""What to ask next, and what an agency could have known: from the page of a case to the answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys import steps
from tests.journeys.browser import Browser
from tests.journeys.conftest import NewBrowser

ACT = "Decide the adult safeguarding response"
NEEDS = "Does the victim need care and support, for example because of illness, disability or age?"
AT_RISK = "Is that adult being abused or neglected, or at risk of it?"


@pytest.mark.slow
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_questions_that_close_a_decision(new_browser: NewBrowser, tmp_path: Path, size: str) -> None:
    officer = steps.signed_in(new_browser, "police-officer", "coventry", size)
    reference = steps.tells(officer, tmp_path, "coventry", ("Ines", "Farrow"))
    # Given a case with more open than anybody asks at once
    officer.open(f"/cases/{reference}/questions/?all=yes")
    officer.sees("How the order is worked out")
    item = _asked(officer, NEEDS)
    expect(item).to_contain_text("Who could know it instead")
    item.get_by_text("What an answer could settle").click()
    expect(item).to_contain_text("Could settle it as yes: this answer alone")
    expect(item).to_contain_text("Certain to settle it: ")
    # When the officer asks what closes one decision
    officer.page.get_by_label("Another decision that is open here").select_option(label=ACT)
    officer.press("Show what closes it")
    officer.sees(f"nothing about “{ACT}” stays open")
    officer.is_clean(f"asking-{size}")
    # and answers exactly that, then nothing about it is open
    for question, answer in ((NEEDS, "Yes"), (AT_RISK, "No")):
        officer.open(f"/cases/{reference}/questions/?all=yes")
        officer.choose(question, answer)
        officer.go(_asked(officer, question).get_by_role("button", name="Answer"))
    officer.open(f"/cases/{reference}/questions/?all=yes")
    open_now = officer.page.get_by_label("Another decision that is open here").get_by_role("option")
    assert ACT not in open_now.all_inner_texts()


def _asked(officer: Browser, question: str) -> Locator:
    """The block of one question."""
    return officer.page.locator(".al-ask").filter(has=officer.page.get_by_role("group", name=question))


@pytest.mark.slow
def test_what_an_agency_could_have_known(new_browser: NewBrowser, tmp_path: Path) -> None:
    officer = steps.signed_in(new_browser, "police-officer", "coventry")
    supervisor = steps.signed_in(new_browser, "police-supervisor", "coventry", "phone")
    reference = steps.tells(officer, tmp_path, "coventry", ("Petra", "Novak"))
    # Given a case of which children's social care was sent nothing
    officer.open(f"/cases/{reference}/")
    officer.follow("What could be known")
    officer.sees("West Midlands Police, now")
    options = officer.page.get_by_label("Which agency").get_by_role("option")
    assert options.all_inner_texts() == ["West Midlands Police"], "an officer asks for their own agency"
    officer.is_clean("known-own")
    # When a referral goes, then the supervisor sees from when on they could have known what went, and not what did not
    _sends_a_referral(officer, reference)
    supervisor.open(f"/cases/{reference}/known/")
    supervisor.page.get_by_label("Which agency").select_option(label=_csc(supervisor))
    supervisor.press("Show")
    supervisor.sees("Known in the case now, and not known to")
    supervisor.page.get_by_text("that could have been known").first.click()
    supervisor.sees("it was sent a referral to children's social care, not opened by then")
    supervisor.is_clean("known-sent")
    # and of the day before there is nothing
    supervisor.page.get_by_label("Year").fill("2025")
    supervisor.press("Show")
    supervisor.sees("Nothing of this case was in Alongside then.")
    supervisor.is_clean()


def _csc(browser: Browser) -> str:
    names = browser.page.get_by_label("Which agency").get_by_role("option").all_inner_texts()
    return next(name for name in names if "Police" not in name)


def _sends_a_referral(officer: Browser, reference: str) -> None:
    steps.opens_case(officer, reference)
    steps.writes_the_referral(officer, "A child lived through it.")
    officer.press("Send it now")
    officer.sees("Received and acknowledged")

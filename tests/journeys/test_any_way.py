"""The main story without a script, with the keyboard alone, on a phone, and at four times the size."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys import steps
from tests.journeys.browser import Browser
from tests.journeys.conftest import NewBrowser

SAID = {
    "Is everybody safe now?": "Yes",
    "Does anybody under 18 live in the home?": "Yes",
    "How old is the youngest?": "Under 1",
    "Is the victim pregnant?": "Not known",
}
AREA = "sandwell"


def goes_from_call_to_decision(officer: Browser, manager: Browser, name: str) -> None:
    """The core of the main story, by two people at their browsers."""
    steps.begins_a_call(officer)
    steps.first_two_minutes(officer, AREA, ("Zainab", name), said=SAID)
    officer.sees("Give out where the victim or the children are")
    officer.press("Go on: who was there")
    officer.press("Continue")
    officer.press("Add a child")
    officer.press("Save")
    officer.press("Continue")
    officer.press("Save and continue")
    steps.sends_the_call(officer)
    steps.says_who_they_are(officer)
    reference = steps.reference(officer)
    officer.page.locator("fieldset.al-check").first.get_by_role("radio", name="Yes").check()
    officer.press("Save the assessment")
    for place in ("Family", "Timeline", "Risk", "Sharing", "Documents", "Plans"):
        steps.opens_case(officer, reference, place)
    steps.opens_case(officer, reference)
    officer.go(steps.card(officer, "Finish the scene record").get_by_role("link").first)
    steps.opens_case(officer, reference)
    manager.open("/reports/children/")
    manager.sees_nothing_of(reference)
    steps.writes_the_referral(officer, "A baby lives there.")
    officer.press("Send it now")
    manager.open("/reports/children/")
    manager.go(manager.page.get_by_role("link", name=re.compile(reference)))
    manager.press("Decide")
    manager.page.get_by_role("radio", name="Child and family assessment").check()
    manager.page.get_by_label("Why you decide so").fill("A baby lives there.")
    manager.press("Record the decision")
    expect(manager.page.get_by_role("heading", name="Child and family assessment")).to_be_visible()
    steps.opens_case(officer, reference)
    expect(steps.card(officer, "Send to children's social care")).to_have_count(0)


@pytest.mark.slow
def test_without_a_script(new_browser: NewBrowser) -> None:
    officer = steps.signed_in(new_browser, "police-officer", AREA, javascript=False)
    manager = steps.signed_in(new_browser, "social-care-manager", AREA, javascript=False)
    goes_from_call_to_decision(officer, manager, "Noscript")


@pytest.mark.slow
@pytest.mark.parametrize("size", ["phone", "zoomed"])
def test_small_screens_hold_every_page(new_browser: NewBrowser, size: str) -> None:
    officer = steps.signed_in(new_browser, "police-officer", AREA, size)
    manager = steps.signed_in(new_browser, "social-care-manager", AREA, size)
    # Every page that is opened on the way is looked at: nothing beside the screen, nothing cut off
    officer.looks_at_each = manager.looks_at_each = True
    goes_from_call_to_decision(officer, manager, size.title())


class Keys:
    """A person who uses the keyboard and nothing else."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.page = browser, browser.page

    def to(self, wanted: Locator) -> Locator:
        """Tab until it has the focus, which must be seen."""
        wanted.first.wait_for(state="attached")
        for _ in range(400):
            if wanted.first.evaluate("element => element === document.activeElement"):
                assert wanted.first.evaluate(SEEN), f"the focus cannot be seen on {wanted.first}"
                return wanted.first
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {wanted.first}")

    def press(self, name: str | re.Pattern[str], role: str = "button") -> None:
        """Go to a button or link, and press it."""
        self.to(self.page.get_by_role(role, name=name))  # type: ignore[arg-type]
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, label: str, text: str) -> None:
        self.to(self.page.get_by_label(label, exact=True))
        self.page.keyboard.type(text)

    def answer(self, question: str, key: str) -> None:
        """Go to a question's row and press the key of the answer."""
        row = self.page.get_by_role("group", name=question)
        self.to(row.get_by_role("radio"))
        self.page.keyboard.press(key)
        assert row.get_by_role("radio", checked=True).count() == 1, f"{key} answers nothing in {question}"


SEEN = """element => {
  const drawn = (one) => one && (getComputedStyle(one).outlineStyle !== "none" || getComputedStyle(one).boxShadow !== "none");
  const label = element.labels && element.labels[0];
  return [element, label].some((one) => one && (drawn(one)
    || ["::before", "::after"].some((part) => getComputedStyle(one, part).outlineStyle !== "none" || getComputedStyle(one, part).boxShadow !== "none")));
}"""


@pytest.mark.slow
def test_with_the_keyboard_alone(new_browser: NewBrowser) -> None:
    # Given an officer who signs in
    officer = new_browser()
    keys = Keys(officer)
    officer.open("/account/sign-in/")
    name, password = steps.account("police-officer", AREA)
    keys.write("Email", name)
    keys.write("Password", password)
    keys.press("Sign in")
    # records a call
    keys.press("Record a call", "link")
    keys.press(re.compile("^We were called to it"))
    keys.answer("Is everybody safe now?", "n")
    keys.answer("Does anybody under 18 live in the home?", "y")
    keys.answer("How old is the youngest?", "Space")  # the first choice: under one
    keys.answer("Is the victim pregnant?", "k")
    keys.to(officer.page.get_by_label("Area", exact=True))
    officer.page.keyboard.type("San")
    keys.write("Victim: family name", "Tastatur")
    keys.press("Save and show what matters now")
    keys.press("Check and send now")
    keys.press("Send the call")
    reference = steps.reference(officer)
    # and fills in the checklist with Y, N, K, R and the arrows
    keys.to(officer.page.locator("fieldset.al-check").first.get_by_role("radio"))
    for key in ("y", "ArrowDown", "n", "ArrowDown", "k", "ArrowDown", "r", "ArrowDown", "y"):
        officer.page.keyboard.press(key)
    officer.sees("Answered yes: 2 to 23")
    keys.press("Save the assessment")
    # writes the referral and sends it
    keys.press("Write the referral")
    keys.write("What happened, and what worries you", "Shouting was heard.")
    keys.write("I asked, or did not ask, because …", "A child lives there.")
    keys.press("See what they will see")
    keys.press("Send it now")
    officer.sees("Received and acknowledged")

    # Then the duty manager decides, by the number of the outcome
    manager = steps.signed_in(new_browser, "social-care-manager", AREA)
    keys = Keys(manager)
    manager.open("/")
    keys.press("Reports", "link")
    keys.press(re.compile(reference), "link")
    keys.press("Decide")
    keys.to(manager.page.get_by_role("group", name="Your decision").get_by_role("radio"))
    manager.page.keyboard.press("4")
    keys.write("Why you decide so", "A child lives there.")
    keys.press("Record the decision")
    expect(manager.page.get_by_role("heading", name="Early help, with a lead agency")).to_be_visible()
    manager.is_clean()

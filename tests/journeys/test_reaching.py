"""An officer asks before a call, and takes down how somebody can be reached: at a desk, on a telephone, and without scripts."""

from __future__ import annotations

import pytest

from tests.journeys import steps
from tests.journeys.browser import Browser
from tests.journeys.conftest import NewBrowser


def opens_contact_rules(officer: Browser, initials: str) -> None:
    officer.open("/cases/")
    officer.go(officer.page.locator("article", has_text=initials).get_by_role("link").first)
    officer.follow("Contact rules apply", exact=False)
    officer.choose("What are you about to do?", "To ring")
    officer.press("Open the contact rules")


def asks(officer: Browser, act: str) -> None:
    officer.choose("What are you about to do?", act)
    officer.press("Ask whether this is safe")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "javascript"), [("desk", True), ("phone", False)], ids=["desk", "phone without scripts"]
)
def test_before_a_call_the_answer_comes_with_the_words(new_browser: NewBrowser, size: str, javascript: bool) -> None:
    officer = steps.signed_in(new_browser, "police-officer", "coventry", size, javascript=javascript)
    officer.looks_at_each = True
    look = officer.is_clean if javascript else officer.keep
    # Given a victim who said when and how she can be rung
    opens_contact_rules(officer, "H.S.")
    officer.sees("Monday to Friday, 9:15am to 2:45pm")
    look(f"contact-rules-{size}")
    officer.follow("Before you call, post or visit")
    look(f"reach-{size}")
    # When a letter is asked about, the answer is no, with every reason
    asks(officer, "Post a letter")
    officer.sees("No: do not do this")
    officer.sees("The procedures or choices of the area do not allow it.")
    look(f"reach-no-{size}")
    officer.choose("What came of it?", "Did not try")
    officer.press("Keep what came of it")
    officer.sees("Kept with your name and the time.")
    # Then an email, which she may be sent at any time, comes with the word by which she knows them
    asks(officer, "Send an email")
    officer.sees("Yes, as things are recorded now")
    officer.sees("bluebells")
    look(f"reach-yes-{size}")
    officer.choose("What came of it?", "Left a message, or sent it")
    officer.press("Keep what came of it")
    # and what she says today is kept, and counts
    officer.follow("Say how this person can be reached")
    look(f"safe-contact-{size}")
    officer.press("Keep")
    officer.sees("Choose which way.")
    look(f"safe-contact-faults-{size}")
    officer.choose("Which way?", "In person")
    officer.choose("Did they say that this way is safe?", "Yes")
    officer.choose("May somebody else see or hear it?", "No")
    officer.choose("When is it safe?", "At any time")
    officer.choose("Who may answer, or be there?", "Only the person themselves")
    officer.press("Keep")
    officer.sees("Kept. It counts from now on")
    asks(officer, "Meet or visit")
    officer.sees("Yes, as things are recorded now")


@pytest.mark.slow
def test_what_nobody_knows_is_asked_of_a_colleague(new_browser: NewBrowser) -> None:
    officer = steps.signed_in(new_browser, "police-officer", "coventry", "phone")
    officer.looks_at_each = True
    opens_contact_rules(officer, "A.O.")
    officer.sees("Too old: ask again")
    officer.follow("Before you call, post or visit")
    asks(officer, "Ring")
    officer.sees("What was said about this way is too old to rely on.")
    officer.sees_nothing_of("07700 900481")
    officer.press("Ask a colleague to find out")
    officer.sees("is asked.")
    officer.open("/")
    officer.sees("Decide how to reach somebody: it could not be shown to be safe")
    officer.is_clean("reach-today-phone")
    officer.press("Decide", exact=False)
    officer.is_clean("contact-task-phone")
    officer.choose("How did it end?", "Decided otherwise")
    officer.page.get_by_label("In a sentence, without names").fill("Her adviser asks her tomorrow.")
    officer.press("This is done")
    officer.sees("Kept. The task is done.")

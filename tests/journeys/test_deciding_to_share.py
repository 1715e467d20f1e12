"""An officer decides to share one answer of a checklist, and housing reads exactly that; taken back, the door is closed at once."""

from __future__ import annotations

import pytest

from tests.journeys import steps
from tests.journeys.conftest import NewBrowser

HOUSING = "Coventry Housing, Housing advice"
WHY = "He waits at her door, and asking her by telephone was not safe."


@pytest.mark.slow
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_letter_to_oneself_goes_as_it_was_previewed(new_browser: NewBrowser, size: str) -> None:
    officer = steps.signed_in(new_browser, "police-officer", "coventry", size)
    officer.looks_at_each = True
    # Given the case of somebody at high risk, with what was shared and kept back before
    officer.open("/cases/")
    officer.go(officer.page.get_by_role("article").filter(has_text="A.O.").get_by_role("link").first)
    officer.follow("Sharing", exact=False)
    officer.sees("She has not told her doctor and wants to do it herself.")
    officer.is_clean(f"sharing-panel-{size}")
    # When a record and a team are chosen, and the letter is written
    officer.press("Decide to share, or not to")
    officer.page.get_by_label("risk checklist", exact=False).first.check()
    officer.page.get_by_label("With which team?").select_option(label=HOUSING)
    officer.is_clean(f"sharing-choose-{size}")
    officer.press("Go on")
    officer.sees("A letter to yourself")
    officer.is_clean(f"sharing-letter-{size}")
    officer.press("See what they will see")
    officer.sees("There is a problem")
    officer.page.get_by_label("Grade given", exact=False).check()
    officer.page.get_by_label("so that …").fill("they can change her locks")
    officer.page.get_by_label("as part of our public task to protect an adult at risk").check()
    officer.page.get_by_label("I did not ask: asking was not safe").check()
    officer.page.get_by_label("I asked, or did not ask, because …").fill(WHY)
    officer.page.get_by_label("It is needed, because …").fill("they cannot choose the right locks without it")
    officer.page.get_by_label("No more goes than that, because …").fill("the grade alone is enough")
    officer.page.get_by_label("It must not reach …").fill("his brother, who works there")
    officer.press("See what they will see")
    # Then both sides stand there, and nothing has gone
    officer.sees("What they will not see")
    officer.is_clean(f"sharing-preview-{size}")
    officer.press("Share it, with my name")
    officer.sees("his brother, who works there")
    # and housing hears of it on Today, and reads exactly that
    housing = steps.signed_in(new_browser, "housing", "coventry", size)
    housing.looks_at_each = True
    housing.open("/")
    housing.go(housing.page.get_by_role("button", name="Open it").last)
    housing.sees("his brother, who works there")
    housing.sees_nothing_of(WHY, "the grade alone is enough")
    housing.is_clean(f"sharing-read-{size}")


@pytest.mark.slow
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_taken_back_it_is_looked_at_today_and_the_register_is_kept(new_browser: NewBrowser, size: str) -> None:
    officer = steps.signed_in(new_browser, "police-officer", "coventry", size)
    adviser = steps.signed_in(new_browser, "specialist-worker", "coventry", size)
    lead = steps.signed_in(new_browser, "information-governance-lead", "", size)
    officer.looks_at_each = adviser.looks_at_each = lead.looks_at_each = True
    # Given consent that was taken back two hours ago: the decider is asked today
    officer.open("/")
    officer.sees("consent was withdrawn")
    officer.is_clean(f"sharing-today-{size}")
    officer.go(officer.page.get_by_role("button", name="Look again").first)
    officer.sees("Did the person take consent back freely?")
    officer.is_clean(f"sharing-again-{size}")
    # and the service it was shared with is told that it has ended, and no more
    adviser.open("/shared/")
    adviser.sees("Ended: do not use any copy")
    adviser.is_clean(f"sharing-ended-{size}")
    # and the lead sees the register, and what went without an agreement
    lead.open("/")
    lead.follow("Agreements")
    lead.sees("Sent without an agreement in force")
    lead.is_clean(f"sharing-register-{size}")
    lead.press("Put an agreement on the register")
    lead.is_clean(f"sharing-add-{size}")
    lead.open("/agreements/")
    lead.follow("Keeping children in Coventry safe")
    lead.is_clean(f"sharing-agreement-{size}")

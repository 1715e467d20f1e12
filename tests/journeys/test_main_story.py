"""The main story: from one call to every duty, and each duty to its end."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.browser import Browser
from tests.journeys.conftest import NewBrowser

CALL = {
    "Is everybody safe now?": "No",
    "Does anybody under 18 live in the home?": "Yes",
    "How old is the youngest?": "4 to 17",
    "Is the victim pregnant?": "Not known",
    "Where is the person reported as causing harm?": "Near; may come back",
    "How can the victim be reached safely?": "Not known yet",
}


@pytest.mark.slow
def test_from_a_call_to_the_outcome(new_browser: NewBrowser) -> None:
    officer = steps.signed_in(new_browser, "police-officer", "solihull")
    manager = steps.signed_in(new_browser, "social-care-manager", "solihull")

    # Given an officer who records a call in the first two minutes
    steps.begins_a_call(officer)
    officer.is_clean()
    steps.first_two_minutes(officer, "solihull", ("Maryam", "Okafor"), ("Daniel", "Marsh"), CALL)

    # Then the bars and the telephone numbers are there at once, before anything is sent
    officer.sees("Not everybody is known to be safe.")
    officer.sees("Give out where the victim or the children are")
    expect(officer.page.get_by_role("link", name="999").first).to_be_visible()
    expect(officer.page.get_by_role("region", name="Whom to ring").get_by_role("link").first).to_have_attribute(
        "href", re.compile(r"^tel:0")
    )
    officer.sees("Nothing has been sent to anybody.")
    officer.is_clean()

    # When the officer adds the child and what happened, and sends the call
    _adds_the_child(officer)
    _tells_what_happened(officer)
    officer.is_clean()
    steps.sends_the_call(officer)
    steps.says_who_they_are(officer)
    reference = steps.reference(officer)

    # Then the checklist comes; some of it is not known, and the result is a range
    steps.types_the_checklist(officer, "yynkr")
    officer.sees("Answered yes: 2 to 23")
    officer.sees("14 cannot be ruled out")
    officer.is_clean()
    officer.press("Save the assessment")
    expect(officer.page.get_by_role("heading", name="What is owed")).to_be_visible()

    # Then the case shows what is owed, with its place in the procedures and its gist, and no sentence without a copy
    for title in ("Finish the scene record", "Send to children's social care", "Tell the school"):
        expect(steps.card(officer, title)).to_be_visible()
    expect(steps.card(officer, "Tell the school")).to_contain_text("West Midlands procedures 2.24")
    officer.sees("your partnership has not added its copy of West Midlands procedures 2.24")
    # and what must not be done, and what cannot be told yet with the question that would tell
    officer.sees("Give out where the victim or the children are")
    officer.sees("It cannot be told yet whether this is allowed, so it waits.")
    officer.is_clean()
    assert officer.page.title() == f"Now, case {reference} – Alongside"

    # When one question is answered, the picture changes at once
    thresholds = officer.page.get_by_role("region", name="Thresholds")
    expect(thresholds.get_by_text("Start a section 47 enquiry").filter(visible=True)).to_have_count(0)
    _answers_that_she_is_pregnant(officer)
    expect(thresholds.get_by_text("Start a section 47 enquiry").filter(visible=True).first).to_be_visible()
    officer.is_clean()

    # Before the referral is sent, the duty manager sees nothing, and the case is not there
    manager.open("/reports/children/")
    manager.sees_nothing_of(reference)
    manager.is_clean()
    steps.is_not_there(manager, f"/cases/{reference}/", f"/cases/{reference}/see/family/")

    # When the officer writes the referral, reads what they will see, and sends it
    steps.opens_case(officer, reference)
    steps.writes_the_referral(officer, "A child lives there, and asking could have raised the risk.")
    officer.is_clean()
    manager.open("/reports/children/")
    manager.sees_nothing_of(reference)
    officer.press("Send it now")
    officer.sees("Received and acknowledged")
    officer.is_clean()
    referral = officer.page.url.removeprefix(officer.site.address)

    # Then the duty manager finds it, and still not the case
    manager.open("/reports/children/")
    manager.go(manager.page.get_by_role("link", name=re.compile(reference)))
    manager.is_clean()
    manager.press("Decide")
    expect(manager.page.get_by_role("heading", name="Decide the response")).to_be_visible()
    manager.sees("Maryam Okafor")
    manager.is_clean()
    steps.is_not_there(manager, f"/cases/{reference}/")

    # and a decision without a reason is not one
    manager.page.get_by_role("radio", name="Child and family assessment").check()
    manager.press("Record the decision")
    manager.sees("Say in a sentence why you decide so.")
    manager.page.get_by_label("Why you decide so").fill("A child lived through it, and she is expecting a baby.")
    manager.is_clean()
    manager.press("Record the decision")
    expect(manager.page.get_by_role("heading", name="Child and family assessment")).to_be_visible()
    manager.is_clean()

    # Then the duties are closed with their evidence, and the officer sees the outcome with its reason
    officer.open(referral)
    officer.sees("Child and family assessment")
    officer.sees("A child lived through it, and she is expecting a baby.")
    steps.opens_case(officer, reference)
    expect(steps.card(officer, "Send to children's social care")).to_have_count(0)
    expect(steps.card(officer, "Decide the response")).to_have_count(0)
    officer.page.get_by_text(re.compile("Done, or decided otherwise")).click()
    officer.sees("Closed by")
    officer.is_clean()


def _adds_the_child(officer: Browser) -> None:
    page = officer.page
    officer.press("Go on: who was there")
    officer.is_clean()
    officer.press("Continue")
    officer.press("Add a child")
    page.get_by_label("Given name").fill("Amara")
    page.get_by_label("Family name").fill("Okafor")
    steps.dated(officer, "Date of birth", "14", "6", "2017")
    steps.answers(
        officer,
        **{
            "Does the child live in the home?": "Yes",
            "Was the child there?": "Yes",
            "Did the child experience it: see it, hear it, or live through what came after?": "Yes",
            "Was the child hurt, also by accident or by stepping in?": "Not known",
            "Is the child taught at home?": "No",
        },
    )
    page.get_by_label("School, nursery or college").fill("Solihull Park Primary")
    officer.is_clean()
    officer.press("Save")
    expect(page.get_by_role("link", name="Amara Okafor")).to_be_visible()
    officer.press("Continue")


def _tells_what_happened(officer: Browser) -> None:
    page = officer.page
    page.get_by_role("checkbox", name="Physical").check()
    steps.answers(
        officer, **{"Did officers go there?": "Yes", "Was somebody arrested?": "No", "Recorded as": "A crime"}
    )
    page.get_by_label("What happened, in plain words").fill(
        "Shouting and a slap were heard. The child was on the stairs."
    )
    officer.is_clean()
    officer.press("Save and continue")


def _answers_that_she_is_pregnant(officer: Browser) -> None:
    officer.follow("Show all", exact=False)
    asked = officer.page.locator(".al-ask").filter(has_text="Is the victim pregnant?")
    asked.get_by_role("radio", name="Yes", exact=True).check()
    officer.go(asked.get_by_role("button", name="Answer"))
    steps.opens_case(officer, steps.reference(officer))


@pytest.mark.slow
def test_from_a_file_to_the_school(new_browser: NewBrowser) -> None:
    officer = steps.signed_in(new_browser, "police-officer")
    desk = steps.signed_in(new_browser, "police-supervisor")
    key_adult = steps.signed_in(new_browser, "school-key-adult")

    # Given an officer who drops in what the force's own system wrote
    steps.drops_in(officer, steps.EXAMPLES / "police-incident-school-child.json")
    # Then people who may be known already are shown by what agrees, and the officer says which they are
    officer.sees("Only what agrees is shown.")
    officer.sees("Same date of birth")
    officer.is_clean()
    steps.says_who_they_are(officer, "Same person")
    reference = steps.reference(officer)
    # The force's answers are taken over, with the topics left open as a range
    steps.opens_case(officer, reference, "Risk")
    officer.sees("Answered yes: 9 to 22")
    officer.sees("14 cannot be ruled out")
    officer.is_clean()
    # and the answer about who she is can be undone
    steps.opens_case(officer, reference, "Family")
    officer.sees("Same person as another record")
    officer.is_clean()

    # When the safeguarding desk tells the school of the child
    key_adult.open("/notices/")
    key_adult.sees_nothing_of("Notice about Z.N.")
    desk.go(steps.card_on_today(desk, "Tell the school", reference).get_by_role("button", name="Tell the school"))
    desk.is_clean()
    desk.press("Tell the school of Zofia Nowak")
    desk.sees("Example Primary School")
    desk.sees("What they will not see")
    desk.is_clean()
    desk.press("Send the notice")
    desk.is_clean()
    steps.opens_case(desk, reference)
    expect(steps.card(desk, "Tell the school")).to_be_visible()

    # Then the key adult finds one neutral line, opens it, and sees nothing else
    key_adult.open("/")
    key_adult.sees_nothing_of("Nowak", "Zofia", "Joanna")
    key_adult.open("/notices/")
    key_adult.is_clean()
    key_adult.go(key_adult.page.get_by_role("link", name="Notice about Z.N."))
    key_adult.sees_nothing_of("Nowak", "Zofia")
    notice = key_adult.page.url.removeprefix(key_adult.site.address)
    key_adult.press("Open the notice")
    key_adult.sees("Zofia Nowak")
    key_adult.sees_nothing_of("Joanna", "Taylor", "Example Street", "CV2 4AA", "07700", reference, "wall")
    key_adult.is_clean()
    steps.is_refused(
        key_adult,
        f"/cases/{reference}/",
        f"/cases/{reference}/see/family/",
        "/cases/",
        "/reports/children/",
        "/search/",
    )
    # and nobody else at a school can: not there for the key adult of another area
    elsewhere = steps.signed_in(new_browser, "school-key-adult", "solihull")
    steps.is_not_there(elsewhere, notice)

    # and the duty is closed with that as its evidence
    steps.opens_case(desk, reference)
    expect(steps.card(desk, "Tell the school")).to_have_count(0)
    desk.page.get_by_text(re.compile("Done, or decided otherwise")).click()
    desk.sees("Closed by")
    desk.is_clean()

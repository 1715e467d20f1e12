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
REASON = "A child lived through it, and she is expecting a baby."
NOTICE = "Notice about Z.N."


@pytest.mark.slow
def test_from_a_call_to_the_outcome(new_browser: NewBrowser) -> None:
    officer = steps.signed_in(new_browser, "police-officer", "solihull")
    manager = steps.signed_in(new_browser, "social-care-manager", "solihull")
    # Given an officer who records a call in the first two minutes
    steps.begins_a_call(officer)
    officer.is_clean()
    steps.first_two_minutes(officer, "solihull", ("Maryam", "Okafor"), ("Daniel", "Marsh"), CALL)
    _bars_and_numbers_come_first(officer)
    # When the officer adds the child and what happened, and sends the call
    _adds_the_child(officer)
    _tells_what_happened(officer)
    steps.sends_the_call(officer)
    steps.says_who_they_are(officer)
    reference = steps.reference(officer)
    # Then the checklist comes, and after it what is owed, what must not be done, and what cannot be told yet
    _leaves_some_of_the_checklist_open(officer)
    _sees_what_is_owed_barred_and_open(officer)
    assert officer.page.title() == f"Now, case {reference} – Alongside"
    _sees_one_answer_change_the_picture(officer)
    # Before the referral is sent, the duty manager sees nothing, and the case is not there
    _has_no_report_of(manager, reference)
    steps.is_not_there(manager, f"/cases/{reference}/", f"/cases/{reference}/see/family/")
    # When the officer reads what they will see, and sends it
    _reads_the_referral_before_it_goes(officer, reference)
    _has_no_report_of(manager, reference)
    referral = _sends_the_referral(officer)
    # Then the duty manager finds it, and still not the case, and decides with a reason
    _finds_the_report(manager, reference)
    steps.is_not_there(manager, f"/cases/{reference}/")
    _decides_with_a_reason(manager)
    # Then the duties are closed with their evidence, and the officer sees the outcome with its reason
    _sees_the_outcome(officer, referral)
    steps.has_closed(officer, reference, "Send to children's social care", "Decide the response")


def _bars_and_numbers_come_first(officer: Browser) -> None:
    """At once, before anything is sent."""
    officer.sees("Not everybody is known to be safe.")
    officer.sees("Give out where the victim or the children are")
    expect(officer.page.get_by_role("link", name="999").first).to_be_visible()
    expect(officer.page.get_by_role("region", name="Whom to ring").get_by_role("link").first).to_have_attribute(
        "href", re.compile(r"^tel:0")
    )
    officer.sees("Nothing has been sent to anybody.")
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
    officer.is_clean()


def _leaves_some_of_the_checklist_open(officer: Browser) -> None:
    """The result is a range, and the threshold is not ruled out by what nobody asked."""
    steps.types_the_checklist(officer, "yynkr")
    officer.sees("Answered yes: 2 to 23")
    officer.sees("14 cannot be ruled out")
    officer.is_clean()
    officer.press("Save the assessment")
    expect(officer.page.get_by_role("heading", name="What is owed")).to_be_visible()


def _sees_what_is_owed_barred_and_open(officer: Browser) -> None:
    """Each with its place in the procedures and its gist, and no sentence without a copy."""
    for title in ("Finish the scene record", "Send to children's social care", "Tell the school"):
        expect(steps.card(officer, title)).to_be_visible()
    expect(steps.card(officer, "Tell the school")).to_contain_text("West Midlands procedures 2.24")
    officer.sees("your partnership has not added its copy of West Midlands procedures 2.24")
    officer.sees("Give out where the victim or the children are")
    officer.sees("It cannot be told yet whether this is allowed, so it waits.")
    officer.is_clean()


def _sees_one_answer_change_the_picture(officer: Browser) -> None:
    thresholds = officer.page.get_by_role("region", name="Thresholds")
    expect(thresholds.get_by_text("Start a section 47 enquiry").filter(visible=True)).to_have_count(0)
    _answers_that_she_is_pregnant(officer)
    expect(thresholds.get_by_text("Start a section 47 enquiry").filter(visible=True).first).to_be_visible()
    officer.is_clean()


def _answers_that_she_is_pregnant(officer: Browser) -> None:
    officer.follow("Show all", exact=False)
    asked = officer.page.locator(".al-ask").filter(has_text="Is the victim pregnant?")
    asked.get_by_role("radio", name="Yes", exact=True).check()
    officer.go(asked.get_by_role("button", name="Answer"))
    steps.opens_case(officer, steps.reference(officer))


def _has_no_report_of(manager: Browser, reference: str) -> None:
    manager.open("/reports/children/")
    manager.sees_nothing_of(reference)
    manager.is_clean()


def _reads_the_referral_before_it_goes(officer: Browser, reference: str) -> None:
    steps.opens_case(officer, reference)
    steps.writes_the_referral(officer, "A child lives there, and asking could have raised the risk.")
    officer.is_clean()


def _sends_the_referral(officer: Browser) -> str:
    """The address of what was sent."""
    officer.press("Send it now")
    officer.sees("Received and acknowledged")
    officer.is_clean()
    return officer.page.url.removeprefix(officer.site.address)


def _finds_the_report(manager: Browser, reference: str) -> None:
    manager.open("/reports/children/")
    manager.go(manager.page.get_by_role("link", name=re.compile(reference)))
    manager.is_clean()
    manager.press("Decide")
    expect(manager.page.get_by_role("heading", name="Decide the response")).to_be_visible()
    manager.sees("Maryam Okafor")
    manager.is_clean()


def _decides_with_a_reason(manager: Browser) -> None:
    """A decision without a reason is not one."""
    manager.page.get_by_role("radio", name="Child and family assessment").check()
    manager.press("Record the decision")
    manager.sees("Say in a sentence why you decide so.")
    manager.page.get_by_label("Why you decide so").fill(REASON)
    manager.is_clean()
    manager.press("Record the decision")
    expect(manager.page.get_by_role("heading", name="Child and family assessment")).to_be_visible()
    manager.is_clean()


def _sees_the_outcome(officer: Browser, referral: str) -> None:
    officer.open(referral)
    officer.sees("Child and family assessment")
    officer.sees(REASON)


@pytest.mark.slow
def test_from_a_file_to_the_school(new_browser: NewBrowser) -> None:
    officer = steps.signed_in(new_browser, "police-officer")
    desk = steps.signed_in(new_browser, "police-supervisor")
    key_adult = steps.signed_in(new_browser, "school-key-adult")
    # Given an officer who drops in what the force's own system wrote, and says who they are
    steps.drops_in(officer, steps.EXAMPLES / "police-incident-school-child.json")
    _is_shown_only_what_agrees(officer)
    steps.says_who_they_are(officer, "Same person")
    reference = steps.reference(officer)
    _finds_the_answers_of_the_force(officer, reference)
    # When the safeguarding desk tells the school of the child
    key_adult.open("/notices/")
    key_adult.sees_nothing_of(NOTICE)
    _tells_the_school(desk, reference)
    steps.opens_case(desk, reference)
    expect(steps.card(desk, "Tell the school")).to_be_visible()
    # Then the key adult finds one neutral line, opens it, and sees nothing else
    _finds_one_neutral_line(key_adult)
    notice = _opens_the_notice(key_adult, reference)
    _is_shut_out_of_the_rest(key_adult, reference)
    # and nobody else at a school can: not there for the key adult of another area
    elsewhere = steps.signed_in(new_browser, "school-key-adult", "solihull")
    steps.is_not_there(elsewhere, notice)
    # and the duty is closed with that as its evidence
    steps.has_closed(desk, reference, "Tell the school")


def _is_shown_only_what_agrees(officer: Browser) -> None:
    officer.sees("Only what agrees is shown.")
    officer.sees("Same date of birth")
    officer.is_clean()


def _finds_the_answers_of_the_force(officer: Browser, reference: str) -> None:
    """Taken over, with the topics left open as a range; and the answer about who she is can be undone."""
    steps.opens_case(officer, reference, "Risk")
    officer.sees("Answered yes: 9 to 22")
    officer.sees("14 cannot be ruled out")
    officer.is_clean()
    steps.opens_case(officer, reference, "Family")
    officer.sees("Same person as another record")
    officer.is_clean()


def _tells_the_school(desk: Browser, reference: str) -> None:
    desk.go(steps.card_on_today(desk, "Tell the school", reference).get_by_role("button", name="Tell the school"))
    desk.is_clean()
    desk.press("Tell the school of Zofia Nowak")
    desk.sees("Example Primary School")
    desk.sees("What they will not see")
    desk.is_clean()
    desk.press("Send the notice")
    desk.is_clean()


def _finds_one_neutral_line(key_adult: Browser) -> None:
    key_adult.open("/")
    key_adult.sees_nothing_of("Nowak", "Zofia", "Joanna")
    key_adult.open("/notices/")
    key_adult.is_clean()
    key_adult.go(key_adult.page.get_by_role("link", name=NOTICE))
    key_adult.sees_nothing_of("Nowak", "Zofia")


def _opens_the_notice(key_adult: Browser, reference: str) -> str:
    """The child and nothing of anybody else; the address of the notice."""
    notice = key_adult.page.url.removeprefix(key_adult.site.address)
    key_adult.press("Open the notice")
    key_adult.sees("Zofia Nowak")
    key_adult.sees_nothing_of("Joanna", "Taylor", "Example Street", "CV2 4AA", "07700", reference, "wall")
    key_adult.is_clean()
    return notice


def _is_shut_out_of_the_rest(key_adult: Browser, reference: str) -> None:
    """No list names the case, its pages are not there, and what is others' work is refused."""
    key_adult.open("/cases/")
    key_adult.sees_nothing_of(reference, "Nowak", "Joanna")
    steps.is_not_there(key_adult, f"/cases/{reference}/", f"/cases/{reference}/see/family/")
    steps.is_refused(key_adult, "/reports/children/", "/search/")

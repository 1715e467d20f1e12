"""Staffordshire's log, MARAC and support, a victim of whom nothing is known, a duty nobody had, a choice of the partnership."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.browser import Browser
from tests.journeys.conftest import NewBrowser
from tests.sweeps.source import ROOT

DIAL = [
    {"instrument": "dial", "person": "v", "grade": "medium", "answers": {"escalation": "yes", "stalking": "not-known"}}
]
CONCERNED = {
    "risk": [
        {
            "instrument": "dash",
            "person": "v",
            "answers": {"frightened": "yes", "getting_worse": "yes", "injury": "no"},
        }
    ],
    "safe_contact": [
        {"person": "v", "channel": "text", "value": "07700 900456", "safe": True, "hours": "after 6pm"},
    ],
}
EVERY_TOPIC = re.compile(r'^key = "(\w+)"$', re.MULTILINE).findall(
    (ROOT / "packs/checklists/dash.toml").read_text("utf-8")
)


@pytest.mark.slow
def test_staffordshire_reviews_its_log_and_posts_nothing(new_browser: NewBrowser, tmp_path: Path) -> None:
    officer = steps.signed_in(new_browser, "police-officer", "stoke-on-trent")
    supervisor = steps.signed_in(new_browser, "police-supervisor", "stoke-on-trent")
    # Given a call in Stoke-on-Trent with the police log
    reference = steps.tells(officer, tmp_path, "stoke-on-trent", ("Dorota", "Lis"), risk=DIAL)
    # When the officer wants to post information, then the procedure of Staffordshire bars it, with its place
    steps.opens_case(officer, reference)
    officer.go(steps.card(officer, "Finish the scene record").get_by_role("button", name="Continue the record"))
    _wants_to_post_information(officer)
    officer.sees("Do not write to the victim's address")
    officer.sees("Appendix A: Initial Contact with the Family")
    officer.is_clean()
    # and what was typed is still there
    expect(officer.page.get_by_label("What was done to make the victim safe")).to_have_value(re.compile("her mother"))
    officer.choose("How", "Told, out of everybody's hearing")
    officer.press("Finish the record")
    expect(steps.card(officer, "Finish the scene record")).to_have_count(0)
    # When the supervisor reviews the log, then that duty is closed by it
    _reviews_the_log(supervisor, reference)
    steps.has_closed(supervisor, reference, "Review the DIAL")


def _wants_to_post_information(officer: Browser) -> None:
    officer.is_clean()
    steps.answers(
        officer,
        **{
            "Do children live in the home?": "Yes",
            "Is the victim pregnant?": "Not known",
            "Was a child exposed to it?": "Not known",
            "Was information on help given?": "Given",
            "How": "It will be posted",
        },
    )
    officer.page.get_by_label("What was done to make the victim safe").fill("She went to her mother's with the child.")
    officer.press("Finish the record")


def _reviews_the_log(supervisor: Browser, reference: str) -> None:
    supervisor.go(steps.card_on_today(supervisor, "Review the DIAL", reference).get_by_role("button").first)
    expect(supervisor.page.get_by_role("heading", name="Review the police log")).to_be_visible()
    supervisor.is_clean()
    steps.answers(
        supervisor,
        **{
            "Do you agree with the officer's grade?": "Yes",
            "Does the log show a concern for the safety of a child or an adult?": "Yes",
        },
    )
    supervisor.page.get_by_label("What you found").fill("Read with the officer. The child was upstairs.")
    supervisor.press("Record the review")
    supervisor.is_clean()


@pytest.mark.slow
def test_marac_on_judgement_and_her_answer(new_browser: NewBrowser, tmp_path: Path) -> None:
    officer = steps.signed_in(new_browser, "police-officer", "birmingham")
    coordinator = steps.signed_in(new_browser, "marac-coordinator", "birmingham")
    adviser = steps.signed_in(new_browser, "specialist-worker", "birmingham")
    # Given a case whose officer is seriously concerned
    reference = steps.tells(officer, tmp_path, "birmingham", ("Blessing", "Adeyemi"), **CONCERNED)
    _judges_the_risk_high(officer, reference)
    # When the officer refers on that judgement
    steps.refers_to_marac(officer, reference, "She has planned her own funeral.")
    officer.is_clean()
    coordinator.open("/marac/")
    coordinator.sees_nothing_of(reference)
    officer.press("Send it now")
    officer.is_clean()
    # Then the coordinator lists it for a meeting
    _lists_for_a_meeting(coordinator, reference)
    # and the adviser, who sees the record and not the case, offers support by the one way that is safe
    steps.is_not_there(adviser, f"/cases/{reference}/")
    adviser.go(steps.card_on_today(adviser, "Offer support", reference).get_by_role("button").first)
    _reaches_her_the_one_safe_way(adviser)
    _writes_down_her_answer(adviser)
    # Then the duties are closed with their evidence
    steps.opens_case(officer, reference)
    for title in ("Refer to MARAC, or say why not", "List the case and send the copies", "Offer support"):
        expect(steps.card(officer, title)).to_have_count(0)
    officer.is_clean()


def _judges_the_risk_high(officer: Browser, reference: str) -> None:
    steps.opens_case(officer, reference, "Risk")
    officer.go(officer.page.get_by_role("link", name="Record a professional judgement"))
    officer.is_clean()
    officer.page.get_by_role("radio", name="I assess the victim as at high risk").check()
    officer.page.get_by_label("What makes you judge so").fill("She has planned her own funeral.")
    officer.press("Record the judgement")


def _lists_for_a_meeting(coordinator: Browser, reference: str) -> None:
    coordinator.open("/marac/")
    coordinator.is_clean()
    coordinator.go(coordinator.page.get_by_role("link", name=re.compile(reference)))
    coordinator.is_clean()
    coordinator.page.get_by_role("group", name="Which meeting?").get_by_role("radio").first.check()
    coordinator.press("List and send the copies")
    coordinator.sees("Listed for")
    coordinator.is_clean()


def _reaches_her_the_one_safe_way(adviser: Browser) -> None:
    """The number shows only once the contact rules are opened, and no letter can be chosen."""
    adviser.sees_nothing_of("07700 900456")
    adviser.press("Open her contact rules")
    adviser.sees("after 6pm")
    adviser.is_clean()
    tries = adviser.page.get_by_role("group", name="How did you try?")
    expect(tries.get_by_role("radio", name="Letter")).to_have_count(0)
    tries.get_by_role("radio", name="Text message").check()
    steps.answers(adviser, **{"What came of it?": "Reached, and it was safe to talk"})
    adviser.press("Record this try")


def _writes_down_her_answer(adviser: Browser) -> None:
    steps.answers(adviser, **{"Her answer": "Wants support"})
    adviser.page.get_by_label("In her words").fill("Yes. Not at home.")
    adviser.press("Record her answer")
    adviser.sees("Wants support")
    adviser.is_clean()


@pytest.mark.slow
def test_nothing_known_is_never_a_no(new_browser: NewBrowser) -> None:
    worker = steps.signed_in(new_browser, "specialist-worker", "sandwell")

    # Given a victim who came by herself, of whom hardly anything is known
    steps.begins_a_call(worker, "The victim came to us")
    asked = {name: "Not known" for name in ("Is everybody safe now?", "Is the victim pregnant?")}
    steps.first_two_minutes(
        worker, "sandwell", ("", ""), said=asked | {"How can the victim be reached safely?": "Not known yet"}
    )
    worker.is_clean()
    steps.sends_the_call(worker)
    steps.says_who_they_are(worker)
    reference = steps.reference(worker)

    # Then no page of the case says "no", and what is not known stands in a dashed outline
    for place in ("Now", "Family", "Risk"):
        steps.opens_case(worker, reference, place)
        worker.is_clean()
        said = worker.page.locator("main dd, main .govuk-tag, main strong, main .al-identity").all_inner_texts()
        assert [
            text for text in said if re.fullmatch(r"No|None|0|Does not hold|Not met|Low.*|Standard", text.strip())
        ] == []
        worker.sees_nothing_of("low risk", "Low risk", "no records", "not known to services", "No further action")
    steps.opens_case(worker, reference, "Family")
    unknown = worker.page.get_by_text("Not known", exact=True).filter(visible=True)
    assert unknown.count() >= 5
    for tag in unknown.all():
        assert tag.evaluate("tag => getComputedStyle(tag).borderTopStyle") == "dashed"

    # and what cannot be told yet is not hidden: bars that wait, and the questions that would tell
    steps.opens_case(worker, reference)
    worker.sees("It cannot be told yet whether this is allowed, so it waits.")
    expect(worker.page.get_by_role("region", name="Ask next").locator(".al-ask")).to_have_count(3)
    worker.sees("Cannot tell yet:")


@pytest.mark.slow
def test_a_duty_nobody_had_is_routed(new_browser: NewBrowser) -> None:
    administrator = steps.signed_in(new_browser, "partnership-administrator", "")
    officer = steps.signed_in(new_browser, "police-officer", "dudley")
    adviser = steps.signed_in(new_browser, "specialist-worker", "dudley")
    title = "Offer support"

    # Given a duty in Dudley that reached nobody
    adviser.open("/")
    expect(steps.card(adviser, title)).to_have_count(0)
    administrator.open("/")
    administrator.press("See who is missing")
    gap = administrator.page.get_by_role("article").filter(
        has=administrator.page.get_by_role("heading", name=re.compile("^Dudley: "))
    )
    expect(gap).to_contain_text(title)
    administrator.sees_nothing_of("Mahmood", "Shazia")
    administrator.is_clean()

    # When the administrator chooses a team, with a reason
    administrator.go(gap.get_by_role("button"))
    administrator.is_clean()
    administrator.press("Give this team the role")
    administrator.sees("Choose a team.")
    administrator.is_clean()
    administrator.page.get_by_label("Team", exact=True).select_option(label=_of(administrator, "Independent advisers"))
    administrator.page.get_by_label("Why this team?").fill("They support victims in Dudley.")
    administrator.press("Give this team the role")
    administrator.is_clean()

    # Then it is no longer among the unrouted
    expect(gap.filter(has_text=title)).to_have_count(0)
    expect(administrator.page.get_by_role("status")).to_contain_text("has the role from now on")
    # and once the officer, who holds the case, has sent it, it stands in their queue
    reference = next(iter(_cases_with(officer, "Refer to MARAC, or say why not")))
    steps.opens_case(officer, reference)
    expect(steps.card(officer, "Refer to MARAC, or say why not")).to_contain_text("Independent advisers")
    adviser.open("/")
    adviser.sees_nothing_of(reference)
    steps.refers_to_marac(officer, reference, "Grabbed by the throat twice this month.")
    officer.press("Send it now")
    adviser.open("/")
    expect(steps.card(adviser, title)).to_contain_text(reference)
    adviser.is_clean()


def _cases_with(browser: Browser, title: str) -> set[str]:
    """References on Today of the cases with a task of this title."""
    browser.open("/")
    return set(re.findall(r"AL-\w{4}-\w{2}", " ".join(steps.card(browser, title).all_inner_texts())))


def _of(browser: Browser, team: str) -> str:
    """The one choice of the list that names the team."""
    found = [
        text
        for text in browser.page.get_by_label("Team", exact=True).locator("option").all_inner_texts()
        if team in text
    ]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.slow
def test_a_choice_of_the_partnership_changes_a_case(new_browser: NewBrowser, tmp_path: Path) -> None:
    lead = steps.signed_in(new_browser, "policy-lead", "")
    officer = steps.signed_in(new_browser, "police-officer", "wolverhampton")
    # Given a finished checklist with twelve topics answered yes
    said = {topic: "yes" if place < 12 else "no" for place, topic in enumerate(EVERY_TOPIC)}
    risk = [{"instrument": "dash", "person": "v", "answers": said}]
    reference = steps.tells(officer, tmp_path, "wolverhampton", ("Grace", "Tembo"), risk=risk)
    steps.opens_case(officer, reference)
    thresholds = officer.page.get_by_role("region", name="Thresholds")
    met = thresholds.get_by_text("Refer to MARAC, or say why not").filter(visible=True)
    expect(met).to_have_count(0)
    # When the policy lead finds the rule, and adopts 12 for the area
    steps.finds_the_rule(lead, "wm-marac-14-ticks")
    lead.sees("Examples")
    lead.is_clean()
    _adopts_twelve(lead)
    # Then at the next change of the case the threshold is met, with the number and where it comes from
    steps.opens_case(officer, reference)
    asked = officer.page.locator(".al-ask").first
    asked.get_by_role("radio", name="Not known", exact=True).check()
    officer.go(asked.get_by_role("button", name="Answer"))
    steps.opens_case(officer, reference)
    expect(met).to_have_count(1)
    steps.opens_case(officer, reference, "Risk")
    officer.sees("threshold 12")
    officer.is_clean()


def _adopts_twelve(lead: Browser) -> None:
    lead.follow("Procedures")
    lead.go(lead.page.get_by_role("main").get_by_role("link", name="Wolverhampton"))
    lead.is_clean()
    lead.go(lead.page.get_by_role("row").filter(has_text="marac_ticks").get_by_role("link"))
    lead.is_clean()
    lead.page.locator("input[name=value]").fill("12")
    today = datetime.now(tz=UTC).date()
    steps.dated(lead, "In force from", str(today.day), str(today.month), str(today.year))
    lead.page.get_by_label("Why the partnership chooses this").fill(
        "Agreed at the meeting: nobody is to be missed for two topics."
    )
    lead.press("Adopt this choice")
    expect(lead.page.get_by_role("row").filter(has_text="marac_ticks")).to_contain_text("12")
    lead.is_clean()

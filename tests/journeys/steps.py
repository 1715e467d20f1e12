"""What people do in the journeys, one function an act, as they would tell it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import Locator, expect

from alongside.demo.accounts import PASSWORD, email
from tests.journeys.browser import Browser
from tests.journeys.conftest import NewBrowser
from tests.sweeps.source import ROOT

EXAMPLES = ROOT / "examples"


def signed_in(
    new_browser: NewBrowser,
    role: str,
    area: str = "coventry",
    size: str = "desk",
    *,
    deputy: bool = False,
    javascript: bool = True,
) -> Browser:
    """Somebody of this staff role at their own browser, signed in."""
    browser = new_browser(size, javascript=javascript)
    browser.sign_in(email(role, area, deputy=deputy), PASSWORD)
    return browser


def account(role: str, area: str) -> tuple[str, str]:
    """What to sign in with."""
    return email(role, area), PASSWORD


def begins_a_call(browser: Browser, how: str = "We were called to it") -> None:
    browser.open("/")
    browser.follow("Record a call")
    browser.press(how, exact=False)
    expect(browser.page.get_by_role("heading", name="The first two minutes")).to_be_visible()


def answers(browser: Browser, **said: str) -> None:
    """Answer questions of a page, by the words of each: `answers(browser, **{"Is everybody safe now?": "No"})`."""
    for question, answer in said.items():
        browser.choose(question, answer)


def first_two_minutes(
    browser: Browser,
    area: str,
    victim: tuple[str, str],
    harm: tuple[str, str] = ("", ""),
    said: dict[str, str] | None = None,
) -> None:
    """The first page filled in and kept; what matters now is on the screen after it."""
    answers(browser, **(said or {}))
    page = browser.page
    page.get_by_label("Area", exact=True).select_option(area)
    for label, text in (
        ("Victim: given name", victim[0]),
        ("Victim: family name", victim[1]),
        ("Person reported as causing harm: given name", harm[0]),
        ("Person reported as causing harm: family name", harm[1]),
    ):
        page.get_by_label(label).fill(text)
    browser.press("Save and show what matters now")
    expect(page.get_by_role("heading", name="What matters now")).to_be_visible()


def dated(browser: Browser, question: str, day: str, month: str, year: str) -> None:
    """Give a date; what is not known of it stays empty."""
    group = browser.page.get_by_role("group", name=question)
    for label, text in (("Day", day), ("Month", month), ("Year", year)):
        group.get_by_label(label).fill(text)


def sends_the_call(browser: Browser) -> None:
    browser.follow("Check and send what is there")
    browser.press("Send the call")
    expect(browser.page).to_have_url(re.compile(r"/(people|cases)/"))


def drops_in(browser: Browser, file: Path) -> None:
    """Record a call by a file another system wrote."""
    browser.open("/")
    browser.follow("Record a call")
    browser.follow("Drop in a file from another system")
    browser.page.get_by_label("The file").set_input_files(str(file))
    browser.press("Take it in")
    expect(browser.page).to_have_url(re.compile(r"/(people|cases)/"))


def tells(browser: Browser, folder: Path, area: str, victim: tuple[str, str], **more: Any) -> str:
    """Record a call to the police in an area, told by another system; the reference of the case. `more` overrides the rest."""
    said = json.loads((EXAMPLES / "police-incident-school-child.json").read_text("utf-8"))
    said |= {"id": f"JOURNEY-{uuid4()}", "area": area, "safe_contact": []}
    if area in ("stoke-on-trent", "staffordshire"):
        said["source"]["agency"] = "staffordshire-police"
    for person in said["people"]:
        person |= {"family_name": victim[1], "addresses": [], "phones": []}
        person.pop("school", None)
    said["people"][0] |= {"given_name": victim[0]}
    file = folder / "told.json"
    file.write_text(json.dumps(said | more), "utf-8")
    drops_in(browser, file)
    says_who_they_are(browser)
    return reference(browser)


def says_who_they_are(browser: Browser, *words: str) -> None:
    """Go through everybody who may be known already, giving the answers in turn and then "Not sure"."""
    said = list(words)
    for _ in range(12):
        if "/who/" not in browser.page.url:
            break
        for card in browser.page.get_by_role("group", name=re.compile("Possible match")).all():
            answer = said.pop(0) if said else "Not sure"
            card.get_by_role("radio", name=answer).check()
            if answer != "Not sure":
                card.get_by_label("How do you know?").select_option("The person said so")
        browser.press("Keep these answers")
        browser.sees("Kept.")
        browser.press("Go on")
    expect(browser.page).to_have_url(re.compile(r"/cases/AL-"))
    assert said == [], "fewer people may be known than there are answers"


def types_the_checklist(browser: Browser, keys: str) -> None:
    """Answer the topics with the keyboard alone, one key a topic from the first on."""
    browser.page.locator("fieldset.al-check").first.get_by_role("radio").first.focus()
    for number, key in enumerate(keys):
        if number:
            browser.page.keyboard.press("ArrowDown")
        browser.page.keyboard.press(key)


def reference(browser: Browser) -> str:
    """The reference of the case on the screen."""
    return browser.page.get_by_label("This case").locator(".al-reference").inner_text()


def card(browser: Browser, title: str) -> Locator:
    """The card of a task, on Today or on a case."""
    entries = browser.page.locator(".al-entry")
    return entries.filter(has=browser.page.get_by_role("heading", name=title, exact=True))


def card_on_today(browser: Browser, title: str, of: str) -> Locator:
    """The card of a task in the case of a reference, on whichever page of Today it stands."""
    browser.open("/")
    found = card(browser, title).filter(has_text=of)
    while not found.count():
        browser.follow("Next page")
    return found


def opens_case(browser: Browser, of: str, place: str = "") -> None:
    """The case, or one of its places by its name: "Risk"."""
    browser.open(f"/cases/{of}/")
    if place:
        browser.go(
            browser.page.get_by_role("navigation", name=f"Case {of}").get_by_role(
                "link", name=re.compile(rf"^{re.escape(place)}\b")
            )
        )


def has_closed(browser: Browser, of: str, *titles: str) -> None:
    """None of these tasks is open any more in the case, and what closed them is named."""
    opens_case(browser, of)
    for title in titles:
        expect(card(browser, title)).to_have_count(0)
    browser.page.get_by_text(re.compile("Done, or decided otherwise")).click()
    browser.sees("Closed by")
    browser.is_clean()


def finds_the_rule(browser: Browser, rule: str) -> None:
    """By its name, in the browser of procedures; its card is on the screen."""
    browser.open("/")
    browser.follow("Procedures")
    browser.page.get_by_label("Search the rules").fill(rule)
    browser.press("Find rules")
    browser.sees("1 rule")
    browser.is_clean()
    browser.go(browser.page.get_by_role("article").get_by_role("link"))


def refers_to_marac(browser: Browser, of: str, why: str) -> None:
    """From a case's card to the page that shows what they will see; nothing is sent yet."""
    opens_case(browser, of)
    browser.go(card(browser, "Refer to MARAC, or say why not").get_by_role("button").first)
    answers(
        browser,
        **{
            "Is it safe to talk with the victim about this referral?": "Not known",
            "On which ground?": "Professional judgement: serious concern about the victim",
        },
    )
    browser.page.get_by_label("Why should this victim be heard?").fill(why)
    browser.page.get_by_label("I asked, or did not ask, because …").fill("Asking by telephone could be overheard.")
    browser.is_clean()
    browser.press("See what they will see")
    expect(browser.page.get_by_role("heading", name="Before you send")).to_be_visible()


def writes_the_referral(browser: Browser, why: str) -> None:
    """From a case's card to the page that shows what they will see; nothing is sent yet."""
    browser.go(card(browser, "Send to children's social care").get_by_role("button", name="Write the referral"))
    account = browser.page.get_by_label("What happened, and what worries you")
    if not account.input_value():
        account.fill("Shouting was heard; the child was in the next room.")
    browser.page.get_by_label("I asked, or did not ask, because …").fill(why)
    browser.press("See what they will see")
    expect(browser.page.get_by_role("heading", name="Before you send")).to_be_visible()


NOBODY = re.compile(r"AL-\w{4}-\w{2}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_not_there(browser: Browser, *paths: str) -> None:
    """Each address answers, word for word, as one of its kind that leads to nothing."""
    for path in paths:
        twin = NOBODY.sub(lambda found: re.sub("[0-9a-fA-Z]", "0", found[0]), path)
        assert twin != path, f"{path} names nothing"
        nothing = _asked(browser, twin)
        assert nothing[0] == 404, f"{twin} answered {nothing[0]}"
        assert _asked(browser, path) == nothing, path


def _asked(browser: Browser, path: str) -> tuple[int, str]:
    """Status and body of an address, without the form's token, which is another each time."""
    answer = browser.page.request.get(browser.site.address + path, max_redirects=0)
    return answer.status, re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.text())


def is_refused(browser: Browser, *paths: str) -> None:
    """Each address is refused to this role, whatever stands behind it."""
    for path in paths:
        answer = browser.page.request.get(browser.site.address + path, max_redirects=0)
        assert answer.status == 403, f"{path} answered {answer.status}"

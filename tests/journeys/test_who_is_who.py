"""Notify, candidates, link, undo; and a protected person, about whom two people are needed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.browser import Browser
from tests.journeys.conftest import NewBrowser
from tests.journeys.test_any_way import Keys

AREA = "coventry"
CARD = re.compile("Possible match")


def tells(browser: Browser, folder: Path, name: str, *, given: str = "Wilhelmina") -> None:
    """Tell of a victim of a name; nobody is answered for yet."""
    said = json.loads((steps.EXAMPLES / "police-incident-school-child.json").read_text("utf-8"))
    said |= {"id": f"WHO-{uuid4()}", "safe_contact": []}
    victim = said["people"][0]
    victim |= {"given_name": given, "family_name": name, "date_of_birth": "1987-06-05", "phones": [], "addresses": []}
    for number, person in enumerate(said["people"][1:]):
        person |= {
            "given_name": f"Other{number}",
            "family_name": f"{name}{uuid4().hex[:6]}",
            "addresses": [],
            "phones": [],
        }
        person |= {"date_of_birth": None}
        person.pop("school", None)
    file = folder / "told.json"
    file.write_text(json.dumps(said), "utf-8")
    steps.drops_in(browser, file)


@pytest.mark.slow
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_notify_candidates_link_undo(new_browser: NewBrowser, tmp_path: Path, size: str) -> None:
    officer = steps.signed_in(new_browser, "police-officer", AREA, size)
    officer.looks_at_each = True
    name = f"Featherstonehaugh-{uuid4().hex[:8]}"
    # Given a victim told of twice
    tells(officer, tmp_path, name)
    steps.says_who_they_are(officer)
    tells(officer, tmp_path, name)
    # Then the earlier record is offered by what agrees, and a reason is asked for
    officer.sees("Only what agrees is shown.")
    officer.sees("Same date of birth")
    officer.is_clean(f"who-{size}")
    page = officer.page.url
    keys = Keys(officer)
    first = officer.page.get_by_role("group", name=CARD).first
    keys.to(first.get_by_role("radio"))
    officer.page.keyboard.press("s")
    expect(first.get_by_role("radio", name="Same person")).to_be_checked()
    keys.press("Keep these answers")
    officer.sees("Say how you know. “Not sure” needs no reason.")
    officer.is_clean(f"who-reason-{size}")
    expect(officer.page.get_by_role("group", name=CARD).first.get_by_role("radio", name="Same person")).to_be_checked()
    keys.to(officer.page.get_by_label("How do you know?").first)
    officer.page.keyboard.type("I know")
    keys.press("Keep these answers")
    officer.sees("Kept. Both records stay as they are")
    officer.sees("Same person as another record")
    officer.is_clean(f"who-kept-{size}")
    # When it is undone, everything is as it was, and going back sends nothing again
    officer.press("Undo", exact=False)
    officer.sees("Undone. Everything is as it was before that answer.")
    expect(officer.page).to_have_url(page)
    expect(officer.page.get_by_role("group", name=CARD).first).to_be_visible()
    officer.page.go_back()
    officer.open(page.removeprefix(officer.site.address))
    expect(officer.page.get_by_role("group", name=CARD).first.get_by_role("radio", checked=True)).to_have_count(0)


@pytest.mark.slow
def test_two_people_about_somebody_protected_without_scripts(new_browser: NewBrowser, tmp_path: Path) -> None:
    officer = steps.signed_in(new_browser, "police-officer", AREA, "phone", javascript=False)
    sergeant = steps.signed_in(new_browser, "police-supervisor", AREA)
    name = f"Quill-{uuid4().hex[:8]}"
    tells(officer, tmp_path, name)
    steps.says_who_they_are(officer)
    reference = steps.reference(officer)
    # Given a record that somebody protects
    steps.opens_case(officer, reference, "Family")
    officer.follow(f"Wilhelmina {name}")
    officer.follow("Protect this person")
    officer.page.get_by_label("Why?").fill("She fled.")
    officer.press("Protect")
    officer.sees("Protected. From now on two people are needed to say who this is.")
    # When it is linked with another
    tells(officer, tmp_path, name)
    shown = officer.page.url.removeprefix(officer.site.address)
    first = officer.page.get_by_role("group", name=CARD).first
    first.get_by_role("radio", name="Same person").check()
    first.get_by_label("How do you know?").select_option("The person said so")
    officer.press("Keep these answers")
    # Then whoever answered is told what everybody is told, and a supervisor has a second look
    officer.sees("About somebody protected it counts once a second person has agreed.")
    sergeant.open("/people/review/?kind=waiting")
    sergeant.is_clean("who-review")
    sergeant.press("Look at it", exact=False)
    sergeant.is_clean("who-second")
    sergeant.choose("Do you agree?", "Yes: it counts from now on")
    sergeant.press("Keep this")
    sergeant.sees("Confirmed. The answer counts from now on, and can be undone.")
    # and what every agency answered stands on the case, names of holders for the supervisor alone
    officer.open(shown)
    officer.follow("Case AL-", exact=False)
    reference = steps.reference(officer)
    steps.opens_case(sergeant, reference, "Sharing")
    sergeant.sees("“Not held” is no nil return")
    sergeant.is_clean("consulted")
    steps.opens_case(officer, reference, "Sharing")
    officer.sees("Which agencies hold a record is shown to supervisors")
    officer.sees_nothing_of("Not held</strong>")
    sergeant.open("/consults/")
    sergeant.is_clean("asked")
    sergeant.open("/patterns/several/")
    sergeant.is_clean("patterns")

"""A call in Coventry about a family of Stoke-on-Trent: two texts, each for what follows it, and a place put right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.conftest import NewBrowser


def _family_of(area: str, name: str) -> list[dict[str, Any]]:
    """The people of the example, living in an area."""
    said = json.loads((steps.EXAMPLES / "police-incident-school-child.json").read_text("utf-8"))
    people: list[dict[str, Any]] = said["people"]
    for person in people:
        person |= {"family_name": name, "addresses": [], "phones": [], "area": area}
        person.pop("school", None)
    return people


@pytest.mark.slow
def test_a_call_in_one_area_about_a_child_of_another(new_browser: NewBrowser, tmp_path: Path) -> None:
    officer = steps.signed_in(new_browser, "police-officer", "coventry")
    # Given a call in Coventry about a child who lives in Stoke-on-Trent
    reference = steps.tells(
        officer, tmp_path, "coventry", ("Ewa", "Sikora"), people=_family_of("stoke-on-trent", "Sikora")
    )
    # Then the case says whose procedures stand for what
    steps.opens_case(officer, reference)
    officer.sees("Coventry, because it happened there.")
    officer.sees("Stoke-on-Trent, because a child of this case lives there.")
    officer.is_clean()
    # and the police owe what the text of Coventry says, to the social care of the child's home
    expect(steps.card(officer, "Finish the scene record")).to_contain_text("West Midlands procedures")
    referral = steps.card(officer, "Send to children's social care")
    expect(referral).to_contain_text("West Midlands procedures")
    expect(referral).to_contain_text("Stoke-on-Trent Children's Social Care")
    # When it turns out that it happened in Stoke-on-Trent after all
    officer.follow("Correct the area")
    officer.choose("Which place is wrong?", "Where it happened")
    officer.page.get_by_label("The right area").select_option("stoke-on-trent")
    officer.page.get_by_label("Why this area?").fill("It was in the car park in Hanley.")
    officer.is_clean()
    officer.press("Correct the area")
    # Then the picture changes at once, and says who corrected it and why
    officer.sees("The area is corrected")
    officer.sees("corrected from Coventry by police officer")
    expect(steps.card(officer, "Finish the scene record")).to_contain_text("Staffordshire procedures")

"""The policy lead confirms a default of practice, and then sees by whom and when it was."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.conftest import NewBrowser

ASKED = "Within how many hours of a referral to MARAC does the IDVA try to reach the victim?"


@pytest.mark.slow
@pytest.mark.parametrize(("size", "area"), [("desk", "solihull"), ("phone", "sandwell")])
def test_a_default_is_confirmed(new_browser: NewBrowser, size: str, area: str) -> None:
    lead = steps.signed_in(new_browser, "policy-lead", "", size, javascript=size == "desk")
    # Given a default that nobody has looked at
    lead.open("/procedures/")
    lead.follow("To confirm", exact=False)
    lead.follow(area.capitalize())
    line = lead.page.get_by_role("row").filter(has_text=ASKED)
    expect(line).to_contain_text("default, to be confirmed by your partnership")
    expect(line).to_contain_text("from general knowledge, not verified")
    if size == "desk":
        lead.is_clean(f"to-confirm-{size}")
    # When the lead confirms it as it is, and says how
    lead.follow(ASKED)
    lead.page.get_by_label("How your partnership confirmed it").fill("Agreed by the MARAC steering group, 2 December.")
    if size == "desk":
        lead.is_clean(f"confirm-{size}")
    lead.press("Confirm as it is")
    # Then it says who did, when and how, and the rule that hangs on it is no default any more
    settled = (
        lead.page.get_by_role("table", name=re.compile("^Defaults settled")).get_by_role("row").filter(has_text=ASKED)
    )
    expect(settled).to_contain_text("confirmed as shipped")
    expect(settled).to_contain_text(re.compile(r"By \w+ \w+, \w+day \d+ \w+ \d{4}, \d+:\d\d[ap]m"))
    expect(settled).to_contain_text("Agreed by the MARAC steering group, 2 December.")
    if size == "desk":
        lead.is_clean(f"confirmed-{size}")
    lead.open(f"/procedures/rules/england-idva-contact/?area={area}")
    lead.sees("confirmed as shipped")
    lead.sees_nothing_of("Default, to be confirmed by your partnership")
    # and another partnership's stays to be confirmed
    lead.open("/procedures/rules/england-idva-contact/?area=coventry")
    lead.sees("Default, to be confirmed by your partnership")

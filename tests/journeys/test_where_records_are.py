"""A manager says where the agency keeps its records, and takes it back; the partnership's office sees who said so."""

from __future__ import annotations

import pytest

from tests.journeys import steps
from tests.journeys.conftest import NewBrowser

REASON = "Every record has been moved over; agreed at our board."


@pytest.mark.slow
def test_an_agency_says_where_its_records_are_and_takes_it_back(new_browser: NewBrowser) -> None:
    manager = steps.signed_in(new_browser, "social-care-manager", "walsall", "phone")
    office = steps.signed_in(new_browser, "partnership-administrator", "")
    manager.looks_at_each = office.looks_at_each = True
    # Given a manager who looks where people are looked up
    manager.open("/")
    manager.follow("Search")
    manager.follow("Where your agency keeps its records")
    manager.is_clean("records-phone")
    manager.press("Change", exact=False)
    # When the reason is forgotten, nothing is kept and it is said why
    manager.press("Keep, with my name")
    manager.sees("Say in a sentence why.")
    manager.is_clean("records-reason-phone")
    manager.page.get_by_label("In Alongside: looked in at once").check()
    manager.page.get_by_label("Why, in a sentence").fill(REASON)
    manager.press("Keep, with my name")
    manager.sees("Kept, with your name: Walsall Children's Social Care.")
    # Then the office, which finds it in its header, sees who said so and why
    office.open("/")
    office.follow("Records")
    office.is_clean("records-office")
    office.open("/consults/sources/walsall-childrens-social-care/")
    office.sees(REASON)
    office.is_clean("record-office")
    # and taken back, it is said by nobody
    manager.press("Change", exact=False)
    manager.follow("take back what was said")
    manager.is_clean("records-end-phone")
    manager.page.get_by_label("Why, in a sentence").fill("Some records are still in the old system.")
    manager.press("Take it back")
    manager.sees("Nobody has said")
    manager.sees("Taken back by")

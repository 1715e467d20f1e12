"""A policy lead, and a health worker on a phone without scripts, read what the procedures ask."""

from __future__ import annotations

import io

import pypdf
import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.browser import Browser
from tests.journeys.conftest import NewBrowser

pytestmark = pytest.mark.slow


def reads(person: Browser) -> None:
    """From a word to the worker, to a rule, and to what differs elsewhere; each page is clean."""
    person.open("/procedures/")
    person.page.get_by_label("Search the rules").fill("midwife")
    person.press("Find rules")
    expect(person.page.locator("mark").first).to_have_text("midwife")
    person.is_clean()
    person.follow("What is asked of a midwife")
    person.page.get_by_label("Area").select_option("Coventry")
    person.press("Show this area")
    for part in ("midwives in particular", "health staff", "every agency", "any professional"):
        expect(person.page.get_by_role("heading", name=f"Asked of {part}", exact=True)).to_be_visible()
    person.sees_nothing_of("staffs-")
    person.is_clean("what-is-asked")
    person.follow("In the services listed", exact=False)
    expect(person.page.get_by_role("heading", name="When", exact=True)).to_be_visible()
    person.sees("the person signed in is trained to ask about abuse")
    person.is_clean("rule-in-words")
    person.open("/procedures/differences/")
    person.page.get_by_label("One area").select_option("Coventry")
    person.page.get_by_label("Another area, or the same").select_option("Stoke-on-Trent")
    person.press("Show what differs")
    expect(person.page.get_by_role("heading", name="Only in Stoke-on-Trent", exact=True)).to_be_visible()
    person.is_clean("what-differs")


def prints(person: Browser) -> pypdf.PdfReader:
    """What is asked of a midwife, on paper."""
    person.open("/procedures/asked-of/midwife/?area=coventry")
    with person.page.expect_download() as waiting:
        person.page.get_by_role("link", name="All of it on paper (PDF)").click()
    assert waiting.value.suggested_filename == "procedures.pdf"
    return pypdf.PdfReader(io.BytesIO(waiting.value.path().read_bytes()))


def test_a_policy_lead_reads_at_a_desk(new_browser: NewBrowser) -> None:
    lead = steps.signed_in(new_browser, "policy-lead")
    reads(lead)
    paper = prints(lead)
    assert paper.metadata is not None
    assert paper.metadata.title == "Procedures in Coventry"
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "What is asked of a midwife" in paper.pages[0].extract_text()


def test_a_health_worker_reads_on_a_phone(new_browser: NewBrowser) -> None:
    reads(steps.signed_in(new_browser, "health", size="phone"))


def test_all_of_it_works_without_scripts(new_browser: NewBrowser) -> None:
    plain = steps.signed_in(new_browser, "health", size="phone", javascript=False)
    plain.open("/procedures/?words=midwiffe")
    plain.sees("Or try:")
    plain.follow("midwife")
    plain.follow("What is asked of a midwife")
    plain.page.get_by_text("How to go about it").last.click()
    plain.follow("What is asked of a worker")
    plain.follow("A housing officer")
    plain.sees("Asked of any professional")
    assert prints(plain).pages

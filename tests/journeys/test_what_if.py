"""A policy lead sees what a change would have done: by keyboard, on a phone without scripts, and refused what is outside its range."""

from __future__ import annotations

import csv
import io
import re
import time

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.browser import Browser
from tests.journeys.conftest import NewBrowser

CASES = "10000"
TICKS = "From how many topics answered yes"
LONGEST = 300  # seconds for the cases, on a machine that is busy with other tests


@pytest.mark.slow
def test_a_policy_lead_sees_what_a_change_would_do(new_browser: NewBrowser) -> None:
    lead = steps.signed_in(new_browser, "policy-lead", "")
    # Given cases to try a change on
    lead.follow("What a change would do")
    lead.is_clean()
    _invents(lead)
    lead.sees(", 0 differ.")
    # When the slider is moved with the keyboard from the number in force, in an area that no other journey changes
    lead.open("/what-if/?area=coventry")
    slider = lead.page.get_by_role("slider", name=TICKS)
    expect(slider).to_have_value("14")
    slider.focus()
    lead.page.keyboard.press("ArrowLeft")
    lead.page.keyboard.press("ArrowLeft")
    expect(lead.page.get_by_role("textbox", name=TICKS)).to_have_value("12")
    lead.press("See what it would do")
    # Then one sentence says what it would have done, with drawings, tables and a file that say the same
    lead.sees("12 instead of 14 in Coventry:")
    lead.sees("more cases would have met a criterion for MARAC, which makes about")
    untold = re.compile(r"cannot be told, because.*“How many of the checklist's topics were answered yes\?”")
    expect(lead.page.get_by_text(untold)).to_be_visible()
    expect(lead.page.get_by_role("img", name="Cases that meet a criterion for MARAC, by area")).to_be_visible()
    expect(lead.page.get_by_role("img", name="More cases, by week")).to_be_visible()
    lead.is_clean("what-if")
    _file_says_what_the_table_says(lead)
    # and the choice can be adopted with its value
    lead.go(lead.page.get_by_role("link", name=re.compile(r"^Coventry\b.*adopt 12")))
    expect(lead.page.get_by_role("textbox", name=TICKS)).to_have_value("12")
    lead.follow("See first what it would have done to the cases there were")
    expect(lead.page).to_have_url(re.compile(r"/what-if/\?area=coventry"))
    # and nobody else sees any of it
    officer = steps.signed_in(new_browser, "police-officer")
    officer.open("/what-if/")
    officer.sees("may not see in counts what a change of the rules would do")
    steps.is_refused(officer, "/what-if/?area=all&marac_ticks=12", "/what-if/table.csv?area=all&marac_ticks=12")
    _on_a_phone_without_scripts(steps.signed_in(new_browser, "policy-lead", "", size="phone", javascript=False))


def _invents(lead: Browser) -> None:
    lead.page.get_by_label("How many cases to invent").fill(CASES)
    lead.press("Invent the cases")
    lead.sees("The cases are being prepared.")
    until = time.monotonic() + LONGEST
    while lead.page.get_by_role("link", name="See how far it is").count():
        assert time.monotonic() < until, "the cases do not come"
        time.sleep(1)
        lead.follow("See how far it is")
    lead.sees("10,000 cases: invented cases")


def _file_says_what_the_table_says(lead: Browser) -> None:
    link = lead.page.get_by_role("link", name="Download the tables (CSV)").get_attribute("href")
    answer = lead.page.request.get(lead.site.address + str(link))
    assert "what-a-change-would-do.csv" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text())))
    assert {row["area"] for row in rows if row["area"]} == {"coventry"}
    assert [row for row in rows if row["cases"] in {"1", "2", "3", "4"}] == []
    coventry = {row["kind"]: row["cases"] for row in rows if row["area"] == "coventry" and not row["rule"]}
    shown = lead.page.get_by_role("row", name=re.compile("^Coventry")).get_by_role("cell").all_inner_texts()
    everywhere = lead.page.request.get(f"{lead.site.address}/what-if/table.csv?area=all&marac_ticks=12").text()
    told = {row["cases"] for row in csv.DictReader(io.StringIO(everywhere))}
    assert told >= {"0", "1 to 4"} and not told & {"1", "2", "3", "4"}
    assert shown[0] == coventry["before"] and coventry["cannot be told"] in shown


def _on_a_phone_without_scripts(lead: Browser) -> None:
    lead.open("/what-if/")
    lead.page.get_by_label("Where would it change?").select_option("Coventry")
    expect(lead.page.get_by_role("slider")).to_have_count(0)
    lead.page.get_by_role("textbox", name=TICKS).fill("15")
    lead.press("See what it would do")
    lead.sees("“15” is outside what this choice may be: 10 to 14. Nothing was replayed.")
    lead.page.get_by_role("textbox", name=TICKS).fill("12")
    lead.press("See what it would do")
    lead.sees("12 instead of 14 in Coventry:")
    lead.fits()
    lead.keep("what-if-phone")

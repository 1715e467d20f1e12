"""At night: a case of another team is not there, until a call about the same people opens it; or somebody says why they need it."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from tests.journeys import steps
from tests.journeys.conftest import NewBrowser


@pytest.mark.slow
def test_a_call_opens_what_another_team_knows(new_browser: NewBrowser, tmp_path: Path) -> None:
    who = ("Wilhelmina", f"Quennell-{uuid4().hex[:8]}")
    # Given a case that the response team of Walsall recorded
    walsall = steps.signed_in(new_browser, "police-officer", "walsall", "desk")
    earlier = steps.tells(walsall, tmp_path, "walsall", who)
    # When an officer of Coventry looks for it, then it is not there
    officer = steps.signed_in(new_browser, "police-officer", "coventry", "phone")
    steps.is_not_there(officer, f"/cases/{earlier}/")
    # When somebody calls in Coventry about the same person
    call = steps.tells(officer, tmp_path, "coventry", who)
    officer.open(f"/cases/{call}/who/")
    # Then what is known opens with the call
    officer.sees(f"Open to you: case {earlier}")
    officer.is_clean("need-who-phone")
    officer.open(f"/cases/{earlier}/")
    officer.sees("Your call opened this case to you and your team")
    officer.is_clean("need-opened-phone")
    # And whoever holds a reference says why
    other = steps.signed_in(new_browser, "police-officer", "dudley", "desk")
    other.open("/need/")
    other.is_clean("need-say-why")
    other.page.get_by_label("Reference of the case").fill(earlier)
    other.page.get_by_label("Somebody in it, or another professional, has turned to me").check()
    other.page.get_by_label("What do you need it for?").fill("Her health visitor rang me about tomorrow.")
    other.press("Open it")
    other.sees("You said why you need this case")
    walsall.open(f"/cases/{earlier}/see/sharing/")
    walsall.sees("Her health visitor rang me about tomorrow.")
    walsall.is_clean("need-on-the-case")

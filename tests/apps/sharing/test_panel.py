"""The sharing place of a case: each decision as a letter to oneself, and what people said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from alongside.cases.models import Case
from alongside.sharing import actions
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import words
from tests.apps.sharing.deciding import act_of

SignIn = Callable[[str], Client]


@pytest.fixture
def page(case: Case, at_desk: SignIn) -> Callable[[], str]:
    officer = at_desk("officer")
    return lambda: words(officer.get(f"/cases/{case.reference}/see/sharing/"))


def test_empty_says_what_would_be_here(page: Callable[[], str]) -> None:
    said = page()
    assert "Nothing was shared from this case." in said
    assert "Not asked yet" in said


def test_what_was_sent_and_kept_back_and_why(there: Partnership, case: Case, page: Callable[[], str]) -> None:
    by, act = there.users["officer"], act_of(there, case)
    actions.disclose(
        case=case,
        subject=act,
        to_team=there.teams["csc"],
        purpose="referral to children's social care",
        basis="protect-child",
        consent="not-safe-to-seek",
        reason="A baby of eleven months lives there.",
        what=["who it is about"],
        left_out=["where they live"],
        by=by,
        at=NOW,
    )
    actions.keep_back(
        case=case,
        subject=act,
        to_team=there.teams["haven-idva"],
        purpose="support",
        reason="She asked us to wait.",
        by=by,
        at=NOW,
    )
    said = page()
    assert "Coventry Childrens Social Care, Csc team Sent" in said
    assert "Basis To protect a child from harm Consent Not safe to ask" in said
    assert "The law allows it As part of our public task to keep children safe." in said
    assert "Needed, because Not written down" in said and "To be confirmed by your partnership." in said
    assert "Left out where they live" in said
    assert "Haven, Haven-Idva team Not sent" in said
    assert "Because She asked us to wait." in said


def test_what_a_person_said_stands_with_a_silence_shown_as_such(
    there: Partnership, case: Case, page: Callable[[], str]
) -> None:
    victim = case.members.get(role="victim").person
    actions.record_consent(case=case, person=victim, purpose="referral", status=None, by=there.users["officer"], at=NOW)
    assert "A.H., for “referral”: Not known" in page()

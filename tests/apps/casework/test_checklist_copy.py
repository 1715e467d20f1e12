"""A duty that asks for a copy of the risk checklist is done by sending that copy, and by nothing less."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from alongside.cases.models import Case
from alongside.casework.models import ChecklistCopy
from alongside.duties.models import Duty
from alongside.risk.actions import Filled, assess
from alongside.sharing.models import Disclosure
from tests.apps.casework.test_referrals import refer_url, send, typed
from tests.apps.partnership import NOW, Partnership

Desk = Callable[[str], Client]
COPY = "wm-dash-copy-to-mash"


def assessed(case: Case, there: Partnership) -> None:
    """The officer has filled in two topics."""
    filled = Filled("dash", {"frightened": "yes", "stalking": "not-known"})
    assess(case=case, filled=filled, id=uuid4(), by=there.users["officer"], at=NOW)


def state(case: Case, rule: str = COPY) -> set[str]:
    return set(Duty.objects.filter(case=case, rule=rule).values_list("state", flat=True))


def test_the_copy_goes_with_the_referral_and_is_read_by_its_receiver(
    case: Case, there: Partnership, at_desk: Desk
) -> None:
    assessed(case, there)
    row = send(at_desk("officer"), case)
    assert state(case) == {"done"}
    page = at_desk("manager").get(reverse("casework:referral", args=[row.pk])).content.decode()
    assert "The risk checklist, as it was filled in" in page
    assert "yes" in ChecklistCopy.objects.get(referral=row).text.open()
    assert "a copy of the risk checklist" in Disclosure.objects.get(record_id=row.pk).what


def test_a_referral_without_the_copy_leaves_what_asks_for_it_open(
    case: Case, there: Partnership, at_desk: Desk
) -> None:
    assessed(case, there)
    officer = at_desk("officer")
    assert typed(officer, case)["with_checklist"] == ["on"]
    row = send(officer, case, with_checklist="")
    assert state(case) == {"open"}
    assert not ChecklistCopy.objects.exists()
    assert "the answers of the risk checklist" in Disclosure.objects.get(record_id=row.pk).left_out
    page = at_desk("manager").get(reverse("casework:referral", args=[row.pk])).content.decode()
    assert "as it was filled in" not in page
    send(officer, case)
    assert state(case) == {"done"}


def test_no_copy_goes_by_itself_to_a_service_no_duty_names(case: Case, there: Partnership, at_desk: Desk) -> None:
    assessed(case, there)
    officer = at_desk("officer")
    assert "with_checklist" in officer.get(refer_url(case, "adult-social-care")).content.decode()
    assert "with_checklist" not in typed(officer, case, "adult-social-care")


def test_without_a_checklist_the_page_says_that_no_copy_goes(case: Case, at_desk: Desk) -> None:
    page = at_desk("officer").get(refer_url(case)).content.decode()
    assert "No risk checklist is on record" in page and "with_checklist" not in page

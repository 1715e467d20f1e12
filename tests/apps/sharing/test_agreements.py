"""The register of agreements: a case opened to another agency stands on one, and nothing else waits for one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.agencies.access import Refused
from alongside.cases.models import Case
from alongside.gate.viewing import Viewer
from alongside.sharing.agreements import pages, queries
from alongside.sharing.agreements.actions import end_agreement, renew_agreement
from alongside.sharing.agreements.models import Agreement, AgreementChange
from alongside.sharing.days import end_of, today
from alongside.sharing.models import Disclosure
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import words
from tests.apps.sharing.deciding import act_of, agrees, sees, shares

DAY = timedelta(days=1)
SignIn = Callable[[str], Client]
CSC, POLICE, HAVEN = "coventry-childrens-social-care", "west-midlands-police", "haven"


def test_a_case_is_opened_as_it_grows_only_under_an_agreement(case: Case, there: Partnership) -> None:
    with pytest.raises(Refused, match="No agreement between West Midlands Police"):
        shares(there, case, case)
    assert not Disclosure.objects.exists()
    agrees(there, POLICE, HAVEN)
    with pytest.raises(Refused, match="No agreement"):
        shares(there, case, case)
    agrees(there, POLICE, CSC)
    shares(there, case, case)
    later = act_of(there, case)
    assert sees(there, "manager", case) and sees(there, "manager", later)
    assert not sees(there, "idva", case)


def test_a_lapsed_agreement_closes_the_case_by_itself_and_a_renewed_one_opens_it(
    case: Case, there: Partnership
) -> None:
    agreement = agrees(there, POLICE, CSC, until=3)
    shares(there, case, case)
    lapsed = end_of(agreement.review_on)
    assert sees(there, "manager", case, lapsed - timedelta(seconds=1))
    assert not sees(there, "manager", case, lapsed)
    by, at = there.users["governance"], lapsed + DAY
    renew_agreement(agreement=agreement, review_on=today(at + 9 * DAY), reason="Looked at.", by=by, at=at)
    assert sees(there, "manager", case, at)


def test_an_ended_agreement_closes_it_in_the_same_breath_unless_another_covers_it(
    case: Case, there: Partnership
) -> None:
    first, second = agrees(there, POLICE, CSC), agrees(there, POLICE, CSC, HAVEN, until=40)
    shares(there, case, case)
    by = there.users["governance"]
    end_agreement(agreement=first, reason="Replaced.", by=by, at=NOW)
    assert sees(there, "manager", case) and not sees(there, "manager", case, NOW + 60 * DAY)
    end_agreement(agreement=second, reason="A party left.", by=by, at=NOW)
    assert not sees(there, "manager", case)
    with pytest.raises(Refused, match="has ended"):
        renew_agreement(agreement=second, review_on=today(NOW + DAY), reason="x", by=by, at=NOW)


def test_a_single_record_goes_without_one_and_is_reported(case: Case, there: Partnership) -> None:
    act = act_of(there, case)
    row = shares(there, case, act)
    assert row.without_agreement and sees(there, "manager", act)
    [pair] = queries.sent_without(there.users["governance"], NOW)
    assert (pair.sender, pair.receiver, pair.count, pair.is_covered_now) == (
        "West Midlands Police",
        "Coventry Childrens Social Care",
        1,
        False,
    )
    agreement = agrees(there, POLICE, CSC)
    assert queries.sent_without(there.users["governance"], NOW)[0].is_covered_now
    assert not shares(there, case, act).without_agreement
    end_agreement(agreement=agreement, reason="Over.", by=there.users["governance"], at=NOW)
    assert sees(there, "manager", act), "a record that was sent never hangs on an agreement"


def test_only_the_agency_of_the_case_opens_the_whole_of_it(case: Case, there: Partnership) -> None:
    agrees(there, POLICE, CSC, HAVEN)
    shares(there, case, case)
    with pytest.raises(Refused, match="Only the agency that recorded"):
        shares(there, case, case, "haven-idva", by=there.users["manager"])


def test_who_keeps_the_register(there: Partnership) -> None:
    for who in ("officer", "manager", "auditor", "administrator"):
        with pytest.raises(Refused):
            agrees(there, POLICE, CSC, by=there.users[who])
    own = there.users["governance"]
    own.agency = there.agencies[HAVEN]
    own.save()
    with pytest.raises(Refused, match="no party"):
        agrees(there, POLICE, CSC, by=own)
    agreement = agrees(there, POLICE, HAVEN, by=own)
    assert queries.agreements_for(own) == [agreement]


def test_what_an_agreement_must_have(there: Partnership) -> None:
    with pytest.raises(Refused, match="at least two"):
        agrees(there, POLICE)
    with pytest.raises(Refused, match="lies in the past"):
        agrees(there, POLICE, CSC, until=0)
    agreement = agrees(there, POLICE, CSC)
    with pytest.raises(Refused, match="sentence why"):
        end_agreement(agreement=agreement, reason=" ", by=there.users["governance"], at=NOW)
    assert [row.what for row in AgreementChange.objects.all()] == ["added"]


def test_the_page_lists_adds_renews_and_ends(case: Case, there: Partnership, at_desk: SignIn) -> None:
    shares(there, case, act_of(there, case))
    lead = at_desk("governance")
    page = words(lead.get(reverse("sharing:agreements")))
    assert "No agreement is on the register." in page
    assert "West Midlands Police Coventry Childrens Social Care once" in page
    assert "Hartley" not in page and case.reference not in page and "The baby is not safe" not in page
    on = today(NOW + 60 * DAY)
    typed = {
        "name": "Sharing with children’s services",
        "scope": "Calls about children.",
        "parties": [str(there.agencies[one].pk) for one in (POLICE, CSC)],
        "signed_on_0": "1",
        "signed_on_1": "2",
        "signed_on_2": "2026",
        "review_on_0": str(on.day),
        "review_on_1": str(on.month),
        "review_on_2": str(on.year),
    }
    assert lead.post(reverse("sharing:agreement-add"), {**typed, "parties": typed["parties"][:1]}).status_code == 422
    assert lead.post(reverse("sharing:agreement-add"), typed).status_code == 302
    row = Agreement.objects.get()
    page = words(lead.get(reverse("sharing:agreements")))
    assert "In force" in page and "An agreement is in force" in page
    address = reverse("sharing:agreement", args=[row.pk])
    assert lead.post(address, {"do": "end", "end-reason": ""}).status_code == 422
    assert lead.post(address, {"do": "end", "end-reason": "Replaced by a wider one."}).status_code == 302
    assert "“Replaced by a wider one.”" in words(lead.get(address))
    assert at_desk("officer").get(address).status_code == 403


def test_the_lead_is_told_today_of_what_lapsed(case: Case, there: Partnership) -> None:
    agrees(there, POLICE, CSC, until=2)
    lead = there.users["governance"]
    assert not pages.waiting(Viewer(lead, NOW))
    [told] = pages.waiting(Viewer(lead, NOW + 4 * DAY))
    assert "1 agreement has lapsed" in told.about
    assert not pages.waiting(Viewer(there.users["officer"], NOW + 4 * DAY))

"""Between writing and sending: what is typed is kept for its writer, shown, sent once; Back and a second press are safe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from alongside.audit.testing import writing
from alongside.cases.models import Case, CaseMember
from alongside.casework.models import Referral, UnsentReferral
from alongside.casework.queries import drafts
from alongside.gate.viewing import Viewer
from alongside.marac.models import MaracReferral
from alongside.outbox.models import Message
from tests.apps import partnership as invented
from tests.apps.casework.test_referrals import CSC, refer_url, typed
from tests.apps.marac import test_marac as marac
from tests.apps.partnership import NOW, Partnership

Desk = Callable[[str], Client]
WORDS = "The baby was in the room."


def kept(client: Client, case: Case, service: str = CSC, **changes: object) -> str:
    """Write a page and go on: the address of the page that shows it."""
    values = typed(client, case, service, account=WORDS, **changes)
    answer = client.post(refer_url(case, service), values)
    assert answer.status_code == 302
    return answer.headers["Location"]


@pytest.mark.parametrize("service", [CSC, "adult-social-care"])
def test_every_step_is_an_address_of_its_own_and_back_says_what_was_sent(
    case: Case, at_desk: Desk, service: str
) -> None:
    officer = at_desk("officer")
    preview = kept(officer, case, service)
    assert WORDS in officer.get(preview).content.decode()
    sent = officer.post(preview)
    assert sent.status_code == 302 and Referral.objects.count() == 1
    back = officer.get(preview)
    assert back.status_code == 200
    words = back.content.decode()
    assert "You sent this already" in words and "Monday 2 March 2026, 10:20pm" in words
    assert sent.headers["Location"] in words and WORDS not in words
    again = officer.get(refer_url(case, service)).content.decode()
    assert "was sent Monday 2 March 2026, 10:20pm" in again and "would be another one" in again and WORDS not in again
    assert officer.post(preview).headers["Location"] == sent.headers["Location"]
    assert Referral.objects.count() == 1


def test_the_same_holds_for_marac(there: Partnership, at_desk: Desk) -> None:
    case = invented.call(there, facts=marac.FACTS)
    officer = at_desk("officer")
    preview = officer.post(marac.url(case), marac.typed(officer, case)).headers["Location"]
    page = officer.get(preview).content.decode()
    assert "who speak for her at the meeting" in page
    sent = officer.post(preview)
    assert "You sent this already" in officer.get(preview).content.decode()
    assert officer.post(preview).headers["Location"] == sent.headers["Location"]
    assert "would be another one" in officer.get(marac.url(case)).content.decode()
    assert MaracReferral.objects.count() == 1


def test_what_was_typed_stands_there_on_the_way_back(case: Case, at_desk: Desk) -> None:
    officer = at_desk("officer")
    first = kept(officer, case, left_out="where her sister lives")
    page = officer.get(refer_url(case)).content.decode()
    assert WORDS in page and "where her sister lives" in page and "it has not been sent" in page
    assert kept(officer, case) == first  # the one page that was begun
    assert "You sent this" not in page and UnsentReferral.objects.count() == 1


def test_it_stands_on_its_writers_today_until_it_is_sent(case: Case, at_desk: Desk) -> None:
    officer, words = at_desk("officer"), "Continue the referral to children&#39;s social care"
    preview = kept(officer, case)
    today = officer.get(reverse("duties:today")).content.decode()
    assert words in today and refer_url(case) in today
    assert words not in at_desk("second").get(reverse("duties:today")).content.decode()
    officer.post(preview)
    assert words not in officer.get(reverse("duties:today")).content.decode()


def test_it_can_be_begun_again_from_what_is_on_record(case: Case, at_desk: Desk) -> None:
    officer = at_desk("officer")
    preview = kept(officer, case)
    row = UnsentReferral.objects.get()
    again = officer.post(reverse("casework:start-again", args=[row.pk]))
    assert again.headers["Location"] == refer_url(case)
    assert WORDS not in officer.get(refer_url(case)).content.decode()
    assert officer.get(preview).status_code == 404


def test_begin_again_undoes_nothing_that_was_sent(case: Case, at_desk: Desk) -> None:
    officer = at_desk("officer")
    preview = kept(officer, case)
    officer.post(preview)
    row = UnsentReferral.objects.get()
    officer.post(reverse("casework:start-again", args=[row.pk]))
    assert "You sent this already" in officer.get(preview).content.decode() and Referral.objects.count() == 1


def test_it_is_the_writers_alone_and_emptied_once_it_is_sent(case: Case, at_desk: Desk) -> None:
    officer = at_desk("officer")
    preview = kept(officer, case)
    for name in ("second", "sergeant", "manager", "idva"):
        assert at_desk(name).get(preview).status_code == 404
        assert at_desk(name).post(preview).status_code == 404
    assert not Referral.objects.exists()
    assert WORDS not in at_desk("second").get(refer_url(case)).content.decode()
    officer.post(preview)
    assert UnsentReferral.objects.get().content.open() == ""


def test_a_page_with_a_fault_is_kept_and_says_what_it_needs(case: Case, at_desk: Desk) -> None:
    officer = at_desk("officer")
    answer = officer.get(kept(officer, case, basis_reason=""))
    assert answer.headers["Location"] == refer_url(case)
    page = officer.get(refer_url(case)).content.decode()
    assert "Say in a sentence why you share it." in page and WORDS in page


def test_a_call_noted_after_writing_goes_with_it(case: Case, at_desk: Desk) -> None:
    officer = at_desk("officer")
    preview = kept(officer, case)
    officer.post(reverse("casework:telephoned", args=[case.reference, CSC]), {"spoken_to": "duty worker"})
    officer.post(preview)
    row = Referral.objects.get()
    assert (row.spoken_to, row.telephoned_on) == ("duty worker", NOW)


def lives(case: Case, role: str, where: str) -> None:
    with writing():
        CaseMember.objects.filter(case=case, role=role).update(lives_in=where)


@pytest.mark.parametrize(
    ("service", "role", "says"),
    [
        (CSC, "child", "a child of this case lives outside the partnership"),
        (CSC, "victim", "the victim lives outside the partnership"),
        ("adult-social-care", "victim", "the victim lives outside the partnership"),
    ],
)
def test_a_home_outside_the_partnership_is_never_read_as_the_cases_area(
    case: Case, at_desk: Desk, service: str, role: str, says: str
) -> None:
    lives(case, role, "other")
    officer = at_desk("officer")
    page = officer.get(refer_url(case, service)).content.decode()
    assert f"No team here receives it: {says}" in page
    assert "999" in page and "emergency duty team" in page and "Until you press send" not in page
    assert not Message.objects.filter(key__startswith="no-team-").exists()  # no team is missing here
    answer = officer.post(refer_url(case, service), {"account": "x"}, follow=True)
    assert "No team here receives it" in answer.content.decode() and not Referral.objects.exists()
    chosen = officer.get(refer_url(case, service), {"area": "coventry"}).content.decode()
    assert "as chosen on this page" in chosen


def test_a_victim_outside_the_partnership_is_heard_at_no_marac_here(there: Partnership, at_desk: Desk) -> None:
    case = invented.call(there, facts=marac.FACTS)
    lives(case, "victim", "other")
    page = at_desk("officer").get(marac.url(case)).content.decode()
    assert "No team here receives it: the victim lives outside the partnership" in page
    assert "Ring the police’s safeguarding desk of the area where the victim lives" in page


def test_one_child_elsewhere_is_said(case: Case, there: Partnership, at_desk: Desk) -> None:
    lives(case, "child", "coventry")
    more = invented.add_people(there, case, 2)
    with writing():
        for ref, where in (("c0", "other"), ("c1", "walsall")):
            CaseMember.objects.filter(case=case, person=more[ref]).update(lives_in=where)
    page = at_desk("officer").get(refer_url(case)).content.decode()
    assert "Csc team, Coventry" in page and "where a child of this case lives" in page
    assert "One of them lives in Walsall." in page and "One of them lives outside the partnership." in page


def test_an_adult_is_referred_where_the_adult_lives(case: Case, there: Partnership) -> None:
    lives(case, "child", "walsall")
    lives(case, "victim", "coventry")
    viewer = Viewer(there.users["officer"], NOW)
    assert drafts.home_of(case, "adult-social-care", viewer).area == there.area
    assert drafts.home_of(case, CSC, viewer).area == there.other_area

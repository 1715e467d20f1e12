"""A lead answers with a reason; the looker never sees it, nor does anybody else's lead."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.agencies.roles import ROLES
from alongside.audit.api import StateRefused
from alongside.audit.models import Event, StateChange
from alongside.audit.testing import writing
from alongside.cases.models import Case
from alongside.gate.models import Block
from alongside.looking import actions
from alongside.looking.models import Raised
from tests.apps.looking.looks import NOBODY, follow, looked, member, signed_in
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import reads, words

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


@pytest.fixture
def lead(there: Partnership, at_desk: SignIn) -> User:
    return member(there, "Lee Lead", "safeguarding-lead", "west-midlands-police", "desk")


@pytest.fixture
def row(there: Partnership, case: Case, lead: User) -> Raised:
    looked(member(there, "Robin Quill", "police-officer", "west-midlands-police"), case)
    follow()
    return Raised.objects.get()


def test_the_list_says_who_what_and_why_and_leaves_a_trace(case: Case, lead: User, row: Raised) -> None:
    said = words(signed_in(lead).get("/looking/"))
    assert f"Robin Quill to be answered Police officer, West Midlands Police. Opened case {case.reference}" in said
    assert "no case of the looker’s: neither their team nor they themselves have worked on it" in said
    assert "to be confirmed by the partnership" in said
    assert [event.actor for event in reads("looking.raised")] == [lead.audit_name]


def test_an_answer_is_kept_with_name_and_reason(lead: User, row: Raised) -> None:
    client = signed_in(lead)
    assert "Robin Quill" in words(client.get(f"/looking/{row.pk}/"))
    done = client.post(f"/looking/{row.pk}/", {"to": "passed-on", "why": "To Sam Deputy."}, follow=True)
    assert "Kept, with your name. The member of staff is not told." in words(done)
    assert "passed on" in words(done), "it stays on the list"
    client.post(f"/looking/{row.pk}/", {"to": "not-explained", "why": "No work led there."})
    steps = StateChange.objects.filter(subject_id=str(row.pk)).order_by("pk").values_list("to_state", "why", "moved_by")
    assert list(steps)[1:] == [
        ("passed-on", "To Sam Deputy.", lead.audit_name),
        ("not-explained", "No work led there.", lead.audit_name),
    ]
    answered = words(client.get("/looking/?show=answered"))
    assert "Robin Quill not explained" in answered
    again = words(client.get(f"/looking/{row.pk}/"))
    assert "“No work led there.”" in again and "Lee Lead, Safeguarding lead" in again


def test_nothing_is_kept_without_a_reason_or_twice(lead: User, row: Raised) -> None:
    client = signed_in(lead)
    assert client.post(f"/looking/{row.pk}/", {"to": "explained", "why": "  "}).status_code == 422
    assert client.post(f"/looking/{row.pk}/", {"to": "forgotten", "why": "x"}).status_code == 422
    actions.answer(row=row, to="explained", why="Covered.", by=lead, at=NOW)
    late = Raised.objects.get()
    with pytest.raises(StateRefused):
        actions.answer(row=late, to="not-explained", why="After all.", by=lead, at=NOW)
    late.state = "open"  # as a second tab still has it
    with pytest.raises(StateRefused, match="Somebody else changed"):
        actions.answer(row=late, to="not-explained", why="After all.", by=lead, at=NOW)


def test_a_lead_who_looked_themselves_sees_nothing_of_it(
    there: Partnership, case: Case, lead: User, row: Raised
) -> None:
    Raised.objects.get()
    other = member(there, "Kim Second", "information-governance-lead", "west-midlands-police", "desk")
    raise_of(lead, case)
    own = Raised.objects.get(looker=lead)
    page = signed_in(lead).get("/looking/")
    assert "Lee Lead" not in words(page) and f"{own.pk}" not in page.content.decode()
    hidden, nothing = signed_in(lead).get(f"/looking/{own.pk}/"), signed_in(lead).get(f"/looking/{NOBODY}/")
    assert hidden.status_code == nothing.status_code == 404
    assert words(hidden) == words(nothing)
    with pytest.raises(Refused):
        actions.answer(row=own, to="explained", why="I know.", by=lead, at=NOW)
    assert "Lee Lead" in words(signed_in(other).get("/looking/"))


def test_a_lead_kept_apart_from_a_case_is_shown_nothing_of_it(
    there: Partnership, case: Case, lead: User, row: Raised
) -> None:
    """That somebody looked at a case she may not know of would tell her that there is one."""
    other = member(there, "Kim Second", "safeguarding-lead", "west-midlands-police", "desk")
    office = member(there, "Pat Office", "information-governance-lead", "partnership", "office")
    with writing():
        Block.objects.create(user=lead, subject_kind="case", subject_id=case.pk, opened_on=NOW)
    client = signed_in(lead)
    assert "Robin" not in words(client.get("/looking/"))
    assert client.get(f"/looking/{row.pk}/").status_code == 404
    assert "Robin Quill" in words(signed_in(other).get("/looking/"))
    assert "Robin" not in words(signed_in(office).get("/looking/"))
    with writing():
        User.objects.filter(pk=other.pk).update(is_active=False)
    assert "Robin Quill" in words(signed_in(office).get("/looking/")), "nobody else can answer"


def raise_of(user: User, case: Case) -> None:
    """As if a rule had found somebody."""
    found = actions._Found([], {"surname"})
    from alongside.looking.models import Look

    found.looks.append(Look(event=1, chain=user.agency.code, looker=user.pk, what="cases.now", looked_on=NOW))
    actions.raise_look(user=user, subject_kind="case", subject=case.pk, found=found, by=user, at=NOW)


def test_another_agencys_lead_sees_nothing_of_it(there: Partnership, row: Raised, at_desk: SignIn) -> None:
    stranger = member(there, "Ali Other", "safeguarding-lead", "haven")
    client = signed_in(stranger)
    assert "Robin" not in words(client.get("/looking/"))
    assert client.get(f"/looking/{row.pk}/").status_code == 404
    assert client.post(f"/looking/{row.pk}/", {"to": "explained", "why": "x"}).status_code == 404
    with pytest.raises(Refused):
        actions.answer(row=row, to="explained", why="x", by=stranger, at=NOW)


def test_the_office_answers_where_an_agency_has_nobody(there: Partnership, case: Case, at_desk: SignIn) -> None:
    office = member(there, "Pat Office", "information-governance-lead", "partnership", "office")
    looked(member(there, "Robin Quill", "police-officer", "west-midlands-police"), case)
    follow()
    said = words(signed_in(office).get("/looking/"))
    assert "Robin Quill" in said and "a case that you may not open" in said and case.reference not in said
    member(there, "Lee Lead", "safeguarding-lead", "west-midlands-police")
    assert "Robin Quill" not in words(signed_in(office).get("/looking/"))


@pytest.mark.parametrize("role", [code for code, role in ROLES.items() if "see_looking" not in role.permissions])
def test_no_other_role_opens_any_of_it(role: str, there: Partnership, case: Case, at_desk: SignIn) -> None:
    user = member(there, "No Body", role, "west-midlands-police", "desk")
    victim = case.members.get(role="victim").person
    client = signed_in(user)
    for address in ("/looking/", f"/people/{victim.pk}/looked/", f"/people/{victim.pk}/looked/sheet/"):
        assert client.get(address).status_code == 403, address
    assert not Event.objects.filter(name__startswith="looking.").exists()

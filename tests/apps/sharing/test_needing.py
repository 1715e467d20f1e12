"""A case of another team: closed, until a new call about the same people opens it by itself, or somebody says why they need it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from alongside.agencies.access import Refused
from alongside.agencies.models import Membership, User
from alongside.cases.models import Case
from alongside.demo import calls
from alongside.demo.partnership import Partnership
from alongside.gate.actions import keep_apart
from alongside.gate.viewing import Viewer
from alongside.intake.actions import receive
from alongside.looking.queries.facts import did_something, worked_on
from alongside.outbox.models import Message
from alongside.people.actions import decide_link
from alongside.people.models import Person
from alongside.sharing.needing import queries
from alongside.sharing.needing.actions import say_why
from alongside.sharing.needing.models import StatedNeed
from tests.apps.reading import page, reads, words

NOW = datetime(2026, 3, 5, 3, 10, tzinfo=UTC)  # at night
WORDS = "Her health visitor rang me about tomorrow."
SECOND = timedelta(seconds=1)
SignIn = Callable[[str, str], Client]


def told(partnership: Partnership, area: str, id_: str, at: datetime = NOW, **more: Any) -> Case:
    """A call about the family, recorded by the response team of an area."""
    content = {**calls.with_baby(at), "id": id_, "area": area, **more}
    team = partnership.teams[f"west-midlands-police-{area}-response"]
    return receive(content=content, by=partnership.user("police-officer", area), team=team, at=at).notification.case


@pytest.fixture
def earlier(partnership: Partnership) -> Case:
    """What the response team of Walsall holds, who know how she can be reached."""
    return told(partnership, "walsall", "EARLIER", NOW - timedelta(days=2))


@pytest.fixture
def sign_in(partnership: Partnership, monkeypatch: pytest.MonkeyPatch) -> SignIn:
    monkeypatch.setattr("alongside.config.middleware.timezone.now", lambda: NOW)

    def signed_in(role: str, area: str) -> Client:
        client = Client()
        user = partnership.user(role, area)
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


def sees(user: User, case: Case, at: datetime = NOW) -> bool:
    return Case.objects.visible_to(Viewer(user, at)).filter(pk=case.pk).exists()


def lead(partnership: Partnership, *, role: str = "safeguarding-lead") -> User:
    agency = partnership.user("police-officer").agency
    return User.objects.create(email=f"{role}@police.example", name="Lee Lead", agency=agency, role=role)


def test_at_three_in_the_morning_the_officer_meets_the_warnings(
    partnership: Partnership, earlier: Case, sign_in: SignIn
) -> None:
    """A frightened caller: nothing but recording the call is asked of the officer, and what is known of her is there."""
    officer = sign_in("police-officer", "coventry")
    address = f"/cases/{earlier.reference}/"
    assert officer.get(address).status_code == 404
    call = told(partnership, "coventry", "TONIGHT")
    victim = call.members.get(role="victim").person
    who = words(officer.get(f"/people/{victim.pk}/who/"))
    assert f"Open to you: case {earlier.reference}" in who
    shown = officer.get(address)
    assert "Your call opened this case to you and your team" in words(shown)
    assert "Contact rules apply" in page(shown)
    rules = words(officer.post(f"{address}contact/", {"purpose": "meet"}, follow=True))
    assert "weekdays 10 to 2" in rules and "only her" in rules
    [need] = StatedNeed.objects.all()
    assert (need.case, need.call, need.said_by) == (earlier, call, partnership.user("police-officer"))
    told_of_it = Message.objects.filter(key__startswith=f"need:{need.pk}:").values_list("recipient", flat=True)
    assert f"team:{earlier.recording_team_id}" in set(told_of_it), "the team that has it is told"


def test_the_team_of_the_call_meets_them_too_and_nobody_else(partnership: Partnership, earlier: Case) -> None:
    told(partnership, "coventry", "TONIGHT")
    assert sees(partnership.deputy("police-officer", "coventry"), earlier)
    assert not sees(partnership.user("police-officer", "dudley"), earlier)
    week = timedelta(days=7)
    assert sees(partnership.user("police-officer", "coventry"), earlier, NOW + week - SECOND)
    assert not sees(partnership.user("police-officer", "coventry"), earlier, NOW + week)
    assert not sees(partnership.deputy("police-officer", "coventry"), earlier, NOW + week)


def test_what_a_connected_system_tells_opens_to_the_team_it_is_for(partnership: Partnership, earlier: Case) -> None:
    """The system recorded both calls and sees both; the officers who go to the door are the ones who must."""
    system = User.objects.create(
        email="system@police.example", name="System", agency=earlier.opened_by_agency, role="service"
    )
    content = {**calls.with_baby(NOW), "id": "FED-1", "area": "walsall"}
    first = receive(content=content, by=system, at=NOW).notification.case
    assert not sees(partnership.user("police-officer", "coventry"), first)
    second = receive(content={**content, "id": "FED-2", "area": "coventry"}, by=system, at=NOW).notification.case
    assert second.recording_team == partnership.teams["west-midlands-police-coventry-response"]
    assert sees(partnership.user("police-officer", "coventry"), first)


def test_nothing_opens_where_the_look_up_is_not_sure_or_another_agency_holds_it(
    partnership: Partnership, earlier: Case
) -> None:
    people = [{**one, "phones": [], "addresses": []} for one in calls.with_baby(NOW)["people"]]
    for one in people:
        one.update(given_name="Harpret", family_name="Gill", date_of_birth=None)
    told(partnership, "coventry", "ALIKE", people=people, safe_contact=[])
    assert not StatedNeed.objects.exists()
    agent = partnership.user("social-care-manager", "coventry")
    content = {**calls.with_baby(NOW), "id": "OTHER", "kind": "professional-referral"}
    content["source"] = {"agency": agent.agency.code, "name": "x", "role": "Social worker"}
    content.pop("incident")
    receive(content=content, by=agent, at=NOW)
    assert not StatedNeed.objects.exists() and not sees(agent, earlier)


def test_a_call_opens_nothing_that_one_is_kept_apart_from(partnership: Partnership, earlier: Case) -> None:
    officer = partnership.user("police-officer", "coventry")
    keep_apart(user=officer, subject_kind="case", subject_id=earlier.pk, by=lead(partnership), at=NOW)
    told(partnership, "coventry", "TONIGHT")
    assert not StatedNeed.objects.exists() and not sees(officer, earlier)


def test_saying_why_opens_it_for_hours_and_stays_on_record(
    partnership: Partnership, earlier: Case, sign_in: SignIn
) -> None:
    officer, client = partnership.user("police-officer", "coventry"), sign_in("police-officer", "coventry")
    said = {"reference": earlier.reference.lower(), "why": "asked", "words": WORDS}
    assert client.post("/need/", said | {"words": "short"}).status_code == 422
    assert client.post("/need/", said | {"why": ""}).status_code == 422
    assert not sees(officer, earlier)
    opened = client.post("/need/", said, follow=True)
    assert "You said why you need this case" in words(opened)
    client.post("/need/", said)  # a double click
    [need] = StatedNeed.objects.all()
    assert need.words.open() == WORDS
    assert sees(officer, earlier, NOW + timedelta(hours=12) - SECOND)
    assert not sees(officer, earlier, NOW + timedelta(hours=12))
    assert not sees(partnership.deputy("police-officer", "coventry"), earlier), "it is one person's, not the team's"
    held = words(sign_in("police-officer", "walsall").get(f"/cases/{earlier.reference}/see/sharing/"))
    assert officer.name in held and WORDS in held
    assert "Opened by a colleague who gave their reason" in words(
        sign_in("police-officer", "walsall").get(f"/cases/{earlier.reference}/see/timeline/")
    )


def test_leads_see_what_was_said_and_only_of_their_own_agency(
    partnership: Partnership, earlier: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = partnership.user("police-officer", "coventry")
    say_why(case=earlier, why="danger", words=WORDS, by=officer, at=NOW)
    monkeypatch.setattr("alongside.config.middleware.timezone.now", lambda: NOW)
    client = Client()
    client.force_login(lead(partnership), backend="allauth.account.auth_backends.AuthenticationBackend")
    shown = words(client.get("/looking/reasons/"))
    assert officer.name in shown and WORDS in shown and earlier.reference in shown
    assert reads("looking.reasons")
    client.force_login(
        partnership.user("information-governance-lead", ""),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    assert officer.name not in words(client.get("/looking/reasons/")), "the agency has a lead of its own"
    User.objects.filter(role="safeguarding-lead", agency=officer.agency).update(is_active=False)
    assert officer.name in words(client.get("/looking/reasons/")), "and must not be without one"
    other = partnership.user("safeguarding-lead", "coventry")
    assert other.agency_id != officer.agency_id
    assert list(queries.said_to(Viewer(other, NOW))) == []
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/looking/reasons/").status_code == 403


def test_a_reason_does_not_make_looking_usual(partnership: Partnership, earlier: Case) -> None:
    """A curious colleague gives reasons too: what they said of themselves silences none of the rules of looking."""
    officer = partnership.user("police-officer", "coventry")
    say_why(case=earlier, why="asked", words=WORDS, by=officer, at=NOW)
    told(partnership, "coventry", "TONIGHT", NOW + timedelta(hours=13))
    assert StatedNeed.objects.count() == 2
    assert (officer.pk, earlier.pk) not in worked_on({officer.pk}, {earlier.pk}, NOW)
    assert not did_something(officer.pk, [("case", earlier.pk)])


@pytest.mark.parametrize("name", ["absent", "elsewhere", "apart"])
def test_what_may_not_be_opened_answers_as_what_is_not_there(
    partnership: Partnership, earlier: Case, sign_in: SignIn, name: str
) -> None:
    officer = partnership.user("police-officer", "coventry")
    reference = earlier.reference
    if name == "absent":
        reference = "AL-9999-99"
    elif name == "elsewhere":
        Case.objects.filter(pk=earlier.pk)
        officer = partnership.user("housing", "coventry")
    else:
        keep_apart(user=officer, subject_kind="case", subject_id=earlier.pk, by=lead(partnership), at=NOW)
    client = sign_in(officer.role, "coventry")
    answer = client.post("/need/", {"reference": reference, "why": "asked", "words": WORDS})
    nothing = client.post("/need/", {"reference": "AL-0000-00", "why": "asked", "words": WORDS})
    assert answer.status_code == nothing.status_code == 404 and page(answer) == page(nothing)
    assert not StatedNeed.objects.exists()


def test_who_is_this_leads_to_the_page_and_no_other_record_does(
    partnership: Partnership, earlier: Case, sign_in: SignIn
) -> None:
    """Too little agrees for the call to open it by itself; a person sees that it may be her, and says why they need it."""
    officer, client = partnership.user("police-officer", "coventry"), sign_in("police-officer", "coventry")
    people = [{**one, "phones": [], "addresses": []} for one in calls.with_baby(NOW)["people"]]
    people[0]["date_of_birth"] = people[0]["date_of_birth"][:4]
    call = told(partnership, "coventry", "ALIKE", people=people, safe_contact=[])
    for need in StatedNeed.objects.all():  # of those it was sure of
        assert need.case == earlier
    victim, hers = call.members.get(role="victim").person, earlier.members.get(role="victim").person
    way = f"/people/{victim.pk}/need/{hers.pk}/"
    stranger = told(partnership, "dudley", "STRANGER", people=[calls.person("v", "victim", "Zoe", "Quill", None, "female")],
                    relationships=[], risk=[], safe_contact=[])  # fmt: skip
    other = stranger.members.get(role="victim").person
    assert client.get(f"/people/{victim.pk}/need/{other.pk}/").status_code == 404
    assert client.get(f"/people/{other.pk}/need/{hers.pk}/").status_code == 404
    if not sees(officer, earlier):
        assert way in page(client.get(f"/people/{victim.pk}/who/"))
        answer = client.post(way, {"why": "same-people", "words": WORDS}, follow=True)
        assert earlier.reference in words(answer)
    assert sees(officer, earlier)
    decide_link(
        person=victim, candidate=Person.objects.get(pk=hers.pk), answer="same", weight=9, because=["x"], how="said",
        by=officer, at=NOW,
    )  # fmt: skip
    assert earlier.reference in words(client.get(f"/people/{victim.pk}/who/"))


def test_the_act_asks_again(partnership: Partnership, earlier: Case) -> None:
    officer = partnership.user("police-officer", "coventry")
    for wrong in ({"why": "curious"}, {"why": "new-call"}, {"words": "  "}):
        with pytest.raises(Refused, match="Nothing was opened"):
            say_why(**{"case": earlier, "why": "asked", "words": WORDS} | wrong, by=officer, at=NOW)  # type: ignore[arg-type]
    for by in (partnership.user("housing", "coventry"), partnership.user("auditor", "")):
        with pytest.raises(Refused):
            say_why(case=earlier, why="asked", words=WORDS, by=by, at=NOW)
    assert not StatedNeed.objects.exists()


def test_where_somebody_is_protected_the_leads_are_told_at_once(partnership: Partnership, earlier: Case) -> None:
    person = earlier.members.get(role="victim").person
    from alongside.people.actions import shield

    worker = partnership.user("police-officer", "walsall")
    shield(person=person, reason="He looks for her.", by=worker, at=NOW)
    one = lead(partnership)
    say_why(case=earlier, why="asked", words=WORDS, by=partnership.user("police-officer"), at=NOW)
    assert Message.objects.filter(recipient=f"user:{one.pk}", key__startswith="need:").count() == 1


def test_it_ends_when_somebody_goes_to_another_agency(partnership: Partnership, earlier: Case) -> None:
    from alongside.gate.actions import end_personal_grounds

    officer = partnership.user("police-officer", "coventry")
    say_why(case=earlier, why="asked", words=WORDS, by=officer, at=NOW)
    end_personal_grounds(user=officer, by=officer, at=NOW + SECOND)
    Membership.objects.filter(user=officer).delete()
    assert not sees(officer, earlier, NOW + 2 * SECOND)
    say_why(case=earlier, why="asked", words=WORDS, by=officer, at=NOW + 2 * SECOND)
    assert sees(officer, earlier, NOW + 3 * SECOND)

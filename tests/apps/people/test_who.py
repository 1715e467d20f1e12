"""Who is this? A person says; records are linked, never merged, and a link shows nobody anything new."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from alongside.agencies.access import Refused
from alongside.cases.models import Case
from alongside.gate.viewing import Viewer
from alongside.people import actions
from alongside.people.models import LinkDecision, Person
from tests.apps import partnership as invented
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import reads, title, words

SignIn = Callable[[str], Client]


@pytest.fixture
def earlier(there: Partnership, case: Case) -> Person:
    """The same victim as another agency recorded her."""
    by = there.users["idva"]
    said = invented.PersonSaid(
        ref="v",
        given_name="Amina",
        family_name="Hartley",
        date_of_birth="1996-05-04",
        sex="female",
        phones=["07700 900123"],
    )
    return invented.record_people(agency=by.agency, people=[said], by=by, at=NOW)["v"]


@pytest.fixture
def victim(case: Case) -> Person:
    return case.members.get(role="victim").person


def field(candidate: Person) -> str:
    return f"who-{candidate.pk}"


def answered(candidate: Person, chosen: str, **more: str) -> dict[str, str]:
    """A card as sent: the choice, and how it is known."""
    typed = {"who": chosen, "how": "said"} | more
    return {f"{name}-{candidate.pk}": value for name, value in typed.items()}


def test_candidates_say_only_what_agrees(victim: Person, earlier: Person, at_desk: SignIn) -> None:
    page = at_desk("officer").get(f"/people/{victim.pk}/who/")
    said = words(page)
    assert "Possible match 1 Very likely" in said
    assert "Same date of birth" in said
    assert "Held by" not in said, "an officer is not told who holds a record"
    assert title(page) == "Who is this? – Alongside"
    found = {kind for event in reads("people.candidates") for kind in [event.subject_kind]}
    assert found == {"people.person"}


def test_who_holds_it_is_told_to_those_cleared_for_it(victim: Person, earlier: Person, at_desk: SignIn) -> None:
    assert "Held by Haven" in words(at_desk("sergeant").get(f"/people/{victim.pk}/who/"))


def test_each_card_takes_one_stroke_and_works_as_a_plain_form(victim: Person, earlier: Person, at_desk: SignIn) -> None:
    page = at_desk("officer").get(f"/people/{victim.pk}/who/").content.decode()
    for key in "snu":
        assert f'data-key="{key}"' in page
    assert page.count(f'name="{field(earlier)}"') == 3
    at_desk("officer").post(f"/people/{victim.pk}/who/", answered(earlier, "same"))
    link = LinkDecision.objects.get()
    assert (link.person_id, link.candidate_id, link.answer) == (victim.pk, earlier.pk, "same")
    assert link.because


@pytest.mark.parametrize(("chosen", "kept"), [("same", "same"), ("different", "not-same"), ("unsure", "unsure")])
def test_the_three_answers(victim: Person, earlier: Person, at_desk: SignIn, chosen: str, kept: str) -> None:
    at_desk("officer").post(f"/people/{victim.pk}/who/", answered(earlier, chosen))
    assert LinkDecision.objects.get().answer == kept


@pytest.mark.parametrize("chosen", ["same", "different"])
def test_an_answered_record_is_offered_again_only_once_the_answer_is_undone(
    victim: Person, earlier: Person, case: Case, at_desk: SignIn, chosen: str
) -> None:
    client, path = at_desk("officer"), f"/people/{victim.pk}/who/"
    assert client.get(f"/cases/{case.reference}/who/").headers["Location"] == path
    page = client.post(path, answered(earlier, chosen), follow=True)
    assert field(earlier) not in page.content.decode()
    assert "Every record we can show you has its answer." in words(page)
    assert client.get(f"/cases/{case.reference}/who/").headers["Location"] != path
    client.post(f"/people/links/{LinkDecision.objects.get().pk}/undo/")
    assert field(earlier) in client.get(path).content.decode()


def test_a_record_answered_from_its_own_side_is_not_offered_from_the_other(
    victim: Person, there: Partnership, at_desk: SignIn
) -> None:
    twin = invented.add_family(there, invented.call(there, people=False))["v"]
    at_desk("officer").post(f"/people/{twin.pk}/who/", answered(victim, "same"))
    page = at_desk("officer").get(f"/people/{victim.pk}/who/")
    assert field(twin) not in page.content.decode()
    assert "Same person as another record" in words(page)


def test_one_left_open_is_offered_again_as_not_sure_yet(victim: Person, earlier: Person, at_desk: SignIn) -> None:
    page = at_desk("officer").post(f"/people/{victim.pk}/who/", answered(earlier, "unsure"), follow=True)
    assert "Not sure yet Possible match 1" in words(page)
    assert 'value="unsure" data-key="u" checked' in page.content.decode()


def test_undo_restores_exactly_and_keeps_what_happened(victim: Person, earlier: Person, at_desk: SignIn) -> None:
    before = list(Person.objects.order_by("pk").values())
    client = at_desk("officer")
    client.post(f"/people/{victim.pk}/who/", answered(earlier, "same"))
    link = LinkDecision.objects.get()
    page = client.post(f"/people/links/{link.pk}/undo/", follow=True)
    assert "Undone. Everything is as it was before that answer." in words(page)
    assert b"checked" not in page.content
    assert list(Person.objects.order_by("pk").values()) == before
    link.refresh_from_db()
    assert link.undone_at == NOW
    assert client.post(f"/people/links/{link.pk}/undo/").status_code == 403


def test_another_answer_takes_the_place_of_the_first_which_stays(
    victim: Person, earlier: Person, at_desk: SignIn
) -> None:
    client = at_desk("officer")
    for chosen in ("unsure", "different"):
        client.post(f"/people/{victim.pk}/who/", answered(earlier, chosen))
    rows = LinkDecision.objects.order_by("decided_at", "undone_at")
    assert sorted((row.answer, row.undone_at is None) for row in rows) == [("not-same", True), ("unsure", False)]


def test_a_link_never_widens_what_anybody_sees(
    there: Partnership, victim: Person, earlier: Person, at_desk: SignIn
) -> None:
    def seen(name: str) -> set[object]:
        viewer = Viewer(there.users[name], NOW)
        return set(Person.objects.visible_to(viewer).values_list("pk", flat=True))

    before = {name: seen(name) for name in there.users}
    at_desk("officer").post(f"/people/{victim.pk}/who/", answered(earlier, "same"))
    assert LinkDecision.objects.filter(answer="same").exists()
    assert {name: seen(name) for name in there.users} == before
    assert at_desk("officer").get(f"/people/{earlier.pk}/").status_code == 404


def test_only_what_was_shown_can_be_linked(victim: Person, there: Partnership, at_desk: SignIn) -> None:
    by = there.users["idva"]
    said = invented.PersonSaid(ref="x", given_name="Somebody", family_name="Else", date_of_birth="1950-01-01")
    stranger = invented.record_people(agency=by.agency, people=[said], by=by, at=NOW)["x"]
    page = at_desk("officer").post(f"/people/{victim.pk}/who/", answered(stranger, "same"), follow=True)
    assert "Nothing was answered; that is safe too." in words(page)
    assert not LinkDecision.objects.exists()


def test_empty_is_no_nil_return(victim: Person, at_desk: SignIn) -> None:
    said = words(at_desk("officer").get(f"/people/{victim.pk}/who/"))
    assert "Nothing we can show you. This is not a nil return." in said


def test_a_person_of_another_agency_does_not_exist(victim: Person, earlier: Person, at_desk: SignIn) -> None:
    at_desk("officer").post(f"/people/{victim.pk}/who/", answered(earlier, "same"))
    link = LinkDecision.objects.get()
    stranger = at_desk("manager")
    for path in (f"/people/{victim.pk}/", f"/people/{victim.pk}/who/"):
        assert stranger.get(path).status_code == 404
    for path in (f"/people/{victim.pk}/addresses/", f"/people/{victim.pk}/contacts/", f"/people/links/{link.pk}/undo/"):
        assert stranger.post(path).status_code == 404
    link.refresh_from_db()
    assert link.undone_at is None


def test_refusals_of_the_action(victim: Person, earlier: Person, there: Partnership) -> None:
    given = {"weight": 12.5, "because": ["same date of birth"], "how": "said", "by": there.users["officer"], "at": NOW}
    with pytest.raises(Refused, match="Choose"):
        actions.decide_link(person=victim, candidate=earlier, answer="perhaps", **given)
    with pytest.raises(Refused, match="itself"):
        actions.decide_link(person=victim, candidate=victim, answer="same", **given)
    with pytest.raises(Refused, match="may not look people up"):
        actions.decide_link(person=victim, candidate=earlier, answer="same", **given | {"by": there.users["auditor"]})
    assert not LinkDecision.objects.exists()


def test_an_answer_has_the_facts_of_the_case_worked_out_again(
    case: Case, victim: Person, earlier: Person, at_desk: SignIn
) -> None:
    before = case.version
    at_desk("officer").post(f"/people/{victim.pk}/who/", answered(earlier, "same"))
    case.refresh_from_db()
    assert case.version == before + 1


def test_that_others_may_be_alike_is_said_when_five_stand(victim: Person, there: Partnership, at_desk: SignIn) -> None:
    more, by = "These agree most, and others may be alike", there.users["idva"]
    said = [invented.PersonSaid(str(n), "Amina", "Hartley", date_of_birth="1996-05-04") for n in range(6)]
    held = invented.record_people(agency=by.agency, people=said, by=by, at=NOW)
    officer, path = at_desk("officer"), f"/people/{victim.pk}/who/"
    assert more in words(officer.get(path))
    first = next(one for one in held.values() if field(one) in officer.get(path).content.decode())
    officer.post(path, answered(first, "different"))
    assert more in words(officer.get(path)), "the next comes up"
    second = next(one for one in held.values() if field(one) in officer.get(path).content.decode())
    officer.post(path, answered(second, "different"))
    assert more not in words(officer.get(path))

"""Two people where somebody is protected; two at once; undone exactly; and nobody ever sees more by a link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.agencies.access import Refused
from alongside.audit.testing import writing
from alongside.cases.models import Case
from alongside.gate.viewing import Gated, Viewer
from alongside.people import actions
from alongside.people.models import Address, Household, HouseholdMember, LinkDecision, Person, Shield
from alongside.people.models.linking import STANDING
from alongside.people.queries import protected, same_records
from alongside.people.records import AddressSaid
from tests.apps.partnership import NOW, Partnership
from tests.apps.people.knowing import on_record
from tests.apps.people.test_who import answered
from tests.apps.reading import words

SignIn = Callable[[str], Client]


@pytest.fixture
def victim(case: Case) -> Person:
    return case.members.get(role="victim").person


@pytest.fixture
def elsewhere(there: Partnership, case: Case) -> Person:
    """Her as another agency recorded her, at an address that is confidential."""
    hidden = AddressSaid("3 Hidden Lane", "CV9 9ZZ", current=True, confidential=True)
    return on_record(there.users["idva"], addresses=[hidden])


def say(person: Person, candidate: Person, by: Any, answer: str = "same", **more: Any) -> LinkDecision:
    given = {"weight": 9.0, "because": ["same date of birth"], "how": "said"} | more
    return actions.decide_link(person=person, candidate=candidate, answer=answer, by=by, at=NOW, **given)


def test_about_somebody_protected_an_answer_counts_once_a_second_person_agrees(
    victim: Person, elsewhere: Person, at_desk: SignIn
) -> None:
    at_desk("officer").post(f"/people/{victim.pk}/who/", answered(elsewhere, "same"))
    link = LinkDecision.objects.get()
    assert link.needs_second and not link.counts
    assert same_records(victim.pk) == set()
    sergeant = at_desk("sergeant")
    assert "Wait for a second person 1" in words(sergeant.get("/people/review/"))
    page = sergeant.post(f"/people/links/{link.pk}/", {"agrees": "yes"}, follow=True)
    assert "Confirmed. The answer counts from now on, and can be undone." in words(page)
    assert same_records(victim.pk) == {elsewhere.pk}
    assert "Confirmed by Police supervisor, West Midlands Police." in words(page)
    assert sergeant.post(f"/people/links/{link.pk}/", {"agrees": "yes"}).status_code == 403


def test_one_who_does_not_agree_says_why_and_all_is_as_before(
    victim: Person, elsewhere: Person, at_desk: SignIn, there: Partnership
) -> None:
    say(victim, elsewhere, there.users["officer"], "unsure", how="")
    say(victim, elsewhere, there.users["officer"])
    link = LinkDecision.objects.get(answer="same")
    sergeant = at_desk("sergeant")
    assert sergeant.post(f"/people/links/{link.pk}/", {"agrees": "no"}).status_code == 422
    sergeant.post(f"/people/links/{link.pk}/", {"agrees": "no", "why": "Her sister was seen."})
    link.refresh_from_db()
    assert (link.second_agrees, link.second_why) == (False, "Her sister was seen.")
    assert [row.answer for row in LinkDecision.objects.filter(STANDING)] == ["unsure"]


def test_the_second_is_another_person_of_a_cleared_role(
    victim: Person, elsewhere: Person, at_desk: SignIn, there: Partnership
) -> None:
    link = say(victim, elsewhere, there.users["sergeant"])
    page = at_desk("sergeant").get(f"/people/links/{link.pk}/")
    assert "You gave this answer yourself." in words(page)
    with pytest.raises(Refused, match="a second person"):
        actions.confirm_link(link=link, by=there.users["sergeant"], at=NOW)
    assert at_desk("second").get(f"/people/links/{link.pk}/").status_code == 403, "no cleared role"
    assert at_desk("manager").get(f"/people/links/{link.pk}/").status_code == 404, "not their case"
    plain = on_record(there.users["idva"])
    other = say(victim, plain, there.users["officer"])
    assert at_desk("sergeant").get(f"/people/links/{other.pk}/").status_code == 404, "nobody is needed for it"


def test_whoever_answers_is_not_told_that_the_other_record_is_protected(
    victim: Person, there: Partnership, at_desk: SignIn
) -> None:
    def page(confidential: bool) -> str:
        away = AddressSaid("3 Hidden Lane", "CV9 9ZZ", confidential=confidential)
        other = on_record(there.users["idva"], addresses=[away] if confidential else [])
        client = at_desk("officer")
        said = words(client.post(f"/people/{victim.pk}/who/", answered(other, "same"), follow=True))
        family = words(client.get(f"/cases/{victim.memberships.get().case.reference}/see/family/"))
        queue = words(client.get("/people/review/"))
        assert LinkDecision.objects.get().needs_second is confidential
        return said + family + queue

    open_ = page(False)
    with writing():
        LinkDecision.objects.all().delete()
        Person.objects.filter(recorded_by_agency=there.users["idva"].agency).delete()
    assert page(True) == open_


def test_whoever_lives_with_somebody_protected_is_protected_too(there: Partnership, case: Case) -> None:
    by = there.users["officer"]
    mother, child, gone = (on_record(by, given_name=name) for name in ("Amina", "Lily", "Dean"))
    with writing():
        home = Household.objects.create(recorded_by_agency=by.agency)
        for person, there_ in ((mother, True), (child, None), (gone, False)):
            HouseholdMember.objects.create(household=home, person=person, lives_there=there_)
    assert protected([mother.pk, child.pk, gone.pk]) == set()
    actions.shield(person=mother, reason="She fled.", by=by, at=NOW)
    assert protected([child.pk]) == {child.pk}
    assert protected([mother.pk, child.pk, gone.pk]) == {mother.pk, child.pk}
    shield = Shield.objects.get()
    with pytest.raises(Refused, match="may not"):
        actions.lift_shield(shield=shield, why="Safe.", by=by, at=NOW)
    actions.lift_shield(shield=shield, why="Safe.", by=there.users["sergeant"], at=NOW)
    assert protected([mother.pk, child.pk]) == set()


def test_two_who_answer_at_once_are_shown_both(victim: Person, there: Partnership, at_desk: SignIn) -> None:
    other = on_record(there.users["idva"])
    say(victim, other, there.users["second"], "not-same", how="known", reason="a cousin of the same name")
    page = at_desk("officer").post(f"/people/{victim.pk}/who/", answered(other, "same", seen=""))
    # The page offers only what nobody answered for: the other's answer is what is shown.
    assert page.status_code in (302, 409)
    assert [row.answer for row in LinkDecision.objects.filter(STANDING)] == ["not-same"]


def test_one_left_open_and_answered_by_a_colleague_meanwhile(
    victim: Person, there: Partnership, at_desk: SignIn
) -> None:
    other = on_record(there.users["idva"])
    say(victim, other, there.users["second"], "unsure", how="")
    page = at_desk("officer").post(f"/people/{victim.pk}/who/", answered(other, "same", seen=""))
    assert page.status_code == 409
    assert "A colleague answered first" in words(page)
    assert "Left open: not sure: Police officer, West Midlands Police" in words(page)
    held = str(LinkDecision.objects.get().pk)
    again = at_desk("officer").post(f"/people/{victim.pk}/who/", answered(other, "same", seen=held))
    assert again.status_code == 302
    assert [row.answer for row in LinkDecision.objects.filter(STANDING)] == ["same"]


def test_a_reason_is_asked_for_and_what_was_typed_stays(victim: Person, there: Partnership, at_desk: SignIn) -> None:
    other = on_record(there.users["idva"])
    client, path = at_desk("officer"), f"/people/{victim.pk}/who/"
    page = client.post(path, answered(other, "same", how=""))
    assert page.status_code == 422
    assert "Possible match 1: Say how you know. “Not sure” needs no reason." in words(page)
    assert 'value="same" data-key="s" checked' in page.content.decode()
    assert client.post(path, answered(other, "same", how="other")).status_code == 422
    assert client.post(path, answered(other, "same", reason="x" * 501)).status_code == 422
    assert client.post(path, answered(other, "perhaps")).status_code == 422
    assert not LinkDecision.objects.exists()
    assert client.post(path, answered(other, "unsure", how="")).status_code == 302


def test_answers_that_differ_from_either_side_link_nobody_and_are_looked_at_again(
    victim: Person, there: Partnership, at_desk: SignIn
) -> None:
    other = on_record(there.users["idva"])
    say(victim, other, there.users["officer"])
    assert same_records(victim.pk) == {other.pk}
    say(other, victim, there.users["idva"], "not-same")
    assert same_records(victim.pk) == same_records(other.pk) == set()
    assert "Another agency answered otherwise" in words(at_desk("sergeant").get("/people/review/?kind=differs"))
    assert "Another agency answered otherwise" not in words(at_desk("officer").get("/people/review/"))


def visible(there: Partnership) -> dict[str, set[object]]:
    """What people on three sides may see: every door open to them, and the people and cases behind, answers themselves aside."""
    gated = [model for model in apps.get_models() if issubclass(model, Gated) and model is not LinkDecision]
    models = [model for model in gated if model._meta.app_label in ("people", "cases")]
    assert len(models) > 10, "the test has lost the records"
    found: dict[str, set[object]] = {}
    for name in ("officer", "manager", "idva"):
        viewer = Viewer(there.users[name], NOW)
        found[name] = set(viewer.grounds().values_list("pk", flat=True))
        found[name] |= {pk for model in models for pk in model.objects.visible_to(viewer).values_list("pk", flat=True)}
    return found


def standing() -> set[tuple[object, ...]]:
    return set(LinkDecision.objects.filter(STANDING).values_list("person", "candidate", "answer", "second_agrees"))


ANSWERS = st.sampled_from(["same", "not-same", "unsure"])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.lists(ANSWERS, max_size=3),
    answer=ANSWERS,
    turned=st.booleans(),
    agreed=st.booleans(),
    hidden=st.booleans(),
)
def test_a_link_undone_is_as_if_it_never_was_and_shows_nobody_more(
    there: Partnership,
    case: Case,
    monkeypatch: pytest.MonkeyPatch,
    before: list[str],
    answer: str,
    turned: bool,
    agreed: bool,
    hidden: bool,
) -> None:
    # That its case is decided again makes new rows of the case, each time, and is tested in test_who.py.
    monkeypatch.setattr("alongside.people.hooks.LINKED", [])
    mine = case.members.get(role="victim").person
    other = on_record(there.users["idva"], addresses=[AddressSaid("9 Any Road", "B1 1AA", confidential=hidden)])
    for earlier in before:
        say(mine, other, there.users["second"], earlier)
    saw, stood, linked = visible(there), standing(), same_records(mine.pk)
    one, two = (other, mine) if turned else (mine, other)
    link = say(one, two, there.users["officer"], answer)
    if agreed and link.needs_second and link.second_agrees is None:
        actions.confirm_link(link=link, by=there.users["sergeant"], at=NOW)
    now = visible(there)
    assert all(now[name] <= saw[name] for name in saw), "a link showed somebody more"
    if link.decided_by == there.users["officer"]:
        actions.undo_link(link=link, by=there.users["officer"], at=NOW)
        assert (visible(there), standing(), same_records(mine.pk)) == (saw, stood, linked)
    for row in LinkDecision.objects.filter(STANDING):
        actions.undo_link(link=row, by=there.users["officer"], at=NOW)
        assert Address.objects.filter(person=other).exists()

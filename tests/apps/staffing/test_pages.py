"""The pages of who works here: a second person's word needs a step-up, and what is not one's own is not there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from alongside.agencies.models import User
from alongside.staffing.models import StaffChange
from tests.apps.partnership import NOW, Partnership
from tests.apps.passkey import proven
from tests.apps.reading import words
from tests.apps.staffing.test_changes import joins, leaves

SignIn = Callable[[str], Client]
RANG = "I rang them on the number we knew."


def test_from_the_first_word_to_the_second(desk: Partnership, at_desk: SignIn) -> None:
    first = at_desk("administrator")
    assert "Nothing waits." in words(first.get("/staff/"))
    form = {"name": "N. Ew", "email": "new@haven.example", "role": "refuge", "reason": "Starts on Monday."}
    answer = first.post("/staff/join/haven/", form | {"team": str(desk.teams["haven-idva"].pk)})
    assert answer.status_code == 302
    change = StaffChange.objects.get()
    assert "somebody else decides it" in words(first.get("/staff/"))
    address = f"/staff/changes/{change.pk}/"
    second = at_desk("second-administrator")
    assert second.get(address).status_code == 302, "a step-up was not asked for"
    proven(second, NOW)
    assert "They cannot sign in yet." in words(second.get(address))
    said = words(second.post(address, {"decision": "confirm", "why": RANG}))
    assert "by voice" in said
    given = next(word for word in said.split() if word.count("-") == 3)
    assert User.objects.get(email="new@haven.example").check_password(given)
    again = second.post(address, {"decision": "confirm", "why": RANG})
    assert again.status_code == 403
    assert given not in again.content.decode()
    assert given not in second.get(address).content.decode()


def test_a_leaver_is_out_at_once_and_comes_back_on_the_second_word(desk: Partnership, at_desk: SignIn) -> None:
    idva, first = at_desk("idva"), at_desk("administrator")
    path = f"/staff/people/{desk.users['idva'].pk}/leave/"
    assert first.get(path).status_code == 200
    assert idva.get("/account/sessions/").status_code == 200
    assert first.post(path, {"reason": "Left on Friday."}).status_code == 302
    assert idva.get("/account/sessions/").status_code == 302
    second = proven(at_desk("second-administrator"), NOW)
    change = StaffChange.objects.get()
    assert second.post(f"/staff/changes/{change.pk}/", {"decision": "refuse", "why": RANG}).status_code == 302
    assert User.objects.get(pk=desk.users["idva"].pk).is_active


def test_a_lead_sees_their_own_agency_alone(desk: Partnership, at_desk: SignIn) -> None:
    change = leaves(desk, who="officer")
    lead = proven(at_desk("lead"), NOW)
    said = words(lead.get("/staff/"))
    assert "Ash Idva" in said
    assert "Ash Officer" not in said
    officer = desk.users["officer"].pk
    for path in (
        "/staff/?agency=west-midlands-police",
        "/staff/join/west-midlands-police/",
        f"/staff/people/{officer}/leave/",
        f"/staff/people/{officer}/reset/",
        f"/staff/changes/{change.pk}/",
    ):
        assert lead.get(path).status_code == 404, path


@pytest.mark.parametrize("name", ["officer", "idva", "manager", "auditor"])
def test_others_do_not_see_who_works_where(desk: Partnership, at_desk: SignIn, name: str) -> None:
    change = joins(desk)
    client = proven(at_desk(name), NOW)
    for path in ("/staff/", "/staff/join/haven/", f"/staff/changes/{change.pk}/"):
        assert client.get(path).status_code == 403, path


def test_faults_are_said_and_nothing_is_kept(desk: Partnership, at_desk: SignIn) -> None:
    client = at_desk("administrator")
    answer = client.post("/staff/join/haven/", {"email": "not an address"})
    assert answer.status_code == 422
    assert "Enter an address such as" in words(answer)
    foreign = {"name": "N", "email": "n@haven.example", "role": "refuge", "reason": "Starts."}
    answer = client.post("/staff/join/haven/", foreign | {"team": str(desk.teams["csc"].pk)})
    assert answer.status_code == 422
    assert not StaffChange.objects.exists()

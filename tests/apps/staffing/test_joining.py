"""An agency comes in on the word of two people who rang it, never on the operator's file alone (T23)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, transaction
from django.test import Client

from alongside.agencies.access import Refused
from alongside.agencies.actions import load_register
from alongside.agencies.models import Agency
from alongside.agencies.register import AgencySaid, Register
from alongside.audit.api import SystemActor
from alongside.audit.models import Event
from alongside.audit.testing import writing
from alongside.outbox.models import Message
from alongside.staffing.joining import actions, queries
from alongside.staffing.models import NewAgency
from tests.apps.partnership import NOW, Partnership
from tests.apps.passkey import proven
from tests.apps.reading import words

SignIn = Callable[[str], Client]
SAID = {
    "code": "new-refuge",
    "name": "New Refuge",
    "kind": "domestic-abuse-service",
    "rang": "The manager, on the number of the register of charities.",
}
RANG, OPERATOR = "I rang the trustee named in the register.", SystemActor("operator")


def says(desk: Partnership, **other: str) -> NewAgency:
    return actions.propose(**(SAID | other), by=desk.users["administrator"], at=NOW)


def brings(**other: str) -> None:
    said = {"code": SAID["code"], "name": SAID["name"], "kind": SAID["kind"], **other}
    load_register(register=Register((), (AgencySaid(**said, areas=()),), (), ()), by=OPERATOR, at=NOW)  # type: ignore[arg-type]


@pytest.fixture
def ready(desk: Partnership, monkeypatch: pytest.MonkeyPatch) -> Partnership:
    """Two administrators can sign in."""
    monkeypatch.setattr("alongside.agencies.queries.administrators_ready", lambda: 2)
    return desk


def test_the_file_brings_in_nobody_whom_two_have_not_made_sure_of(ready: Partnership) -> None:
    with pytest.raises(Refused, match="Nobody has made sure of New Refuge"):
        brings()
    said = says(ready)
    with pytest.raises(Refused):
        brings()
    actions.confirm(said=said, why=RANG, by=ready.users["second-administrator"], at=NOW)
    with pytest.raises(Refused):
        brings(kind="police")
    brings()
    assert Agency.objects.filter(code="new-refuge").exists()
    brings()  # once it is here nothing more is asked


def test_the_file_the_partnership_begins_with_needs_nobody(desk: Partnership) -> None:
    brings()
    assert Agency.objects.filter(code="new-refuge").exists()


def test_who_was_refused_does_not_come_in(ready: Partnership) -> None:
    actions.refuse(said=says(ready), why="Nobody there knew of it.", by=ready.users["second-administrator"], at=NOW)
    with pytest.raises(Refused):
        brings()


def test_nobody_is_their_own_second_person(ready: Partnership) -> None:
    said = says(ready)
    with pytest.raises(Refused, match="somebody else decides it"):
        actions.confirm(said=said, why=RANG, by=ready.users["administrator"], at=NOW)
    said.state, said.decided_at, said.decided_by = "confirmed", NOW, said.proposed_by
    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        said.save()


@pytest.mark.parametrize("name", ["officer", "lead", "idva", "auditor"])
def test_others_say_and_decide_nothing(ready: Partnership, name: str, at_desk: SignIn) -> None:
    said = says(ready)
    with pytest.raises(Refused):
        actions.propose(**(SAID | {"code": "another"}), by=ready.users[name], at=NOW)
    with pytest.raises(Refused):
        actions.confirm(said=said, why=RANG, by=ready.users[name], at=NOW)
    browser = proven(at_desk(name), NOW)
    for path in ("/agencies/joining/", "/agencies/joining/new/", f"/agencies/joining/{said.pk}/"):
        assert browser.get(path).status_code == 403


def test_one_of_a_code_waits_and_none_that_is_here(ready: Partnership) -> None:
    says(ready)
    with pytest.raises(Refused, match="waits for a second person"):
        says(ready)
    with pytest.raises(Refused, match="is here already"):
        says(ready, code="haven")


def test_the_second_person_is_told_and_all_is_on_record(ready: Partnership) -> None:
    said = says(ready)
    asked = {f"user:{one.pk}" for one in queries.seconds(said)}
    assert asked and f"user:{ready.users['administrator'].pk}" not in asked
    assert set(Message.objects.filter(key__startswith="new-agency:").values_list("recipient", flat=True)) == asked
    actions.confirm(said=said, why=RANG, by=ready.users["second-administrator"], at=NOW)
    acts = set(Event.objects.values_list("name", flat=True))
    assert {"staffing.agency_proposed", "staffing.agency_confirmed"} <= acts


def test_from_the_first_word_to_the_second(ready: Partnership, at_desk: SignIn) -> None:
    first = at_desk("administrator")
    assert "Nothing waits." in words(first.get("/agencies/joining/"))
    assert first.post("/agencies/joining/new/", SAID | {"rang": ""}).status_code == 422
    assert first.post("/agencies/joining/new/", SAID).status_code == 302
    said = NewAgency.objects.get()
    path = f"/agencies/joining/{said.pk}/"
    assert "You said this" in words(proven(first, NOW).get(path))
    second = at_desk("second-administrator")
    assert second.get(path).status_code == 302, "a step-up was not asked for"
    proven(second, NOW)
    assert SAID["rang"] in words(second.get(path))
    assert second.post(path, {"decision": "confirm", "why": RANG}).status_code == 302
    assert second.post(path, {"decision": "confirm", "why": RANG}).status_code in {403, 409}
    assert RANG in words(first.get("/agencies/joining/"))
    assert second.get("/agencies/joining/00000000-0000-0000-0000-000000000000/").status_code == 404


def test_the_operator_reads_what_to_do(ready: Partnership, tmp_path: Path) -> None:
    from alongside.cli.partnership import load

    file = tmp_path / "partnership.toml"
    file.write_text(
        '[[agency]]\ncode = "new-refuge"\nname = "New Refuge"\nkind = "domestic-abuse-service"\nareas = []\n', "utf-8"
    )
    told = CliRunner().invoke(load, [str(file)])
    assert told.exit_code == 1
    assert "Agencies that join" in told.output and "Nothing was changed" in told.output

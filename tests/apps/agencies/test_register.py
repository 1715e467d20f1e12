"""The partnership from its file: the example of the documents works, every fault is told at once, and a second load changes nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from alongside.agencies import queries, register
from alongside.agencies.actions import load_register, set_password
from alongside.agencies.models import Agency, Membership, Team, TeamRole, User
from alongside.audit.actors import SystemActor
from alongside.gate.viewing import Viewer
from alongside.intake.drafts import actions as drafts
from alongside.intake.drafts.models import Draft
from tests.sweeps.source import ROOT

AT = datetime(2026, 11, 22, 10, tzinfo=UTC)
BY = SystemActor("operator")
AREAS = ["birmingham", "coventry"]
PAGE = (ROOT / "docs" / "how-to" / "run-it-for-real.md").read_text("utf-8")
EXAMPLE = re.search(r"```toml\n(.*?)```", PAGE, re.S)[1]  # type: ignore[index]


def load(text: str = EXAMPLE, at: datetime = AT) -> list[User]:
    return load_register(register=register.read(text, AREAS), by=BY, at=at)


def test_the_example_of_the_documents_loads(db: None) -> None:
    new = load()
    assert {user.email for user in new} == set(User.objects.values_list("email", flat=True))
    assert not any(user.has_usable_password() for user in new)
    kim = User.objects.get(email="kim.officer@police.example")
    assert queries.first_team(kim, AT.date()) == Team.objects.get(code="coventry-response")
    assert queries.team_for("front-line", "coventry") == Team.objects.get(code="coventry-response")
    assert Team.objects.get(code="coventry-response").deputy == User.objects.get(email="sam.deputy@police.example")


def test_what_nobody_does_is_told() -> None:
    held = register.read(EXAMPLE, AREAS)
    assert ("csc-duty", "coventry") in held.held_by_nobody()
    assert ("front-line", "coventry") not in held.held_by_nobody()


def test_loading_again_changes_nothing(db: None) -> None:
    load()
    before = [list(model.objects.order_by("pk").values()) for model in (Agency, TeamRole, Membership)]
    assert load() == []
    assert [list(model.objects.order_by("pk").values()) for model in (Agency, TeamRole, Membership)] == before


def test_a_role_taken_from_a_team_and_somebody_who_left(db: None) -> None:
    load()
    changed = EXAMPLE.replace('"front-line", "supervisor", ', '"front-line", ').replace(
        'role = "police-officer"', 'role = "police-officer"\nworks = false'
    )
    later = AT + timedelta(days=3)
    assert load(changed, later) == []
    assert queries.team_for("supervisor", "coventry") is None
    assert queries.person("kim.officer@police.example") is None
    kim = User.objects.get(email="kim.officer@police.example")
    assert queries.team_ids(kim, later.date()) == []
    assert queries.team_ids(kim, AT.date()) != []


def test_a_first_password_must_be_worth_something(db: None) -> None:
    from django.core.exceptions import ValidationError

    user = load()[0]
    with pytest.raises(ValidationError):
        set_password(user=user, password="short", by=BY, at=AT)
    set_password(user=user, password="seven quiet herons", by=BY, at=AT)
    assert User.objects.get(pk=user.pk).check_password("seven quiet herons")


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('code = "coventry"', 'code = "atlantis"', "there is no area 'atlantis'"),
        ('kind = "police"', 'kind = "fire"', "there is no kind 'fire'"),
        ('"front-line", ', '"first-line", ', "there is no role of a team 'first-line'"),
        ('role = "police-officer"', 'role = "boss"', "there is no role 'boss'"),
        ('role = "police-officer"', 'role = "service"', "there is no role 'service'"),
        ('teams = ["coventry-response"]', 'teams = ["office"]', "belongs to another agency"),
        ('deputy = "sam.deputy@police.example"', 'deputy = "nobody@police.example"', "there is no person"),
        ('email = "sam.deputy@police.example"', 'email = "kim.officer@police.example"', "stands there twice"),
        ('name = "Kim Officer"\n', "", "needs name"),
        ('name = "Kim Officer"', 'name = "Kim Officer"\nrank = "PC"', "has rank, which says nothing here"),
        ('name = "Kim Officer"', "name = 7", "name is text"),
        ('areas = ["coventry"]', 'areas = "coventry"', "areas is a list"),
        ("[[agency]]", "[agency", "not TOML"),
        ("[[area]]", "[[place]]", "There is no table [[place]]"),
    ],
)
def test_every_fault_is_told(was: str, becomes: str, told: str) -> None:
    assert was in EXAMPLE
    with pytest.raises(register.NotUsable, match=re.escape(told)):
        register.read(EXAMPLE.replace(was, becomes), AREAS)


def test_all_faults_come_at_once() -> None:
    broken = EXAMPLE.replace('kind = "police"', 'kind = "fire"').replace('role = "police-officer"', 'role = "boss"')
    with pytest.raises(register.NotUsable) as caught:
        register.read(broken, AREAS)
    assert len(caught.value.faults) == 2


def test_who_goes_to_another_agency_takes_nothing_along(db: None) -> None:
    """A call begun for the police is not read from the council's desk."""
    load()
    kim = User.objects.get(email="kim.officer@police.example")
    draft = drafts.begin(kind="police-incident", by=kim, at=AT)
    later = AT + timedelta(hours=1)
    load(at=later)
    assert Draft.objects.visible_to(Viewer(kim, later)).get() == draft
    there, person = EXAMPLE.split("[[agency.person]]", 1)
    kims, rest = person.split("[[agency.person]]", 1)
    moved = kims.replace("police-officer", "housing").replace("coventry-response", "office")
    load(f"{there}[[agency.person]]{rest}\n[[agency.person]]{moved}", later)
    kim.refresh_from_db()
    assert kim.agency.code == "partnership"
    assert not Draft.objects.visible_to(Viewer(kim, later)).exists()

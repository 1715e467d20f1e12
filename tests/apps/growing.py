"""A demonstration in which more and more happens, and every page there is of it: for tests of what a page costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.test import Client
from django.urls import reverse

from alongside.agencies.models import User
from alongside.cases import actions as cases
from alongside.cases.models import Case, CaseMember
from alongside.children.actions.notices import send_notice
from alongside.config.routes import ANYONE, TOKEN, routes
from alongside.demo import calls, queries, stories
from alongside.demo.partnership import Partnership
from alongside.duties.models import Task
from alongside.gate.viewing import Gated
from alongside.intake.actions import receive
from alongside.people.actions import record_people
from alongside.people.records import AddressSaid, PersonSaid, SafeContactSaid
from alongside.risk.actions import record_assessment

# Pages of libraries, and addresses that answer with no page.
LEFT_OUT = ("account/", "api/", "design/", "static/")


@dataclass
class World:
    """The demonstration, and the cases that grow in it: `family` is the one whose own record grows."""

    made: Partnership
    at: datetime
    family: Case
    rounds: int = 0
    more: list[Case] = field(default_factory=list)

    def client(self, user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client


def begin(made: Partnership, at: datetime) -> World:
    """One family's case, told by police in Coventry."""
    return World(made, at, _told(made, at, "FAMILY"))


def _told(made: Partnership, at: datetime, id_: str) -> Case:
    content = {**calls.with_baby(at), "id": id_}
    return receive(content=content, by=made.user("police-officer"), at=at).notification.case


def grow(world: World, rounds: int) -> None:
    """Every round: one more case with all that is sent from it, and one more of everything on the record of the family."""
    for _ in range(rounds):
        world.rounds += 1
        at = world.at + timedelta(minutes=world.rounds)
        case = _told(world.made, at, f"ROUND-{world.rounds}")
        _send_on(world, case, at)
        world.more.append(case)
        _add_to_family(world, at)


def _send_on(world: World, case: Case, at: datetime) -> None:
    made, officer = world.made, world.made.user("police-officer")
    stories._send(case, officer, at, basis="protect-child")
    stories._refer_to_marac(made, case, officer, at)
    send_notice(
        case=case,
        child=case.members.filter(role="child").first().person,  # type: ignore[union-attr]
        school=queries.school("000001"),
        child_name=f"Child {world.rounds}",
        what_to_know="Police were at his home one evening this week.",
        by=made.user("police-supervisor"),
        at=at,
    )


def _add_to_family(world: World, at: datetime) -> None:
    case, by, number = world.family, world.made.user("police-officer"), world.rounds
    said = PersonSaid(
        ref=f"c{number}x",
        given_name="Asha",
        family_name="Gill",
        date_of_birth=f"{2010 + number % 15}-03-04",
        sex="female",
        other_names=[f"Asha {number}"],
        phones=[f"07700 900{number:03}"],
        addresses=[AddressSaid(f"{number} Sample Street", "CV1 4AA", current=True)],
        safe_contacts=[SafeContactSaid("text", f"07700 900{number:03}", safe=True)],
        lives_in_household=True,
    )
    held = record_people(agency=by.agency, people=[said], by=by, at=at)
    member = CaseMember(case=case, person=held[said.ref], role="child", ref=said.ref, lives_in_household=True)
    cases.add_people(case=case, members=[member], by=by, at=at)
    record_assessment(case=case, person=None, instrument="dash", answers={"frightened": "yes"}, by=by, at=at)
    cases.note(case=case, what="Somebody noted something", by=by, at=at)
    cases.changed(case=case, by=by, at=at)


def addresses(world: World, user: User) -> Iterator[str]:
    """Pages without an argument, and every page of the family's case and its tasks, whoever may open them."""
    for route in routes():
        pattern, name = route.pattern, route.name
        if pattern.startswith(LEFT_OUT) or route.rule in (TOKEN, ANYONE) or not name:
            continue
        if "<" not in pattern:
            yield f"/{pattern}"
        elif pattern.count("<") == 1 and "<str:reference>" in pattern:
            yield reverse(name, args=[world.family.reference])
        elif pattern == "tasks/<uuid:pk>/":
            for task in Task.objects.filter(case=world.family).order_by("act"):
                yield reverse(name, args=[task.pk])
    for tab in ("family", "timeline", "risk", "plans", "sharing", "documents"):
        yield reverse("cases:tab", args=[world.family.reference, tab])
    for service in ("childrens-social-care", "adult-social-care"):
        yield reverse("casework:refer", args=[world.family.reference, service])
    for instrument in ("dash", "dial"):
        yield reverse("risk:instrument", args=[world.family.reference, instrument])
    victim = world.family.members.get(role="victim").person_id
    yield reverse("people:person", args=[victim])
    yield reverse("people:who", args=[victim])
    yield "/procedures/rules/wm-consult-records-immediately/"
    yield "/procedures/areas/coventry/"


def opened(world: World, user: User) -> dict[str, Any]:
    """Every page the user may open now, by address: the response."""
    client, found = world.client(user), {}
    for address in dict.fromkeys(addresses(world, user)):
        answer = client.get(address)
        assert answer.status_code < 500, address
        if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            found[address] = answer
    return found


def gated() -> int:
    """How many rows about people there are."""
    return sum(model._default_manager.count() for model in apps.get_models() if issubclass(model, Gated))


ROLES = (
    "police-officer",
    "police-supervisor",
    "social-care-manager",
    "school-key-adult",
    "marac-coordinator",
    "specialist-worker",
    "partnership-administrator",
    "policy-lead",
    "information-governance-lead",
)

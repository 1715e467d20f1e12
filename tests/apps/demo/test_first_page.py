"""The first page of every role of the demonstration: what waits stands there, and no button on it is refused."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from alongside.agencies.models import User
from alongside.agencies.roles import ROLES
from alongside.demo import calls
from alongside.demo.accounts import HOME, ORDER, email
from alongside.demo.partnership import Partnership
from alongside.demo.prepare import prepare
from alongside.duties.models import Task
from alongside.intake.actions import receive
from tests.apps.reading import words

LINK = re.compile(r'href="(/[^"#]*)')
# What must stand on the first page when the demonstration begins.
WAITS = {
    "police-officer": "Send to children's social care",
    "police-supervisor": "Tell the school",
    "social-care-manager": "Liaise with every agency involved",
    "school-key-adult": "A notice about a pupil waits for you",
    "health": "Send to children's social care",
    "housing": "Finish the scene record",
    "partnership-administrator": "reached nobody In Dudley",
}
NOTIFIES = [role for role, held in ROLES.items() if "notify" in held.permissions and role != "service"]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_what_waits_stands_there_and_every_link_opens(db: None) -> None:
    assert prepare(at=timezone.now())
    followed = 0
    for role in ORDER:
        client = signed_in(User.objects.get(email=email(role, HOME)))
        page = client.get("/")
        assert WAITS.get(role, "") in words(page), role
        for path in sorted(set(LINK.findall(page.content.decode()))):
            if not path.startswith(("/static/", "/account/")):
                followed += 1
                assert client.get(path).status_code in {200, 302}, (role, path)
    assert followed > 100


def heard_by(user: User, at: Any) -> dict[str, Any]:
    """What a midwife heard, with a child as well, as somebody of another agency would tell it."""
    said = calls.from_a_midwife(at)
    child = calls.person("c", "child", "Ellie", "Palmer", calls.born(at, 6), "female", lives_in_household=True)
    return said | {
        "id": f"HEARD-{user.role}",
        "kind": "disclosure",
        "source": {"agency": user.agency.code, "name": user.name, "role": user.role_held.label},
        "people": [*said["people"], child],
        "relationships": calls.related("partner", "c"),
    }


@pytest.mark.parametrize("role", NOTIFIES)
def test_whoever_hears_of_it_first_can_do_what_then_is_owed(role: str, partnership: Partnership) -> None:
    at, user = timezone.now() - timedelta(minutes=5), partnership.user(role)
    case = receive(content=heard_by(user, at), by=user, at=at).notification.case
    client = signed_in(user)
    page = client.get("/")
    owed = Task.objects.filter(case=case, state="open", owner_team=case.recording_team)
    assert {"refer_to_childrens_social_care", "finish_scene_record"} <= set(owed.values_list("act", flat=True))
    for task in owed:
        assert client.get(f"/tasks/{task.pk}/").status_code == 200
    for path in set(LINK.findall(page.content.decode().split("<main")[1])):
        assert client.get(path).status_code in {200, 302}, path
    assert client.get(f"/cases/{case.reference}/who/", follow=True).status_code == 200

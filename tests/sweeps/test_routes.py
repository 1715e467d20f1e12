"""Every address is listed with its access rule, and the rule is what happens, role by role (house style, point 22)."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from alongside.agencies.models import Agency, User
from alongside.agencies.roles import PERMISSIONS, ROLES
from alongside.config.routes import ANYONE, SIGNED_IN, SIGNING_IN, TOKEN, Route, routes
from tests.apps.passkey import proven
from tests.sweeps.source import ROOT

pytestmark = pytest.mark.django_db
LISTED = re.compile(r"^\| `/([^`]*)` \| (?:permission `(\w+)`: .*|([\w' ]+)) \|$", re.MULTILINE)
NOBODY = UUID(int=0)
SAMPLES = {"uuid": str(NOBODY), "int": "0", "slug": "no-such-thing", "str": "AL-0000-00", "path": "no/such/thing"}


def every() -> list[Route]:
    found = routes()
    assert len(found) > 20, "the sweep has lost the addresses"
    return found


def address(route: Route) -> str:
    """An address of the route that leads to nothing there is."""
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda part: SAMPLES[part[1] or "str"], route.pattern)


def test_every_address_has_a_rule() -> None:
    assert [route.pattern for route in every() if route.rule is None] == []
    known = {ANYONE, SIGNED_IN, SIGNING_IN, TOKEN, *PERMISSIONS}
    assert [route.pattern for route in every() if route.rule not in known] == []


def test_every_address_is_listed_with_its_rule() -> None:
    page = (ROOT / "docs" / "reference" / "routes.md").read_text("utf-8")
    listed = {(pattern, permission or words) for pattern, permission, words in LISTED.findall(page)}
    served = {(route.pattern, route.rule) for route in every()}
    assert listed - served == set()
    assert served - listed == set()


def test_a_stranger_gets_in_nowhere_but_where_anyone_may() -> None:
    tried = 0
    for route in every():
        if route.rule in {ANYONE, TOKEN}:
            continue
        tried += 1
        for method in ("get", "post"):
            answer = getattr(Client(), method)(address(route))
            # What somebody typed is given back instead of being lost on the way to the sign-in page.
            allowed = {302, 405} | ({403} if method == "post" else set())
            assert answer.status_code in allowed, f"{method} {route.pattern}: {answer.status_code}"
            if answer.status_code == 302:
                assert answer.url.startswith("/account/"), route.pattern
    assert tried > 15


def test_without_a_token_the_interface_is_shut() -> None:
    shut = [route for route in every() if route.rule == TOKEN]
    assert shut
    for route in shut:
        answer = Client().post(address(route)) if "post" in str(route.name) else Client().get(address(route))
        assert answer.status_code in {401, 405}, f"{route.pattern}: {answer.status_code}"


@pytest.fixture
def agency() -> Agency:
    return Agency.objects.create(code="an-agency", name="An agency", kind="police")


@pytest.mark.parametrize("role", list(ROLES))
def test_a_role_opens_what_its_permissions_say_and_nothing_else(role: str, agency: Agency) -> None:
    user = User.objects.create_user(f"{role}@alongside.example", None, name="R. Ole", agency=agency, role=role)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    proven(client, timezone.now())
    seen = 0
    for route in every():
        if route.rule not in PERMISSIONS:
            continue
        seen += 1
        answer = client.get(address(route))
        if answer.status_code == 405:
            answer = client.post(address(route))
        if user.may(route.rule):
            assert answer.status_code != 403 and answer.status_code < 500, f"{route.pattern}: {answer.status_code}"
        else:
            assert answer.status_code == 403, f"{route.pattern}: {answer.status_code}"
    assert seen > 5


@pytest.mark.parametrize("role", list(ROLES))
def test_what_is_not_there_is_not_found_and_never_a_fault(role: str, agency: Agency) -> None:
    user = User.objects.create_user(f"{role}@alongside.example", None, name="R. Ole", agency=agency, role=role)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    proven(client, timezone.now())
    with_arguments = [route for route in every() if "<" in route.pattern and route.rule not in {TOKEN}]
    assert with_arguments
    for route in with_arguments:
        for method in ("get", "post"):
            answer = getattr(client, method)(address(route))
            assert answer.status_code in {403, 404, 405}, f"{method} {route.pattern}: {answer.status_code}"

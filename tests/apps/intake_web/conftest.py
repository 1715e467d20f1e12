"""The partnership, and browsers signed in on the evening of the call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.audit.testing import writing
from alongside.children.models import School
from tests.apps.casework.conftest import there
from tests.apps.partnership import Partnership

__all__ = ["begun", "schools", "there"]

FIRST = {
    "safe_now": "no",
    "children": "yes",
    "youngest": "0-11",
    "pregnant": "not-known",
    "where": "near",
    "where_detail": "seen at the corner shop",
    "reach": "text",
    "reach_value": "07700 900123",
    "reach_note": "weekdays 9 to 3, only her",
    "area": "coventry",
    "v_given_name": "Amina",
    "v_family_name": "Hartley",
    "p_given_name": "Dean",
    "p_family_name": "Marsh",
}


@pytest.fixture
def begun(at_desk: Callable[[str], Client]) -> tuple[Client, str]:
    """An officer who has begun a call and typed its first page: the browser, and the draft's id."""
    client = at_desk("officer")
    answer: Any = client.post(reverse("intake:begin"), {"kind": "police-incident"})
    draft = answer.url.split("/")[2]
    answer = client.post(answer.url, FIRST)
    assert answer.status_code == 302, answer.content.decode()
    return client, draft


@pytest.fixture
def schools(there: Partnership) -> None:
    with writing():
        for urn, name in (
            ("000001", "Example Primary School"),
            ("000002", "Example Infant School"),
            ("000003", "Sample High"),
        ):
            School.objects.create(urn=urn, name=name, area=there.area)

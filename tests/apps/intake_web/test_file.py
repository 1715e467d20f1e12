"""Dropping in a notification as a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alongside.cases.models import Case

pytestmark = pytest.mark.django_db
EXAMPLE = (Path(__file__).resolve().parents[3] / "examples" / "police-incident-school-child.json").read_text("utf-8")
Desk = Callable[[str], Client]


@pytest.fixture(autouse=True)
def once_it_was_received(at_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    at = datetime.fromisoformat(json.loads(EXAMPLE)["received_at"])
    monkeypatch.setattr("alongside.config.middleware.timezone.now", lambda: at)


def test_the_example_goes_in_as_a_file_and_again_pasted(at_desk: Desk) -> None:
    client = at_desk("officer")
    dropped = client.post(reverse("intake:file"), {"file": SimpleUploadedFile("one.json", EXAMPLE.encode())})
    case = Case.objects.get()
    assert dropped.url == reverse("cases:who", args=[case.reference])
    assert client.post(reverse("intake:file"), {"text": EXAMPLE}).url == dropped.url
    assert Case.objects.count() == 1


def test_every_fault_is_listed_and_the_text_stays(at_desk: Desk) -> None:
    wrong = json.loads(EXAMPLE) | {"area": "covntry", "kind": "chat", "extra": 1}
    answer = at_desk("officer").post(reverse("intake:file"), {"text": json.dumps(wrong)})
    shown = answer.content.decode()
    assert answer.status_code == 422 and "3 faults" in shown
    for pointer in ("/area", "/kind", "/extra"):
        assert f"<code>{pointer}</code>" in shown
    assert "did you mean coventry?" in shown and "Zofia" in shown
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("text", "says"), [("{", "This is not JSON"), ("[{}, {}]", "a list of 2"), ("", "Choose a file")]
)
def test_what_is_no_notification_is_said_plainly(at_desk: Desk, text: str, says: str) -> None:
    answer = at_desk("officer").post(reverse("intake:file"), {"text": text})
    assert answer.status_code == 422 and says in answer.content.decode()


def test_other_content_under_the_same_identity_shows_both(at_desk: Desk) -> None:
    client = at_desk("officer")
    client.post(reverse("intake:file"), {"text": EXAMPLE})
    answer = client.post(
        reverse("intake:file"), {"text": json.dumps(json.loads(EXAMPLE) | {"summary": "another account"})}
    )
    assert answer.status_code == 409
    assert "another account" in answer.content.decode() and "Pushed against a wall" in answer.content.decode()
    assert Case.objects.count() == 1


def test_an_agency_sends_only_its_own(at_desk: Desk) -> None:
    answer = at_desk("manager").post(reverse("intake:file"), {"text": EXAMPLE})
    assert answer.status_code == 403 and "Each agency sends its own" in answer.content.decode()

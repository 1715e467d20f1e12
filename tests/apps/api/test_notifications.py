"""Sending a notification over HTTP: every status of the contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.test import Client

from alongside.api.actions import end_token, make_token
from alongside.api.models import ApiToken
from alongside.audit.api import SystemActor
from alongside.audit.models import Event
from alongside.cases.models import Case
from alongside.demo.partnership import Partnership
from alongside.intake.models import Notification
from alongside.intake.reading import MOST_BYTES
from tests.apps.api.conftest import NOW, Post

EXAMPLE = json.loads(Path("examples/police-incident-baby.json").read_text("utf-8"))
PROBLEM = "application/problem+json"


def test_what_is_new_is_stored_and_answered(post: Post) -> None:
    response = post(EXAMPLE)
    assert response.status_code == 201
    answer = json.loads(response.content)
    assert answer["notification"] == "EX-2026-000101"
    assert Case.objects.get().reference == answer["case"]
    assert list(answer) == [
        "notification",
        "case",
        "also",
        "received_at",
        "people",
        "decided",
        "duties",
        "bars",
        "questions",
    ]


def test_the_same_content_in_other_order_gives_the_answer_first_given(post: Post) -> None:
    first = post(EXAMPLE)
    again = post(json.dumps(dict(reversed(EXAMPLE.items()))).encode())
    assert (again.status_code, again.content) == (200, first.content)
    assert Case.objects.count() == Notification.objects.count() == 1


def test_other_content_under_the_same_identity_shows_both(post: Post) -> None:
    post(EXAMPLE)
    other = {**EXAMPLE, "summary": "Something else."}
    response = post(other)
    told = json.loads(response.content)
    assert (response.status_code, response.headers["Content-Type"]) == (409, PROBLEM)
    assert (told["stored"], told["sent"]) == (EXAMPLE, other)
    assert Notification.objects.count() == 1


def test_a_token_of_another_agency_is_refused(post: Post, partnership: Partnership) -> None:
    housing = make_token(agency=partnership.agencies["coventry-housing"], by=SystemActor("operator"), at=NOW)
    post(EXAMPLE)
    response = post({**EXAMPLE, "summary": "to learn what is stored"}, bearer=housing)
    assert (response.status_code, response.headers["Content-Type"]) == (403, PROBLEM)
    assert b'stored"' not in response.content


def test_without_a_good_token_nothing_is_read(post: Post) -> None:
    assert post(EXAMPLE, bearer="al_wrong").status_code == 401
    assert Client().post("/api/v1/notifications", EXAMPLE, content_type="application/json").status_code == 401
    end_token(token=ApiToken.objects.get(), by=SystemActor("operator"), at=NOW)
    assert post(EXAMPLE).status_code == 401


def test_every_fault_is_listed(post: Post) -> None:
    bad = json.loads(json.dumps(EXAMPLE))
    bad["area"], bad["people"][2]["date_of_birth"], bad["kind"] = "coventy", "2026-02-31", "rumour"
    response = post(bad)
    told = json.loads(response.content)
    assert (response.status_code, response.headers["Content-Type"]) == (422, PROBLEM)
    assert {fault["pointer"] for fault in told["errors"]} == {"/area", "/people/2/date_of_birth", "/kind"}
    assert all(set(fault) == {"pointer", "found", "accepted"} for fault in told["errors"])
    assert Notification.objects.count() == 0


def test_what_is_no_json_or_no_text_is_refused(post: Post) -> None:
    for body in (b"{", b'{"id": "\xff"}', b"[" * 100_000, b'{"id": NaN}', b'{"id": 1, "id": 2}', b""):
        assert post(body).status_code == 400, body[:20]


def test_more_than_two_megabytes_is_too_large(post: Post) -> None:
    response = post(b" " * (MOST_BYTES + 1))
    assert (response.status_code, response.headers["Content-Type"]) == (413, PROBLEM)
    assert post(b" " * MOST_BYTES).status_code == 400


def test_an_answer_is_read_back_by_its_own_agency_alone(post: Post, token: str, partnership: Partnership) -> None:
    post(EXAMPLE)
    housing = make_token(agency=partnership.agencies["coventry-housing"], by=SystemActor("operator"), at=NOW)

    def read(bearer: str, their_id: str) -> int:
        return (
            Client(headers={"Authorization": f"Bearer {bearer}"}).get(f"/api/v1/notifications/{their_id}").status_code
        )

    assert read(token, "EX-2026-000101") == 200
    assert read(token, "EX-2026-000999") == read(housing, "EX-2026-000101") == 404
    assert Event.objects.filter(name="api.notification", kind="read").count() == 1


def test_the_description_is_whole_and_asks_nobody_else(post: Post) -> None:
    page = Client().get("/api/v1/docs")
    told = json.loads(Client().get("/api/v1/openapi.json").content)
    assert page.status_code == 200
    assert b"Send a notification" in page.content and b"safe_contact/*/code_word" in page.content
    assert b"//cdn" not in page.content and b"<style" not in page.content
    posting = told["paths"]["/api/v1/notifications"]["post"]
    assert {int(code) for code in posting["responses"]} == {200, 201, 400, 401, 403, 409, 413, 422}
    assert posting["requestBody"]["content"]["application/json"]["schema"]["$id"] == "urn:alongside:notification:1"


def test_a_token_is_kept_as_its_hash(token: str) -> None:
    row = ApiToken.objects.get()
    assert token not in (row.mark, row.begins) and len(row.mark) == 64


def test_what_comes_in_clear_is_refused_and_not_led_on(token: str, settings: Any) -> None:
    """A system that is led on to https never hears that its token went in clear."""
    settings.SECURE_SSL_REDIRECT = True
    client = Client(headers={"Authorization": f"Bearer {token}"})
    answer = client.post("/api/v1/notifications", EXAMPLE, content_type="application/json")
    assert answer.status_code == 403 and "have it ended" in answer.json()["detail"]
    assert client.get("/account/sign-in/").status_code == 301
    assert client.get("/api/v1/notifications/EX", secure=True).status_code == 404
    assert not Event.objects.filter(name__startswith="intake.").exists()

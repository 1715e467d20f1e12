"""What every answer carries, whoever asked and whatever happened."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from alongside.agencies.access import Refused
from alongside.config.middleware import CONTENT_SECURITY_POLICY, Refusals
from alongside.gate.viewing import NotVisible

pytestmark = pytest.mark.django_db
PAGES = ["/account/sign-in/", "/no/such/page/", "/design/"]


@pytest.mark.parametrize("path", PAGES)
def test_headers(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    for power in ("geolocation", "camera", "microphone"):
        assert f"{power}=()" in answer.headers["Permissions-Policy"]


def test_the_policy_lets_nothing_in_that_is_not_ours() -> None:
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")
    for word in ("unsafe-inline", "unsafe-eval", "http:", "https:", "data:", "*"):
        assert word not in CONTENT_SECURITY_POLICY


def test_a_page_is_sent_compressed(client: Client) -> None:
    answer = client.get("/design/", headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert b"Components" in gzip.decompress(answer.content)


def test_static_files_are_kept_for_good_under_their_changing_names(client: Client) -> None:
    from alongside.design.built import BUILT, asset

    answer = client.get(asset("alongside.css"), headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "gzip"
    assert Path(BUILT, "manifest.json").is_file()


def _through(fault: Exception) -> HttpResponse:
    request = RequestFactory().get("/")
    answer = Refusals(lambda request: HttpResponse()).process_exception(request, fault)
    assert answer is not None
    return answer


def test_a_refusal_says_why() -> None:
    answer = _through(Refused("Your role may not do this. Nothing was changed."))
    assert answer.status_code == 403
    assert "Your role may not do this." in answer.content.decode()


def test_a_refusal_of_the_procedure_names_its_place() -> None:
    cite = {
        "document": "staffordshire-2019",
        "section": "Contact",
        "line": 12,
        "gist": "No letters are sent.",
        "quote": None,
    }
    words = _through(Refused("A procedure forbids it.", cite=cite)).content.decode()
    assert "No letters are sent." in words
    assert "Staffordshire procedures 2019, “Contact”, line 12" in words
    barred = Refused("This is not allowed here: No letters are sent. Nothing was changed.", cite=cite)
    words = _through(barred).content.decode()
    assert words.count("No letters are sent.") == words.count("Nothing was changed.") == 1
    assert "“Contact”, line 12" in words


def test_what_may_not_be_seen_answers_as_what_does_not_exist(client: Client) -> None:
    hidden = _through(NotVisible())
    from alongside.design.errors import not_found

    missing = not_found(RequestFactory().get("/"), None)
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)
    assert "This is not a nil return" in hidden.content.decode()


def test_other_faults_are_left_to_the_server() -> None:
    assert (
        Refusals(lambda request: HttpResponse()).process_exception(RequestFactory().get("/"), ValueError("secret"))
        is None
    )


def test_more_than_the_limit_is_refused_in_words(client: Client) -> None:
    body = "login=" + "a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    answer = client.post("/account/sign-in/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "Nothing was kept" in answer.content.decode()


def test_what_is_too_large_is_refused_before_it_is_looked_at() -> None:
    """The check of forms reads the body first, signed in or not."""
    client = Client(enforce_csrf_checks=True)
    client.get("/account/sign-in/")
    kind = "application/x-www-form-urlencoded"
    text = client.post(
        "/account/sign-in/", "login=" + "a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1), content_type=kind
    )
    file = SimpleUploadedFile("one.json", b"a" * (settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1))
    for answer in (text, client.post("/call/file/", {"file": file})):
        assert answer.status_code == 413
        assert "Nothing was kept" in answer.content.decode()


def test_nothing_uploaded_is_put_into_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def written(*_: object, **__: object) -> None:
        raise AssertionError("a file was written")

    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", written)
    file = SimpleUploadedFile("one.json", b"a" * (settings.FILE_UPLOAD_MAX_MEMORY_SIZE - 4096))
    assert Client(enforce_csrf_checks=True).post("/call/file/", {"file": file}).status_code == 403


@pytest.mark.parametrize(
    "status, name",
    [(400, "bad_request"), (403, "forbidden"), (403, "stale_form"), (413, "too_large"), (500, "server_error")],
)
def test_every_fault_has_its_three_parts(status: int, name: str) -> None:
    from alongside.design import errors

    answer: HttpResponse = getattr(errors, name)(RequestFactory().get("/"))
    words = answer.content.decode()
    assert answer.status_code == status
    for part in ("What happened", "What is safe", "What to do"):
        assert part in words


def test_even_a_broken_layout_leaves_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from alongside.design import errors

    def broken(*_: object, **__: object) -> HttpResponse:
        raise RuntimeError("the layout is broken")

    monkeypatch.setattr(errors, "page", broken)
    answer = errors.server_error(HttpRequest())
    assert answer.status_code == 500
    assert "ring 999" in answer.content.decode()

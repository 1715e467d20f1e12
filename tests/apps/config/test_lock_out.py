"""Lock-out per account and per address, in words and work that tell nobody whether an account exists."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import pytest
from django.conf import settings as live
from django.contrib.auth.hashers import MD5PasswordHasher
from django.http import HttpResponse
from django.test import Client

from alongside.agencies.models import Agency, User

pytestmark = pytest.mark.django_db
PASSWORD, WRONG = "three words apart", "not these words"
SIGN_IN = "/account/sign-in/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
PEOPLE = {
    "usual": {},
    "closed": {"is_active": False},
    "by-passkey": {"password": "!"},
    "nobody": None,
}


@pytest.fixture(autouse=True)
def _people() -> None:
    agency = Agency.objects.create(code="police", name="Police", kind="police")
    for name, fields in PEOPLE.items():
        if fields is not None:
            user = User.objects.create_user(address(name), PASSWORD, name=name, agency=agency, role="auditor")
            User.objects.filter(pk=user.pk).update(**fields)


def address(name: str) -> str:
    return f"{name}@alongside.example"


def tries(name: str, password: str = WRONG, client: Client | None = None) -> HttpResponse:
    answer = (client or Client()).post(SIGN_IN, {"login": address(name), "password": password})
    assert isinstance(answer, HttpResponse)
    return answer


def plain(answer: HttpResponse, name: str) -> str:
    return TOKEN.sub("", answer.content.decode()).replace(address(name), "")


def test_nothing_in_the_answer_tells_who_has_an_account() -> None:
    assert {tries(name).status_code for name in PEOPLE} == {200}
    assert len({plain(tries(name), name) for name in PEOPLE}) == 1


def test_a_locked_account_and_one_that_is_none_are_locked_alike() -> None:
    for name in PEOPLE:
        for _ in range(live.AXES_FAILURE_LIMIT):
            tries(name)
    answers = {name: tries(name) for name in PEOPLE}
    assert {answer.status_code for answer in answers.values()} == {429}
    assert len({plain(answer, name) for name, answer in answers.items()}) == 1
    assert {str(sorted(answer.headers)) for answer in answers.values()} == {str(sorted(answers["nobody"].headers))}


class Counted(MD5PasswordHasher):
    """Counts what is worked out: with the real hasher a tenth of a second each, which somebody could time."""

    count: ClassVar[int] = 0

    def encode(self, password: str, salt: str) -> str:
        Counted.count += 1
        return super().encode(password, salt)


def test_the_same_work_is_done_for_every_account(settings: Any) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]
    worked = {}
    for name in PEOPLE:
        Counted.count = 0
        tries(name)
        worked[name] = Counted.count
    assert set(worked.values()) == {1}, worked


def test_one_account_locked_locks_no_colleague_at_the_same_address() -> None:
    for _ in range(live.AXES_FAILURE_LIMIT + 1):
        tries("nobody")
    assert tries("usual", PASSWORD).status_code == 302


def test_an_address_that_tries_many_accounts_is_stopped_in_plain_words() -> None:
    seen = [tries(f"guess{number}").status_code for number in range(41)]
    assert seen[0] == 200
    last = tries("usual", PASSWORD)
    text = last.content.decode()
    assert "too many" in text.lower()
    assert last.status_code in (200, 429)
    assert Client().get("/account/sessions/").status_code == 302


def test_a_lock_does_not_put_out_who_is_at_work() -> None:
    """Else anybody could end a colleague's session in the midst of a crisis by typing five wrong words."""
    at_work = Client()
    tries("usual", PASSWORD, at_work)
    for _ in range(live.AXES_FAILURE_LIMIT + 1):
        tries("usual")
    assert tries("usual", PASSWORD).status_code == 429
    assert at_work.get("/account/sessions/").status_code == 200


@pytest.mark.parametrize("spelling", ["USUAL@alongside.example", " usual@alongside.example "])
def test_another_spelling_is_the_same_account(spelling: str) -> None:
    for number in range(live.AXES_FAILURE_LIMIT):
        Client().post(SIGN_IN, {"login": spelling if number % 2 else address("usual"), "password": "wrong"})
    assert tries("usual", PASSWORD).status_code == 429

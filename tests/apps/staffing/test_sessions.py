"""Where one is signed in, and ending that: one's own, and nobody else's."""

from __future__ import annotations

import pytest
from django.test import Client

from alongside.audit.models import Event
from alongside.staffing.pages import device
from tests.apps.partnership import PASSWORD, Partnership
from tests.apps.reading import words

INSIDE, END = "/account/sessions/", "/account/sessions/end/"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/19.0 Safari/604.1"


def signed_in(agent: str, name: str = "officer") -> Client:
    client = Client(headers={"user-agent": agent})
    answer = client.post("/account/sign-in/", {"login": f"{name}@alongside.example", "password": PASSWORD})
    assert answer.status_code == 302
    return client


def ids(client: Client) -> list[str]:
    import re

    return re.findall(r'name="which" value="(\d+)"', client.get(INSIDE).content.decode())


def test_every_place_is_listed_and_this_one_is_marked(there: Partnership) -> None:
    desk, _ = signed_in(WINDOWS), signed_in(PHONE)
    said = words(desk.get(INSIDE))
    assert "Chrome on a Windows computer This one" in said
    assert "Safari on an iPhone" in said
    assert len(ids(desk)) == 1


def test_one_is_ended_and_the_next_request_there_is_refused(there: Partnership) -> None:
    desk, phone = signed_in(WINDOWS), signed_in(PHONE)
    assert desk.post(END, {"which": ids(desk)[0]}).status_code == 302
    assert phone.get(INSIDE).status_code == 302
    assert desk.get(INSIDE).status_code == 200
    assert Event.objects.filter(name="staffing.session_ended").count() == 1


def test_all_others_are_ended(there: Partnership) -> None:
    desk, others = signed_in(WINDOWS), [signed_in(PHONE), signed_in(WINDOWS)]
    desk.post(END, {"which": "others"})
    assert all(one.get(INSIDE).status_code == 302 for one in others)
    assert desk.get(INSIDE).status_code == 200
    assert ids(desk) == []


@pytest.mark.parametrize("which", ["", "0", "x", "-1", "9" * 30])
def test_what_is_not_there_is_not_found(there: Partnership, which: str) -> None:
    assert signed_in(WINDOWS).post(END, {"which": which}).status_code == 404


def test_nobody_ends_anothers(there: Partnership) -> None:
    mine, theirs = signed_in(WINDOWS), signed_in(PHONE, "sergeant")
    signed_in(WINDOWS, "sergeant")
    assert mine.post(END, {"which": ids(theirs)[0]}).status_code == 404
    mine.post(END, {"which": "others"})
    assert theirs.get(INSIDE).status_code == 200


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (WINDOWS, "Chrome on a Windows computer"),
        (PHONE, "Safari on an iPhone"),
        ("", "A browser"),
        ("curl/8", "A browser"),
    ],
)
def test_a_browser_is_named_as_people_would(agent: str, said: str) -> None:
    assert device(agent) == said

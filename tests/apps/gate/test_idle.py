"""The idle lock: after ten minutes every page asks who is there, and what was typed comes along unseen."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from alongside.agencies.models import User
from alongside.cases.models import AreaChange, Case
from alongside.gate import idling
from tests.apps.partnership import NOW, PASSWORD, Partnership
from tests.apps.passkey import Device, adds, options, signs_in
from tests.apps.reading import words

SignIn = Callable[[str], Client]
TEN, SECOND = timedelta(minutes=10), timedelta(seconds=1)
AREA = {"place": "home", "area": "walsall", "reason": "Kezia moved to her aunt on Sunday"}
CARRIED = re.compile(r'name="idle-carried" value="([^"]*)"')


class Clock:
    """What every request reads."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.at = NOW
        patch.setattr("alongside.config.middleware.timezone.now", lambda: self.at)

    def passes(self, time: timedelta) -> datetime:
        self.at += time
        return self.at


@pytest.fixture
def clock(at_desk: SignIn, monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def officer(at_desk: SignIn, case: Case) -> Client:
    client = at_desk("officer")
    assert client.get(f"/cases/{case.reference}/area/").status_code == 200
    return client


def unlocks(client: Client, path: str, page: Any, **more: str) -> Any:
    found = CARRIED.search(page.content.decode())
    typed = {"idle-password": PASSWORD} | ({"idle-carried": found[1]} if found else {})
    return client.post(path, typed | more)


def test_it_locks_after_ten_minutes_to_the_second(clock: Clock, officer: Client, case: Case) -> None:
    path = f"/cases/{case.reference}/area/"
    clock.passes(TEN - SECOND)
    assert officer.get(path).status_code == 200
    clock.passes(TEN)
    locked = officer.get(path)
    assert locked.status_code == 403 and "This screen is locked" in words(locked)
    page = locked.content.decode()
    assert [
        one for one in ("Ash Officer", "Hartley", case.reference, "West Midlands", "data-idle") if one in page
    ] == []
    assert officer.get(path).status_code == 403, "asking again opens nothing"
    back = unlocks(officer, path, locked)
    assert (back.status_code, back.headers["Location"]) == (302, path)
    assert officer.get(path).status_code == 200


def test_what_was_sent_comes_along_and_nobody_reads_it_meanwhile(clock: Clock, officer: Client, case: Case) -> None:
    path = f"/cases/{case.reference}/area/"
    clock.passes(TEN)
    locked = officer.post(path, AREA)
    assert locked.status_code == 403 and not AreaChange.objects.exists()
    page = locked.content.decode()
    assert "Kezia" not in page and "walsall" not in page and "what you sent comes along" in words(locked)
    assert "Kezia" not in str(dict(officer.session.items()))
    wrong = unlocks(officer, path, locked, **{"idle-password": "another"})
    assert wrong.status_code == 403 and CARRIED.findall(wrong.content.decode()) == CARRIED.findall(page)
    done = unlocks(officer, path, wrong)
    assert done.status_code == 302 and AreaChange.objects.get().reason == AREA["reason"]


def test_a_form_that_has_a_fault_stands_there_as_it_was_typed(clock: Clock, officer: Client, case: Case) -> None:
    path = f"/cases/{case.reference}/area/"
    clock.passes(TEN)
    back = unlocks(officer, path, officer.post(path, AREA | {"area": ""}))
    assert back.status_code == 422 and AREA["reason"] in back.content.decode()


def test_a_sealed_form_opens_for_nobody_else_and_nowhere_else(
    clock: Clock, officer: Client, case: Case, at_desk: SignIn
) -> None:
    path = f"/cases/{case.reference}/area/"
    second = at_desk("second")
    second.get(path)
    clock.passes(TEN)
    locked = officer.post(path, AREA)
    assert unlocks(second, path, locked).status_code == 302  # unlocked, and no form came along
    clock.passes(TEN)
    assert unlocks(officer, f"{path}?x=1", locked).status_code == 302
    clock.passes(TEN)
    assert officer.post(path, {"idle-password": PASSWORD, "idle-carried": "gAAAA"}).status_code == 302
    assert not AreaChange.objects.exists()


def test_typing_counts_and_asking_does_not(clock: Clock, officer: Client, case: Case) -> None:
    clock.passes(TEN - SECOND)
    assert officer.get("/account/still/", headers={"X-Active": "9"}).json()["left"] == 591
    clock.passes(timedelta(seconds=590))
    assert officer.get("/account/still/").json()["left"] == 1
    assert officer.get("/account/still/", headers={"X-Active": "900"}).json()["left"] == 1, (
        "a word of long ago takes nothing back"
    )
    clock.passes(SECOND)
    locked = officer.get("/account/still/", headers={"X-Active": "0"})
    assert (locked.status_code, locked.json()["left"]) == (423, 0)
    assert officer.get("/account/unlocked/").status_code == 403
    assert Client().get("/account/still/").status_code == 401


@pytest.mark.parametrize("said", ["-5", "1e3", "x", "", "999999", "\u0665"])
def test_nonsense_about_typing_counts_for_nothing(clock: Clock, officer: Client, said: str) -> None:
    clock.passes(TEN - SECOND)
    assert (
        officer.get("/account/still/", headers={"X-Active": said.encode("latin-1", "replace").decode()}).json()["left"]
        == 1
    )


def test_a_page_is_given_back_to_whoever_it_was_of(at_desk: SignIn, there: Partnership) -> None:
    marks = {name: at_desk(name).get("/account/still/").json()["who"] for name in ("officer", "second")}
    assert len(set(marks.values())) == 2
    assert (
        f'data-idle="600" data-who="{marks["officer"]}"'
        in at_desk("officer").get("/account/unlocked/").content.decode()
    )


def test_every_page_but_the_way_out_is_locked(clock: Clock, officer: Client, case: Case, there: Partnership) -> None:
    clock.passes(TEN)
    for path in (
        "/",
        "/cases/",
        f"/cases/{case.reference}/",
        "/account/two-step/",
        "/account/password/",
        "/account/sign-in/",
    ):
        assert "This screen is locked" in words(officer.get(path)), path
    assert officer.post("/account/sign-out/").status_code == 302
    assert "_auth_user_id" not in officer.session


def test_guessing_is_bounded(clock: Clock, officer: Client, settings: Any) -> None:
    clock.passes(TEN)
    answers = [officer.post("/cases/", {"idle-password": f"guess {n}"}).status_code for n in range(12)]
    assert answers[0] == 403 and answers[-1] == 429
    assert officer.get("/cases/").status_code == 403


def test_a_clock_set_back_opens_nothing(clock: Clock, officer: Client) -> None:
    clock.passes(-TEN)
    assert officer.get("/cases/").status_code == 200
    clock.passes(TEN + TEN)
    assert officer.get("/cases/").status_code == 403


def test_outside_the_demonstration_it_asks_for_the_passkey(settings: Any, there: Partnership) -> None:
    settings.ALONGSIDE_DEMO = False
    client, device, user = Client(), Device(), there.users["officer"]
    User.objects.filter(pk=user.pk).update(set_up_until_on=timezone.localdate())
    client.post("/account/sign-in/", {"login": user.email, "password": PASSWORD})
    client.post("/account/confirm/", {"password": PASSWORD})
    assert adds(client, device).status_code == 302
    client.post("/account/sign-out/")
    assert signs_in(client, device).status_code == 302
    assert client.get("/cases/").status_code == 200
    session = client.session
    session[idling.ACTED_ON] = (timezone.now() - TEN).isoformat()
    session.save()
    locked = client.get("/cases/")
    assert locked.status_code == 403 and "Show your passkey" in words(locked)
    again = client.post("/cases/", {"idle-password": PASSWORD})  # asks anew: what was asked before is answered no more
    assert again.status_code == 403
    assert client.post("/cases/", {"idle-credential": device.shown(options(locked))}).status_code == 403
    last = client.get("/cases/")
    assert client.post("/cases/", {"idle-credential": device.shown(options(last))}).status_code == 302
    assert client.get("/cases/").status_code == 200


def test_the_time_is_a_setting(settings: Any) -> None:
    settings.ALONGSIDE_IDLE_MINUTES = 3
    assert idling.limit() == timedelta(minutes=3)
    assert "unlocked" in {pattern.name for pattern in get_resolver().url_patterns if hasattr(pattern, "name")}

"""An agency's own directory, with a real OpenID Connect provider: it opens the account two people bound to it, and nothing else (T23)."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client

from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.config import directory_file
from alongside.config.env import SettingError
from alongside.staffing import actions
from tests.apps.partnership import NOW, Partnership
from tests.apps.passkey import ADD, Device, adds
from tests.postgres import free_port
from tests.sweeps.source import ROOT

SITE, SECRET = "http://localhost:8000", "a secret of thirty letters or so"
AGENCY, SUBJECT = "haven", "8f1c-new"
BEGIN, BACK = f"/account/directory/{AGENCY}/", f"/account/directory/{AGENCY}/back/"
INSIDE = "/account/sessions/"
PROVIDER = Path(__file__).with_name("directory.mjs")


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider on a free port of this machine."""
    port, node = free_port(), shutil.which("node") or str(ROOT / ".venv" / "bin" / "node")
    process = subprocess.Popen(
        [node, str(PROVIDER), str(port), SITE + BACK, SECRET],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout
    try:
        assert any("listening" in line for line in process.stdout), "the provider did not start"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture
def file(provider: str, tmp_path: Path) -> Path:
    (tmp_path / "secret").write_text(SECRET + "\n")
    said = tmp_path / "directories.toml"
    said.write_text(
        f'[[directory]]\nagency = "{AGENCY}"\nname = "Haven"\nserver = "{provider}"\n'
        f'client = "alongside"\nsecret_file = "{tmp_path / "secret"}"\n'
    )
    return said


@pytest.fixture(autouse=True)
def _configured(file: Path, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": directory_file.read(str(file)), "OAUTH_PKCE_ENABLED": True}
    }
    settings.ALONGSIDE_DEMO = False


@pytest.fixture
def desk(there: Partnership) -> Partnership:
    there.users["second-administrator"] = User.objects.create_user(
        "b@alongside.example",
        None,
        name="B",
        agency=there.agencies["partnership"],
        role="partnership-administrator",
    )
    return there


def opened(desk: Partnership, subject: str = SUBJECT, email: str = "new@haven.example") -> User:
    """An account that two people opened and bound."""
    change = actions.propose_join(
        email=email,
        name="N. Ew",
        role="refuge",
        team=desk.teams["haven-idva"],
        reason="Starts.",
        subject=subject,
        by=desk.users["administrator"],
        at=NOW,
    )
    assert actions.confirm(change=change, why="Rang.", by=desk.users["second-administrator"], at=NOW) == ""
    User.objects.update(set_up_until_on="2099-01-01")
    return User.objects.get(email=email)


def browser() -> Client:
    return Client(headers={"host": "localhost:8000"})


def comes_back(client: Client, subject: str = SUBJECT) -> str:
    """From our sign-in page through the provider's own pages; the address it sends the browser back to."""
    sent = client.post(BEGIN)
    assert sent.status_code == 302, sent.content.decode()[:400]
    there = requests.Session()
    answer = there.get(sent.headers["Location"], allow_redirects=False, timeout=10)
    for _ in range(12):
        to = answer.headers.get("Location", "")
        if to.startswith(SITE):
            return to.removeprefix(SITE)
        if to:
            answer = there.get(requests.compat.urljoin(answer.url, to), allow_redirects=False, timeout=10)
            continue
        action = re.search(r'<form[^>]* action="([^"]+)"', answer.text)
        prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
        assert action, answer.text[:300]
        assert prompt, answer.text[:300]
        said = {"prompt": prompt[1], "login": subject, "password": "any"}
        answer = there.post(requests.compat.urljoin(answer.url, action[1]), said, allow_redirects=False, timeout=10)
    raise AssertionError("the provider sends nobody back")


def arrives(client: Client, address: str) -> HttpResponse:
    """The browser sent back: once more from a page of ours, so that our strict cookies come along."""
    bare = browser().get(address)
    assert bare.status_code == 200
    assert 'http-equiv="refresh"' in bare.content.decode()
    assert not bare.cookies, "the session it comes back to would be lost"
    answer = client.get(address + "&_redir=")
    assert isinstance(answer, HttpResponse)
    return answer


def test_it_opens_the_way_to_a_passkey_and_with_it_all(desk: Partnership) -> None:
    opened(desk)
    client = browser()
    assert arrives(client, comes_back(client)).status_code == 302
    assert client.get(INSIDE).url == ADD, "a directory alone opened a page"
    assert adds(client, Device()).status_code == 302
    assert client.get(INSIDE).status_code == 200


def test_nothing_but_who_it_is_is_asked_for_or_kept(desk: Partnership) -> None:
    opened(desk)
    client = browser()
    sent = client.post(BEGIN).headers["Location"]
    assert "scope=openid&" in sent + "&"
    assert "code_challenge=" in sent
    arrives(client, comes_back(client))
    assert "police.example" not in str(SocialAccount.objects.get().extra_data)


def test_it_brings_nobody_new(desk: Partnership) -> None:
    """Not by an address either: of the account that has it, another directory or person may say the same."""
    User.objects.filter(pk=desk.users["idva"].pk).update(email="stranger@police.example")
    client, before = browser(), User.objects.count()
    answer = arrives(client, comes_back(client, "stranger"))
    assert answer.status_code == 403
    assert "no account here is bound" in answer.content.decode()
    assert User.objects.count() == before
    assert client.get(INSIDE).status_code == 302


@pytest.mark.parametrize("change", ["agency", "left", "reset"])
def test_who_moved_left_or_is_set_up_anew_is_not_brought(desk: Partnership, change: str) -> None:
    user = opened(desk)
    if change == "agency":
        User.objects.filter(pk=user.pk).update(agency=desk.agencies["partnership"])
    else:
        act = actions.propose_leave if change == "left" else actions.propose_reset
        held = act(user=user, reason="Said.", by=desk.users["administrator"], at=NOW)
        if change == "reset":
            actions.confirm(change=held, why="Rang.", by=desk.users["second-administrator"], at=NOW)
    client = browser()
    answer = arrives(client, comes_back(client))
    assert answer.status_code == 403 or answer.url == "/account/inactive/"
    assert client.get(INSIDE).url.startswith("/account/sign-in/")


def test_an_answer_of_another_browser_or_twice_or_changed_opens_nothing(desk: Partnership) -> None:
    opened(desk)
    client = browser()
    address = comes_back(client)
    assert arrives(browser(), address).status_code == 403
    code = re.sub(r"code=[^&]+", "code=made-up", address)
    assert arrives(client, code).status_code == 403
    other = browser()
    fresh = comes_back(other)
    assert arrives(other, fresh).status_code == 302
    other.logout()
    assert arrives(other, fresh).status_code == 403
    assert other.get(INSIDE).url.startswith("/account/sign-in/")


def test_an_account_is_not_linked_from_inside(desk: Partnership) -> None:
    opened(desk)
    client = browser()
    client.post(BEGIN + "?process=connect")
    assert SocialAccount.objects.count() == 1
    sent = urlsplit(client.post(BEGIN + "?process=connect").headers["Location"])
    assert sent.path == "/auth"


def test_one_person_of_a_directory_is_bound_once(desk: Partnership) -> None:
    opened(desk)
    with pytest.raises(Refused, match="bound to this identifier"):
        opened(desk, email="other@haven.example")


def test_it_is_begun_by_a_form_and_only_for_agencies_that_have_one(desk: Partnership) -> None:
    client = browser()
    page = client.get("/account/sign-in/")
    assert "Sign in through Haven" in page.content.decode()
    assert "form-action 'self' http://127.0.0.1:" in page.headers["Content-Security-Policy"]
    assert client.get(BEGIN).status_code == 405
    assert client.post("/account/directory/west-midlands-police/").status_code == 404
    assert client.get("/account/directory/west-midlands-police/back/").status_code == 404


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('client = "alongside"\n', "", "each"),
        ("http://127.0.0.1", "http://login.example", "not https"),
        ("secret_file = ", "secret_file = 7 #", "all as text"),
        ("[[directory]]", "[[directory", "ALONGSIDE_DIRECTORIES"),
        ("/secret", "/no-such-file", "No such file"),
    ],
)
def test_a_file_that_is_not_clear_is_refused(file: Path, was: str, becomes: str, told: str) -> None:
    text = file.read_text()
    assert was in text
    file.write_text(text.replace(was, becomes))
    with pytest.raises(SettingError, match=told):
        directory_file.read(str(file))

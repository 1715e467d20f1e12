"""No page weighs more than 60 KB compressed, with everything a first visit loads: style, script, icons, fonts."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client

from alongside.demo.partnership import Partnership
from alongside.demo.schools import plan_meetings, register_schools
from alongside.design.built import BUILT
from tests.apps import growing
from tests.apps.growing import World

NOW = datetime(2026, 3, 5, 19, 50, tzinfo=UTC)
MOST = 60 * 1024
ROUNDS = 12
ASSET = re.compile(r"""(?:href|src)=["']/static/([^"'?#]+)["']""")
IN_STYLE = re.compile(r"""url\(\s*["']?(?:/static/)?([^"')?#]+)["']?\s*\)""")
OPEN_TO_ALL = ("/account/sign-in/", "/api/v1/docs", "/no-such-page/")


def compressed(content: bytes) -> int:
    """As whitenoise and the middleware send it."""
    return len(gzip.compress(content, 6))


def assets(page: str) -> set[Path]:
    """The files a browser loads for a page, and those its style sheets name."""
    names = set(ASSET.findall(page))
    files = {Path(str(finders.find(name))) for name in names}
    for sheet in [file for file in files if file.suffix == ".css"]:
        for name in IN_STYLE.findall(sheet.read_text("utf-8")):
            if not name.startswith(("data:", "/")):
                files.add(sheet.parent / name)
    return files


def weight(response: HttpResponse) -> int:
    files = assets(response.content.decode())
    assert any(file.suffix == ".css" for file in files), "a page without its style sheet was weighed"
    return compressed(response.content) + sum(compressed(file.read_bytes()) for file in files)


@pytest.fixture
def world(partnership: Partnership, monkeypatch: pytest.MonkeyPatch) -> World:
    register_schools(partnership, at=NOW)
    plan_meetings(partnership, at=NOW)
    monkeypatch.setattr("alongside.config.middleware.timezone.now", lambda: NOW.replace(hour=22))
    made = growing.begin(partnership, NOW)
    growing.grow(made, ROUNDS)
    return made


@pytest.mark.slow
def test_no_page_is_heavy(world: World) -> None:
    weighed: dict[str, int] = {}
    for role in growing.ROLES:
        for address, answer in growing.opened(world, world.made.user(role)).items():
            weighed[f"{role} {address}"] = weight(answer)
    for address in OPEN_TO_ALL:
        weighed[address] = weight(Client().get(address))
    assert len(weighed) > 60, "the sweep has lost the pages"
    assert {page: size for page, size in weighed.items() if size > MOST} == {}


def test_everything_a_style_sheet_names_is_there() -> None:
    sheets = list(BUILT.glob("*.css"))
    named = [(sheet, name) for sheet in sheets for name in IN_STYLE.findall(sheet.read_text("utf-8"))]
    assert named, "the sweep has lost the style sheet, or what it names"
    assert [name for sheet, name in named if not name.startswith("data:") and not (sheet.parent / name).is_file()] == []


@pytest.mark.django_db
def test_a_browser_that_asks_unasked_for_the_icon_finds_it() -> None:
    answer = Client().get("/favicon.ico")
    assert answer.status_code == 302
    assert finders.find(answer.headers["Location"].removeprefix("/static/"))

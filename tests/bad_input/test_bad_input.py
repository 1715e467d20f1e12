"""Bad input is survived with a clear message and nothing half-kept: the rows of docs/reference/bad-input.md, each proven."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from alongside.demo.partnership import Partnership
from tests.bad_input import circumstances, contents, files, packs
from tests.bad_input.world import COMMITS, ROWS, World, build

PAGE = Path("docs/reference/bad-input.md")
PROOFS = (files, contents, circumstances, packs)


def titles() -> list[str]:
    """What stands in the first column of the table."""
    rows = re.findall(r"^\| ([^|]+?) \|", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    return [title for title in rows if title not in ("what comes", "---")]


@pytest.fixture
def world(partnership: Partnership, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    return build(partnership, tmp_path, monkeypatch)


@pytest.mark.parametrize(
    "title", [pytest.param(title, marks=pytest.mark.django_db(transaction=title in COMMITS)) for title in ROWS]
)
def test_bad_input(title: str, world: World) -> None:
    ROWS[title](world)


def test_the_page_and_the_proofs_have_the_same_rows() -> None:
    assert len(titles()) >= 20
    assert sorted(titles()) == sorted(ROWS)
    assert {proof.__module__ for proof in ROWS.values()} == {module.__name__ for module in PROOFS}

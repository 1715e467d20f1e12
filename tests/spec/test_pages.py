"""The generated pages of the rules say what the packs say today."""

from __future__ import annotations

import runpy
from pathlib import Path

from .shelf import ROOT
from .test_examples import library

DOCS = ROOT.parent / "docs"


def pages() -> dict[Path, str]:
    """What the generator would write now."""
    made: dict[Path, str] = runpy.run_path(str(DOCS / "generate_rules.py"))["pages"](library())
    return made


def test_the_pages_are_as_the_packs_are() -> None:
    made = pages()
    assert len(made) > 30
    written = {path: (DOCS / "reference" / path).read_text(encoding="utf-8") for path in made}
    stale = [str(path) for path in made if written[path] != made[path]]
    assert stale == [], "run `make docs`"


def test_no_page_is_left_of_rules_that_are_gone() -> None:
    written = {path.relative_to(DOCS / "reference") for path in (DOCS / "reference" / "rules").rglob("*.md")}
    assert written <= pages().keys()


def test_every_rule_has_its_card() -> None:
    told = "\n".join(pages().values())
    missing = [rule.id for rule in library().every_rule() if f"## {rule.id}\n" not in told]
    assert missing == []

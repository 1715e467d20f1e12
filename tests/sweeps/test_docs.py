"""Links in the documents lead somewhere, and every page is reached from another (house style, points 22 and 24)."""

from __future__ import annotations

import re
from pathlib import Path

from tests.sweeps.source import ROOT

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def pages() -> list[Path]:
    found = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md", ROOT / "GLOSSARY.md"]
    assert len(found) > 5, "the sweep has lost the documents"
    return found


def slug(heading: str) -> str:
    """The anchor a heading gets."""
    words = re.sub(r"[^\w\s-]", "", heading.lower().replace("`", ""))
    return re.sub(r"\s", "-", words.strip())


def anchors(page: Path) -> set[str]:
    return {slug(line.lstrip("#").strip()) for line in page.read_text("utf-8").splitlines() if line.startswith("#")}


def links(page: Path) -> list[tuple[str, Path, str]]:
    """(as written, file meant, anchor) of every link to a file of ours."""
    found = []
    for target in LINK.findall(page.read_text("utf-8")):
        if target.startswith(("http:", "https:", "mailto:", "tel:")):
            continue
        name, _, anchor = target.partition("#")
        found.append((target, (page.parent / name).resolve() if name else page, anchor))
    return found


def test_every_link_leads_somewhere() -> None:
    seen, wrong = 0, []
    for page in pages():
        for written, target, anchor in links(page):
            seen += 1
            if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
                wrong.append(f"{page.relative_to(ROOT)}: {written}")
    assert seen > 10, "the sweep has lost the links"
    assert wrong == []


def test_every_page_is_reached() -> None:
    reached = {target for page in pages() for _, target, _ in links(page)}
    folders = {target for target in reached if target.is_dir()}
    lost = [
        page.relative_to(ROOT).as_posix()
        for page in pages()
        if page.resolve() not in reached and page.parent.resolve() not in folders and page.name != "README.md"
    ]
    assert lost == []


def test_decisions_are_dated_and_short() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert decisions
    for page in decisions:
        assert re.match(r"\d{4}-\d{2}-\d{2}-[a-z0-9-]+\.md$", page.name), page.name
        assert len(page.read_text("utf-8").split()) <= 450, f"{page.name} is longer than a decision should be"

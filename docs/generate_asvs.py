"""Writes docs/reference/asvs.md from docs/security/asvs.toml. Run by `make docs`; `--check` only compares."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DATA, OUT = HERE / "security" / "asvs.toml", HERE / "reference" / "asvs.md"
HEAD = """<!-- Generated from docs/security/asvs.toml by docs/generate_asvs.py: change that, then `make docs`. -->

# Alongside and the verification standard

OWASP's Application Security Verification Standard, edition 5.0.0, has 345 items on three levels; each level asks for those below it too. Some ask
for what Alongside does not have. Of every other item this page says, in our own few words, whether it is met, and by which test: cite an item as
`v5.0.0-1.2.4`. Without a test nothing is called met.

*Met*: tests show all of it. *Partly*: tests show a part. *Not yet*: it is not there, or no test shows it. *Exception*: it cannot be asked of Alongside itself,
with the reason: the partnership's machine and proxy (hosting), a library's published form, the language, or that there are no such means here.

"""
STATES = {"met": "met", "partly": "partly", "not-yet": "not yet", "exception": "exception"}
LEVELS = "123"
Entry = Mapping[str, Any]


def data() -> dict[str, list[Entry]]:
    """The file as it stands: chapter, item."""
    return tomllib.loads(DATA.read_text("utf-8"))


def levels(chapters: Iterable[Entry], *, applicable: bool) -> dict[str, str]:
    """Id to level of every item that is asked of Alongside, or of every one that is not, in the standard's order."""
    return {
        f"{section}.{number}": level
        for chapter in chapters
        for section, digits in chapter["levels"].items()
        if (section not in chapter.get("out", {})) is applicable
        for number, level in enumerate(digits, 1)
    }


def text() -> str:
    """The page as it should be."""
    held = data()
    asked = levels(held["chapter"], applicable=True)
    out = levels(held["chapter"], applicable=False)
    items = {one["id"]: one for one in held["item"]}
    parts = [*_by_level(asked, out, items), *_by_chapter(held["chapter"], asked, items)]
    parts += [*_open(asked, items), *_exceptions(asked, items)]
    for chapter in held["chapter"]:
        parts += _chapter(chapter, asked, items)
    return HEAD + "\n".join(parts) + "\n"


def _counts(name: str, found: Iterable[Entry], more: str = "") -> str:
    states = [one["state"] for one in found]
    return f"| {name} | {len(states)} | {' | '.join(str(states.count(state)) for state in STATES)} |{more}"


def _by_level(asked: Mapping[str, str], out: Mapping[str, str], items: Mapping[str, Entry]) -> Iterator[str]:
    yield "| level | asked | met | partly | not yet | exception | not asked |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for level in LEVELS:
        found = [items[id_] for id_, its in asked.items() if its == level]
        yield _counts(level, found, f" {list(out.values()).count(level)} |")
    yield _counts("**all**", [items[id_] for id_ in asked], f" {len(out)} |")


def _by_chapter(chapters: Iterable[Entry], asked: Mapping[str, str], items: Mapping[str, Entry]) -> Iterator[str]:
    yield "\n| chapter | asked | met | partly | not yet | exception |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for chapter in chapters:
        found = [items[id_] for id_ in asked if int(id_.split(".")[0]) == chapter["number"]]
        yield _counts(f"[{_title(chapter)}](#{_slug(_title(chapter))})", found)


def _open(asked: Mapping[str, str], items: Mapping[str, Entry]) -> Iterator[str]:
    """Worst first: level 1 before 2 before 3, and what is not there before what is there in part."""
    yield "\n## Not met yet, worst first\n"
    for level in LEVELS:
        for state in ("not-yet", "partly"):
            found = [items[id_] for id_, its in asked.items() if its == level and items[id_]["state"] == state]
            if found:
                yield f"**Level {level}, {STATES[state]}: {len(found)}**\n"
                yield from (f"- {one['id']} asks: {one['gist']}. *Here:* {one['why']}" for one in found)
                yield ""


def _exceptions(asked: Mapping[str, str], items: Mapping[str, Entry]) -> Iterator[str]:
    yield "## Exceptions\n"
    found = [items[id_] for id_ in asked if items[id_]["state"] == "exception"]
    yield from (f"- {one['id']} (level {asked[one['id']]}) asks: {one['gist']}. {one['why']}" for one in found)
    yield ""


def _chapter(chapter: Entry, asked: Mapping[str, str], items: Mapping[str, Entry]) -> Iterator[str]:
    yield f"## {_title(chapter)}\n"
    for section, why in chapter.get("out", {}).items():
        yield f"Section {section}, {len(chapter['levels'][section])} items, is not asked of Alongside: {why}\n"
    found = [id_ for id_ in asked if int(id_.split(".")[0]) == chapter["number"]]
    if not found:
        return
    yield "| item | level | what it asks | state | where | shown by |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for id_ in found:
        one = items[id_]
        where = ", ".join(f"`{path}`" for path in one.get("where", []))
        tests = ", ".join(f"`{test.removeprefix('tests/')}`" for test in one.get("tests", []))
        yield f"| {id_} | {asked[id_]} | {one['gist']} | {STATES[one['state']]} | {where} | {tests} |"
    yield ""


def _title(chapter: Entry) -> str:
    return f"{chapter['number']}. {chapter['title']}"


def _slug(title: str) -> str:
    kept = "".join(sign for sign in title.lower() if sign.isalnum() or sign in " -")
    return kept.replace(" ", "-")


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        same = OUT.is_file() and OUT.read_text("utf-8") == text()
        print(f"{OUT.name} is {'as it should be' if same else 'out of date: run `make docs`'}")
        return 0 if same else 1
    OUT.write_text(text(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

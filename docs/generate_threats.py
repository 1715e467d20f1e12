"""Writes docs/explanation/threats.md from docs/security/threats.toml. Run by `make docs`; `--check` only compares."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DATA, OUT = HERE / "security" / "threats.toml", HERE / "explanation" / "threats.md"
HEAD = """<!-- Generated from docs/security/threats.toml by docs/generate_threats.py: change that, then `make docs`. -->

# What could go wrong, and what shows that it does not

For safeguarding and information governance leads. A leak from a system like this can kill, and so can a missed duty. This page lists fifty ways
in which it could happen, what Alongside does about each today, and the test that shows so. It is strict on purpose: what no test shows is not
claimed, and what is missing is said beside what is there.

**Proved**: everything asked for is there, and tests show it. **Partly**: tests show what is said under *today*, and something is missing. **Planned**: nothing
that a test shows is there yet; plan as if Alongside did nothing about it.

"""
STATES = ("proved", "partly", "planned")
DANGERS = {
    1: "It can lead a dangerous person to somebody's door",
    2: "It can tell them what is known, or who told",
    3: "It can stop or spoil the work",
}
Entry = Mapping[str, Any]


def state(entry: Entry) -> str:
    """One of STATES: tests and nothing missing, tests and something missing, or no tests."""
    if not entry["tests"]:
        return "planned"
    return "partly" if entry.get("planned") else "proved"


def data() -> dict[str, list[Entry]]:
    """The file as it stands: risk, threat, leak, not_promised."""
    return tomllib.loads(DATA.read_text("utf-8"))


def text() -> str:
    """The page as it should be."""
    held = data()
    return HEAD + "\n".join([*_counts(held), *_missing(held), *_risks(held), *_leaks(held), *_not_promised(held)])


def _counts(held: Mapping[str, Sequence[Entry]]) -> Iterator[str]:
    yield "| what is at risk | proved | partly | planned |"
    yield "| --- | --- | --- | --- |"
    for risk in held["risk"]:
        yield _count(f"[{risk['title']}](#{_slug(risk['title'])})", _of(held, risk))
    yield _count("**All threats**", held["threat"])
    yield _count("[The eight leaks](#the-eight-leaks)", held["leak"])


def _count(name: str, entries: Sequence[Entry]) -> str:
    states = [state(entry) for entry in entries]
    return f"| {name} | {' | '.join(str(states.count(one)) for one in STATES)} |"


def _of(held: Mapping[str, Sequence[Entry]], risk: Entry) -> list[Entry]:
    """The threats to one thing, the most dangerous first, by number."""
    found = [one for one in held["threat"] if one["risk"] == risk["code"]]
    return sorted(found, key=lambda one: (one["danger"], int(one["id"][1:])))


def _missing(held: Mapping[str, Sequence[Entry]]) -> Iterator[str]:
    """Worst first: by danger; within it what can happen today, what has nothing yet before what has a part; by number."""
    yield "\n## What is missing, most dangerous first\n"
    for danger, words in DANGERS.items():
        open_ = [one for one in held["threat"] if one["danger"] == danger and state(one) != "proved"]
        open_.sort(key=lambda one: ("once" in one, state(one) == "partly", int(one["id"][1:])))
        if open_:
            yield f"**{words}**\n"
            yield from (
                f"- **{one['id']}** {one['who']} ({state(one)}{_once(one)}). *Missing:* {one['planned']}"
                for one in open_
            )
            yield ""


def _once(one: Entry) -> str:
    return f", and not before {one['once']}" if "once" in one else ""


def _risks(held: Mapping[str, Sequence[Entry]]) -> Iterator[str]:
    for risk in held["risk"]:
        yield f"## {risk['title']}\n\n{risk['says']}\n"
        for one in _of(held, risk):
            yield f"**{one['id']}. {one['who']}.** *{state(one).title()}.*\n"
            yield from _told(one)


def _leaks(held: Mapping[str, Sequence[Entry]]) -> Iterator[str]:
    yield "## The eight leaks\n"
    yield "In 2022 and 2023 the Information Commissioner's Office published reprimands for these. Each is to be replayed here, and to fail.\n"
    for one in held["leak"]:
        yield f"**{one['id']}. {one['what']}** ({', '.join(one['threats'])}). *{state(one).title()}.*\n"
        yield from _told(one)


def _told(one: Entry) -> Iterator[str]:
    yield f"- Today: {one['now']}"
    if one.get("where"):
        yield f"- Where: {', '.join(f'`{where}`' for where in one['where'])}"
    yield from (f"- Shown by `{test}`" for test in one["tests"])
    if "once" in one:
        yield f"- Cannot happen before {one['once']}."
    if one.get("planned"):
        yield f"- Missing: {one['planned']}"
    yield ""


def _not_promised(held: Mapping[str, Sequence[Entry]]) -> Iterator[str]:
    yield "## What is not promised\n"
    yield "No system can keep these out; [what else is not promised](not-promised.md) stands on a page of its own.\n"
    yield from (f"- **{one['what']}.** {one['instead']}" for one in held["not_promised"])
    yield ""


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

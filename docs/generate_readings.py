"""Writes docs/reference/rules-by-worker.md, -by-act.md and -by-area.md: the rules as different people look for them. Run by `make docs`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from alongside.policy import Library, Rule, load_library
from alongside.policy.difference import difference
from alongside.procedures.browsing.workers import Worker, read_workers
from alongside.procedures.words import ASKED

OUT = Path(__file__).resolve().parent / "reference"
PACKS = Path(__file__).resolve().parents[1] / "packs"
NOTE = "<!-- Generated from the packs by docs/generate_readings.py: change the packs, then `make docs`. -->\n"
ON = date.max  # as the packs stand at their latest


def linked(rule: Rule) -> str:
    """A rule as a line that leads to its card."""
    page = Path("rules") / Path(rule.file).with_suffix(".md")
    return f"- [{rule.gist}]({page.as_posix()}#{rule.id})"


def ways(rules: Sequence[Rule]) -> Iterator[str]:
    """Rules by how they reach people, what must be done or not done first."""
    for way, says in ASKED.items():
        some = [rule for rule in rules if rule.reaches_as == way]
        if some:
            yield from (f"\n*{says}*\n", *map(linked, some))


def by_worker(rules: Sequence[Rule], workers: Iterable[Worker]) -> str:
    """Each worker's own rules and the groups they belong to; then the rules of each group, once."""
    held = list(workers)
    lines = [NOTE, "# What is asked of whom\n"]
    lines.append(
        "Most rules speak to everybody; some to one kind of worker, or to a group of them. Rules of every area stand here: which hold where is in"
    )
    lines.append("[the rules by area](rules-by-area.md). In the product: *Procedures*, *What is asked of a worker*.\n")
    for worker in held:
        own = [rule for rule in rules if rule.actor in worker.own]
        groups = ", ".join(f"[{group.says}](#asked-of-{_anchor(group.says)})" for group in worker.groups)
        lines.append(f"## {worker.says[0].upper()}{worker.says[1:]}\n")
        lines.append(f"And with others: {groups}.\n" if groups else "")
        lines += ways(own) if own else ["Nothing in particular."]
        lines.append("")
    groups_of_all = {group.code: group for worker in held for group in worker.groups}
    for group in groups_of_all.values():
        lines += [f"## Asked of {group.says}\n", *ways([rule for rule in rules if rule.actor in group.actors]), ""]
    return _page(lines)


def by_act(rules: Sequence[Rule], library: Library) -> str:
    """Each act with what asks for it, what stops it, and when it may be done."""
    lines = [NOTE, "# The rules by act\n", "In the product: *Procedures*, *Act by act*.\n"]
    for code, act in sorted(library.acts.items(), key=lambda pair: pair[1].label):
        some = [rule for rule in rules if code in (rule.action, rule.forbids, rule.opens)]
        if some:
            lines += [f"## {act.label}\n", act.does, *ways(some), ""]
    return _page(lines)


def by_area(library: Library) -> str:
    """How many rules hold in each area, and what differs between the areas of one region, as shipped."""
    packs = {area: library.pack(area, ON) for area in library.areas}
    lines = [
        NOTE,
        "# The rules by area\n",
        "As shipped, with no partnership's own choices. In the product: *Procedures*, *What differs*.\n",
    ]
    lines += ["| area | rules | from |", "| --- | ---: | --- |"]
    for area, pack in packs.items():
        sources = ", ".join(library.titles[one.id] for one in pack.packs)
        lines.append(f"| {_name(library, area)} | {len(pack.rules)} | {sources} |")
    lines += [
        "\n## What differs between two areas of a region\n",
        "| areas | rules that decide otherwise | local choices that differ |",
        "| --- | --- | --- |",
    ]
    for one, other in _neighbours(library):
        found = difference(packs[one], packs[other])
        changed = ", ".join(f"`{each.before.id}`" for each in found.changed) or "none"
        names = [name for name in packs[one].parameters if packs[one].values.get(name) != packs[other].values.get(name)]
        lines.append(
            f"| {_name(library, one)} and {_name(library, other)} | {changed} | {', '.join(f'`{name}`' for name in names) or 'none'} |"
        )
    return _page(lines)


def _neighbours(library: Library) -> Iterator[tuple[str, str]]:
    """Each area with the first of its region."""
    region: dict[tuple[str, ...], str] = {}
    for area in library.areas:
        shared = tuple(one.id for one in library.pack(area, ON).packs[:-1])
        if region.setdefault(shared, area) != area:
            yield region[shared], area


def _name(library: Library, area: str) -> str:
    return library.titles[library.pack(area, ON).packs[-1].id]


def _anchor(words: str) -> str:
    return words.lower().replace("'", "").replace(" ", "-")


def _page(lines: Iterable[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def main() -> int:
    """Write the three pages."""
    library = load_library(PACKS)
    rules = sorted(library.every_rule(), key=lambda rule: (rule.file, rule.line))
    made = {
        "rules-by-worker": by_worker(rules, read_workers(PACKS).values()),
        "rules-by-act": by_act(rules, library),
        "rules-by-area": by_area(library),
    }
    for name, text in made.items():
        (OUT / f"{name}.md").write_text(text, encoding="utf-8")
    print(f"{len(made)} readings of the rules")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Writes docs/reference/rules.md and docs/reference/rules/: every rule of the packs as a card. Run by `make docs`."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from alongside.policy import Library, Rule, load_library
from alongside.policy.awaiting import hangs_on, is_awaiting
from alongside.policy.wording import Wording
from alongside.procedures.words import EVIDENCE

OUT = Path(__file__).resolve().parent / "reference"
PACKS = Path(__file__).resolve().parents[1] / "packs"
SAYS = {"fires": "fires", "does-not-fire": "does not fire", "cannot-decide": "cannot tell yet"}
REACHES = {
    "duty": "a duty",
    "bar": "a bar",
    "threshold": "a threshold, shown beside the act",
    "permission": "a permission, shown beside the act",
    "guidance": "guidance in its place",
    "reference": "reference in its place",
}
# Words that the name of a file cannot spell as a person does.
_PROPER = {
    "marac": "MARAC",
    "idva": "IDVA",
    "childrens": "children’s",
    "encompass": "Encompass",
    "operation": "Operation",
}
NOTE = "<!-- Generated from the packs by docs/generate_rules.py: change the packs, then `make docs`. -->\n"


def condition(rule: Rule, wording: Wording) -> Iterator[str]:
    """When a rule holds, as an indented list, and the condition as the pack writes it."""
    for depth, text in wording.condition(rule.when).lines():
        yield f"{'  ' * depth}- {text}"
    yield f"\nAs the pack writes it: `{rule.when}`"


def card(rule: Rule, library: Library) -> str:
    """One rule: what it says, where it stands, who, when, how it reaches people, and its examples."""
    wording = Wording(library.vocabulary, library.declared)
    who = library.owners[rule.actor].says
    lines = [
        f"## {rule.id}\n",
        f"{rule.gist}\n",
        f"- **{_place(rule)}; in force since {rule.effective_from}",
        f"- **Who**: {who}",
        f"- **Reaches people as**: {REACHES[rule.reaches_as]}{_aim(rule, library)}",
    ]
    lines += [f"- **Why not a task**: {rule.why_reaches}"] if rule.why_reaches else []
    if rule.reaches_as == "duty":
        lines.append(f"- **By when**: {rule.by or 'no time is given'}")
        lines.append(f"- **Closes with**: {', or '.join(map(_closes, rule.discharged_by))}")
    lines += [f"- **Not certain**: {words}" for words in _awaits(rule, library)]
    lines += ["", "When:\n", *condition(rule, wording), "", *_examples(rule, wording), ""]
    return "\n".join(lines)


def _place(rule: Rule) -> str:
    cite = rule.cite
    return f"Source**: {cite.says}" if cite.says else f"Place**: {cite.document}, “{cite.section}”, line {cite.line}"


def _closes(kind: str) -> str:
    return f"{EVIDENCE[kind]} (`{kind}`)"


def _aim(rule: Rule, library: Library) -> str:
    act = rule.forbids or rule.opens or (rule.action if rule.reaches_as == "duty" else None)
    if act:
        words = {"bar": "stops", "duty": "to"}.get(rule.reaches_as, "opens")
        return f", {words}: {library.acts[act].label} (`{act}`)"
    return f" (`{rule.place}`)"


def _awaits(rule: Rule, library: Library) -> Iterator[str]:
    """The defaults of the national pack that the rule hangs on and nobody has confirmed."""
    for parameter in library.parameters(library.areas[0], date.max).values():
        if is_awaiting(parameter) and hangs_on(rule, parameter, library.vocabulary):
            yield parameter.awaits(parameter.value, library.vocabulary.get(parameter.name))


def _examples(rule: Rule, wording: Wording) -> Iterator[str]:
    yield "| what is known | then the rule |"
    yield "| --- | --- |"
    for example in rule.examples:
        given = "; ".join(wording.fact(name, value) for name, value in example.given.items()) or "nothing"
        ask = f"; it asks {' '.join(map(wording.question, sorted(example.ask)))}" if example.ask else ""
        yield f"| {given} | {SAYS[example.then]}{ask} |"


def pages(library: Library) -> dict[Path, str]:
    """Every page by its path under docs/reference: the index, and one page for each file of rules."""
    rules = sorted(library.every_rule(), key=lambda rule: (rule.file, rule.line))
    files = sorted({rule.file for rule in rules})
    made = {Path("rules.md"): _index(rules, files)}
    for file in files:
        held = [rule for rule in rules if rule.file == file]
        body = "\n".join(card(rule, library) for rule in held)
        made[_page(file)] = f"{NOTE}\n# {_title(file)}\n\n{len(held)} rules. [All rules](../../rules.md)\n\n{body}"
    return made


def _page(file: str) -> Path:
    return Path("rules") / Path(file).with_suffix(".md")


def _title(file: str) -> str:
    pack, name = Path(file).parent.name, Path(file).stem
    words = re.sub(r"^[0-9]+-", "", name).replace("-", " ")
    words = re.sub(r"^appendix (\w) ", lambda found: f"Appendix {found[1].upper()}, ", words)
    return f"{pack.replace('-', ' ').title()}: {' '.join(_PROPER.get(word, word) for word in words.split())}"


def _index(rules: Sequence[Rule], files: Sequence[str]) -> str:
    ways = Counter(rule.reaches_as for rule in rules)
    lines = [NOTE, "# The rules\n"]
    lines.append(
        f"{len(rules)} rules; how they reach people: " + ", ".join(f"{way} {ways[way]}" for way in REACHES) + ".\n"
    )
    lines.append(
        "Each card has the rule in our own words, the place of its sentence or its source of law or practice, and its examples."
    )
    lines.append("How to read and change one: `packs/README.md`.\n")
    lines += ["| section | rules | of them duties and bars |", "| --- | ---: | --- |"]
    for file in files:
        held = [rule for rule in rules if rule.file == file]
        strong = ", ".join(f"`{rule.id}`" for rule in held if rule.reaches_as in ("duty", "bar"))
        lines.append(f"| [{_title(file)}]({_page(file).as_posix()}) | {len(held)} | {strong} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the pages; remove those of files that are gone."""
    made = pages(load_library(PACKS))
    for old in (OUT / "rules").rglob("*.md"):
        if old.relative_to(OUT) not in made:
            old.unlink()
    for path, text in made.items():
        (OUT / path).parent.mkdir(parents=True, exist_ok=True)
        (OUT / path).write_text(text, encoding="utf-8")
    print(f"{len(made)} pages of rules")
    return 0


if __name__ == "__main__":
    sys.exit(main())

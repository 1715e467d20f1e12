"""Writes docs/reference/rules.md and docs/reference/rules/: every rule of the packs as a card. Run by `make docs`."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from alongside.policy import Library, Rule, load_library
from alongside.policy.codec import to_json
from alongside.policy.parser import parse
from alongside.policy.tree import All, Any, Between, Compare, Flag, In, Name, Node, Not, Operand, Parameter

OUT = Path(__file__).resolve().parent / "reference"
PACKS = Path(__file__).resolve().parents[1] / "packs"
SAYS = {"fires": "fires", "does-not-fire": "does not fire", "cannot-decide": "cannot tell yet"}
COMPARED = {
    "=": "is",
    "<>": "is known and is not",
    "<": "is below",
    "<=": "is at most",
    ">": "is above",
    ">=": "is at least",
}
REACHES = {
    "duty": "a duty",
    "bar": "a bar",
    "threshold": "a threshold, shown beside the act",
    "permission": "a permission, shown beside the act",
    "guidance": "guidance in its place",
    "reference": "reference in its place",
}
NOTE = "<!-- Generated from the packs by docs/generate_rules.py: change the packs, then `make docs`. -->\n"


def condition(node: Node, library: Library, depth: int = 0) -> Iterator[str]:
    """A condition as nested lines of a list, each fact in its plain words."""
    indent = "  " * depth + "- "
    match node:
        case All(parts) | Any(parts):
            yield f"{indent}{'all' if isinstance(node, All) else 'at least one'} of:"
            for part in parts:
                yield from condition(part, library, depth + 1)
        case Not(child):
            yield f"{indent}it is known that this is not so:"
            yield from condition(child, library, depth + 1)
        case Flag(operand):
            yield indent + _fact(operand, library)
        case Compare(left, op, right):
            yield f"{indent}{_code(left)} {COMPARED[op]} {_code(right)}: {_fact(left, library)}"
        case Between(operand, low, high):
            yield f"{indent}{_code(operand)} is from {_code(low)} to {_code(high)}: {_fact(operand, library)}"
        case In(operand, values):
            yield f"{indent}{_code(operand)} is one of {', '.join(map(_code, values))}: {_fact(operand, library)}"


def _code(operand: Operand) -> str:
    match operand:
        case Name(name):
            return f"`{name}`"
        case Parameter(name):
            return f"the local choice `{name}`"
    return f"“{operand}”" if isinstance(operand, str) else str(operand)


def _fact(operand: Operand, library: Library) -> str:
    if not isinstance(operand, Name):
        return _code(operand)
    meaning = library.vocabulary[operand.name].meaning
    return f"{meaning.rstrip('.')} (`{operand.name}`)"


def card(rule: Rule, library: Library) -> str:
    """One rule: what it says, where it stands, who, when, how it reaches people, and its examples."""
    who, cite = library.owners[rule.actor].says, rule.cite
    lines = [
        f"## {rule.id}\n",
        f"{rule.gist}\n",
        f"- **Place**: {cite.document}, “{cite.section}”, line {cite.line}; in force since {rule.effective_from}",
        f"- **Who**: {who}",
        f"- **Reaches people as**: {REACHES[rule.reaches_as]}{_aim(rule, library)}",
    ]
    lines += [f"- **Why not a task**: {rule.why_reaches}"] if rule.why_reaches else []
    if rule.reaches_as == "duty":
        lines.append(f"- **By when**: {rule.by or 'no time is given'}")
        lines.append(f"- **Closes with**: {', '.join(f'`{kind}`' for kind in rule.discharged_by)}")
    lines += ["", "When:\n", *condition(parse(rule.when), library), "", *_examples(rule), ""]
    return "\n".join(lines)


def _aim(rule: Rule, library: Library) -> str:
    act = rule.forbids or rule.opens or (rule.action if rule.reaches_as == "duty" else None)
    if act:
        words = {"bar": "stops", "duty": "to"}.get(rule.reaches_as, "opens")
        return f", {words}: {library.acts[act].label} (`{act}`)"
    return f" (`{rule.place}`)"


def _examples(rule: Rule) -> Iterator[str]:
    yield "| given | then |"
    yield "| --- | --- |"
    for example in rule.examples:
        given = ", ".join(f"`{name}` {_value(value)}" for name, value in example.given.items()) or "nothing"
        ask = f"; ask {', '.join(f'`{name}`' for name in sorted(example.ask))}" if example.ask else ""
        yield f"| {given} | {SAYS[example.then]}{ask} |"


def _value(value: object) -> str:
    told = to_json(value)  # type: ignore[arg-type]
    if isinstance(told, bool):
        return "yes" if told else "no"
    if told is None:
        return "not known"
    if isinstance(told, dict):
        least, most = told.get("min", "?"), told.get("max", "?")
        return "not applicable" if "not_applicable" in told else f"from {least} to {most}"
    return str(told)


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
    return f"{pack.replace('-', ' ').title()}: {re.sub(r'^[0-9]+-', '', name).replace('-', ' ')}"


def _index(rules: Sequence[Rule], files: Sequence[str]) -> str:
    ways = Counter(rule.reaches_as for rule in rules)
    lines = [NOTE, "# The rules\n"]
    lines.append(
        f"{len(rules)} rules; how they reach people: " + ", ".join(f"{way} {ways[way]}" for way in REACHES) + ".\n"
    )
    lines.append("Each card has the rule in our own words, the place of its sentence, and its examples.")
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

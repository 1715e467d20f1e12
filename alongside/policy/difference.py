"""What differs between the rules of two packs: two areas, or one area on two days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from alongside.policy.pack import Pack
from alongside.policy.rules import Rule
from alongside.policy.tree import Node, walk

# What of a rule can differ besides its condition, and what it is called.
PARTS = {
    "gist": "What it says",
    "actor": "Who",
    "reaches_as": "How it reaches people",
    "action": "The act",
    "forbids": "The act it stops",
    "opens": "The act it opens",
    "by": "By when",
    "timer": "How its time is counted",
    "discharged_by": "What closes it",
    "place": "Where it shows",
    "why_reaches": "Why no task",
    "weakens": "Why it asks for less than what it takes the place of",
    "severity": "How grave a miss is",
    "kind": "What sort of sentence it is",
    "cite": "The sentence",
}
CONDITION = "When it holds"


@dataclass(frozen=True)
class Changed:
    """A rule that both have and that is not the same; `parts` are fields of `PARTS`, and `when` for its condition."""

    before: Rule
    after: Rule
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """Rules of one side only, those changed, and those that are the same in everything that decides or is shown."""

    only_before: tuple[Rule, ...]
    only_after: tuple[Rule, ...]
    changed: tuple[Changed, ...]
    same: tuple[Rule, ...]


def difference(before: Pack, after: Pack) -> Difference:
    """Each rule of two packs, on one of the four sides. Conditions are compared as they decide, local choices put in."""
    first, second = ({rule.id: rule for rule in pack.rules} for pack in (before, after))
    both = {id_: tuple(_differing(before, after, rule, second[id_])) for id_, rule in first.items() if id_ in second}
    return Difference(
        only_before=tuple(rule for id_, rule in first.items() if id_ not in second),
        only_after=tuple(rule for id_, rule in second.items() if id_ not in first),
        changed=tuple(Changed(first[id_], second[id_], parts) for id_, parts in both.items() if parts),
        same=tuple(first[id_] for id_, parts in both.items() if not parts),
    )


def _differing(before: Pack, after: Pack, old: Rule, new: Rule) -> Iterator[str]:
    if _decides(before, old) != _decides(after, new):
        yield "when"
    for part in PARTS:
        if getattr(old, part) != getattr(new, part):
            yield part


def _decides(pack: Pack, rule: Rule) -> tuple[Any, ...]:
    """Everything that the outcome hangs on: the bound tree, when each of its facts arises, and settings in force."""
    tree, names = pack.binder.bind(rule.when), pack.binder.names
    applies = tuple((name, names.applies[name]) for name in sorted(_names(tree) & names.applies.keys()))
    facts = _names(tree).union(*(_names(when) for _, when in applies))
    return tree, applies, tuple((name, names.settings[name]) for name in sorted(facts & names.settings.keys()))


def _names(tree: Node) -> frozenset[str]:
    return frozenset(name for part in walk(tree) for name in part.names)

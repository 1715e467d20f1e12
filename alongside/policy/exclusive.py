"""Acts that exclude each other, and which of two rules gives way where both fire.

Outcomes stay what the conditions say: a rule that gives way still fires. It only puts no duty on a queue and offers no act.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations

from alongside.policy.rules import Act, Rule


def excluded(first: str, second: str, acts: Mapping[str, Act]) -> bool:
    """Whether nobody can do both acts; it holds either way round, whichever of them says so."""
    return any(other in acts[one].excludes for one, other in ((first, second), (second, first)) if one in acts)


def pairs(rules: Collection[Rule], acts: Mapping[str, Act]) -> Iterator[tuple[Rule, Rule]]:
    """Every two rules that call for acts which exclude each other, neither of which gives way to the other."""
    for one, other in combinations(rules, 2):
        if excluded(one.calls_for, other.calls_for, acts) and not {one.id, other.id} & {
            *one.yields_to,
            *other.yields_to,
        }:
            yield one, other


def giving_way(rules: Iterable[Rule], fires: Collection[str]) -> dict[str, str]:
    """The firing rules that give way, each with the first firing rule to which it does."""
    found = {}
    for rule in rules:
        before = next((other for other in rule.yields_to if other in fires), None)
        if before is not None and rule.id in fires:
            found[rule.id] = before
    return found

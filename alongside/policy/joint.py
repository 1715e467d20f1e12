"""One case whose places lie in different areas: each rule is that of the area its act or its actor follows.

Police of the place where it happened owe what their procedures say; a child is owed what the procedures say where the child
lives; MARAC is the victim's home's. No rule is decided twice, and none is decided by two areas' choices.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple, dataclass
from functools import cached_property
from typing import Any, Protocol

from alongside.policy.decision import Result
from alongside.policy.loader import canonical
from alongside.policy.pack import Pack, PackVersion
from alongside.policy.rules import Rule
from alongside.policy.values import Outcome, Value
from alongside.policy.vocabulary import Fact


@dataclass(frozen=True)
class Places:
    """Codes of the areas a case is decided by: `home` of the child (else the victim), of the `incident`, of the `victim`."""

    home: str
    incident: str
    victim: str

    @property
    def is_one(self) -> bool:
        """Whether all three are one area."""
        return self.home == self.incident == self.victim

    @property
    def areas(self) -> tuple[str, ...]:
        """The different areas among them, home first."""
        return tuple(dict.fromkeys((self.home, self.incident, self.victim)))

    def of(self, follows: str) -> str:
        """The area of one of home, incident, victim."""
        return {"home": self.home, "incident": self.incident, "victim": self.victim}[follows]


class Rulebook(Protocol):
    """What decides a case: the pack of one area, or those of several joined."""

    @property
    def rules(self) -> tuple[Rule, ...]: ...
    @property
    def packs(self) -> tuple[PackVersion, ...]: ...
    @property
    def vocabulary(self) -> Mapping[str, Fact]: ...
    @property
    def hash(self) -> str: ...
    @property
    def content(self) -> dict[str, Any]: ...
    def rule(self, rule_id: str) -> Rule: ...
    def outcomes(self, facts: Mapping[str, Value], rules: Iterable[str] | None = None) -> dict[str, Outcome]: ...
    def decide_rule(self, rule_id: str, facts: Mapping[str, Value]) -> Result: ...
    def facts_of(self, rule_id: str) -> frozenset[str]: ...
    def __hash__(self) -> int: ...


class JointPack:
    """The rules of several areas, each taken from one of them. Made by `Library.joint`; kept and shared, so never changed."""

    def __init__(self, places: Places, packs: Mapping[str, Pack], taken: Mapping[str, Collection[str]]) -> None:
        """`taken`: of each area, the ids of the rules that are decided by it."""
        self.places = places
        self._by_area = dict(packs)
        self._of = {id_: packs[area] for area, ids in taken.items() for id_ in ids}
        self.rules: tuple[Rule, ...] = tuple(
            rule for area, pack in packs.items() for rule in pack.rules if rule.id in frozenset(taken[area])
        )
        self.vocabulary: Mapping[str, Fact] = self._by_area[places.home].vocabulary
        self.packs: tuple[PackVersion, ...] = tuple(
            dict.fromkeys(version for pack in self._by_area.values() for version in pack.packs)
        )
        self._split: dict[tuple[str, ...], list[tuple[Pack, tuple[str, ...]]]] = {}

    @property
    def areas(self) -> Mapping[str, Pack]:
        """The pack of each area."""
        return self._by_area

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the areas, of what each decides with, and of which rules are taken from where."""
        return canonical(self.content)

    @cached_property
    def content(self) -> dict[str, Any]:
        """What the hash covers."""
        taken = {
            area: sorted(id_ for id_, one in self._of.items() if one is pack) for area, pack in self._by_area.items()
        }
        hashes = {area: pack.hash for area, pack in self._by_area.items()}
        return {"places": list(astuple(self.places)), "packs": hashes, "rules": taken}

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id. Raises PolicyError naming the nearest id of the child's home."""
        return self.pack_of(rule_id).rule(rule_id)

    def outcomes(self, facts: Mapping[str, Value], rules: Iterable[str] | None = None) -> dict[str, Outcome]:
        """Each rule's outcome, and nothing else."""
        wanted = tuple(rule.id for rule in self.rules) if rules is None else tuple(rules)
        found: dict[str, Outcome] = {}
        for pack, ids in self._parts(wanted):
            found |= pack.outcomes(facts, ids)
        return found

    def decide_rule(self, rule_id: str, facts: Mapping[str, Value]) -> Result:
        """The result of one rule, by the choices of its own area."""
        return self.pack_of(rule_id).decide_rule(rule_id, facts)

    def facts_of(self, rule_id: str) -> frozenset[str]:
        """The facts that a rule's condition hangs on."""
        return self.pack_of(rule_id).facts_of(rule_id)

    def pack_of(self, rule_id: str) -> Pack:
        """The pack that decides a rule; the home's for one that none has."""
        return self._of.get(rule_id, self._by_area[self.places.home])

    def _parts(self, wanted: tuple[str, ...]) -> list[tuple[Pack, tuple[str, ...]]]:
        if wanted not in self._split:
            held: dict[int, tuple[Pack, list[str]]] = {}
            for rule_id in wanted:
                pack = self.pack_of(rule_id)
                held.setdefault(id(pack), (pack, []))[1].append(rule_id)
            self._split[wanted] = [(pack, tuple(ids)) for pack, ids in held.values()]
        return self._split[wanted]

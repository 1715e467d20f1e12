"""Which answers could settle an undecided rule: the smallest sets that could make it fire, could stop it, or must decide it.

A set "could make it fire" when some answers to its facts make the rule fire whatever the others are, still unknown
included. It "settles" when every answer to its facts decides the rule. Worked out from what is left of the condition
(`alongside.policy.residual`), where every leaf is undecided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from alongside.policy.residual import Both, Domain, Either, Open, Rest, Turned, leaves
from alongside.policy.values import Truth

MOST = 20
_KEPT = 600

Way = dict[str, int]
"""For some facts, which of their answers will do: bit i stands for the i-th answer of the fact's domain."""

Sets = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Settling:
    """Minimal sets of facts, smallest first, at most 20 each."""

    could_fire: Sets
    could_not_fire: Sets
    settles: Sets


def settling(rest: Rest, domain: Domain) -> Settling:
    """The minimal sets of an undecided condition."""
    opened = list(leaves(rest))
    asked = sorted({name for leaf in opened for name in leaf.unknown})
    ways = _Ways(domain)
    fire, stop = ways.of(rest, True), ways.of(rest, False)
    if _each_once(opened) and all(ways.of(leaf, True) and ways.of(leaf, False) for leaf in opened):
        settles: Sets = (tuple(asked),)  # any leaf left out could be the one that matters
    else:
        settles = _settles(asked, [*fire, *stop], domain)
    return Settling(_smallest(fire), _smallest(stop), settles)


def _each_once(opened: Sequence[Open]) -> bool:
    names = [name for leaf in opened for name in leaf.unknown]
    return len(names) == len(set(names)) == len(opened)


class _Ways:
    """All minimal ways to make a part true or false."""

    def __init__(self, domain: Domain) -> None:
        self._domain = domain
        self._leaves: dict[tuple[Open, bool], list[Way]] = {}

    def of(self, rest: Rest, wanted: bool) -> list[Way]:
        match rest:
            case Open():
                key = (rest, wanted)
                if key not in self._leaves:
                    self._leaves[key] = self._leaf(rest, wanted)
                return self._leaves[key]
            case Turned(part):
                return self.of(part, not wanted)
            case Both(parts):
                found = [self.of(part, wanted) for part in parts]
                return _product(found) if wanted else _union(found)
            case Either(parts):
                found = [self.of(part, wanted) for part in parts]
                return _union(found) if wanted else _product(found)

    def _leaf(self, opened: Open, wanted: Truth) -> list[Way]:
        ways = [way for name in opened.unknown if (way := self._alone(opened, name, wanted))]
        if len(opened.unknown) > 1:
            ways += self._together(opened, wanted)
        return _fewest(ways)

    def _alone(self, opened: Open, name: str, wanted: Truth) -> Way:
        bits = 0
        for index, answer in enumerate(self._domain.answers[name]):
            if self._domain.truth(opened.leaf, {name: answer}) is wanted:
                bits |= 1 << index
        return {name: bits} if bits else {}

    def _together(self, opened: Open, wanted: Truth) -> list[Way]:
        ways: list[Way] = []
        for size in range(2, len(opened.unknown) + 1):
            for names in combinations(opened.unknown, size):
                ways += self._pairs(opened, names, {}, wanted)
        return ways

    def _pairs(self, opened: Open, names: Sequence[str], fixed: Mapping[str, int], wanted: Truth) -> list[Way]:
        answers = {name: self._domain.answers[name][index] for name, index in fixed.items()}
        name = names[len(fixed)]
        if len(fixed) + 1 < len(names):
            steps = range(len(self._domain.answers[name]))
            return [way for index in steps for way in self._pairs(opened, names, {**fixed, name: index}, wanted)]
        bits = 0
        for index, answer in enumerate(self._domain.answers[name]):
            if self._domain.truth(opened.leaf, {**answers, name: answer}) is wanted:
                bits |= 1 << index
        return [{**{other: 1 << index for other, index in fixed.items()}, name: bits}] if bits else []


def _union(parts: Iterable[list[Way]]) -> list[Way]:
    return _fewest([way for part in parts for way in part])


def _product(parts: Sequence[list[Way]]) -> list[Way]:
    joined: list[Way] = [{}]
    for part in parts:
        joined = _fewest([way for one in joined for other in part if (way := _merge(one, other)) is not None])
    return joined


def _merge(one: Way, other: Way) -> Way | None:
    merged = dict(one)
    for name, bits in other.items():
        merged[name] = merged.get(name, -1) & bits
        if not merged[name]:
            return None
    return merged


def _fewest(ways: list[Way]) -> list[Way]:
    """Drop every way that asks more than another; keep the smallest."""
    kept: list[Way] = []
    for way in sorted(ways, key=_order):
        if not any(_asks_less(other, way) for other in kept):
            kept.append(way)
            if len(kept) == _KEPT:
                break
    return kept


def _order(way: Way) -> tuple[int, list[str], int]:
    return len(way), sorted(way), -sum(bits.bit_count() for bits in way.values())


def _asks_less(one: Way, other: Way) -> bool:
    return all(name in other and other[name] & ~bits == 0 for name, bits in one.items())


def _smallest(ways: Iterable[Way]) -> Sets:
    found: list[frozenset[str]] = []
    for names in sorted({frozenset(way) for way in ways}, key=lambda names: (len(names), sorted(names))):
        if not any(other <= names for other in found):
            found.append(names)
    return tuple(tuple(sorted(names)) for names in found[:MOST])


def _settles(asked: Sequence[str], ways: list[Way], domain: Domain) -> Sets:
    def enough(names: frozenset[str]) -> bool:
        return _covered([way for way in ways if way.keys() <= names], domain)

    every = frozenset(asked)
    needed = frozenset(name for name in asked if not enough(every - {name}))
    found: list[frozenset[str]] = []
    spare = sorted(every - needed)
    for size in range(len(spare) + 1):
        for extra in combinations(spare, size):
            names = needed | frozenset(extra)
            if not any(other <= names for other in found) and enough(names):
                found.append(names)
                if len(found) == MOST:
                    return tuple(tuple(sorted(names)) for names in found)
    return tuple(tuple(sorted(names)) for names in found)


def _covered(ways: list[Way], domain: Domain) -> bool:
    """Whether every answer to the facts named is covered by some way."""
    if not ways:
        return False
    if not all(ways):
        return True
    name = min(ways[0])
    tried: set[tuple[int, ...]] = set()
    for index in range(len(domain.answers[name])):
        left = [number for number, way in enumerate(ways) if way.get(name, -1) >> index & 1]
        if tuple(left) not in tried:
            tried.add(tuple(left))
            rest = [{other: bits for other, bits in ways[number].items() if other != name} for number in left]
            if not _covered(rest, domain):
                return False
    return True

"""Random conditions over a vocabulary with every type of fact, and random cases: from seeds, as many as a test wants at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from alongside.policy import NOT_APPLICABLE, Fact, Places, Range, Value
from alongside.policy.population import Decided
from alongside.policy.tree import All, Any, Between, Compare, Flag, In, Name, Node, Not, Operand

WORDS = ("x", "it's", 'a "y"', "back\\slash")
VOCABULARY = {
    fact.name: fact
    for fact in (
        *(Fact(name, "boolean") for name in ("a", "b", "c", "d")),
        Fact("e", "boolean", applies_when="b OR n >= 3"),
        Fact("n", "integer", range=(0, 4)),
        Fact("m", "integer", range=(0, 4)),
        Fact("k", "integer", range=(0, 4), applies_when="a"),
        Fact("p", "number", range=(Decimal(0), Decimal(4))),
        Fact("q", "number", range=(Decimal(0), Decimal(4)), applies_when="NOT c"),
        Fact("w", "word", words=WORDS),
        Fact("v", "word", words=WORDS),
        Fact("dv", "boolean", kind="derived", derived="b OR n >= 2"),
        Fact("threshold", "integer", kind="setting", range=(0, 4)),
        Fact("insists", "boolean", kind="setting"),
    )
}
SETTINGS: dict[str, Value] = {"threshold": 2, "insists": True}
ON = date(2026, 3, 2)
# Some lie so close that only exact decimals tell them apart.
_PRECISE = [Decimal(text) for text in ("0", "0.1", "0.3", "0.300001", "1", "1.5", "2", "2.000001", "3.999999", "4")]
_SIGNS = ("=", "<>", "<", "<=", ">", ">=")
_INTEGERS, _NUMBERS = ("n", "m", "k", "threshold"), ("p", "q")


def tree(rng: Random, depth: int = 3) -> Node:
    """A condition."""
    if depth == 0 or rng.random() < 0.3:
        return _leaf(rng)
    parts = tuple(tree(rng, depth - 1) for _ in range(rng.randint(2, 3)))
    return rng.choice((Not(parts[0]), All(parts), Any(parts)))


def _leaf(rng: Random) -> Node:
    kind = rng.randrange(5)
    if kind == 0:
        return Flag(Name(rng.choice(("a", "b", "c", "d", "e", "dv", "insists"))))
    if kind == 1:
        word = Name(rng.choice("wv"))
        if rng.random() < 0.5:
            return In(word, tuple(rng.sample(WORDS, rng.randint(1, 3))))
        other: Operand = Name("v") if rng.random() < 0.3 else rng.choice(WORDS)
        return Compare(word, rng.choice(_SIGNS[:2]), other)
    named = Name(rng.choice((*_INTEGERS, *_NUMBERS)))
    if kind == 2:
        return Compare(named, rng.choice(_SIGNS), Name(rng.choice((*_INTEGERS, *_NUMBERS))))
    if kind == 3:
        return Compare(named, rng.choice(_SIGNS), _number(rng, named.name))
    some = sorted({_number(rng, named.name) for _ in range(3)})
    return Between(named, some[0], some[-1]) if rng.random() < 0.5 else In(named, tuple(some))


def _number(rng: Random, name: str) -> int | Decimal:
    return rng.choice(_PRECISE) if name in _NUMBERS and rng.random() < 0.8 else rng.randint(0, 4)


def case(rng: Random) -> dict[str, Value]:
    """Facts of a case: some left out, some not known, some that do not apply, some numbers known as a range."""
    return {name: _value(rng, fact) for name, fact in VOCABULARY.items() if rng.random() < 0.8}


def _value(rng: Random, fact: Fact) -> Value:
    chance = rng.random()
    if chance < 0.12:
        return None
    if chance < 0.2:
        return NOT_APPLICABLE
    if fact.type == "boolean":
        return rng.random() < 0.5
    if fact.type == "word":
        return rng.choice(WORDS)
    exact = Decimal if fact.type == "number" else int
    low, high = sorted(exact(_number(rng, fact.name)) for _ in range(2))
    if chance < 0.4 and low != high:
        return Range(rng.choice((low, None)) if chance < 0.25 else low, high)
    return low


def decided(cases: list[dict[str, Value]]) -> list[Decided]:
    """Cases as a population takes them, each one row."""
    return [Decided(Places("here", "here", "here"), ON, ON, "", [one], {}) for one in cases]

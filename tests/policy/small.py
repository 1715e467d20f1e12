"""A vocabulary small enough to try every case, and random conditions over it."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any as Anything

from hypothesis import strategies as st

from alongside.policy import NOT_APPLICABLE, Fact, Pack, Range, Rule, Value
from alongside.policy.rules import Cite
from alongside.policy.tree import All, Any, Between, Compare, Flag, In, Name, Node, Not

WORDS = ("x", "y", "z")
VOCABULARY = {
    fact.name: fact
    for fact in (
        *(Fact(name, "boolean", question=f"{name}?", who=("health",)) for name in "abcd"),
        Fact("n", "integer", range=(0, 4)),
        Fact("m", "integer", range=(0, 4)),
        Fact("k", "integer", range=(0, 4), applies_when="a"),
        Fact("w", "word", words=WORDS),
        Fact("dv", "boolean", kind="derived", derived="b OR n >= 2"),
        Fact("threshold", "integer", kind="setting", range=(0, 4)),
    )
}
PLACE = Cite("invented", "1", 1, 0, 1, "0" * 64)


def rule(when: str, **more: Anything) -> Rule:
    """A rule with nothing to it but its condition."""
    said = {"id": "r", "kind": "threshold", "reaches_as": "threshold", "actor": "anyone", "cite": PLACE, "gist": "g"}
    return Rule(when=when, **{**said, **more})


def pack(*rules: Rule | str, **values: Anything) -> Pack:
    """A pack of these rules (or conditions), with these local choices in force."""
    held = [one if isinstance(one, Rule) else rule(one, id=f"r{number}") for number, one in enumerate(rules)]
    return Pack(
        area="here", on=date(2026, 3, 2), rules=held, layers=[], vocabulary=VOCABULARY, parameters={}, values=values
    )


_numbers = st.integers(0, 4)
_named = st.sampled_from(["n", "m", "k", "threshold"]).map(Name)
_ops = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
_leaves = st.one_of(
    st.sampled_from("abcd").map(lambda name: Flag(Name(name))),
    st.just(Flag(Name("dv"))),
    st.builds(Compare, _named, _ops, _numbers),
    st.builds(Compare, _named, _ops, _named),
    st.builds(lambda name, pair: Between(name, min(pair), max(pair)), _named, st.tuples(_numbers, _numbers)),
    st.builds(lambda name, values: In(name, tuple(values)), _named, st.lists(_numbers, min_size=1, max_size=3)),
    st.builds(lambda op, word: Compare(Name("w"), op, word), st.sampled_from(["=", "<>"]), st.sampled_from(WORDS)),
    st.builds(lambda words: In(Name("w"), tuple(words)), st.lists(st.sampled_from(WORDS), min_size=1, max_size=2)),
)


def _joined(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(st.builds(Not, parts), st.builds(All, several), st.builds(Any, several))


trees: st.SearchStrategy[Node] = st.recursive(_leaves, _joined, max_leaves=6)

_ranges = (
    st.tuples(_numbers, _numbers).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: Range(min(pair), max(pair)))
)
_of_number = st.one_of(_numbers, st.none(), _ranges, st.just(NOT_APPLICABLE))
_of_flag = st.sampled_from([True, False, None, NOT_APPLICABLE])
_values: dict[str, st.SearchStrategy[Anything]] = {
    **dict.fromkeys("abcd", _of_flag),
    **dict.fromkeys(("n", "m", "k", "threshold"), _of_number),
    "w": st.sampled_from([*WORDS, None, NOT_APPLICABLE]),
}
facts: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries({}, optional=_values)


def filled(given: dict[str, Value], **settings: Value) -> dict[str, Value]:
    """Facts as the contract fills them in, written out by hand."""
    held = {**{name: value for name, value in settings.items()}, **given}
    if "k" not in given:
        held["k"] = NOT_APPLICABLE if given.get("a") in (False, NOT_APPLICABLE) and given.get("a") is not None else None
    return held


def completions(name: str, value: Value) -> list[Value]:
    """Every known value that a value which is not known, or is a range, may turn out to be."""
    if isinstance(value, Range):
        return [number for number in range(5) if value.min <= number <= value.max]  # type: ignore[operator]
    if value is not None:
        return [value]
    if name in "abcd":
        return [True, False]
    return list(WORDS) if name == "w" else list(range(5))


def answers(names: tuple[str, ...], held: dict[str, Value]) -> list[dict[str, Value]]:
    """Every way to answer some facts."""
    return [dict(zip(names, values, strict=True)) for values in product(*(completions(n, held.get(n)) for n in names))]

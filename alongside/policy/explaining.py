"""From trees to two Python functions that explain: every node's part of the why-tree, and what to ask under it.

Written out and compiled once for a plan, because a case is explained at every look at it, and walking the nodes took three
quarters of that time. Texts travel in the namespace, never as source text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import chain
from typing import Any as Anything

from alongside.policy.codec import to_json
from alongside.policy.tree import Any, Derived, Node, Not
from alongside.policy.values import Truth, Value, is_known

Why = dict[str, Anything]
Nodes = Sequence[tuple[Node, tuple[int, ...]]]

_PLAIN = frozenset((bool, int, str, type(None)))
_MOST_NAMED = 20_000


class Explaining:
    """Explains the nodes of a plan, from their truths and the facts as they were filled in (`facts` names their places)."""

    def __init__(self, nodes: Nodes, facts: Sequence[str]) -> None:
        # A parameter without a value is no fact, and is not known: it is shown and asked like one.
        self._names = tuple(
            dict.fromkeys(chain(facts, chain.from_iterable(node.names for node, parts in nodes if not parts)))
        )
        self._without = (None,) * (len(self._names) - len(facts))
        self._bits = tuple(1 << place for place in range(len(self._names)))
        self._named: dict[int, tuple[str, ...]] = {}
        self._nodes = nodes

    @cached_property
    def _writer(self) -> _Writer:
        return _Writer(self._nodes, self._names)

    @cached_property
    def _whys(self) -> Callable[..., list[Why]]:
        return self._writer.compiled("whys", self._writer.why)

    @cached_property
    def _asks(self) -> Callable[..., list[int]]:
        return self._writer.compiled("asks", self._writer.ask)

    def whys(self, truths: Sequence[Truth], held: tuple[Value, ...]) -> list[Why]:
        """For every node its text, its truth, the facts seen under it, and the parts it is made of."""
        values = held + self._without
        return self._whys(truths, [one if one.__class__ in _PLAIN else to_json(one) for one in values])

    def asks(self, truths: Sequence[Truth], held: tuple[Value, ...]) -> list[int]:
        """For every node the facts to ask, one bit a fact (`named` reads them): none unless the node is undecided."""
        known = zip(held + self._without, self._bits, strict=True)
        return self._asks(truths, [0 if is_known(one) else bit for one, bit in known])

    def named(self, asked: int) -> tuple[str, ...]:
        """The facts of some bits, in the order of the alphabet."""
        if asked not in self._named:
            if len(self._named) == _MOST_NAMED:
                self._named.clear()
            self._named[asked] = tuple(
                sorted(self._names[place] for place, bit in enumerate(self._bits) if bit & asked)
            )
        return self._named[asked]


class _Writer:
    """Writes one line for each node, of the truths `t` and of a value for each name, `f`."""

    def __init__(self, nodes: Nodes, names: Sequence[str]) -> None:
        self._nodes, self._place = nodes, {name: place for place, name in enumerate(names)}
        self._texts = {f"k{place}": node.text for place, (node, _) in enumerate(nodes)}
        self._shown: list[tuple[str, ...] | None] = []  # the names a node always shows; None where that varies
        for node, parts in nodes:
            under = [self._shown[part] for part in parts]
            varies = isinstance(node, Derived) or None in under
            self._shown.append(
                None if varies else tuple(dict.fromkeys(chain(*filter(None, under)))) if parts else node.names
            )

    def compiled(self, name: str, line: Callable[[int], str]) -> Callable[..., list[Anything]]:
        """The function of that name."""
        every = [f"n{place}" for place in range(len(self._nodes))]
        body = "".join(f"    {variable} = {line(place)}\n" for place, variable in enumerate(every))
        space: dict[str, Anything] = dict(self._texts)
        exec(compile(f"def {name}(t, f):\n{body}    return [{', '.join(every)}]\n", "<why>", "exec"), space)  # noqa: S102 - only checked trees are written
        made: Callable[..., list[Anything]] = space[name]
        return made

    def ask(self, place: int) -> str:
        """The facts to ask under a node."""
        node, parts = self._nodes[place]
        under = [f"n{part}" for part in parts] or [f"f[{self._place[name]}]" for name in node.names]
        return f"0 if t[{place}] is not None else {' | '.join(under) or 0}"

    def why(self, place: int) -> str:
        """A node's part of the explanation; a derived fact that was given is not looked into."""
        node, parts = self._nodes[place]
        opened = self._dict(place, self._saw(place), self._under(node, parts))
        if not isinstance(node, Derived):
            return opened
        given = self._place[node.name]
        return f"{self._dict(place, self._values([node.name]), '')} if f[{given}] is not None else {opened}"

    def _dict(self, place: int, saw: str, under: str) -> str:
        return f"{{'text': k{place}, 'is': t[{place}], 'saw': {saw}{under}}}"

    def _saw(self, place: int) -> str:
        shown = self._shown[place]
        if shown is not None:
            return self._values(shown)
        return "{" + ", ".join(f"**n{part}['saw']" for part in self._nodes[place][1]) + "}"

    def _values(self, names: Sequence[str]) -> str:
        return "{" + ", ".join(f"{name!r}: f[{self._place[name]}]" for name in names) + "}"

    @staticmethod
    def _under(node: Node, parts: Sequence[int]) -> str:
        if not parts:
            return ""
        kind = "not" if isinstance(node, Not) else "any" if isinstance(node, Any) else "all"
        listed = ", ".join(f"n{part}" for part in parts)
        return f", {kind!r}: {listed if kind == 'not' else f'[{listed}]'}"

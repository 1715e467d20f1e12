"""A program with what explaining it needs: each node's children, texts, and the memory of what settled before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

from alongside.policy.explaining import Explaining
from alongside.policy.generate import Program
from alongside.policy.settling import Settling
from alongside.policy.tree import Node, children
from alongside.policy.values import Truth, Value, is_known

_MOST_REMEMBERED = 20_000
Kept = TypeVar("Kept")


class Memory(dict[Any, Kept]):
    """Answers worked out before; all forgotten when there are too many."""

    def __setitem__(self, key: Any, value: Kept) -> None:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        super().__setitem__(key, value)


class Plan:
    """The compiled rules of a pack. A node stands after its children in `nodes`."""

    def __init__(self, program: Program) -> None:
        self.program = program
        places = {node: place for place, node in enumerate(program.nodes)}
        self.nodes: tuple[tuple[Node, tuple[int, ...]], ...] = tuple(
            (node, tuple(places[child] for child in children(node))) for node in program.nodes
        )
        self.settled = Memory[Settling]()
        self.weighed = Memory[tuple[Settling, dict[str, Fraction]]]()

    @cached_property
    def explaining(self) -> Explaining:
        """How the nodes are explained; written when somebody first asks why."""
        return Explaining(self.nodes, self.program.facts)

    @cached_property
    def _under(self) -> tuple[tuple[int, ...], ...]:
        under: list[tuple[int, ...]] = []
        for place, (_, parts) in enumerate(self.nodes):
            under.append(tuple(dict.fromkeys((*(deep for part in parts for deep in under[part]), place))))
        return tuple(under)

    def key(self, place: int, truths: Sequence[Truth], held: Mapping[str, Value]) -> Any:
        """What the settling of a place depends on: the truths under it, and the facts of its open leaves."""
        under = self._under[place]
        values = [
            held.get(name)
            for inner in under
            if truths[inner] is None and not self.nodes[inner][1]
            for name in self._telling[inner]
        ]
        known = tuple(value if value is None or not is_known(value) else repr(value) for value in values)
        return place, tuple(truths[inner] for inner in under), known

    @cached_property
    def _telling(self) -> tuple[tuple[str, ...], ...]:
        return tuple(node.names for node, _ in self.nodes)

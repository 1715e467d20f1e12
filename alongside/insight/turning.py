"""What a change turns on: the questions in the words that it puts in, and the cases in which they are open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from operator import or_

import polars as pl

from alongside.policy.columns import NA, hangs_on
from alongside.policy.frame import expressions
from alongside.policy.population import LEVELS
from alongside.policy.regime import Part, Regime
from alongside.policy.tree import Between, Compare, Flag, In, Node, walk
from alongside.policy.values import Outcome


def undecided_by(
    changed: Iterable[str], before: Regime, after: Regime, columns: Collection[str]
) -> tuple[pl.Expr, list[str]]:
    """Whether what the change turns on is open in a row, and the facts with a column that it turns on.

    Where a change puts no words in (a choice that a condition names like a fact), it turns on the whole of its rules.
    """
    new = [
        (part, leaf)
        for rule in changed
        for part, leaf in _put_in(before.parts.get(rule, ()), after.parts.get(rule, ()))
    ]
    said = [_here(part, expressions(columns, {"leaf": leaf}, part.names)["leaf"].is_null()) for part, leaf in new]
    facts = {name for part, leaf in new for name in hangs_on(leaf, part.names)}
    if not new:
        said = [after.level(rule, columns) == LEVELS.index(Outcome.CANNOT_DECIDE) for rule in changed]
        facts = {
            name for rule in changed for part in after.parts.get(rule, ()) for name in hangs_on(part.tree, part.names)
        }
    settings = {name for rule in changed for part in after.parts.get(rule, ()) for name in part.names.settings}
    return reduce(or_, said, pl.lit(False)), sorted(facts & set(columns) - settings)


def is_not_known(fact: str, columns: Collection[str]) -> pl.Expr:
    """Whether a fact is open in a row: not said, and not said to be beside the point. Known as a range is open."""
    away = pl.col(fact + NA).fill_null(False) if fact + NA in columns else pl.lit(False)
    return pl.col(fact).is_null() & ~away


def _put_in(before: Iterable[Part], after: Iterable[Part]) -> Iterator[tuple[Part, Node]]:
    """The leaves of a condition that were not in it before, or hang on a choice that was another; area by area."""
    held = list(before)
    for part in after:
        same = [one for one in held if not one.areas or not part.areas or set(one.areas) & set(part.areas)]
        were = {_meant(one, leaf) for one in same for leaf in _leaves(one.tree)}
        yield from ((part, leaf) for leaf in dict.fromkeys(_leaves(part.tree)) if _meant(part, leaf) not in were)


def _meant(part: Part, leaf: Node) -> tuple[Node, tuple[object, ...]]:
    return leaf, tuple(one for one in part.settings if one[0] in leaf.names)


def _leaves(tree: Node) -> Iterator[Node]:
    return (node for node in walk(tree) if isinstance(node, Flag | Compare | Between | In))


def _here(part: Part, truth: pl.Expr) -> pl.Expr:
    return truth if part.where is None else truth & pl.col(part.where).is_in(list(part.areas))

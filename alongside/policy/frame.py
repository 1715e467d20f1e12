"""A population decided at once with Polars (`columns` says what a frame holds)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import Final

import polars as pl

from alongside.policy.columns import Reader
from alongside.policy.generate import Names
from alongside.policy.tree import Constant, Node

_SIGN: Final[dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]]] = {
    "=": pl.Expr.eq,
    "<>": pl.Expr.ne,
    "<": pl.Expr.lt,
    "<=": pl.Expr.le,
    ">": pl.Expr.gt,
    ">=": pl.Expr.ge,
}


class Polars:
    """The algebra of Polars: its AND, OR and NOT leave null what is not known."""

    def column(self, name: str) -> pl.Expr:
        return pl.col(name)

    def constant(self, value: Constant | None) -> pl.Expr:
        return pl.lit(value)

    def compare(self, left: pl.Expr, op: str, right: pl.Expr) -> pl.Expr:
        return _SIGN[op](left, right)

    def among(self, value: pl.Expr, members: Sequence[Constant]) -> pl.Expr:
        return value.is_in(list(members))

    def every(self, truths: Sequence[pl.Expr]) -> pl.Expr:
        return reduce(and_, map(_truth, truths))

    def some(self, truths: Sequence[pl.Expr]) -> pl.Expr:
        return reduce(or_, map(_truth, truths))

    def negate(self, truth: pl.Expr) -> pl.Expr:
        return ~_truth(truth)

    def pick(self, condition: pl.Expr, then: pl.Expr, otherwise: pl.Expr) -> pl.Expr:
        return pl.when(_truth(condition)).then(then).otherwise(otherwise)

    def first_known(self, values: Sequence[pl.Expr]) -> pl.Expr:
        return pl.coalesce(*values)

    def is_null(self, value: pl.Expr) -> pl.Expr:
        return value.is_null()


def _truth(value: pl.Expr) -> pl.Expr:
    """A truth that is null of no kind (a column that is missing) is a truth all the same."""
    return value.cast(pl.Boolean)


def expressions(columns: Collection[str], trees: Mapping[str, Node], names: Names) -> dict[str, pl.Expr]:
    """One expression a tree over a frame that has some columns: true, false, or null where it cannot be decided."""
    reader = Reader(Polars(), names, columns)
    return {name: _truth(reader.node(tree)) for name, tree in trees.items()}


def outcomes(frame: pl.LazyFrame, trees: Mapping[str, Node], names: Names) -> pl.LazyFrame:
    """One boolean column a rule: true it fires, false it does not, null it cannot be decided. Rows stay in their order."""
    decided = expressions(frame.collect_schema().names(), trees, names)
    return frame.with_columns(**decided).select(list(decided))  # so that a constant has as many rows as there are cases

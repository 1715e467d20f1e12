"""A population decided at once with Polars (`columns` says what a frame holds)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any, Final

import polars as pl

from alongside.policy.columns import Reader
from alongside.policy.counting import CASES, IS, WAS, Pair
from alongside.policy.generate import Names
from alongside.policy.population import CASE
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
        if any(isinstance(one, Decimal) for one in members):  # one by one: a list of them would be rounded to one scale
            return self.some([value == pl.lit(one) for one in members])
        return value.is_in(list(members))

    def every(self, truths: Sequence[pl.Expr]) -> pl.Expr:
        return reduce(and_, map(as_truth, truths))

    def some(self, truths: Sequence[pl.Expr]) -> pl.Expr:
        return reduce(or_, map(as_truth, truths))

    def negate(self, truth: pl.Expr) -> pl.Expr:
        return ~as_truth(truth)

    def pick(self, condition: pl.Expr, then: pl.Expr, otherwise: pl.Expr) -> pl.Expr:
        return pl.when(as_truth(condition)).then(then).otherwise(otherwise)

    def first_known(self, values: Sequence[pl.Expr]) -> pl.Expr:
        return pl.coalesce(*values)

    def is_null(self, value: pl.Expr) -> pl.Expr:
        return value.is_null()

    def level(self, truth: pl.Expr) -> pl.Expr:
        return (as_truth(truth).cast(pl.Int8) * 2).fill_null(1).cast(pl.Int8)


def as_truth(value: pl.Expr) -> pl.Expr:
    """A truth that is null of no kind (a column that is missing) is a truth all the same."""
    return value.cast(pl.Boolean)


def expressions(columns: Collection[str], trees: Mapping[str, Node], names: Names) -> dict[str, pl.Expr]:
    """One expression a tree over a frame that has some columns: true, false, or null where it cannot be decided."""
    reader = Reader(Polars(), names, columns)
    return {name: as_truth(reader.node(tree)) for name, tree in trees.items()}


def outcomes(frame: pl.LazyFrame, trees: Mapping[str, Node], names: Names) -> pl.LazyFrame:
    """One boolean column a rule: true it fires, false it does not, null it cannot be decided. Rows stay in their order."""
    decided = expressions(frame.collect_schema().names(), trees, names)
    return frame.with_columns(**decided).select(list(decided))  # so that a constant has as many rows as there are cases


def by_case(frame: pl.LazyFrame, levels: Mapping[str, pl.Expr], kept: Sequence[str], case: str | None) -> pl.LazyFrame:
    """One row a case, with its columns `kept` and the greatest of each level over its rows."""
    rows = frame.select(*([case] if case else []), *(one for one in kept if one != case), **levels)
    return rows if case is None else _joined(rows, case, list(levels))


class Frames:
    """A population in a frame, counted here."""

    say: Final = Polars()
    at_once = 25  # the levels of as many are held for every case

    def __init__(self, frame: pl.LazyFrame) -> None:
        self._frame = frame

    @cached_property
    def columns(self) -> list[str]:
        return self._frame.collect_schema().names()

    def count(self, pairs: Mapping[str, Pair[pl.Expr]], case: str | None, *, changed: bool) -> pl.DataFrame:
        """See `Engine`. Rows that can change nothing are dropped before the rows of a case are joined."""
        levels = {f"{which} {name}": level for name, pair in pairs.items() for which, level in _both(pair)}
        kept = dict.fromkeys(column for pair in pairs.values() for column in pair.groups.values())
        held = self._cases(levels, [one for one in kept if one != case], case, [*pairs] if changed else [])
        counted = [_count(name, pair, held.lazy(), changed) for name, pair in pairs.items()]
        return pl.concat(pl.collect_all(counted, engine="streaming"), how="vertical_relaxed")

    def totals(self, column: str) -> dict[Any, int]:
        counted = self._frame.group_by(column).agg(pl.col(CASE).n_unique()).collect(engine="streaming")
        return dict(counted.iter_rows())

    def _cases(
        self, levels: Mapping[str, pl.Expr], kept: Sequence[str], case: str | None, changed: Sequence[str]
    ) -> pl.DataFrame:
        """One row a case; of those with several rows only when there are any, as joining is most of the work."""
        rows = self._frame.select(*([case] if case else []), *kept, **levels)
        differ = [pl.col(f"was {one}").ne_missing(pl.col(f"is {one}")) for one in changed]
        wanted = pl.any_horizontal(differ or pl.lit(True))
        if case is None:
            return rows.filter(wanted).collect(engine="streaming")
        if not self._is_in_order(case):
            return _joined(rows, case, list(levels)).collect(engine="streaming")
        several = ((pl.col(case) == pl.col(case).shift(1)) | (pl.col(case) == pl.col(case).shift(-1))).fill_null(False)
        rows = rows.with_columns(several.alias("several"))
        held = rows.filter(wanted | pl.col("several")).collect(engine="streaming")
        joined = _joined(held.lazy().filter("several").drop("several"), case, list(levels)).collect()
        return pl.concat([held.filter(~pl.col("several")).drop("several").select(joined.columns), joined])

    def _is_in_order(self, case: str) -> bool:
        """Whether the rows of one case stand together, as a population's do."""
        falls = (pl.col(case) < pl.col(case).shift(1)).any()
        return not self._frame.select(falls).collect(engine="streaming").item()


def _joined(rows: pl.LazyFrame, case: str, levels: Sequence[str]) -> pl.LazyFrame:
    return rows.group_by(case).agg(pl.exclude(*levels).first(), pl.col(*levels).max())


def _both(pair: Pair[pl.Expr]) -> tuple[tuple[str, pl.Expr], tuple[str, pl.Expr]]:
    return ("was", pair.was), ("is", pair.becomes)


def _count(name: str, pair: Pair[pl.Expr], held: pl.LazyFrame, changed: bool) -> pl.LazyFrame:
    was, is_ = pl.col(f"was {name}"), pl.col(f"is {name}")
    rows = held.filter(was.ne_missing(is_)) if changed else held
    groups = [pl.col(column).alias(one) for one, column in pair.groups.items()]
    counted = rows.group_by(*groups, was.alias(WAS), is_.alias(IS)).agg(pl.len().alias(CASES))
    words = [pl.col(one).cast(pl.String) for one in pair.groups]
    return counted.select(pl.lit(name).alias("pair"), *words, WAS, IS, CASES)

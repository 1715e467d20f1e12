"""What would have been otherwise: two packs over the same cases, counted by what changed. Only rules that differ are decided."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from alongside.policy.columns import hangs_on
from alongside.policy.frame import expressions
from alongside.policy.pack import Pack
from alongside.policy.tree import Node

FIRES, NOT, OPEN = "fires", "does-not-fire", "cannot-decide"


def changed_rules(before: Pack, after: Pack) -> list[str]:
    """Rules of either pack whose condition, with the choices in force, is not the same in the other; in the order of `after`."""
    held, new = _meanings(before), _meanings(after)
    return [rule for rule in dict.fromkeys((*new, *held)) if held.get(rule) != new.get(rule)]


def compare(before: Pack, after: Pack, frame: pl.LazyFrame, by: Sequence[str] = ()) -> pl.DataFrame:
    """Cases whose outcome changed: columns `rule`, those of `by`, `was`, `becomes` and `cases` (a count), sorted.

    A rule that one of the packs does not have does not fire there. `by`: columns of the frame, such as area or week.
    """
    parts = [_one(rule, before, after, frame, by) for rule in changed_rules(before, after)]
    empty = pl.LazyFrame(schema={"rule": pl.String, **dict.fromkeys(by, pl.String), **_COUNTED})
    held = pl.collect_all(parts) if parts else [empty.collect()]
    return pl.concat(held, how="vertical_relaxed").sort("rule", *by, "was", "becomes")


_COUNTED = {"was": pl.String, "becomes": pl.String, "cases": pl.UInt32}


def _one(rule: str, before: Pack, after: Pack, frame: pl.LazyFrame, by: Sequence[str]) -> pl.LazyFrame:
    """The changes of one rule. Outcomes are compared as truths and put into words only once they are counted."""
    columns = frame.collect_schema().names()
    sides = {"__was": _decided(rule, before, columns), "__becomes": _decided(rule, after, columns)}
    return (
        frame.select(*by, **sides)
        .filter(pl.col("__was").ne_missing(pl.col("__becomes")))
        .group_by(*by, *sides)
        .agg(pl.len().alias("cases"))
        .select(
            pl.lit(rule).alias("rule"), *by, _said("__was").alias("was"), _said("__becomes").alias("becomes"), "cases"
        )
    )


def _decided(rule: str, pack: Pack, columns: Sequence[str]) -> pl.Expr:
    tree = _trees(pack).get(rule)
    return pl.lit(False) if tree is None else expressions(columns, {rule: tree}, pack.binder.names)[rule]


def _said(column: str) -> pl.Expr:
    truth = pl.col(column)
    return pl.when(truth.is_null()).then(pl.lit(OPEN)).when(truth).then(pl.lit(FIRES)).otherwise(pl.lit(NOT))


def _meanings(pack: Pack) -> dict[str, object]:
    """Each rule's tree with the settings in force of the facts it hangs on."""
    names = pack.binder.names
    return {
        rule: (tree, {name: names.settings.get(name) for name in hangs_on(tree, names) if name in names.settings})
        for rule, tree in _trees(pack).items()
    }


def _trees(pack: Pack) -> dict[str, Node]:
    return {rule.id: pack.binder.bind(rule.when) for rule in pack.rules}

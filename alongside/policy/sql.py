"""The same reading as SQL text, for DuckDB, Spark and any other engine with three-valued logic (`columns` says what a table holds)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from alongside.policy.columns import Reader
from alongside.policy.generate import Names
from alongside.policy.tree import Constant, Node


class Sql:
    """The algebra of SQL. Names of facts are letters, digits and _, checked when a pack is read; words are quoted here."""

    def column(self, name: str) -> str:
        return f'"{name}"'

    def constant(self, value: Constant | None) -> str:
        match value:
            case None:
                return "NULL"
            case bool():
                return str(value).upper()
            case Decimal():
                return f"CAST('{value}' AS DECIMAL(18, 4))"
            case str():
                return "'" + value.replace("'", "''") + "'"
            case _:
                return str(value)

    def compare(self, left: str, op: str, right: str) -> str:
        return f"({left} {op} {right})"

    def among(self, value: str, members: Sequence[Constant]) -> str:
        return f"({value} IN ({', '.join(map(self.constant, members))}))"

    def every(self, truths: Sequence[str]) -> str:
        return f"({' AND '.join(truths)})"

    def some(self, truths: Sequence[str]) -> str:
        return f"({' OR '.join(truths)})"

    def negate(self, truth: str) -> str:
        return f"(NOT {truth})"

    def pick(self, condition: str, then: str, otherwise: str) -> str:
        return f"CASE WHEN {condition} THEN {then} ELSE {otherwise} END"

    def first_known(self, values: Sequence[str]) -> str:
        return f"COALESCE({', '.join(values)})"

    def is_null(self, value: str) -> str:
        return f"({value} IS NULL)"

    def level(self, truth: str) -> str:
        return f"COALESCE(CAST({truth} AS TINYINT) * 2, 1)"


def select(table: str, columns: Collection[str], trees: Mapping[str, Node], names: Names) -> str:
    """A SELECT with one boolean column a rule over a table that has some columns. `table` is trusted text."""
    reader = Reader(Sql(), names, columns)
    decided = [f'CAST({reader.node(tree)} AS BOOLEAN) AS "{rule}"' for rule, tree in trees.items()]
    return f"SELECT {', '.join(decided)} FROM {table}"  # noqa: S608 - checked names and quoted words only

"""The same reading as SQL text, for DuckDB, Spark and any other engine with three-valued logic (`columns` says what a table holds)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from alongside.policy.columns import Reader
from alongside.policy.counting import CASES, IS, WAS, Pair
from alongside.policy.generate import Names
from alongside.policy.tree import Constant, Node


class Sql:
    """The algebra of SQL. Names of facts are letters, digits and _, checked when a pack is read; words are quoted here."""

    def name(self, name: str) -> str:
        """A name as this SQL quotes it."""
        return f'"{name}"'

    def word(self, text: str) -> str:
        """A word as this SQL quotes it."""
        return "'" + text.replace("'", "''") + "'"

    def column(self, name: str) -> str:
        return self.name(name)

    def constant(self, value: Constant | None) -> str:
        match value:
            case None:
                return "NULL"
            case bool():
                return str(value).upper()
            case Decimal():
                return f"{value:f}"  # a literal is a decimal of its own scale: a cast would round it
            case str():
                return self.word(value)
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


class SparkSql(Sql):
    """Spark's: names stand in backticks, and a backslash in a word escapes what follows."""

    def name(self, name: str) -> str:
        return f"`{name}`"

    def word(self, text: str) -> str:
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


_ANSI = Sql()


def select(
    table: str,
    columns: Collection[str],
    trees: Mapping[str, Node],
    names: Names,
    say: Sql = _ANSI,
    kept: Sequence[str] = (),
) -> str:
    """A SELECT of the columns `kept` and one boolean column a rule over a table that has some columns. `table` is trusted text."""
    reader = Reader(say, names, columns)
    decided = [f"CAST({reader.node(tree)} AS BOOLEAN) AS {say.name(rule)}" for rule, tree in trees.items()]
    return f"SELECT {', '.join([*map(say.name, kept), *decided])} FROM {table}"  # noqa: S608 - checked names and quoted words only


def count(table: str, pairs: Mapping[str, Pair[str]], case: str | None, *, changed: bool) -> str:
    """What `counting.Engine.count` asks, for Spark: the rows of a case are joined, and each pair becomes a row of its own."""
    say, groups = SparkSql(), list(next(iter(pairs.values())).groups)
    kept = list(dict.fromkeys(column for pair in pairs.values() for column in pair.groups.values()))
    levels = {f"w{place}": pair.was for place, pair in enumerate(pairs.values())}
    levels |= {f"b{place}": pair.becomes for place, pair in enumerate(pairs.values())}
    rows = _select([*([case] if case else []), *kept], levels, table, say)
    if case:
        joined = {one: f"MAX({say.name(one)})" for one in (*kept, *levels)}
        rows = f"{_select([], joined, f'({rows})', say)} GROUP BY {say.name(case)}"
    told = [
        ", ".join([say.word(name), *map(say.name, pair.groups.values()), f"w{place}", f"b{place}"])
        for place, (name, pair) in enumerate(pairs.items())
    ]
    heads = ", ".join(map(say.name, ["pair", *groups, WAS, IS]))
    spread = f"SELECT STACK({len(told)}, {', '.join(told)}) AS ({heads}) FROM ({rows})"  # noqa: S608
    differ = f"WHERE {say.name(WAS)} IS DISTINCT FROM {say.name(IS)}" if changed else ""
    return f"SELECT {heads}, COUNT(*) AS {CASES} FROM ({spread}) {differ} GROUP BY {heads}"  # noqa: S608


def _select(kept: Sequence[str], made: Mapping[str, str], table: str, say: Sql) -> str:
    told = [*map(say.name, kept), *(f"{text} AS {say.name(name)}" for name, text in made.items())]
    return f"SELECT {', '.join(told)} FROM {table}"  # noqa: S608

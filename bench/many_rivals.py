"""Rivals over many cases: DuckDB on the same rows, OpenFisca-core on the same columns. Answers come out in the same shape as ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np  # type: ignore[import-not-found]
import polars as pl

from alongside.policy import Pack, Rule
from alongside.policy.columns import Readers
from alongside.policy.counting import Pair
from alongside.policy.generate import Names
from alongside.policy.regime import Regime
from alongside.policy.sql import Sql, select
from alongside.policy.tree import Any as Any_
from alongside.policy.tree import Compare, In, Node
from bench.policy_rivals import Writer

THREADS = 2
PLACES = ("area", "incident_area", "victim_area")
Counts = dict[str, tuple[int, int]]


class DuckDB:
    """The conditions as SQL over a table in memory, or over the Parquet file itself; areas are of an ENUM type in the table."""

    def __init__(self, file: Path, columns: Sequence[str], areas: Iterable[str]) -> None:
        import duckdb

        self.version, self._file, self._columns = duckdb.__version__, f"'{file}'", columns
        self._there = duckdb.connect(config={"threads": THREADS})
        self._there.execute(f"CREATE TYPE place AS ENUM ({', '.join(map(Sql().constant, areas))})")

    def load(self) -> None:
        """Read the columns into memory."""
        read = [f"{one}::place AS {one}" if one in PLACES else f'"{one}"' for one in self._columns]
        self._there.execute(f"CREATE TABLE cases AS SELECT {', '.join(read)} FROM {self._file}")  # noqa: S608

    def decide(self, trees: Mapping[str, Node], names: Names, *, from_file: bool) -> None:
        """Every rule for every case, kept as a table."""
        text = select(self._file if from_file else "cases", self._columns, trees, names)
        self._there.execute(f"CREATE OR REPLACE TEMP TABLE decided AS {text}")

    def counts(self, rules: Iterable[str]) -> Counts:
        """For each rule of the table just made, in how many cases it fires, and in how many it cannot be decided."""
        ids = list(rules)
        told = ", ".join(f'COUNT(*) FILTER (WHERE "{one}"), COUNT(*) - COUNT("{one}")' for one in ids)
        row = self._there.execute(f"SELECT {told} FROM decided").fetchone() or ()  # noqa: S608
        return {one: (row[2 * place], row[2 * place + 1]) for place, one in enumerate(ids)}

    def what_if(self, pairs: Mapping[str, Pair[str]]) -> pl.DataFrame:
        """The levels of all pairs in one pass, counted by their groups together."""
        groups = sorted({column for pair in pairs.values() for column in pair.groups.values()})
        levels = [f'{level} AS "{which} {name}"' for name, pair in pairs.items() for which, level in _both(pair)]
        told = self._there.execute(
            f"SELECT *, COUNT(*) AS cases FROM (SELECT {', '.join([*groups, *levels])} FROM cases) GROUP BY ALL"  # noqa: S608
        )
        return pl.DataFrame(told.fetchall(), schema=[one[0] for one in told.description or ()], orient="row")

    def close(self) -> None:
        self._there.close()


def duckdb_reader(columns: Iterable[str]) -> Readers[str]:
    """Readers that write DuckDB's SQL."""
    return Readers(Sql(), list(columns))


def level_of(regime: Regime, rule: str, written: Readers[str]) -> str:
    return Sql().level(regime.said(rule, written))


def _both(pair: Pair[str]) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("was", pair.was), ("is", pair.becomes)


class Arrays(Writer):
    """Writes a condition for arrays, which have no IN."""

    def write(self, node: Node) -> str:
        if isinstance(node, In):
            return self.write(Any_(tuple(Compare(node.operand, "=", one) for one in node.values)))
        return super().write(node)


class OpenFisca:
    """OpenFisca-core: facts are input variables, each rule a formula of arrays. It has no value for what is not known."""

    def __init__(self, pack: Pack, rules: Sequence[Rule], names: Sequence[str]) -> None:
        from openfisca_core import entities, periods, taxbenefitsystems, variables  # type: ignore[import-not-found]

        # A choice in force is a constant of the formulas.
        given = {one: np.array(value) for one, value in pack.binder.names.settings.items()}
        names = [name for name in names if name not in given]
        self._period, self._names, self._rules = "2026-03", names, [rule.id for rule in rules]
        person = entities.SingleEntity("person", "persons", "", "")
        self._system = taxbenefitsystems.TaxBenefitSystem([person])
        signs = {"=": "==", "<>": "!=", "AND": "&", "OR": "|", "NOT": "~", **{s: s for s in ("<", "<=", ">", ">=")}}
        writer = Arrays(pack, signs, lambda name: name, lambda _, text: text)
        month = periods.DateUnit.MONTH
        for name in names:
            kind = {"boolean": bool, "word": str}.get(pack.vocabulary[name].type, int)
            self._add(variables.Variable, name, {"value_type": kind, "entity": person, "definition_period": month})
        for number, rule in enumerate(rules):
            text = writer.rule(rule)
            for name in (*names, *given):
                text = re.sub(
                    rf"(?<!['\"\w]){name}(?!['\"\w])", f"f({name!r}, t)" if name in names else f"c[{name!r}]", text
                )
            formula = eval(f"lambda f, t: {text}", {"c": given})  # noqa: S307 - written from a checked tree
            self._add(
                variables.Variable,
                f"r{number}",
                {"value_type": bool, "entity": person, "definition_period": month, "formula": formula},
            )

    def _add(self, base: Any, name: str, held: dict[str, Any]) -> None:
        self._system.add_variable(type(name, (base,), held))

    def prepare(self, frame: pl.DataFrame) -> Any:
        """Cases handed over; what is not known is at the default, which is no and nought."""
        from openfisca_core.simulations import SimulationBuilder  # type: ignore[import-not-found]

        made = SimulationBuilder().build_default_simulation(self._system, count=frame.height)
        for name in self._names:
            told, kind = frame[name], self._system.variables[name].value_type
            told = told.cast(pl.String) if kind is str else told
            made.set_input(name, self._period, told.fill_null(value=kind()).to_numpy())
        return made

    def decide(self, made: Any) -> dict[str, np.ndarray[Any, Any]]:
        """The timed part."""
        return {rule: made.calculate(f"r{number}", self._period) for number, rule in enumerate(self._rules)}

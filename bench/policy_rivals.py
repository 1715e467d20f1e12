"""One case, forty rules: our engine beside zen-engine and CEL, on the same rules and facts, interleaved, answers compared.

Run in the rivals' environment with the checkout on PYTHONPATH:

    PYTHONPATH=. bench/.venv/bin/python -m bench.policy_rivals [--seconds 20] [--json]

Prints one JSON object a line, then a table. `run` gives the same as a list of dictionaries.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from alongside.policy import Library, Outcome, Pack, Range, Rule, load_library
from alongside.policy.tree import All, Between, Compare, Flag, In, Name, Node, Not, Operand
from alongside.policy.tree import Any as Either

Facts = dict[str, Any]
Answers = dict[str, bool | None]
TRUTH = {Outcome.FIRES: True, Outcome.DOES_NOT_FIRE: False, Outcome.CANNOT_DECIDE: None}
NOT_KNOWN = 0.12
CASES = 400
TURN = 10


class Writer:
    """Writes a condition in another engine's language."""

    def __init__(
        self, pack: Pack, signs: Mapping[str, str], leaf: Callable[[str], str], known: Callable[[str, str], str]
    ):
        self._facts, self._signs, self._leaf, self._known = pack.vocabulary, signs, leaf, known
        self._parsed = pack.binder.parsed

    def rule(self, rule: Rule) -> str:
        """A rule's condition with the choices in force."""
        return self.write(self._parsed(rule.when))

    def write(self, node: Node) -> str:
        """The condition's text, every part in brackets."""
        match node:
            case Flag(Name(name)):
                derived = self._facts[name].derived
                return self.write(self._parsed(derived)) if derived else self._leaf(name)
            case Compare(left, op, right):
                return self._guard(node, f"{self._operand(left)} {self._signs[op]} {self._operand(right)}")
            case Between(operand, low, high):
                one = self._operand(operand)
                return self._guard(
                    node, f"(({one} >= {self._operand(low)}) {self._signs['AND']} ({one} <= {self._operand(high)}))"
                )
            case In(operand, values):
                return self._guard(node, f"{self._operand(operand)} in [{', '.join(map(self._operand, values))}]")
            case Not(child):
                return f"{self._signs['NOT']}({self.write(child)})"
            case All(parts):
                return "(" + f" {self._signs['AND']} ".join(map(self.write, parts)) + ")"
            case Either(parts):
                return "(" + f" {self._signs['OR']} ".join(map(self.write, parts)) + ")"
        raise ValueError(f"no other language has {node!r}")

    def _guard(self, node: Node, text: str) -> str:
        for name in node.names:
            text = self._known(name, text)
        return f"({text})"

    @staticmethod
    def _operand(operand: Operand) -> str:
        return operand.name if isinstance(operand, Name) else json.dumps(operand)


class Ours:
    """This engine, answers alone."""

    name = "alongside"

    def __init__(self, pack: Pack, rules: list[Rule]) -> None:
        self._pack, self._ids = pack, tuple(rule.id for rule in rules)

    def prepare(self, facts: Facts) -> Facts:
        """What is handed over: a fact not known is None."""
        return facts

    def decide(self, facts: Facts) -> Mapping[str, Outcome]:
        """The timed part."""
        return self._pack.outcomes(facts, self._ids)

    def answers(self, found: Mapping[str, Outcome]) -> Answers:
        """True, False or None, rule by rule."""
        return {rule: TRUTH[outcome] for rule, outcome in found.items()}


class Explained(Ours):
    """This engine, each answer with its why-tree and what to ask, which zen-engine does not tell."""

    def decide(self, facts: Facts) -> Any:
        decision = self._pack.decide(facts, self._ids)
        return [(one.rule.id, one.outcome, one.why, one.ask) for one in decision.results]

    def answers(self, found: Any) -> Answers:
        return {rule: TRUTH[outcome] for rule, outcome, _, _ in found}


class Zen:
    """zen-engine: one decision model with an expression for each rule; guarded, as one null else fails the whole decision."""

    name = "zen-engine"

    def __init__(self, pack: Pack, rules: list[Rule]) -> None:
        import zen  # type: ignore[import-not-found]

        signs = {
            "=": "==",
            "<>": "!=",
            "AND": "and",
            "OR": "or",
            "NOT": "not",
            **{op: op for op in ("<", "<=", ">", ">=")},
        }
        writer = Writer(pack, signs, lambda name: f"({name} == true)", lambda name, text: f"{name} != null and {text}")
        expressions = [
            {"id": str(number), "key": f"r{number}", "value": writer.rule(rule)} for number, rule in enumerate(rules)
        ]
        place = {"x": 0, "y": 0}
        nodes = [
            {"id": "i", "type": "inputNode", "name": "in", "position": place},
            {
                "id": "e",
                "type": "expressionNode",
                "name": "rules",
                "position": place,
                "content": {"expressions": expressions},
            },
            {"id": "o", "type": "outputNode", "name": "out", "position": place},
        ]
        edges = [{"id": a + b, "sourceId": a, "targetId": b, "type": "edge"} for a, b in ("ie", "eo")]
        graph = {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
        self._decision = zen.ZenEngine().create_decision(json.dumps(graph))
        self._ids = {f"r{number}": rule.id for number, rule in enumerate(rules)}

    def prepare(self, facts: Facts) -> Facts:
        return facts

    def decide(self, facts: Facts) -> Any:
        return self._decision.evaluate(facts)

    def answers(self, found: Any) -> Answers:
        return {self._ids[key]: value for key, value in found["result"].items()}


class Traced(Zen):
    """The same with its trace."""

    def decide(self, facts: Facts) -> Any:
        return self._decision.evaluate(facts, {"trace": True})


class Cel:
    """CEL (C++): one compiled expression for each rule, one activation a case; what is not known is left out."""

    name = "cel-expr-python"

    def __init__(self, pack: Pack, rules: list[Rule], names: list[str]) -> None:
        from cel_expr_python import cel  # type: ignore[import-not-found]

        types = {"boolean": cel.Type.BOOL, "integer": cel.Type.INT, "word": cel.Type.STRING}
        self._env = cel.NewEnv(variables={name: types[pack.vocabulary[name].type] for name in names})
        signs = {
            "=": "==",
            "<>": "!=",
            "AND": "&&",
            "OR": "||",
            "NOT": "!",
            **{op: op for op in ("<", "<=", ">", ">=")},
        }
        writer = Writer(pack, signs, lambda name: name, lambda _, text: text)
        self._compiled = [(rule.id, self._env.compile(writer.rule(rule))) for rule in rules]

    def prepare(self, facts: Facts) -> Facts:
        return {name: value for name, value in facts.items() if value is not None}

    def decide(self, facts: Facts) -> Any:
        activation = self._env.Activation(facts)
        return {rule: compiled.eval(activation).value() for rule, compiled in self._compiled}

    def answers(self, found: Any) -> Answers:
        return {rule: value if isinstance(value, bool) else None for rule, value in found.items()}


def run(seconds: float = 20.0, packs: Path | None = None) -> list[dict[str, Any]]:
    """Measure for about so many seconds; one row for each engine, and one for the whole pack with its reasons."""
    library = load_library(packs or Path(__file__).resolve().parent.parent / "packs")
    pack = library.pack("coventry", date(2026, 3, 2))
    rules = forty(pack)
    names = sorted({name for rule in rules for name in base_facts(pack, rule)})
    engines: list[Any] = [Ours(pack, rules), Zen(pack, rules), Cel(pack, rules, names)]
    rng = random.Random(20260302)
    known = [case(library, names, rng, 0.0) for _ in range(CASES)]
    partly = [case(library, names, rng, NOT_KNOWN) for _ in range(CASES)]
    explained: list[Any] = [Explained(pack, rules), Traced(pack, rules)]
    rows = []
    for what, some, share in ((ANSWERS, engines, 3), (EXPLAINED, explained, 6)):
        compare(some, known, alike=True)
        rows += _rows(what, some, partly, seconds / share, {"rules": len(rules), "facts": len(names)})
    return [*rows, *whole_pack(library, pack, rng, seconds / 2)]


ANSWERS, EXPLAINED = "one case, answers alone", "one case, with why and what to ask"


def _rows(
    what: str, engines: list[Any], partly: list[Facts], seconds: float, about: dict[str, int]
) -> list[dict[str, Any]]:
    """One row for each engine, timed in turn; its answers on facts not known counted."""
    wrong = compare(engines, partly, alike=False)
    times = interleaved(engines, partly, seconds)
    ours = statistics.median(times["alongside"])
    return [
        {
            "what": what,
            "engine": engine.name,
            **about,
            "not_known": NOT_KNOWN,
            "cases": len(partly),
            **spread(times[engine.name]),
            "times_ours": round(statistics.median(times[engine.name]) / ours, 1),
            "wrong_answers": wrong[engine.name],
            "answers": len(partly) * about["rules"],
        }
        for engine in engines
    ]


def forty(pack: Pack) -> list[Rule]:
    """The rules that are measured."""
    acts = [rule for rule in pack.rules if rule.reaches_as in ("duty", "bar", "threshold", "permission")]
    # A choice without a value is no fact that a rival could be given.
    return [rule for rule in acts if set(pack.binder.parsed(rule.when).names) <= pack.vocabulary.keys()][:40]


def base_facts(pack: Pack, rule: Rule) -> set[str]:
    """The facts of a rule that somebody could give, and settings."""
    return {name for name in opened(pack, rule.when) if pack.vocabulary[name].kind != "derived"}


def opened(pack: Pack, condition: str) -> set[str]:
    """The names of a condition with the choices in force, derived facts opened."""
    found = set(pack.binder.parsed(condition).names)
    return found.union(
        *(opened(pack, pack.vocabulary[name].derived or "") for name in found if pack.vocabulary[name].derived)
    )


def case(library: Library, names: list[str], rng: random.Random, not_known: float) -> Facts:
    """Facts of one invented case; each is not known with the chance given."""
    facts: Facts = {}
    for name in names:
        fact = library.vocabulary[name]
        if fact.type == "boolean":
            facts[name] = rng.random() < 0.5
        elif fact.type == "word":
            facts[name] = rng.choice(fact.words)
        else:
            low, high = fact.range or (0, 40)
            facts[name] = rng.randint(int(low), min(int(high), int(low) + 40))
        if rng.random() < not_known:
            facts[name] = None
    return facts


def compare(engines: list[Any], cases: list[Facts], *, alike: bool) -> dict[str, int]:
    """Count each engine's answers that differ from ours; none may when every fact is known."""
    wrong = dict.fromkeys((engine.name for engine in engines), 0)
    for facts in cases:
        answers = {engine.name: engine.answers(engine.decide(engine.prepare(facts))) for engine in engines}
        ours = answers["alongside"]
        for name, theirs in answers.items():
            wrong[name] += sum(theirs[rule] is not truth for rule, truth in ours.items())
    if alike and any(wrong.values()):
        raise SystemExit(f"with every fact known the answers must be the same, and differ: {wrong}")
    return wrong


def interleaved(engines: list[Any], cases: list[Facts], seconds: float) -> dict[str, list[float]]:
    """Time the engines in turn on the same few cases, so that a noisy moment meets all of them; seconds a case."""
    prepared = {engine.name: [engine.prepare(facts) for facts in cases] for engine in engines}
    times: dict[str, list[float]] = {engine.name: [] for engine in engines}
    end, first = time.perf_counter() + seconds, 0
    while time.perf_counter() < end or len(times[engines[0].name]) * TURN < len(cases):
        for engine in engines if first % (2 * TURN) else reversed(engines):
            turn, decide = prepared[engine.name][first : first + TURN], engine.decide
            start = time.perf_counter()
            for facts in turn:
                decide(facts)
            times[engine.name].append((time.perf_counter() - start) / len(turn))
        first = (first + TURN) % len(cases)
    return times


def whole_pack(library: Library, pack: Pack, rng: random.Random, seconds: float) -> list[dict[str, Any]]:
    """One case against every rule, with the why-tree, the questions and what could settle each, as `policy decide` answers."""
    names = [name for name, fact in library.vocabulary.items() if fact.kind != "derived" and fact.type != "datetime"]
    rows = []
    for not_known in (NOT_KNOWN, 0.5):
        times: list[float] = []
        end = time.perf_counter() + seconds / 2
        while time.perf_counter() < end or len(times) < CASES:
            facts = case(library, names, rng, not_known)
            if isinstance(facts["dash_yes_count"], int) and rng.random() < 0.5:
                facts["dash_yes_count"] = Range(facts["dash_yes_count"], facts["dash_yes_count"] + 5)
            start = time.perf_counter()
            pack.decide(facts).as_json()
            times.append(time.perf_counter() - start)
        row: dict[str, Any] = {
            "what": "one case, whole pack, full why and asks",
            "engine": "alongside",
            "rules": len(pack.rules),
        }
        rows.append({**row, "facts": len(names), "not_known": not_known, "cases": len(times), **spread(times)})
    return rows


def spread(times: list[float]) -> dict[str, float]:
    """Median and 95th percentile in microseconds."""
    ordered = sorted(times)
    return {
        "p50_us": round(statistics.median(ordered) * 1e6, 1),
        "p95_us": round(ordered[int(len(ordered) * 0.95)] * 1e6, 1),
    }


def table(rows: list[dict[str, Any]]) -> str:
    """The rows for people."""
    lines = [f"{'':42}{'engine':18}{'p50 µs':>10}{'p95 µs':>10}{'× ours':>8}{'wrong answers':>22}"]
    for row in rows:
        wrong = f"{row['wrong_answers']} of {row['answers']}" if "answers" in row else ""
        what = f"{row['what']}, {row['not_known']:.0%} not known"[:41]
        lines.append(
            f"{what:42}{row['engine']:18}{row['p50_us']:>10}{row['p95_us']:>10}{row.get('times_ours', ''):>8}{wrong:>22}"
        )
    return "\n".join(lines)


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--json", action="store_true", help="no table")
    given = parser.parse_args()
    rows = run(given.seconds)
    out = [json.dumps({**row, "python": platform.python_version()}) for row in rows]
    sys.stdout.write("\n".join(out) + "\n")
    if not given.json:
        sys.stdout.write("\n" + table(rows) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

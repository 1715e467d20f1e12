"""Why a rule came to what it came to: its condition as a tree of plain words, each leaf with the value seen, who said so, when.

Worked out again from the snapshot of an evaluation, so that what is shown is what was decided on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from typing import Any

from alongside.design.moments import when
from alongside.duties import lateness, words
from alongside.duties.evaluation import PEOPLE_OF
from alongside.duties.models import Evaluation
from alongside.policy import Outcome, Rulebook, Value
from alongside.policy.codec import from_json
from alongside.policy.parser import parse
from alongside.policy.tree import Between, Compare, Flag, In
from alongside.policy.wording import ALL, ANY

Row = Mapping[str, Any]
Node = dict[str, Any]


@dataclass
class Snapshot:
    """One evaluation, opened: its pack, and its facts by name, those about one person apart. `told`: when each statement first stood."""

    evaluation: Evaluation
    pack: Rulebook
    told: Mapping[lateness.Key, datetime] = field(default_factory=dict)
    case: dict[str, Row] = field(default_factory=dict)
    about: dict[str, dict[str, Row]] = field(default_factory=dict)
    rules: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.rules = frozenset(rule.id for rule in self.pack.rules)
        for row in self.evaluation.facts:
            if row["name"] in self.pack.vocabulary:
                held = self.about.setdefault(row["about"], {}) if row["about"] else self.case
                held[row["name"]] = {**row, "told": self.told.get(lateness.key_of(row))}

    def why(self, rule: str, about: list[str]) -> Node | None:
        """The tree of a rule for the people it is about; None when the rule is in force no more."""
        if rule not in self.rules:
            return None
        outcome = self.evaluation.outcomes.get(rule, [Outcome.DOES_NOT_FIRE.value])[0]
        best = None
        for rows in self._frames(rule, about):
            result = self.pack.decide_rule(rule, {name: self._value(row) for name, row in rows.items()})
            best = best or (result, rows)
            if result.outcome == Outcome(outcome):
                best = (result, rows)
                break
        return _node(best[0].why, best[1]) if best else None

    def _frames(self, rule: str, about: list[str]) -> Iterator[dict[str, Row]]:
        """The facts as they stood for each child, and each person causing harm, among `about`."""
        facts = self.pack.vocabulary
        dimensions = sorted({facts[name].per for name in self.pack.facts_of(rule)} & PEOPLE_OF.keys())
        people = [person for person in about if person in self.about] or [""]
        for chosen in product(people, repeat=len(dimensions)):
            rows = dict(self.case)
            for dimension, person in zip(dimensions, chosen, strict=True):
                own = self.about.get(person, {})
                rows.update({name: row for name, row in own.items() if facts[name].per == dimension})
            yield rows

    def _value(self, row: Row) -> Value:
        return from_json(row["value"], self.pack.vocabulary[row["name"]])


def seen(name: str, row: Row | None) -> str:
    """ "Yes, said by police officer, Monday 2 March, 9:30pm": the value, who said so, since when; and when it was told, where that was
    more than a day later."""
    if row is None:
        return ""
    if row["disputed"]:
        both = " / ".join(words.value(one) or "not known" for one in row["disputed"])
        return f"statements differ: {both}"
    told = words.value(row["value"])
    who = row["said_by"] if row["manner"] == "no record" else f"{_said(row['manner'])} by {words.role(row['said_by'])}"
    since = lateness.since_of(row)
    moments = lateness.apart(since, row.get("told"), "told on") or (when(since) if since else "")
    return ", ".join(part for part in (told or "not known", who, moments) if part)


def _said(manner: str) -> str:
    return manner if manner.startswith("stated") else "said"


def _node(why: Node, rows: Mapping[str, Row], *, negated: bool = False) -> Node:
    """The engine's node in the form of `why_tree`; a negation is carried down to the clauses, which say it naturally."""
    if "not" in why:
        return _node(why["not"], rows, negated=not negated)
    is_so = why["is"] if why["is"] is None else why["is"] is not negated
    parts = [_node(part, rows, negated=negated) for part in why.get("all") or why.get("any") or ()]
    return {
        "is": is_so,
        "says": _says(why, parts, negated),
        "saw_words": "" if parts else _saw(why, rows),
        "parts": parts,
    }


def _says(why: Node, parts: list[Node], negated: bool) -> str:
    if len(parts) > 1:
        return words.capital(ALL if ("all" in why) is not negated else ANY) + ":"
    node = parse(why["text"])  # a leaf, or the name of a derived fact, worked out from its own condition
    return words.leaf(node, negated=negated) if isinstance(node, Flag | Compare | Between | In) else why["text"]


def _saw(why: Node, rows: Mapping[str, Row]) -> str:
    """What was seen of each fact of a leaf; nothing known of any says nothing, the tag beside it does."""
    told = [(name, seen(name, rows.get(name))) for name in why["saw"]]
    known = [(name, text) for name, text in told if text]
    if len(known) == 1:
        return known[0][1]
    return "; ".join(f"{words.label(name)}: {text}" for name, text in known)

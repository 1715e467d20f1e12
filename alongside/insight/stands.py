"""The local choices that can be tried, and what stands for each today: adopted, shipped, or what the text says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from alongside.design.jinja import sentence
from alongside.insight.words import value_words
from alongside.policy import Parameter
from alongside.policy.asked import areas_of, deciding
from alongside.policy.effects import MARAC
from alongside.policy.rules import Replacement
from alongside.procedures.queries import library, rules


@dataclass(frozen=True)
class Choice:
    """One local choice. `stands` is what decides in each area that has it, None where nothing does; `names` are the areas'."""

    parameter: Parameter
    stands: Mapping[str, Any]
    names: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.parameter.name

    @property
    def is_number(self) -> bool:
        return self.parameter.type == "integer"

    @property
    def question(self) -> str:
        return self.parameter.question or self.name.replace("_", " ")

    @property
    def mark(self) -> int | None:
        """Where the slider stands at first: at the number in force where it is one, else at the number of the text."""
        values = set(self.stands.values())
        return (values.pop() if len(values) == 1 else self.parameter.text_says) if self.is_number else None

    @property
    def offered(self) -> list[tuple[str, str]]:
        """The words there are to choose from."""
        if self.parameter.type == "boolean":
            return [("true", "Yes"), ("false", "No")]
        return [(str(word), value_words(word).capitalize()) for word in self.parameter.may_vary]

    @property
    def hint(self) -> str:
        """The range, what stands, what the text says, and whether it is still to be confirmed."""
        parts = [f"From {self.parameter.may_vary[0]} to {self.parameter.may_vary[-1]}."] if self.is_number else []
        parts.append(f"Now: {self.now}.")
        if self.parameter.text_says is not None and self.now != value_words(self.parameter.text_says):
            parts.append(f"The text says {value_words(self.parameter.text_says)}.")
        if self.parameter.status == "confirm":
            parts.append("To be confirmed by your partnership.")
        return " ".join(parts)

    @property
    def now(self) -> str:
        """What stands, in words; where areas differ, which."""
        values: dict[str, list[str]] = {}
        for area, value in self.stands.items():
            values.setdefault(value_words(value), []).append(self.names.get(area, area))
        if len(values) == 1:
            return next(iter(values))
        return "; ".join(f"{words} in {sentence(areas)}" for words, areas in values.items())


def choices(area: str, on: date, adopted: Mapping[str, Mapping[str, Any]], names: Mapping[str, str]) -> list[Choice]:
    """Those on which a condition hangs and whose values are known: numbers first, and of them those of MARAC."""
    found = []
    for parameter in _offered(area, on):
        stands = {}
        for one in areas_of(library(), area):
            held = library().parameters(one, on).get(parameter.name)
            if held is not None:
                stands[one] = adopted.get(one, {}).get(parameter.name, _stands(held))
        found.append(Choice(parameter, stands, names))
    return found


@lru_cache(maxsize=32)
def _offered(area: str, on: date) -> list[Parameter]:
    held = deciding(library(), area, on).values()
    offered = [one for one in held if one.type == "boolean" or (one.type != "list" and one.may_vary)]
    return sorted(offered, key=lambda one: (one.type != "integer", not any(map(_is_marac, one.replaces))))


def _is_marac(change: Replacement) -> bool:
    rule = rules().get(change.rule)
    return rule is not None and MARAC in (rule.action, rule.opens)


def _stands(parameter: Parameter) -> Any:
    return parameter.in_force if parameter.in_force is not None else parameter.text_says

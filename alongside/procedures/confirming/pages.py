"""A default in force, as the page shows it: what it is, where it comes from, which rules hang on it, whether it is confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from alongside.design.jinja import document
from alongside.policy import Parameter, Rule
from alongside.policy.awaiting import hanging, is_awaiting
from alongside.procedures import queries
from alongside.procedures.models import AdoptedChoice
from alongside.procedures.pages import ChoiceRow, choice_row


@dataclass(frozen=True)
class Default:
    """One choice with its sources in words and its rules; `adopted` once somebody has confirmed it or chosen otherwise."""

    row: ChoiceRow
    sources: list[str]
    rules: list[Rule]
    adopted: AdoptedChoice | None

    @property
    def weight(self) -> tuple[int, int]:
        """How much hangs on it: the gravest of its rules, then how many; one that changes no rule yet weighs nothing."""
        changes = not self.row.parameter.changes_nothing_yet
        return (max((rule.severity for rule in self.rules), default=0), len(self.rules)) if changes else (0, 0)


@dataclass(frozen=True)
class Lists:
    """The defaults of an area, the weightiest first: awaiting confirmation, settled since; and what is proposed and not in force."""

    awaiting: list[Default]
    settled: list[Default]
    proposed: list[Default]


def lists(area: str, on: date) -> Lists:
    """Everything of an area that its partnership has still to confirm or to adopt, on a day."""
    adopted = queries.adopted_rows(area, on)
    parameters = queries.library().parameters(area, on).values()
    found = _defaults([one for one in parameters if is_awaiting(one)], adopted)
    proposed = [one for one in parameters if one.proposed is not None and one.name not in adopted]
    found.sort(key=lambda one: one.weight, reverse=True)
    return Lists(
        awaiting=[one for one in found if one.adopted is None],
        settled=[one for one in found if one.adopted is not None],
        proposed=_defaults(proposed, adopted),
    )


def default(parameter: Parameter, adopted: Mapping[str, AdoptedChoice]) -> Default:
    """One choice as the page shows it."""
    [only] = _defaults([parameter], adopted)
    return only


def _defaults(parameters: Sequence[Parameter], adopted: Mapping[str, AdoptedChoice]) -> list[Default]:
    rules = hanging(queries.rules().values(), parameters, queries.library().vocabulary)
    rows = [(one, adopted.get(one.name)) for one in parameters]
    return [Default(choice_row(one, row), _sources(one), rules[one.name], row) for one, row in rows]


def _sources(parameter: Parameter) -> list[str]:
    told = [str(source) for source in parameter.sources]
    place = parameter.cite
    return told + ([f"{document(str(place['document']))}, line {place['line']}"] if place else [])

"""A default in force, as the page shows it: what it is, where it comes from, which rules hang on it, whether it is confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from alongside.design.jinja import document
from alongside.policy import Parameter, Rule
from alongside.policy.awaiting import hangs_on, is_awaiting
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
    def is_confirmed(self) -> bool:
        """Whether what was adopted is what ships."""
        return self.adopted is not None and self.adopted.value == self.row.parameter.value


@dataclass(frozen=True)
class Lists:
    """The defaults of an area: awaiting confirmation, settled since, and what is proposed and not in force."""

    awaiting: list[Default]
    settled: list[Default]
    proposed: list[Default]


def lists(area: str, on: date) -> Lists:
    """Everything of an area that its partnership has still to confirm or to adopt, on a day."""
    adopted = queries.adopted_rows(area, on)
    parameters = queries.library().parameters(area, on)
    found = [default(one, adopted) for one in parameters.values() if is_awaiting(one)]
    proposed = [one for one in parameters.values() if one.proposed is not None and one.name not in adopted]
    return Lists(
        awaiting=[one for one in found if one.adopted is None],
        settled=[one for one in found if one.adopted is not None],
        proposed=[default(one, adopted) for one in proposed],
    )


def default(parameter: Parameter, adopted: Mapping[str, AdoptedChoice]) -> Default:
    """One choice as the page shows it."""
    library, row = queries.library(), adopted.get(parameter.name)
    rules = [rule for rule in queries.rules().values() if hangs_on(rule, parameter, library.vocabulary)]
    return Default(choice_row(parameter, row), _sources(parameter), rules, row)


def _sources(parameter: Parameter) -> list[str]:
    told = [str(source) for source in parameter.sources]
    place = parameter.cite
    return told + ([f"{document(str(place['document']))}, line {place['line']}"] if place else [])

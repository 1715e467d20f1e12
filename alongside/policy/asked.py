"""A change as somebody asks for it, and what it would be in force with: the same for the command and the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from alongside.policy.awaiting import awaited
from alongside.policy.faults import PolicyError
from alongside.policy.layers import sets_a_condition
from alongside.policy.library import Library
from alongside.policy.regime import Regime, across, changed_rules
from alongside.policy.rules import Parameter

ALL = "all"
Choices = Mapping[str, Mapping[str, Any]]


def areas_of(library: Library, area: str) -> tuple[str, ...]:
    """The areas that an answer to "which area?" means."""
    return library.areas if area == ALL else (area,)


def deciding(library: Library, area: str, on: date) -> dict[str, Parameter]:
    """The local choices on which some condition of the area's rules hangs, so that a replay can tell what they do."""
    found: dict[str, Parameter] = {}
    for one in areas_of(library, area):
        conditions = "\n".join(rule.when for rule in library.pack(one, on).rules)
        for name, parameter in library.parameters(one, on).items():
            if name not in found and sets_a_condition(parameter, conditions):
                found[name] = parameter
    return found


def changes(library: Library, area: str, on: date, settings: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """For each area that has the choice, what is set in it. Raises PolicyError for one that nobody has, or outside its range."""
    areas = areas_of(library, area)
    asked: dict[str, dict[str, Any]] = {one: {} for one in areas}
    for name, text in settings.items():
        having = [one for one in areas if name in library.parameters(one, on)]
        for one in having or areas[:1]:  # where no area has it, the first says what is spelt like it
            value = library.read_setting(one, on, name, text)
            parameter = library.parameters(one, on)[name]
            if not parameter.accepts(value):
                raise PolicyError(f"{name} is {text}, and in {one} it may be {parameter.limits}; nothing was replayed")
            asked[one][name] = value
    return asked


def regimes(library: Library, on: date, adopted: Choices, asked: Choices) -> tuple[Regime, Regime]:
    """The rules in force with these choices adopted, and the same with the change. Raises PolicyError for an unknown area."""
    for area in asked:
        library.parameters(area, on)  # an unknown area is named before anything is decided
    return regime(library, on, adopted, {}), regime(library, on, adopted, asked)


def regime(library: Library, on: date, adopted: Choices, asked: Choices) -> Regime:
    """The rules in force on a day in every area, with what is adopted, and with what is asked for once."""
    packs = {one: library.pack(one, on, adopted=adopted.get(one), settings=asked.get(one)) for one in library.areas}
    return across(packs, library.follows)


def awaiting(library: Library, area: str, on: date, adopted: Choices, before: Regime, after: Regime) -> list[str]:
    """The defaults nobody has confirmed, in the areas asked about, on which rules hang that the change touches; in words."""
    touched = set(changed_rules(before, after))
    packs = [library.pack(one, on, adopted=adopted.get(one)) for one in areas_of(library, area)]
    return awaited(rule for pack in packs for rule in pack.rules if rule.id in touched)

"""A model as data: how many bits each level of agreement is worth, and the bits to begin with."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Model:
    """`levels`: field → level → bits. `common_names`: field → spelling → the most an agreement on it is worth, in bits.

    `household_fields` together give at most `household_at_most` bits when the person itself does not agree. A match
    below `show_from` bits is not worth a person's time.
    """

    name: str
    levels: Mapping[str, Mapping[str, float]]
    common_names: Mapping[str, Mapping[str, float]]
    household_fields: frozenset[str]
    household_at_most: float
    share_known: float
    population: int
    show_from: float

    def prior(self, population: int | None = None) -> float:
        """The bits before anything is compared: how seldom one record of `population` is the one looked for."""
        return math.log2(self.share_known / max(population or self.population, 2))


def read_model(path: Path) -> Model:
    """A model from a file. ValueError naming what is missing or not a number."""
    try:
        return parse_model(json.loads(path.read_text("utf-8")))
    except json.JSONDecodeError as fault:
        raise ValueError(f"{path.name} is not JSON (line {fault.lineno}): {fault.msg}.") from fault
    except UnicodeDecodeError as fault:
        raise ValueError(f"{path.name} is not UTF-8 text.") from fault


@cache
def default_model() -> Model:
    """The shipped model, `first-day`."""
    return parse_model(json.loads(files("alongside.linkage").joinpath("models/first-day.json").read_text("utf-8")))


def parse_model(data: Any) -> Model:
    """A model from JSON data; every field and level of the shipped form must be there. ValueError otherwise."""
    try:
        shares = {
            field: {name: -math.log2(share) for name, share in data["common_names"][field].items()}
            for field in ("family_name", "given_name")
        }
        model = Model(
            name=str(data["name"]),
            levels={
                field: {level: float(bits) for level, bits in levels.items()}
                for field, levels in data["levels"].items()
            },
            common_names=shares,
            household_fields=frozenset(data["household"]["fields"]),
            household_at_most=float(data["household"]["at_most"]),
            share_known=float(data["prior"]["share_known"]),
            population=int(data["prior"]["population"]),
            show_from=float(data["show_from"]),
        )
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError(f"This is no model: {fault} is missing or of the wrong kind.") from fault
    _check(model)
    return model


def _check(model: Model) -> None:
    from alongside.linkage.compare import LEVELS

    for field, levels in LEVELS.items():
        missing = levels - model.levels.get(field, {}).keys()
        if missing:
            raise ValueError(f"This model has no bits for {field}: {', '.join(sorted(missing))}.")
    if not 0 < model.share_known <= 1:
        raise ValueError("The share of people already known must lie between 0 and 1.")
    if not all(math.isfinite(bits) for levels in model.levels.values() for bits in levels.values()):
        raise ValueError("Every level of a model must be a finite number of bits.")

"""How sure we may be that two records are of one person, in bits, field by field. A field not known adds nothing."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from alongside.linkage import compare
from alongside.linkage.model import Model, default_model
from alongside.linkage.names import Part
from alongside.linkage.normalise import normalise
from alongside.linkage.record import Known, NameForm, Record

_MOST_BITS = 1000.0  # beyond this 2^w does not fit a float, and nothing is left to tell apart


@dataclass(frozen=True, slots=True)
class Match:
    """`weight_bits` is the sum of `because` (field → bits, and the prior); `levels` the level each field reached."""

    weight_bits: float
    probability: float
    because: dict[str, float]
    levels: dict[str, str]


# Fields compared by value alone: our name, and how; their values in the same order.
_FIELDS: tuple[tuple[str, Callable[[Any, Any], str]], ...] = (
    ("date_of_birth", compare.births),
    ("postcode", compare.postcodes),
    ("address", compare.addresses),
    ("town", compare.plain),
    ("phone", compare.phones),
    ("email", compare.emails),
    ("nhs_number", compare.identifiers),
    ("national_id", compare.identifiers),
    ("sex", compare.plain),
    ("birth_place", compare.plain),
    ("occupation", compare.plain),
)
_values = attrgetter(
    *("born", "postcode", "address", "town", "phones", "email"),
    *("nhs_number", "national_id", "sex", "birth_place", "occupation"),
)


def score(a: Record | Known, b: Record | Known, model: Model | None = None, *, population: int | None = None) -> Match:
    """Compare two records. `population` is how many are known, for the prior; the model's own figure if left out."""
    model = model or default_model()
    one = normalise(a) if isinstance(a, Record) else a
    other = normalise(b) if isinstance(b, Record) else b
    because, levels = _best_names(one.names, other.names, model)
    for (field, comparison), left, right in zip(_FIELDS, _values(one), _values(other), strict=True):
        if left and right:
            level = levels[field] = comparison(left, right)
            because[field] = model.levels[field][level]
    _hold_back_the_household(because, model)
    because["prior"] = model.prior(population)
    weight = sum(because.values())
    return Match(weight, probability(weight), because, levels)


def probability(weight_bits: float) -> float:
    """2^w / (1 + 2^w)."""
    return 1 / (1 + math.exp2(-max(-_MOST_BITS, min(_MOST_BITS, weight_bits))))


_NAMES = ("given_name", "family_name")
_UNLIKE = ("differ", "close")
_Scored = tuple[dict[str, float], dict[str, str]]


def _best_names(a: tuple[NameForm, ...], b: tuple[NameForm, ...], model: Model) -> _Scored:
    """The best of all names either goes by, and of both orders of given and family name."""
    scored = [scored for one in a for other in b for scored in _both_orders(one, other, model)]
    return scored[0] if len(scored) == 1 else max(scored, key=_strength, default=({}, {}))


def _strength(scored: _Scored) -> tuple[float, ...]:
    """By all the bits; among equals by each name, so that it is the same choice whoever is compared with whom."""
    because = scored[0]
    return sum(because.values()), because.get("given_name", 0.0), because.get("family_name", 0.0)


def _both_orders(a: NameForm, b: NameForm, model: Model) -> list[_Scored]:
    straight = _straight(a, b, model)
    if "exact" in straight[1].values():
        return [straight]
    # Two names that cannot be compared say nothing, which must not outweigh two that differ.
    return [scored for scored in (straight, _turned(a, b, model)) if scored[0]]


def _straight(a: NameForm, b: NameForm, model: Model) -> _Scored:
    levels: dict[str, str] = {}
    because: dict[str, float] = {}
    if a.given and b.given:
        level = compare.names(a.given, b.given, True)
        if level in _UNLIKE and (a.given.text in b.middle or b.given.text in a.middle):
            level = "as_middle"
        levels["given_name"] = level
        because["given_name"] = _worth("given_name", level, a.given, b.given, model)
    if a.family and b.family:
        level = compare.names(a.family, b.family, False)
        if level in _UNLIKE and (a.family.text in b.middle or b.family.text in a.middle):
            level = "part"
        levels["family_name"] = level
        because["family_name"] = _worth("family_name", level, a.family, b.family, model)
    if a.middle and b.middle:
        level = levels["middle_names"] = compare.middle_names(a.middle, b.middle)
        because["middle_names"] = model.levels["middle_names"][level]
    return because, levels


def _turned(a: NameForm, b: NameForm, model: Model) -> _Scored:
    """Given against family name: nobody knows which is which, so a pair is worth the less of what either would be.

    The weaker pair is called the given name, whichever record came first: both must agree to speak for one person.
    """
    pairs = sorted(
        (min(_worth(field, level, one, other, model) for field in _NAMES), level)
        for one, other in ((a.given, b.family), (a.family, b.given))
        if one and other and (level := compare.names(one, other, False))
    )
    because = {field: bits for field, (bits, _) in zip(_NAMES, pairs, strict=False)}
    levels = {field: level for field, (_, level) in zip(_NAMES, pairs, strict=False)}
    # A single name may be either, and is no sign of a wrong order.
    if len(pairs) == 2:
        levels["name_order"] = "swapped"
        because["name_order"] = model.levels["name_order"]["swapped"]
    return because, levels


def _worth(field: str, level: str, a: Part, b: Part, model: Model) -> float:
    """A level's bits; for a common name no more than its commonness allows."""
    common = model.common_names[field]
    return min(model.levels[field][level], common.get(a.spelling, math.inf), common.get(b.spelling, math.inf))


def _hold_back_the_household(because: dict[str, float], model: Model) -> None:
    """Those who live together share surname, postcode and telephone: that alone is no sign of one person."""
    given, born = because.get("given_name", 0.0), because.get("date_of_birth", 0.0)
    if given + born >= 0 or max(given, born) > 0:
        return
    shared = sum(bits for field in model.household_fields if (bits := because.get(field, 0.0)) > 0)
    if shared > model.household_at_most:
        because["household"] = model.household_at_most - shared

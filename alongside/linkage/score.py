"""How sure we may be that two records are of one person, in bits, field by field. A field not known adds nothing."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from alongside.linkage.comparisons import (
    APART,
    BORN_TOGETHER,
    COMPARISONS,
    FAMILY_NAME,
    GIVEN_NAME,
    HOUSEHOLD,
    MIDDLE_NAMES,
    NAMESAKE,
    SHARED_AT_HOME,
    Comparison,
)
from alongside.linkage.model import Model, Weights, default_model
from alongside.linkage.normalise import normalise
from alongside.linkage.record import Known, Record
from alongside.linkage.row import HELD, Row

_MOST_BITS = 1000.0  # beyond this 2^w does not fit a float, and nothing is left to tell apart
OF_NAMES = (GIVEN_NAME, FAMILY_NAME, MIDDLE_NAMES, HOUSEHOLD, NAMESAKE, BORN_TOGETHER)
OF_THE_REST = tuple(comparison for comparison in COMPARISONS if comparison not in (*OF_NAMES, *SHARED_AT_HOME))


@dataclass(frozen=True, slots=True)
class Match:
    """`weight_bits` is the sum of `because` (comparison → bits, and the prior); `levels` the level each reached."""

    weight_bits: float
    probability: float
    because: dict[str, float]
    levels: dict[str, str]


_Scored = tuple[dict[str, float], dict[str, str]]


def score(
    a: Record | Known,
    b: Record | Known,
    model: Model | None = None,
    *,
    population: int | None = None,
    within: bool = False,
) -> Match:
    """Compare two records. `population` is how many are known, for the prior; the model's own figure if left out.

    `within`: both are of them, as where repeats are looked for; else the first is somebody looked up.
    Of several names either goes by, the two that speak most for one person count.
    """
    model = model or default_model()
    one = normalise(a) if isinstance(a, Record) else a
    other = normalise(b) if isinstance(b, Record) else b
    return score_rows(one.rows, other.rows, model, model.weights(population, within=within))


def score_rows(one: Sequence[Row], other: Sequence[Row], model: Model, weights: Weights) -> Match:
    """The same of the rows of two records; `weights` are the model's, for the population."""
    named = [_compare_names(x, y, model, weights) for x in one for y in other]
    because, levels = named[0] if len(named) == 1 else max(named, key=_strength)
    a_row, b_row = one[0], other[0]
    more, reached = _compare(_comparable(a_row.has & b_row.has), a_row, b_row, model, weights)
    because |= more
    levels |= reached
    because["prior"] = weights.prior
    weight = sum(because.values())
    return Match(weight, probability(weight), because, levels)


@lru_cache(maxsize=1 << len(HELD))
def _comparable(both_have: int) -> tuple[Comparison, ...]:
    """The comparisons of what both records have: to ask each of the others would take longer than the rest."""
    held = {column for place, column in enumerate(HELD) if both_have >> place & 1}
    return tuple(c for c in OF_THE_REST if held.intersection(c.of))


def probability(weight_bits: float) -> float:
    """2^w / (1 + 2^w)."""
    return 1 / (1 + math.exp2(-max(-_MOST_BITS, min(_MOST_BITS, weight_bits))))


def _strength(scored: _Scored) -> tuple[float, ...]:
    """By all the bits; among equals by each name, so that it is the same choice whoever is compared with whom."""
    because = scored[0]
    return sum(because.values()), because.get("given_name", 0.0), because.get("family_name", 0.0)


def _compare_names(a: Row, b: Row, model: Model, weights: Weights) -> _Scored:
    """By two names, and what two of one home share besides: where HOUSEHOLD says nothing, nothing else of a home does."""
    because, levels = _compare(OF_NAMES, a, b, model, weights)
    if HOUSEHOLD.name in levels:
        more, reached = _compare(SHARED_AT_HOME, a, b, model, weights)
        return because | more, levels | reached
    return because, levels


def _compare(comparisons: tuple[Comparison, ...], a: Row, b: Row, model: Model, weights: Weights) -> _Scored:
    because: dict[str, float] = {}
    levels: dict[str, str] = {}
    bits_of, shared_of = weights.bits, weights.shared
    for comparison in comparisons:
        level = comparison.level(a, b)
        if level and level != APART:
            name = comparison.name
            levels[name] = level
            bits = bits_of[name][level]
            shared = shared_of.get(name)
            if shared is not None and level in shared:
                column, share, log_u = shared[level]
                # Where a frequency counts, both have the same value of the column.
                bits += share * (log_u - model.log_frequency(column, getattr(a, column)))
            because[name] = bits
    return because, levels

"""The weight alone, without its reasons: all comparisons as one function of two records.

`score` says what each comparison reached, which takes longer than to reach it. Where many are compared and few are shown, they are
weighed first. Both readings are generated from the same levels, and held equal by the tests.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from alongside.linkage.comparisons import APART, COMPARISONS, FREQUENCIES, HOUSEHOLD, SHARED_AT_HOME, Comparison, Level
from alongside.linkage.conditions import compiled
from alongside.linkage.model import Model, Weights
from alongside.linkage.row import HELD, Row
from alongside.linkage.score import OF_NAMES, OF_THE_REST

# What one person seldom has two of. A telephone, an address, a married woman's surname tell of a life, not of another person.
KEPT_FOR_LIFE = frozenset({"given_name", "date_of_birth", "sex", "nhs_number", "national_id"})
Weigh = Callable[[Sequence[Row], Sequence[Row]], tuple[float, float]]
_LEVELS = [(comparison.name, level.name) for comparison in COMPARISONS for level in comparison.levels]
_PLACE = {level: place for place, level in enumerate(_LEVELS)}


@lru_cache(maxsize=16)
def weigher(model: Model, population: int | None = None, *, within: bool = False) -> Weigh:
    """A function of the rows of two records: the bits of `score`, and how many of them speak against one person, 0 or less."""
    weights = model.weights(population, within=within)
    bits = [_bits(weights, comparison, level) for comparison, level in _LEVELS]
    found: Weigh = _maker()(bits, weights.prior, {column: model.log_frequencies(column) for column in FREQUENCIES})
    return found


def _bits(weights: Weights, comparison: str, level: str) -> float:
    """The bits of a level; where a frequency counts, all of them but the frequency's own."""
    if level == APART:
        return 0.0
    _, share, log_u = weights.shared.get(comparison, {}).get(level, ("", 0, 0.0))
    return weights.bits[comparison][level] + share * log_u


@cache
def _maker() -> Callable[..., Any]:
    """Made once: what a model and a population change comes in as numbers."""
    return compiled("maker", list(_lines()))


def _lines() -> Iterator[str]:
    yield "def maker(bits, prior, logs):"
    for column in FREQUENCIES:
        yield f"    of_{column} = logs[{column!r}].get; rare_{column} = logs[{column!r}]['']"
    yield "    def weigh(one, other):"
    yield "        best = None"
    yield "        for a in one:"
    yield "            for b in other:"
    yield "                w = against = 0.0; together = False"
    yield from _chains(OF_NAMES, " " * 16)
    yield "                if together:"
    yield from _chains(SHARED_AT_HOME, " " * 20)
    yield "                if best is None or (w, against) > best: best = w, against"
    yield "        (w, against), a, b = best, one[0], other[0]"
    yield "        has = a.has & b.has"
    for comparison in OF_THE_REST:
        held = sum(1 << place for place, column in enumerate(HELD) if column in comparison.of)
        yield f"        if has & {held}:"
        yield from _chains([comparison], " " * 12)
    yield "        return w + prior, against"
    yield "    return weigh"


def _chains(comparisons: Sequence[Comparison], indent: str) -> Iterator[str]:
    for comparison in comparisons:
        adds = {"": "pass"} | {level.name: _adds(comparison, level) for level in comparison.levels}
        yield from (indent + line for line in comparison.chain(adds.__getitem__))


def _adds(comparison: Comparison, level: Level) -> str:
    """The statement that adds the bits of a level."""
    if level.name == APART:
        return "pass"
    bits = f"bits[{_PLACE[comparison.name, level.name]}]"
    if level.frequency:
        column = level.frequency
        bits += f" {'-' if level.share > 0 else '+'} of_{column}(a.{column}, rare_{column})"
    if comparison is HOUSEHOLD:
        return f"w += {bits}; together = True"
    if comparison.name in KEPT_FOR_LIFE:
        return f"x = {bits}; w += x; against += x if x < 0 else 0.0"
    return f"w += {bits}"

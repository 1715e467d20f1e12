"""How well a model tells persons apart, where the truth about pairs is known."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from alongside.linkage.candidates import select_candidates
from alongside.linkage.index import MemoryIndex
from alongside.linkage.keys import keys
from alongside.linkage.model import Model
from alongside.linkage.score import score

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class At:
    """What is right at a threshold in bits. `precision` is None where nothing reaches it."""

    threshold: float
    precision: float | None
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both, 0 where nothing reaches the threshold."""
        both = (self.precision or 0.0) + self.recall
        return 2 * (self.precision or 0.0) * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`pairs` of one person there are; `shared_key`: the share of them that keys bring together at all."""

    pairs: int
    shared_key: float
    shipped: At
    best: At


def pair(a: str, b: str) -> Pair:
    """Two ids, the smaller as text first."""
    return (a, b) if a < b else (b, a)


def pairs_of(clusters: Mapping[str, str]) -> set[Pair]:
    """Id → who it is: the pairs that are one person."""
    together: defaultdict[str, list[str]] = defaultdict(list)
    for id_, who in clusters.items():
        together[who].append(id_)
    return {pair(a, b) for ids in together.values() for a, b in combinations(ids, 2)}


def evaluate(
    index: MemoryIndex,
    model: Model,
    same: Iterable[Pair],
    not_same: Iterable[Pair] | None = None,
    *,
    population: int | None = None,
) -> Evaluation | None:
    """Precision and recall among people, None without any pair of one person.

    `not_same`: pairs known to be two persons; None: every other pair is. `population`: as looked up among so many, of whom these are
    a few; None: these are all.
    """
    right = {pair(*ids) for ids in same}
    wrong = None if not_same is None else {pair(*ids) for ids in not_same}
    if not right:
        return None
    scored = [
        (bits, ids in right)
        for ids, bits in _scored(index, model, population)
        if ids in right or wrong is None or ids in wrong
    ]
    scored.sort(reverse=True)
    steps = _steps(scored, len(right))
    least = model.repeat_from if population is None else model.link_from
    shipped = next((at for at in reversed(steps) if at.threshold >= least), At(least, None, 0.0))
    shipped = At(least, shipped.precision, shipped.recall)
    best = max(steps, key=lambda at: at.f1, default=shipped)
    return Evaluation(len(right), sum(is_right for _, is_right in scored) / len(right), shipped, best)


def _scored(index: MemoryIndex, model: Model, population: int | None) -> Iterable[tuple[Pair, float]]:
    people = {known.id: known for known in index.people()}
    seen: set[Pair] = set()
    for id_, known in people.items():
        for other in select_candidates(keys(known), index.fetch):
            ids = pair(id_, other)
            if id_ == other or ids in seen:
                continue
            seen.add(ids)
            whole = population is None
            match = score(known, people[other], model, population=population or len(people), within=whole)
            yield ids, match.weight_bits


def _steps(scored: Sequence[tuple[float, bool]], pairs: int) -> list[At]:
    """What is right with each score as the threshold, from the highest."""
    steps: list[At] = []
    right = 0
    for count, (bits, is_right) in enumerate(scored, 1):
        right += is_right
        at = At(bits, right / count, right / pairs)
        if steps and steps[-1].threshold == bits:
            steps[-1] = at
        else:
            steps.append(at)
    return steps

"""From scored pairs to who may be one person, without chaining a household together.

Two groups become one if all the pairs between them, on average, say more for it than against: one record that is like two twins
does not make one person of them. A pair that merely tells too little says nothing; another first name or date of birth speaks against.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from alongside.linkage.batch import Batch

Pair = tuple[int, int]
Scored = Mapping[Pair, float]

# How far one pair can speak, either way: an NHS number in common does not outweigh all else.
AT_MOST_BITS = 12.0
# People, in a group where every pair is looked at. A greater one is first parted at its weakest pairs.
MOST_TOGETHER = 200


def labels(them: Batch, scored: pl.DataFrame, threshold: float) -> pl.DataFrame:
    """`id` and `cluster`, the smallest id of it as text: everybody once, in the order of the file. `scored`: places and weight."""
    import polars as pl

    links = scored.filter(pl.col("weight") >= threshold)
    groups = list(groups_of(_by_pair(links), threshold))
    parts = [group for group in groups if len(group) == 2]
    several = [group for group in groups if len(group) > 2]
    says = _says(them.score(_all_pairs(several)), threshold)
    for group in several:
        parts += cluster(group, says)
    ids = them.ids.to_list()
    label = list(ids)
    for part in parts:
        least = min(ids[one] for one in part)
        for one in part:
            label[one] = least
    return pl.DataFrame({"id": ids, "cluster": label}, schema={"id": pl.String, "cluster": pl.String})


def _by_pair(scored: pl.DataFrame) -> dict[Pair, float]:
    return {(a, b): bits for a, b, bits in scored.select("left", "right", "weight").iter_rows()}


def _says(scored: pl.DataFrame, threshold: float) -> dict[Pair, float]:
    """What each pair says of whether both are one person: the bits above the threshold, or twice those against."""
    told = scored.select("left", "right", "weight", "against").iter_rows()
    return {(a, b): bits - threshold if bits >= threshold else 2 * against for a, b, bits, against in told}


def _all_pairs(groups: Iterable[list[int]]) -> pl.DataFrame:
    import polars as pl

    pairs = [pair for group in groups for pair in combinations(group, 2)]
    return pl.DataFrame(pairs, schema={"left": pl.UInt32, "right": pl.UInt32}, orient="row")


def linked(pairs: Iterable[Pair]) -> list[list[int]]:
    """Who hangs together by these pairs, each group in order."""
    leader: dict[int, int] = {}

    def find(one: int) -> int:
        while leader.setdefault(one, one) != one:
            leader[one] = one = leader[leader[one]]
        return one

    for a, b in pairs:
        low, high = sorted((find(a), find(b)))
        leader[high] = low
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for one in sorted(leader):
        groups[find(one)].append(one)
    return list(groups.values())


def groups_of(scored: Scored, threshold: float) -> Iterator[list[int]]:
    """Groups of 2 to 200 that hang together at the threshold, or, if there are more, at the least higher one that parts them."""
    waiting = [(threshold, group) for group in linked(p for p, bits in scored.items() if bits >= threshold)]
    by_member: defaultdict[int, list[Pair]] = defaultdict(list)
    for pair in scored:
        by_member[pair[0]].append(pair)
    while waiting:
        least, group = waiting.pop()
        if len(group) <= MOST_TOGETHER:
            if len(group) > 1:
                yield group
            continue
        inside = {pair: scored[pair] for one in group for pair in by_member[one] if scored[pair] >= least}
        bits = sorted(inside.values())
        higher = next((x for x in bits[len(bits) // 10 :] if x > least), None)
        if higher is None:
            continue  # all alike, and too many to be one person
        waiting += [(higher, part) for part in linked(p for p, bits in inside.items() if bits >= higher)]


def cluster(group: list[int], says: Scored) -> list[list[int]]:
    """The group parted into who may be one person: average linkage, the surest first, as long as more is said for than against.

    `says`: of every pair (a, b), a < b, the bits for one person, less than 0 against.
    """
    members = {one: [one] for one in group}
    sums = {pair: max(-AT_MOST_BITS, min(AT_MOST_BITS, says[pair])) for pair in combinations(group, 2)}
    ready = [(-bits, pair) for pair, bits in sums.items() if bits >= 0]
    heapq.heapify(ready)
    while ready:
        mean, (a, b) = heapq.heappop(ready)
        if a not in members or b not in members:
            continue
        if -mean != sums[a, b] / (len(members[a]) * len(members[b])):
            continue  # of before one of them grew
        members[a] += members.pop(b)
        for other in members:
            if other != a:
                near, far = _in_order(a, other), _in_order(b, other)
                sums[near] += sums.pop(far)
                mean = sums[near] / (len(members[a]) * len(members[other]))
                if mean >= 0:
                    heapq.heappush(ready, (-mean, near))
    return [sorted(group) for group in members.values()]


def _in_order(a: int, b: int) -> Pair:
    return (a, b) if a < b else (b, a)

"""From keys to the few records worth comparing, wherever the key table is kept."""

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from alongside.linkage.keys import SPECIFICITY, Key

Id = TypeVar("Id", bound=Hashable)
Fetch = Callable[[Sequence[int], int], Iterable[tuple[int, Sequence[Id]]]]

PER_KEY = 40
IN_ALL = 30  # of 100,000 people, 60 find nobody more among the best five
# Beyond the first twelve, whoever shares less than this part of what the first shares: of a million people none of the best five.
AT_LEAST, WORTH_COMPARING = 12, 0.15
# A key of the least specific kinds leads to somebody only where few have it: a rare surname, not every Khan.
WEAK = frozenset({"initial_start", "birth", "sound"})
FEW = 25


def select_candidates(
    keys_by_specificity: Sequence[Key], fetch: Fetch[Id], cap: int = PER_KEY, *, in_all: int = IN_ALL
) -> list[Id]:
    """The ids that share a key, those that share the most, and the rarest, keys first; at most `in_all`, and after the first
    twelve only who shares something beside the first.

    `fetch(hashes, limit)` gives (hash, ids), for each hash that somebody has at most `limit` in an order that is always the
    same (by id): a key that half the table shares costs no more than any other. It is called once, so that a database
    answers with one statement.
    """
    if not keys_by_specificity:
        return []
    place = {key.hash: SPECIFICITY[key.kind] for key in keys_by_specificity}
    weak = {key.hash for key in keys_by_specificity if key.kind in WEAK}
    worth: defaultdict[Id, float] = defaultdict(float)
    for found, ids in fetch(tuple(place), cap):
        if found in weak and len(ids) > FEW:
            continue
        # A key of a specific kind may still be common (a stand-in date): what few share tells most.
        bits = math.log2((2 * cap) / len(ids)) + place[found] / len(SPECIFICITY)
        for id_ in ids:
            worth[id_] += bits
    # Python's sort keeps the order of arrival among equals.
    ranked = sorted(worth, key=lambda id_: -worth[id_])[:in_all]
    return ranked[:AT_LEAST] + [id_ for id_ in ranked[AT_LEAST:] if worth[id_] >= WORTH_COMPARING * worth[ranked[0]]]

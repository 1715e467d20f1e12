"""Who of the people already known may this be? The top few, for a person to decide: never an automatic link."""

import math
from dataclasses import dataclass
from heapq import nsmallest
from operator import itemgetter
from typing import Any

from alongside.linkage.candidates import select_candidates
from alongside.linkage.index import LookupIndex
from alongside.linkage.keys import keys
from alongside.linkage.model import Model, default_model
from alongside.linkage.normalise import normalise
from alongside.linkage.record import Known, Record
from alongside.linkage.score import Match, score_rows
from alongside.linkage.weighing import weigher


@dataclass(frozen=True, slots=True)
class Hit:
    """One of the people known, and how well it matches."""

    id: str
    match: Match


def look_up(
    query: Record | Known,
    index: LookupIndex[Any],
    *,
    top: int = 5,
    model: Model | None = None,
    least: float = -math.inf,
    secret: bytes = b"",
) -> list[Hit]:
    """The `top` records that match best, best first, equals by id, none below `least` bits.

    `secret` is the one the index was keyed with.
    """
    known = normalise(query) if isinstance(query, Record) else query
    model = model or default_model()
    weigh, weights = weigher(model, len(index)), model.weights(len(index))
    candidates = index.load(select_candidates(keys(known, secret), index.fetch))
    weighed = ((-weigh(known.rows, other.rows)[0], other.id, other.rows) for other in candidates)
    best = nsmallest(top, (one for one in weighed if -one[0] >= least), key=itemgetter(0, 1))
    return [Hit(id_, score_rows(known.rows, rows, model, weights)) for _, id_, rows in best]

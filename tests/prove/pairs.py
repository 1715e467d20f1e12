"""Proof: what is hidden answers as what is not there, byte for byte and in the same time.

Run as `python -m tests.prove.pairs COUNT SEED` with PROVE_DATABASE_URL; prints what it found as JSON. Each pair asks for something hidden and
for something that is nowhere, in an order thrown by chance, so that whatever else the machine does falls on both. The time is told by how
often the hidden one took longer (the area under the curve): one half is no telling at all, and .55 the most.
"""

from __future__ import annotations

import os
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from uuid import uuid4

from tests.prove.ledger import Found
from tests.prove.product import prove

MOST = 0.55
FEWEST_TO_TIME = 200  # with fewer pairs chance alone tells hidden from absent
WARM = 10
Answer = tuple[int, str]
Ask = Callable[[bool], Answer]


def run(count: int, seed: int) -> Found:
    """So many pairs, of every way of asking in turn."""
    chance = random.Random(seed)  # noqa: S311 - order alone
    found, ways = Found(), list(_ways(seed))
    took: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for number in range(-WARM * len(ways), count):
        name, ask = ways[number % len(ways)]
        order = (True, False) if chance.random() < 0.5 else (False, True)
        timed = {hidden: _timed(ask, hidden) for hidden in order}
        if number < 0:
            continue
        found.tries[name] += 1
        took[name].append((timed[True][0], timed[False][0]))
        if timed[True][1] != timed[False][1]:
            found.fault(f"seed {seed}: {name} answers otherwise for what is hidden")
    for name, pairs in took.items():
        area = _area(pairs)
        if len(pairs) >= FEWEST_TO_TIME and not 1 - MOST <= area <= MOST:
            found.fault(f"seed {seed}: {name} tells by its time, area {area:.3f} of {len(pairs)} pairs")
    return found


def _timed(ask: Ask, hidden: bool) -> tuple[float, Answer]:
    begun = time.perf_counter()
    answer = ask(hidden)
    return time.perf_counter() - begun, answer


def _area(pairs: list[tuple[float, float]]) -> float:
    """How often, of any hidden and any absent one, the hidden took longer."""
    ranked = sorted([(one, True) for one, _ in pairs] + [(other, False) for _, other in pairs])
    ranks = sum(rank for rank, (_, hidden) in enumerate(ranked, 1) if hidden)
    count = len(pairs)
    return (ranks - count * (count + 1) / 2) / (count * count)


def _ways(seed: int) -> Iterator[tuple[str, Ask]]:
    """Every way of asking about somebody of a case that is hidden from whoever asks."""
    from django.test import Client

    from tests.apps import partnership as invented
    from tests.apps.sharing import overlaps, traces

    there = invented.build()
    held = overlaps.family(overlaps.chance(seed))
    case, people = overlaps.open_with(there, held)
    for number in range(20):  # others, so that the tables are not empty but for what is looked for
        overlaps.open_with(there, overlaps.family(overlaps.chance(seed * 100 + number)))
    client = Client()
    client.force_login(there.users["idva"], backend="allauth.account.auth_backends.AuthenticationBackend")
    if os.environ.get("PROVE_MUTANT") == "hidden-takes-longer":
        _slow_when_hidden()
    person = people["v"].pk
    said = held.people["v"]

    def page(hidden: str, absent: Callable[[], str]) -> Ask:
        return lambda is_hidden: traces.opened(client, hidden if is_hidden else absent())

    yield "a case", page(f"/cases/{case.reference}/", lambda: "/cases/AL-9999-99/")
    yield "a tab of a case", page(f"/cases/{case.reference}/see/family/", lambda: "/cases/AL-9999-99/see/family/")
    yield "a person", page(f"/people/{person}/", lambda: f"/people/{uuid4()}/")
    yield "who somebody is", page(f"/people/{person}/who/", lambda: f"/people/{uuid4()}/who/")
    known = traces.typed(said.given_name, said.family_name, said.date_of_birth)
    nobody = traces.typed("Nobodya", "Atallsonova", "1931-02-03")
    yield "a look-up", lambda is_hidden: traces.searched(client, known if is_hidden else nobody)


def _slow_when_hidden() -> None:
    from alongside.gate import viewing

    real = viewing.load

    def load(rows, viewer, *, what, **lookup):  # type: ignore[no-untyped-def]
        if rows.filter(**lookup).exists():
            time.sleep(0.002)
        return real(rows, viewer, what=what, **lookup)

    from alongside.cases import views as cases
    from alongside.people import views as people

    cases.load = people.load = load  # type: ignore[attr-defined]


if __name__ == "__main__":
    prove(run)

"""Proof: nothing that leads to a shielded door reaches the other parent. Random families of several homes, decided by the product and by
the oracle.

Run as `python -m tests.prove.shields COUNT SEED`; prints what it found as JSON. No database: `tests/apps/cases/test_shielding.py` holds the
rows to the same oracle.
"""

from __future__ import annotations

import os
import random
import sys
import time as clock
from collections.abc import Callable
from uuid import UUID

from tests.prove import shield_oracle as oracle
from tests.prove.ledger import Found
from tests.prove.shield_oracle import Family

Reaches = Callable[[Family, int], set[str]]


def by_product(family: Family, reader: int) -> set[str]:
    """The tokens that the product lets through to a reader."""
    from alongside.cases.living import Part, ties_of
    from alongside.people.shielding import CONFIDENTIAL, REFUGE, SHIELD, Source, Ties, spread

    ids = [UUID(int=number + 1) for number in range(len(family.records))]
    told = ties_of(
        [
            Part(UUID(int=1000 + number), ids[one], role, lives, refuge)
            for number, (people, refuge) in enumerate(family.cases)
            for one, role, lives in people
        ]
    )
    homes = [
        (ids[one], f"home {number}")
        for number, there in enumerate(family.households)
        for one, lives in there
        if lives is not False
    ]
    doors = [
        (ids[number], f"door {one.door}")
        for number, record in enumerate(family.records)
        for one in record.addresses
        if one.current is not False and not one.left
    ]
    same = [(ids[one], ids[other]) for one, other in family.links]
    ties = Ties(frozenset(same), frozenset([*homes, *doors]) | told.home, told.against)
    hidden = {ids[n] for n, r in enumerate(family.records) if any(a.confidential for a in r.addresses)}
    open_ = {ids[n] for n, r in enumerate(family.records) if oracle._open(r)}
    sources = [
        *(Source(ids[n], SHIELD) for n, record in enumerate(family.records) if record.shielded),
        *(Source(one, CONFIDENTIAL) for one in hidden - open_),
        *(Source(one, REFUGE) for one in told.at_refuge - open_),
    ]
    found = spread(ties, sources)
    own = {ids[reader], *(found[ids[reader]].records if ids[reader] in found else ())}
    return {
        family.token(number, kind)
        for number, one in enumerate(ids)
        for kind in oracle.TOKENS
        if one not in found or not found[one].hides_from(own)
    }


def compare(*, count: int, seed: int, reaches: Reaches = by_product) -> Found:
    """So many families, each read by somebody of it: nothing gets through that may not, and nothing is kept back for no reason."""
    found, dice = Found(), random.Random(seed)  # noqa: S311 - repeatable, not secret
    kept = 0
    for _ in range(count):
        family = oracle.family(dice)
        reported = [one for people, _ in family.cases for one, role, _ in people if role == "person-causing-harm"]
        reader = dice.choice(reported) if reported and dice.random() < 0.7 else dice.randrange(len(family.records))
        may, does = oracle.may_reach(family, reader), reaches(family, reader)
        kept += len(family.records) * len(oracle.TOKENS) > len(may)
        found.tries["reported" if reader in reported else "somebody else"] += 1
        if does - may:
            found.fault(f"record {reader} was told {sorted(does - may)}: {family}")
        if may - does:
            found.fault(f"kept from record {reader} for no reason: {sorted(may - does)}: {family}")
    if count >= 100 and kept < count // 5:
        found.fault(f"only in {kept} of {count} families was anything hidden, too few to prove anything")
    return found


def main() -> None:
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    if os.environ.get("PROVE_MUTANT") == "nobody-lives-together":
        from alongside.people import shielding

        ways = shielding._ways
        shielding._ways = lambda pairs: ways(pair for pair in pairs if not any(isinstance(one, str) for one in pair))
    begun = clock.monotonic()
    found = compare(count=count, seed=seed)
    found.seconds = clock.monotonic() - begun
    print(found.to_json())


if __name__ == "__main__":
    main()

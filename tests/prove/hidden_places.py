"""Proof: what leads to somebody is found in free text, however it is written. Invented places, numbers and schools, hidden in documents.

Run as `python -m tests.prove.hidden_places COUNT SEED`; prints what it found as JSON. No database. A batch fails where more than one in a
hundred is missed, or where a document that hides nothing is stopped.
"""

from __future__ import annotations

import os
import sys
import time as clock

from tests.apps.releases.written import plain, secrets
from tests.prove.ledger import Found

MOST_MISSED = 100  # one in so many


def look(*, count: int, seed: int) -> Found:
    """So many documents with something hidden in each, and a fifth as many with nothing."""
    from alongside.releases import scanning

    found, missed = Found(), []
    for one, text in secrets(count, seed):
        found.tries[one.kind] += 1
        if not scanning.find(text, one.known):
            missed.append(f"{one.kind}: {one.value!r} as {one.written!r}")
    if len(missed) > count // MOST_MISSED:
        found.fault(f"{len(missed)} of {count} missed, such as {'; '.join(missed[:5])}")
    for one, text in plain(count // 5, seed):
        found.tries["nothing hidden"] += 1
        if hits := scanning.find(text, one.known):
            found.fault(f"{one.value!r} was found in {hits[0].words(text)!r}, which is something else")
    return found


def main() -> None:
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    if os.environ.get("PROVE_MUTANT") == "numbers-stay-words":
        from alongside.releases.scanning import finding

        finding.counted = list  # type: ignore[assignment]
    begun = clock.monotonic()
    found = look(count=count, seed=seed)
    found.seconds = clock.monotonic() - begun
    print(found.to_json())


if __name__ == "__main__":
    main()

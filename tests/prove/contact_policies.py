"""Proof: nobody is reached outside what they said. Random contact policies and moments, decided by the product and by the oracle.

Run as `python -m tests.prove.contact_policies COUNT SEED`; prints what it found as JSON. No database: what is decided here is what the
clearance decides on, and `tests/apps/people/test_reaching.py` holds the rows to it.
"""

from __future__ import annotations

import os
import random
import sys
import time as clock
from collections.abc import Callable
from datetime import datetime, time

import django

from tests.prove import contact_oracle as oracle
from tests.prove.ledger import Found

KNOWN = {"yes": True, "no": False, "not known": None}
Decide = Callable[[oracle.Policy, str, datetime, bool], bool]


def by_product(policy: oracle.Policy, act: str, at: datetime, by_hand: bool) -> bool:
    """What the product answers."""
    from alongside.clock import ContactWindow
    from alongside.people.contact.rules import AreaRules, Around, Way, decide

    windows = tuple(
        ContactWindow(frozenset(days), time(*divmod(opens, 60)), time(*divmod(closes, 60)))
        for days, opens, closes in policy["windows"]
    )
    way = Way(
        confirmed_on=policy["confirmed"],
        safe=KNOWN[policy["safe"]],
        monitored=KNOWN[policy["monitored"]],
        shared=KNOWN[policy["shared"]],
        when=policy["when"] if policy["when"] in ("any", "hours") else "",
        windows=windows,
        in_words=policy["when"] == "words",
        answered_by=policy["answers"],
        may_leave=KNOWN[policy["leave"]],
        has_code_word=policy["code word"],
        has_words=policy["words"],
        has_value=policy["value"],
        address_stands=policy["address stands"],
    )
    around = Around(
        no_contact_since=policy["none"],
        addresses_changed_on=policy["address changed"],
        protected_since=policy["protected"],
        said_elsewhere_on=policy["elsewhere"],
        somebody_else_on=policy["somebody-else"],
    )
    acts = {"letter": "send_letter", "leaflet": "leave_leaflet", "voicemail": "leave_voicemail"}
    area = AreaRules(
        known=policy["area known"],
        letters=policy["letter chosen"],
        leaflets=policy["leaflet chosen"],
        voicemail=policy["voicemail chosen"],
        days=policy["days"],
        barred=frozenset(code for act, code in acts.items() if policy[f"{act} barred"]),
    )
    said = decide(act, way if policy["said"] else None, around, area, at, by_hand=by_hand)
    return said.allowed


def compare(*, count: int, seed: int, decided: Decide = by_product) -> Found:
    """So many policies, each at a moment, both ways round: nothing outside, and nothing kept from somebody without a reason."""
    found, dice = Found(), random.Random(seed)  # noqa: S311 - repeatable, not secret
    yes = 0
    for number in range(count):
        at = oracle.moment(number, dice)
        policy = oracle.policy(dice, at)
        act, by_hand = dice.choice(oracle.ACTS), dice.random() < 0.5
        ours, theirs = decided(policy, act, at, by_hand), oracle.allowed(policy, act, at, by_hand=by_hand)
        yes += theirs
        found.tries[act] += 1
        if ours != theirs:
            outside = "OUTSIDE the policy" if ours else "kept back though the policy allows it"
            found.fault(f"{act} at {at.isoformat()}, by hand {by_hand}: {outside}: {policy}")
    if count >= 200 and yes < count // 20:
        found.fault(f"only {yes} of {count} were allowed, too few to prove anything")
    return found


def main() -> None:
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    django.setup()
    if os.environ.get("PROVE_MUTANT") == "summer-is-winter":
        from datetime import UTC

        from alongside.clock import contact

        contact.london = lambda day, at: datetime.combine(day, at, UTC)
    begun = clock.monotonic()
    found = compare(count=count, seed=seed)
    found.seconds = clock.monotonic() - begun
    print(found.to_json())


if __name__ == "__main__":
    main()

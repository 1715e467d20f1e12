"""Which staff live where somebody on record does, by what they said of themselves in the register of conflicts.

Of that register only one's own home is compared, and no lead is told what agrees: who is close to whom is for two leads of different
agencies. A confidential address is compared with nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from alongside.people import matching
from alongside.people.queries import said_of
from alongside.people.records import PersonSaid
from alongside.sharing.conflicts.models import ClosePerson
from alongside.sharing.conflicts.queries.finding import opened


def near(staff: Collection[UUID], people: Collection[UUID], /) -> set[tuple[UUID, UUID]]:
    """Pairs of member of staff and person at one postcode or in one street; nothing is opened where no staff said where they live."""
    homes: defaultdict[UUID, set[str]] = defaultdict(set)
    for row in ClosePerson.objects.filter(user__in=staff, relation="myself"):
        homes[row.user_id] |= places(opened(row))
    if not any(homes.values()):
        return set()
    held = {pk: places(said) for pk, (said, _) in said_of(people).items()}
    return {(user, pk) for user, own in homes.items() for pk, there in held.items() if own & there}


def places(said: PersonSaid) -> set[str]:
    """The postcode of each address that may be matched on, and its street within the postcode's first half."""
    found = set()
    for address in matching.open_addresses(said.addresses):
        known = matching.known("", PersonSaid(ref="", addresses=[address]))
        if known.postcode:
            found.add(known.postcode)
        street = " ".join(sorted(known.address.words)) if known.address else ""
        if street and known.postcode:
            found.add(f"{known.postcode[:-3].strip()} {street}")
    return found

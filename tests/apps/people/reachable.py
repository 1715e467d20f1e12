"""Somebody who can be reached, for tests of safe contact: every way safe in every respect unless a test says otherwise."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from alongside.agencies.models import Area, User
from alongside.audit.testing import writing
from alongside.people import actions
from alongside.people.models import Address, Person, SafeContact
from alongside.people.records import AddressSaid, PersonSaid, SafeContactSaid
from alongside.procedures.models import AdoptedChoice

WIDE = {"contact_letters": "second-reader", "contact_leaflets": "if-safe", "contact_voicemail": "agreed-words"}
NUMBERS = {"phone": "07700 900456", "text": "07700 900456", "email": "safe@reach.example"}


def confirm(
    person: Person, channel: str, *, by: User, at: datetime, to: Address | None = None, **said: Any
) -> SafeContact:
    """She says that this way is safe, and all that goes with it."""
    well: dict[str, Any] = {
        "value": NUMBERS.get(channel, ""),
        "safe": True,
        "monitored": False,
        "shared": False,
        "when": "any",
        "answered_by": "only-them",
        "may_leave": True,
        "say_to_others": "It is the library about a book.",
    }
    return actions.confirm_way(person=person, said=SafeContactSaid(channel, **(well | said)), goes_to=to, by=by, at=at)


def move(person: Person, lines: str, *, by: User, at: datetime, current: bool | None = True) -> Address:
    """She lives somewhere else from now on."""
    said = PersonSaid(ref="", addresses=[AddressSaid(lines, "CV1 4AA", current=current)])
    actions.add_to(person=person, said=said, by=by, at=at)
    return Address.objects.filter(person=person).latest("changed_on")


def adopt(area: Area, by: User, at: datetime, **choices: str) -> None:
    """The partnership of an area chooses, two days before."""
    before = at - timedelta(days=2)
    with writing():
        AdoptedChoice.objects.bulk_create(
            AdoptedChoice(
                area=area,
                parameter=name,
                value=value,
                reason="for the tests",
                in_force_from_on=before.date(),
                adopted_at=before,
                adopted_by=by,
            )
            for name, value in (WIDE | choices).items()
        )

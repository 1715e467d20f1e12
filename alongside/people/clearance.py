"""Whether a person may be reached now: asked before every message, call, letter and visit. In doubt the answer is no.

The same answer for the machine and for a colleague; a colleague can besides read hours that are recorded in words, and use agreed words.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from alongside.outbox.api import Clearance
from alongside.people import hooks, queries
from alongside.people.contact import rules
from alongside.people.contact.codes import PROCEDURE_ACTS
from alongside.people.contact.rules import Answer, AreaRules
from alongside.people.models import SafeContact


def answer(person: UUID, act: str, at: datetime, *, by_hand: bool = True) -> tuple[Answer, SafeContact | None]:
    """What is recorded comes to this, and the row that it rests on. `act` is one of `contact.codes.ACTS`."""
    channel = queries.channel_of(act)
    row = queries.latest_way(person, channel)
    way = queries.as_way(row) if row is not None else None
    return rules.decide(act, way, queries.around(person, channel), area_rules(person, at), at, by_hand=by_hand), row


def area_rules(person: UUID, at: datetime) -> AreaRules:
    """The strictest of what the areas of a person's records allow; where no area is known, nothing is posted or left."""
    everywhere = {person, *queries.same_records(person)}
    found = next((held for find in hooks.AREA_RULES if (held := find(everywhere, at)) is not None), None)
    return found or AreaRules(known=False)


def may_send(person_id: str, channel: str, at: datetime) -> Clearance:
    """For a message that a machine sends: nothing is read between the lines, and where it goes is told only with a yes."""
    said, row = answer(UUID(person_id), channel, at, by_hand=False)
    if said.allowed and row is not None and channel not in PROCEDURE_ACTS:
        return Clearance(True, address=row.value.open())
    return Clearance(False, reason=said.sentence, codes=said.reasons, opens_on=said.opens_on)

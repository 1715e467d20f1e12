"""Whether a person may be written to now: asked by the outbox before any message to them. In doubt the answer is no.

Hours written in words ("weekdays 9 to 3") are for a colleague to read: nothing is sent by itself on them.
"""

from datetime import datetime

from alongside.outbox.api import Clearance
from alongside.people.models import SafeContact

CHANNELS = {"email": "email", "text": "text", "phone": "phone"}


def may_send(person_id: str, channel: str, at: datetime) -> Clearance:
    """The latest word on this channel, from the person's safe-contact record."""
    row = (
        SafeContact.objects.filter(person_id=person_id, channel=channel, confirmed_at__lte=at)
        .order_by("-confirmed_at")
        .first()
    )
    if row is None:
        return Clearance(False, reason="Nothing is recorded about reaching this person this way. A colleague decides.")
    if SafeContact.objects.filter(person_id=person_id, channel="none").exists():
        return Clearance(False, reason="No contact is safe, as last recorded.")
    if row.safe is not True:
        return Clearance(False, reason="It is not known to be safe to reach this person this way. A colleague decides.")
    if row.monitored is not False:
        return Clearance(False, reason="Somebody else may read what is sent there. A colleague decides.")
    if row.hours:
        return Clearance(False, reason="Safe hours are recorded in words. A colleague reads them and decides.")
    return Clearance(True, address=row.value.open())

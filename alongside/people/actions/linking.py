"""Saying who somebody is. Two records are linked, never merged; a link is undone as it was made, and shows nobody anything new."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit.api import action, record
from alongside.people import hooks
from alongside.people.models import LinkDecision, Person

ANSWERS = frozenset({"same", "not-same", "unsure"})


@action("people.link_decided")
def decide_link(
    *,
    person: Person,
    candidate: Person,
    answer: str,
    weight: float,
    because: Sequence[str],
    reason: str = "",
    by: User,
    at: datetime,
) -> LinkDecision:
    """Say whether two records are the same human being: `same`, `not-same` or `unsure`, which is safe.

    `weight` (in bits) and `because` are what was shown. An answer that stands is undone and a new row made; the same
    answer again changes nothing. No record changes, and no door of the gate opens.
    """
    access.check_may(by, "search_people")
    if answer not in ANSWERS:
        raise Refused("Choose “Same person”, “Not the same” or “Not sure”. Nothing was changed.")
    if person.pk == candidate.pk:
        raise Refused("A record cannot be compared with itself. Nothing was changed.")
    standing = (
        LinkDecision.objects.select_for_update()
        .filter(person=person, candidate=candidate, undone_at__isnull=True)
        .first()
    )
    if standing is not None and standing.answer == answer:
        record(standing, by=by, at=at, answer=answer, again=True)
        return standing
    if standing is not None:
        _undo(standing, by, at)
    row = LinkDecision.objects.create(
        person=person,
        candidate=candidate,
        answer=answer,
        weight=Decimal(str(round(weight, 2))),
        because=list(because),
        reason=reason,
        decided_at=at,
        decided_by=by,
    )
    record(row, by=by, at=at, answer=answer, person=str(person.pk), candidate=str(candidate.pk))
    _tell(person, by, at)
    return row


@action("people.link_undone")
def undo_link(*, link: LinkDecision, by: User, at: datetime) -> LinkDecision:
    """Undo an answer: everything is as it was before it, and both rows of what happened stay."""
    access.check_may(by, "search_people")
    if link.undone_at is not None:
        raise Refused("This answer was undone already. Nothing was changed.")
    _undo(link, by, at)
    record(link, by=by, at=at, answer=link.answer, person=str(link.person_id), candidate=str(link.candidate_id))
    _tell(link.person, by, at)
    return link


def _undo(link: LinkDecision, by: User, at: datetime) -> None:
    link.undone_at, link.undone_by = at, by
    link.save(update_fields=["undone_at", "undone_by"])


def _tell(person: Person, by: User, at: datetime) -> None:
    for listener in hooks.LINKED:
        listener(person=person, by=by, at=at)

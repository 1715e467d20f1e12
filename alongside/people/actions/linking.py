"""Saying who somebody is. Two records are linked, never merged; a link is undone as it was made, and shows nobody anything new.

Where either person is protected an answer is a proposal: it counts once a second person has agreed.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit.api import action, record
from alongside.people import hooks
from alongside.people.models import HOW_KNOWN, LinkDecision, Person
from alongside.people.models.linking import STANDING
from alongside.people.queries import protected

ANSWERS = frozenset({"same", "not-same", "unsure"})
HOW = frozenset(code for code, _ in HOW_KNOWN)
LONGEST_REASON = 500


class AnsweredMeanwhile(Refused):
    """A colleague answered after the page was shown; theirs is kept on the exception, to be shown beside yours."""

    def __init__(self, theirs: LinkDecision) -> None:
        super().__init__(
            "A colleague answered about this record while you were looking. Theirs stands; yours was not kept. "
            "If it is not right, undo it and answer again."
        )
        self.theirs = theirs


@action("people.link_decided")
def decide_link(
    *,
    person: Person,
    candidate: Person,
    answer: str,
    weight: float,
    because: Sequence[str],
    model: str = "",
    how: str = "",
    reason: str = "",
    seen: str | None = None,
    by: User,
    at: datetime,
) -> LinkDecision:
    """Say whether two records are the same human being: `same`, `not-same` or `unsure`, which is safe and needs no reason.

    `weight` (in bits), by the linkage model of the hash `model`, and `because` are what was shown; `how` and `reason` how the answer
    is known; `seen` the id of the answer that stood on the page ("" none, None: not asked). A standing answer is replaced; the same
    again changes nothing. No record changes, and no door of the gate opens.
    """
    access.check_may(by, "search_people")
    _check(person, candidate, answer, how, reason)
    _lock(person, candidate)
    standing = _standing(person, candidate, by)
    if standing is not None and standing.answer == answer:
        record(standing, by=by, at=at, answer=answer, again=True)
        return standing
    if standing is not None and standing.decided_by_id != by.pk and seen not in (None, str(standing.pk)):
        raise AnsweredMeanwhile(standing)
    if standing is not None:
        _end(standing, by, at)
    row = LinkDecision.objects.create(
        person=person,
        candidate=candidate,
        answer=answer,
        weight=Decimal(str(round(weight, 2))),
        model=model,
        because=list(because),
        how=how,
        reason=reason,
        decided_at=at,
        decided_by=by,
        replaces=standing,
        needs_second=answer != "unsure" and bool(protected([person.pk, candidate.pk])),
    )
    record(row, by=by, at=at, answer=answer, person=str(person.pk), candidate=str(candidate.pk))
    _tell(person, by, at)
    return row


@action("people.link_confirmed")
def confirm_link(*, link: LinkDecision, by: User, at: datetime) -> LinkDecision:
    """A second person agrees with what was said of somebody protected: from now on the answer counts."""
    row = _for_second(link, by)
    row.second_agrees, row.second_at, row.second_by = True, at, by
    row.save(update_fields=["second_agrees", "second_at", "second_by"])
    record(row, by=by, at=at, answer=row.answer, person=str(row.person_id), candidate=str(row.candidate_id))
    _tell(row.person, by, at)
    return row


@action("people.link_declined")
def decline_link(*, link: LinkDecision, why: str, by: User, at: datetime) -> LinkDecision:
    """A second person does not agree: the proposal ends, and what stood before it stands again."""
    row = _for_second(link, by)
    if not why.strip():
        raise Refused("Say in a sentence why you do not agree. Nothing was changed.")
    row.second_agrees, row.second_why, row.second_at, row.second_by = False, why.strip()[:LONGEST_REASON], at, by
    row.save(update_fields=["second_agrees", "second_why", "second_at", "second_by"])
    _undo(row, by, at)
    record(row, by=by, at=at, answer=row.answer, person=str(row.person_id), candidate=str(row.candidate_id))
    _tell(row.person, by, at)
    return row


@action("people.link_undone")
def undo_link(*, link: LinkDecision, by: User, at: datetime) -> LinkDecision:
    """Undo an answer: everything is as it was before it, an answer it replaced included; the row of what happened stays."""
    access.check_may(by, "search_people")
    _lock(link.person, link.candidate)
    row = LinkDecision.objects.select_related("person", "replaces").get(pk=link.pk)
    if row.undone_at is not None:
        raise Refused("This answer was undone already. Nothing was changed.")
    _undo(row, by, at)
    record(row, by=by, at=at, answer=row.answer, person=str(row.person_id), candidate=str(row.candidate_id))
    _tell(row.person, by, at)
    return row


def _check(person: Person, candidate: Person, answer: str, how: str, reason: str) -> None:
    if answer not in ANSWERS:
        raise Refused("Choose “Same person”, “Not the same” or “Not sure”. Nothing was changed.")
    if person.pk == candidate.pk:
        raise Refused("A record cannot be compared with itself. Nothing was changed.")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Say it in at most {LONGEST_REASON} characters. Nothing was changed.")
    if answer == "unsure" and how in HOW | {""}:
        return
    if how not in HOW or (how == "other" and not reason.strip()):
        raise Refused("Say how you know. Nothing was changed.")


def _lock(person: Person, candidate: Person) -> None:
    """Answers about a pair come one after another, from whichever side."""
    ids = sorted([person.pk, candidate.pk])
    list(Person.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))


def _standing(person: Person, candidate: Person, by: User) -> LinkDecision | None:
    """What stands for the pair: from this side whoever said it, from the other side only what one's own agency said."""
    own_side = Q(person=person, candidate=candidate)
    other_side = Q(person=candidate, candidate=person, decided_by__agency=by.agency_id)
    return LinkDecision.objects.filter(STANDING).filter(own_side | other_side).order_by("-decided_at").first()


def _for_second(link: LinkDecision, by: User) -> LinkDecision:
    """The proposal, locked, when this person may be the second to look at it."""
    access.check_may(by, "confirm_links")
    _lock(link.person, link.candidate)
    row = LinkDecision.objects.select_related("person", "replaces").get(pk=link.pk)
    if row.undone_at is not None or not row.needs_second or row.second_agrees is not None:
        raise Refused("Nobody is needed for this answer any more: it was settled or undone. Nothing was changed.")
    if row.decided_by_id == by.pk:
        raise Refused("You gave this answer yourself; a second person has to look at it. Nothing was changed.")
    return row


def _undo(link: LinkDecision, by: User, at: datetime) -> None:
    _end(link, by, at)
    before = link.replaces
    if before is None:
        return
    said_since = LinkDecision.objects.filter(STANDING).filter(person=before.person_id, candidate=before.candidate_id)
    if not said_since.exists():
        before.undone_at, before.undone_by = None, None
        before.save(update_fields=["undone_at", "undone_by"])


def _end(link: LinkDecision, by: User, at: datetime) -> None:
    link.undone_at, link.undone_by = at, by
    link.save(update_fields=["undone_at", "undone_by"])


def _tell(person: Person, by: User, at: datetime) -> None:
    for listener in hooks.LINKED:
        listener(person=person, by=by, at=at)

"""Taking in a request, checking who asks, clearing it, building the answer, and reviewing it. Releasing is the paper's own act."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import User
from alongside.audit.api import action, record
from alongside.people.models import Person
from alongside.releases import access, document, states
from alongside.releases.codes import ASKERS, IDENTITY, LEFT_OUT, MONTHS_TO_ANSWER, OTHER_SIDE, TREATED
from alongside.releases.models import AccessRequest, Paper
from alongside.releases.queries import looking
from alongside.releases.requests import queries
from alongside.releases.requests.due import due_on
from alongside.sharing.days import today
from alongside.sharing.hooks import Part


@action("releases.request_taken")
def take_request(
    *, person: Person, asker: str, asker_name: str, received_on: date, by: User, at: datetime
) -> AccessRequest:
    """Take in a request for what is held about a person, and begin its clock on the day it was received."""
    check_may(by, "answer_access")
    if person.recorded_by_agency_id != by.agency_id:
        raise Refused("This record is another agency’s, which answers for it itself. Nothing was kept.")
    if asker not in ASKERS or (asker != "self" and not asker_name.strip()):
        raise Refused("Say who asks, by name where it is not the person themselves. Nothing was kept.")
    if received_on > today(at):
        raise Refused("The day it was received lies ahead. Nothing was kept.")
    row = AccessRequest.objects.create(
        person=person,
        agency=by.agency,
        asker=asker,
        asker_name=asker_name.strip(),
        received_on=received_on,
        due_on=due_on(received_on, MONTHS_TO_ANSWER),
        needs_clearing=queries.needs_clearing(person, asker),
        taken_at=at,
        taken_by=by,
    )
    record(row, by=by, at=at, person=str(person.pk))
    return row


@action("releases.asker_checked")
def check_identity(*, request: AccessRequest, identity: str, by: User, at: datetime) -> AccessRequest:
    """Say how it was made sure who asks. Then it is built, or a cleared reviewer is asked first."""
    check_may(by, "answer_access")
    row = _mine(request, by)
    if identity not in IDENTITY:
        raise Refused("Say how you made sure who asks. Nothing was changed.")
    row.identity, row.checked_at, row.checked_by = identity, at, by
    row.treated = "" if row.needs_clearing else "survivor"
    row.save(update_fields=["identity", "checked_at", "checked_by", "treated"])
    states.REQUEST.move(row, to="clearing" if row.needs_clearing else "building", by=by, at=at)
    record(row, by=by, at=at, identity=identity)
    return row


@action("releases.request_cleared")
def clear_request(*, request: AccessRequest, treated: str, why: str, by: User, at: datetime) -> AccessRequest:
    """A cleared reviewer, other than who took it in, says what may be built, before anybody builds."""
    check_may(by, "release_papers")
    row = _mine(request, by)
    if row.taken_by_id == by.pk:
        raise Refused("You took this request in; somebody else says what may be built. Nothing was changed.")
    if treated not in TREATED or not why.strip():
        raise Refused("Say what may be built, and why in a sentence. Nothing was changed.")
    row.treated, row.cleared_why, row.cleared_at, row.cleared_by = treated, why.strip(), at, by
    row.save(update_fields=["treated", "cleared_why", "cleared_at", "cleared_by"])
    states.REQUEST.move(row, to="building", by=by, at=at)
    record(row, by=by, at=at, treated=treated)
    return row


@action("releases.request_refused")
def refuse_request(*, request: AccessRequest, why: str, by: User, at: datetime) -> AccessRequest:
    """Refuse a request with its reason: who asks could not be made sure of, or it is one that the law lets us refuse."""
    row = _mine(request, by)
    check_may(by, "answer_access" if row.state == "identity" else "release_papers")
    states.REQUEST.move(row, to="refused", by=by, at=at, why=why)
    record(row, by=by, at=at)
    return row


@action("releases.answer_built")
def build_answer(
    *,
    request: AccessRequest,
    parts: Sequence[Part],
    left_out: Mapping[str, str],
    note: str,
    recipient: str,
    by: User,
    at: datetime,
) -> AccessRequest:
    """Build the answer from the person's own data, with every exclusion and its reason, and ask somebody else to look at it."""
    row = _mine(request, by)
    access.check_may_build(by, row)
    if row.state != "building":
        raise Refused("This request is not to be built now. Nothing was changed.")
    if set(left_out.values()) - LEFT_OUT.keys() or not recipient.strip():
        raise Refused("Say who receives it, and for each part that is left out why. Nothing was changed.")
    if row.treated == "nothing" and (parts or note.strip()):
        raise Refused("The answer neither confirms nor denies, so nothing is put into it. Nothing was changed.")
    paper = row.paper or Paper(
        kind="own-data",
        side=_side(row),
        case=queries.case_of(row.person),
        person=row.person,
        agency=by.agency,
        purpose="to answer a request for what is held",
        needs_two=True,
        drafted_at=at,
    )
    paper.drafted_by, paper.recipient, paper.reason = by, recipient.strip(), "A request for one’s own data."
    paper.parts, paper.note = document.kept(parts), note.strip()
    paper.left_out = json.dumps([{"label": label, "why": why} for label, why in left_out.items()])
    paper.count_left_out = len(left_out)
    paper.save()
    access.check_says_nothing(looking.stops(paper, linked=False))
    row.paper, row.built_at, row.built_by = paper, at, by
    row.reviewed_at, row.reviewed_by = None, None
    row.save(update_fields=["paper", "built_at", "built_by", "reviewed_at", "reviewed_by"])
    states.REQUEST.move(row, to="reviewing", by=by, at=at)
    record(row, by=by, at=at, parts=len(parts), left_out=len(left_out))
    return row


def _side(row: AccessRequest) -> str:
    """Whose side reads the answer; one of nothing is nobody's."""
    if row.treated in OTHER_SIDE:
        return row.treated
    return "parent" if row.asker == "parent" else "survivor"


@action("releases.answer_reviewed")
def review_answer(*, request: AccessRequest, agrees: bool, why: str, by: User, at: datetime) -> AccessRequest:
    """Somebody other than who built it agrees, or sends it back with what to change."""
    row = _mine(request, by)
    access.check_may_review(by, row)
    if row.state != "reviewing" or row.paper is None:
        raise Refused("This answer does not wait for a review. Nothing was changed.")
    if agrees:
        row.reviewed_at, row.reviewed_by = at, by
        row.save(update_fields=["reviewed_at", "reviewed_by"])
        states.REQUEST.move(row, to="releasing", by=by, at=at)
        states.PAPER.move(row.paper, to="waiting", by=by, at=at)
    else:
        states.REQUEST.move(row, to="building", by=by, at=at, why=why)
    record(row, by=by, at=at, agrees=agrees)
    return row


def _mine(request: AccessRequest, by: User) -> AccessRequest:
    """The request, locked, when it is one's own agency's."""
    row = AccessRequest.objects.select_for_update().get(pk=request.pk)
    if row.agency_id != by.agency_id:
        raise Refused("This request was made to another agency. Nothing was changed.")
    return row

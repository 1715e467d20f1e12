"""Ending a share, asking its decider to look at it again, and what a withdrawal of consent sets going."""

from __future__ import annotations

from datetime import date, datetime

from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit.api import action, record
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.outbox.api import STAFF_NOW, post
from alongside.people.models import Person
from alongside.sharing.codes import FREELY
from alongside.sharing.days import today
from alongside.sharing.decisions import access, doors, queries, states
from alongside.sharing.decisions.models import Disclosure, ShareReview


@action("sharing.share_ended")
def end_share(*, decision: Disclosure, why: str, by: User, at: datetime) -> Disclosure:
    """End what a decision opened: their door closes in this transaction, unless another live decision keeps it."""
    decision.ended_at, decision.ended_by, decision.ended_why = at, by, why.strip()
    decision.save(update_fields=["ended_at", "ended_by", "ended_why"])
    states.SHARE.move(decision, to="ended", by=by, at=at, why=why)
    doors.follow(decision, why="the decision to share ended", by=by, at=at)
    record(decision, by=by, at=at, to=decision.to_team.code)
    return decision


@action("sharing.withdrawal_followed")
def follow_withdrawal(*, person: Person, by: User, at: datetime) -> int:
    """Somebody took consent back. What rested on it ends now; the decider of that and of every other share of the person looks at it
    today, and asks whether it was taken back freely. How many shares there were.
    """
    meant = queries.people_meant(person)
    shares = queries.shares_of(meant)
    for one in shares:
        if one.basis == "consent" and (one.person_id is None or one.person_id in meant):
            end_share(decision=one, why="The consent it rested on was withdrawn.", by=by, at=at)
        _ask(one, by, at)
    for case in {one.case_id: one.case for one in shares if one.state == "ended"}.values():
        cases.changed(case=case, by=by, at=at)
    record(person, by=by, at=at, count=len(shares))
    return len(shares)


def _ask(decision: Disclosure, by: User, at: datetime) -> None:
    """A review due today; one that is open for the day to look again becomes this one."""
    for there in queries.open_reviews(decision):
        there.why, there.due_on = "withdrawn", min(there.due_on, today(at))
        there.save(update_fields=["why", "due_on"])
        return
    row = ShareReview.objects.create(disclosure=decision, why="withdrawn", asked_on=at, due_on=today(at))
    post(to=f"user:{decision.decided_by_id}", key=f"share-review-{row.pk}", template=STAFF_NOW, by=by, at=at)


@action("sharing.share_reviewed")
def review_share(
    *,
    decision: Disclosure,
    outcome: str,
    reason: str,
    freely: str = "",
    next_on: date | None = None,
    by: User,
    at: datetime,
) -> ShareReview:
    """Say what becomes of a share: it goes on with its reason until another day, it ends, or it stays ended. Each is kept."""
    access.check_may_look_again(by, decision)
    Case.objects.select_for_update().get(pk=decision.case_id)
    decision.refresh_from_db(fields=["state", "review_on"])
    asked = queries.open_reviews(decision)
    _check(decision, bool(asked) and asked[0].why == "withdrawn", outcome, reason, freely, next_on, at)
    row = asked[0] if asked else ShareReview(disclosure=decision, why=_why(decision, at), asked_on=at, due_on=today(at))
    row.answered_at, row.answered_by, row.outcome = at, by, outcome
    row.reason, row.freely, row.next_on = reason.strip(), freely, next_on if outcome == "goes-on" else None
    row.save()
    if outcome == "goes-on":
        decision.review_on = next_on
        decision.save(update_fields=["review_on"])
        doors.follow(decision, why="somebody looked at the decision again", by=by, at=at)
    elif outcome == "ended":
        end_share(decision=decision, why=reason, by=by, at=at)
        cases.changed(case=decision.case, by=by, at=at)
    record(row, by=by, at=at, outcome=outcome, decision=str(decision.pk))
    return row


def _why(decision: Disclosure, at: datetime) -> str:
    passed = decision.review_on is not None and decision.review_on < today(at)
    return "review-day" if passed else "looked-again"


def _check(
    decision: Disclosure, withdrawn: bool, outcome: str, reason: str, freely: str, next_on: date | None, at: datetime
) -> None:
    allowed = {"live": ("goes-on", "ended"), "ended": ("stays-ended",)}.get(decision.state, ())
    if outcome not in allowed:
        raise Refused(
            "This share has ended already, so it can only stay ended. To share again, decide anew from the case. Nothing was changed."
            if decision.state == "ended"
            else "Choose one of the answers on the page. Nothing was changed."
        )
    if not reason.strip():
        raise Refused("Say in a sentence why. Nothing was changed.")
    if withdrawn and (freely not in FREELY or not freely):
        raise Refused("Say whether the person took consent back freely, as far as can be told. Nothing was changed.")
    if outcome == "goes-on" and (next_on is None or next_on <= today(at)):
        raise Refused("Say on which day to come you look at it again. Nothing was changed.")

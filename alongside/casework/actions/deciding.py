"""What the receiving service does with a referral: answers what only it can know, and decides, with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit.api import StateRefused, action, record
from alongside.cases import actions as cases
from alongside.casework import states
from alongside.casework.codes import OUTCOME_ACTS, OUTCOMES
from alongside.casework.models import Referral, ReferralDecision
from alongside.casework.queries import stopping
from alongside.duties.actions import state_fact
from alongside.duties.conduct import ACT as CONTACT_FAMILY
from alongside.outbox.api import post
from alongside.people.models import Person
from alongside.procedures.queries import library
from alongside.sharing.actions import disclose

DECIDES = {"childrens-social-care": "decide_child_referral", "adult-social-care": "decide_adult_referral"}
CONTACT_PLANNED = "csc_contact_with_family_planned"


@dataclass(frozen=True)
class Answered:
    """One answer given on the decision page; `value` None is *not known*."""

    fact: str
    value: bool | None
    about: Person | None = None
    manner: str = "answered"


@action("casework.referral_answered")
def answer(
    *, referral: Referral, answers: Iterable[Answered], basis: str, reason: str, by: User, at: datetime
) -> Referral:
    """Share the receiver's answers with the sender: they become facts of the case, and what follows from them reaches people at once.

    That is content moving from one agency to another, so it is a recorded decision of whoever answers, with basis and reason.
    """
    access.check_may(by, DECIDES[referral.service])
    _check_open(referral)
    if not reason.strip():
        raise Refused("Say in a sentence why you share your answers with the sender. Nothing was recorded.")
    said, facts = list(answers), library().vocabulary
    disclose(
        case=referral.case,
        subject=referral,
        to_team=referral.from_team,
        purpose="answers to the agency that sent the referral",
        basis=basis,
        consent="",
        reason=reason,
        what=[f"the answer to “{facts[one.fact].question}”" for one in said],
        by=by,
        at=at,
    )
    for one in said:
        state_fact(case=referral.case, name=one.fact, value=one.value, about=one.about, manner=one.manner, by=by, at=at)
    record(referral, by=by, at=at, count=len(said))
    cases.changed(case=referral.case, by=by, at=at)
    return referral


@action("casework.referral_decided")
def decide(
    *,
    referral: Referral,
    outcome: str,
    reason: str,
    services_considered: str = "",
    look_again_on: date | None = None,
    contact_family: bool = False,
    by: User,
    at: datetime,
) -> ReferralDecision:
    """Decide, with the reason; a barred outcome is refused with its citation; the sender is told.

    Asking for more information is recorded and keeps the referral open until the named day; every other outcome is the last word.
    """
    _check(referral, outcome, reason, look_again_on, contact_family, by, at)
    last = outcome != "further-information"
    states.REFERRAL.move(referral, to="decided" if last else "waiting", by=by, at=at)
    row = ReferralDecision.objects.create(
        referral=referral,
        outcome=outcome,
        reason=reason,
        services_considered=services_considered,
        look_again_on=None if last else look_again_on,
        decided_at=at,
        decided_by=by,
    )
    if contact_family:
        state_fact(case=referral.case, name=CONTACT_PLANNED, value=True, about=None, manner="answered", by=by, at=at)
    post(to=f"team:{referral.from_team_id}", key=f"decision-{row.pk}", by=by, at=at)
    record(row, by=by, at=at, outcome=outcome)
    who = referral.get_service_display()
    cases.note(
        case=referral.case,
        what=f"{who[0].upper()}{who[1:]} {'decided on the referral' if last else 'asked for more information'}",
        record_kind="casework.referraldecision",
        record_id=row.pk,
        team=referral.to_team,
        by=by,
        at=at,
    )
    cases.changed(case=referral.case, by=by, at=at)
    return row


def _check_open(referral: Referral) -> None:
    """The last word stands, and whoever comes after it is told so: a decision must not be believed kept that was not."""
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if locked.state != "decided":
        return
    last = referral.decisions.exclude(outcome="further-information").select_related("decided_by").get()
    raise StateRefused(
        f"{last.decided_by.name} decided this already: {last.get_outcome_display()}. Yours was not kept, nor were your answers. "
        "Speak to each other now if you see it differently."
    )


def _check(
    referral: Referral,
    outcome: str,
    reason: str,
    look_again_on: date | None,
    contact_family: bool,
    by: User,
    at: datetime,
) -> None:
    access.check_may(by, DECIDES[referral.service])
    _check_open(referral)
    if outcome not in OUTCOMES[referral.service]:
        raise Refused("Choose one of the decisions on the page. Nothing was recorded.")
    if not reason.strip():
        raise Refused("Say in a sentence why you decide so. Nothing was recorded.")
    if outcome == "further-information" and look_again_on is None:
        raise Refused("Say by which day you will look again. Nothing was recorded.")
    if outcome == "further-information" and look_again_on is not None and look_again_on < at.date():
        raise Refused("The day you look again has passed. Choose one to come; nothing was recorded.")
    if outcome in OUTCOME_ACTS:
        stopping.check(referral, OUTCOME_ACTS[outcome], at)
    if contact_family:
        stopping.check(referral, CONTACT_FAMILY, at)

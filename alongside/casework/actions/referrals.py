"""Sending a referral, opening it, deciding on it, and deciding not to refer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.models import Team, User
from alongside.audit.api import action, record
from alongside.casework import states
from alongside.casework.codes import OUTCOME_ACTS, OUTCOMES
from alongside.casework.models import NotReferred, Referral, ReferralDecision
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.duties.bars import check_not_barred
from alongside.outbox.api import post
from alongside.people.models import Person
from alongside.sharing.actions import disclose

DECIDES = {"childrens-social-care": "decide_child_referral", "adult-social-care": "decide_adult_referral"}
PARTS = [
    "who it is about",
    "what happened",
    "what worries the sender",
    "history",
    "consent",
    "how to contact safely",
    "facts known when it was sent",
]


@dataclass(frozen=True)
class Content:
    """What the sender writes; empty text and "" are *not known*."""

    account: str
    basis: str
    basis_reason: str
    history: str = ""
    family_aware: str = ""
    raises_risk: str = ""
    consent: str = ""
    safe_contact: str = ""
    follows_telephone_call: bool = False
    telephoned_on: datetime | None = None
    spoken_to: str = ""


@action("casework.referral_sent")
def send_referral(
    *,
    case: Case,
    service: str,
    from_team: Team,
    to_team: Team,
    about: Sequence[Person],
    content: Content,
    facts: Sequence[dict[str, str]],
    by: User,
    at: datetime,
) -> Referral:
    """Send: from now on, and not before, the receiving team sees this record. The sender has its acknowledgement at once."""
    access.check_may(by, "refer")
    row = Referral.objects.create(
        case=case,
        service=service,
        from_team=from_team,
        to_team=to_team,
        facts=list(facts),
        sent_at=at,
        sent_by=by,
        acknowledged_on=at,
        **vars(content),
    )
    row.about.set(about)
    disclose(
        case=case,
        subject=row,
        to_team=to_team,
        purpose=f"referral to {row.get_service_display()}",
        basis=content.basis,
        consent=content.consent,
        reason=content.basis_reason,
        what=PARTS,
        by=by,
        at=at,
    )
    post(to=f"team:{to_team.pk}", key=f"referral-{row.pk}", by=by, at=at)
    record(row, by=by, at=at, service=service, to=to_team.code, case=str(case.pk))
    cases.note(
        case=case,
        what=f"A referral was sent to {row.get_service_display()}",
        record_kind="casework.referral",
        record_id=row.pk,
        team=from_team,
        by=by,
        at=at,
    )
    cases.changed(case=case, by=by, at=at)
    return row


@action("casework.referral_opened")
def open_referral(*, referral: Referral, by: User, at: datetime) -> Referral:
    """Note who of the receiving team opened it first."""
    if referral.opened_at is None:
        referral.opened_at, referral.opened_by = at, by
        referral.save(update_fields=["opened_at", "opened_by"])
    record(referral, by=by, at=at)
    return referral


@action("casework.referral_decided")
def decide(
    *,
    referral: Referral,
    outcome: str,
    reason: str,
    services_considered: str = "",
    look_again_on: date | None = None,
    by: User,
    at: datetime,
) -> ReferralDecision:
    """Decide on a referral, once, with the reason; a barred outcome is refused with its citation; the sender is told."""
    access.check_may(by, DECIDES[referral.service])
    if outcome not in OUTCOMES[referral.service]:
        raise Refused("Choose one of the decisions on the page. Nothing was recorded.")
    if not reason.strip():
        raise Refused("Say in a sentence why you decide so. Nothing was recorded.")
    if outcome == "further-information" and look_again_on is None:
        raise Refused("Say by which day you will look again. Nothing was recorded.")
    if outcome in OUTCOME_ACTS:
        check_not_barred(referral.case, OUTCOME_ACTS[outcome])
    states.REFERRAL.move(referral, to="decided", by=by, at=at)
    row = ReferralDecision.objects.create(
        referral=referral,
        outcome=outcome,
        reason=reason,
        services_considered=services_considered,
        look_again_on=look_again_on,
        decided_at=at,
        decided_by=by,
    )
    post(to=f"team:{referral.from_team_id}", key=f"decision-{row.pk}", by=by, at=at)
    record(row, by=by, at=at, outcome=outcome)
    cases.note(
        case=referral.case,
        what=f"{referral.get_service_display().capitalize()} decided on the referral",
        record_kind="casework.referraldecision",
        record_id=row.pk,
        team=referral.to_team,
        by=by,
        at=at,
    )
    cases.changed(case=referral.case, by=by, at=at)
    return row


@action("casework.decided_not_to_refer")
def decide_not_to_refer(
    *, case: Case, service: str, reason: str, advice_from: str = "", by: User, at: datetime
) -> NotReferred:
    """Record by name why no referral is made."""
    access.check_may(by, "refer")
    if not reason.strip():
        raise Refused("Say in a sentence why you do not refer. Nothing was recorded.")
    row = NotReferred.objects.create(
        case=case, service=service, reason=reason, advice_from=advice_from, decided_at=at, decided_by=by
    )
    record(row, by=by, at=at, service=service, case=str(case.pk))
    cases.note(
        case=case,
        what=f"Decided not to refer to {row.get_service_display()}",
        record_kind="casework.notreferred",
        record_id=row.pk,
        by=by,
        at=at,
    )
    cases.changed(case=case, by=by, at=at)
    return row

"""Sending a referral, opening it, and deciding not to refer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.models import Area, Team, User
from alongside.audit.api import action, record
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.casework.actions.unsent import empty
from alongside.casework.models import ChecklistCopy, NotReferred, Referral
from alongside.casework.queries.unsent import sent_before
from alongside.duties.models import Evaluation
from alongside.outbox.api import STAFF_NOW, post
from alongside.people.models import Person
from alongside.sharing.actions import Weighed, disclose, record_consent
from alongside.sharing.decisions.access import check_basis
from alongside.sharing.models import ConsentRecord


@dataclass(frozen=True)
class Content:
    """What the sender writes; empty text and "" are *not known*. `people` are the lines the other side reads."""

    account: str
    basis: str
    basis_reason: str
    people: Sequence[Mapping[str, object]] = ()
    purpose: str = ""
    history: str = ""
    family_aware: str = ""
    raises_risk: str = ""
    consent: str = ""
    safe_contact: str = ""
    checklist: str = ""
    follows_telephone_call: bool = False
    telephoned_on: datetime | None = None
    spoken_to: str = ""
    weighed: Weighed | None = None


# What of it is no part of the record.
APART = ("people", "purpose", "checklist", "weighed")
PARTS = {
    "people": "who it is about",
    "account": "what happened and what worries me",
    "history": "what is on record from before",
    "consent": "what was said about consent",
    "safe_contact": "how to contact the victim safely",
    "checklist": "a copy of the risk checklist",
}


def _parts(content: Content, facts: Sequence[Mapping[str, str]]) -> list[str]:
    """The names of the parts that go."""
    parts = [words for name, words in PARTS.items() if getattr(content, name)]
    return [*parts, "facts known when it was sent"] if facts else parts


@action("casework.referral_sent")
def send_referral(
    *,
    key: UUID,
    case: Case,
    service: str,
    area: Area,
    from_team: Team,
    to_team: Team,
    about: Sequence[Person],
    content: Content,
    facts: Sequence[Mapping[str, str]],
    left_out: Sequence[str] = (),
    by: User,
    at: datetime,
) -> Referral:
    """Send: from now on, and not before, the receiving team sees this record. The sender has its acknowledgement at once.

    `key` is the id the record gets: the same page sent twice is one referral.
    """
    access.check_may(by, "refer")
    there = sent_before(Referral, key, case)
    if there is not None:
        record(there, by=by, at=at, again=True)
        return there
    _check(content, about)
    row = _written(key, case, service, content, area=area, from_team=from_team, to_team=to_team, by=by, at=at)
    row.facts = list(facts)
    row.save(force_insert=True)
    row.about.set(about)
    if content.checklist:
        ChecklistCopy.objects.create(referral=row, text=content.checklist)
    empty(case=case, record_id=key, by=by, at=at)
    _keep_consent(case, content.consent, by, at)
    disclose(
        case=case,
        subject=row,
        to_team=to_team,
        purpose=content.purpose or f"referral to {row.get_service_display()}",
        basis=content.basis,
        consent=content.consent,
        reason=content.basis_reason,
        what=_parts(content, facts),
        left_out=left_out,
        weighed=content.weighed,
        by=by,
        at=at,
    )
    post(to=f"team:{to_team.pk}", key=f"referral-{row.pk}", template=STAFF_NOW, by=by, at=at)
    record(row, by=by, at=at, service=service, to=to_team.code, case=str(case.pk))
    _tell(case, f"A referral was sent to {row.get_service_display()}", row, from_team, by, at)
    row.evaluation = Evaluation.objects.filter(case=case).order_by("-version", "-evaluated_at").first()
    row.save(update_fields=["evaluation"])
    return row


def _written(
    key: UUID,
    case: Case,
    service: str,
    content: Content,
    *,
    area: Area,
    from_team: Team,
    to_team: Team,
    by: User,
    at: datetime,
) -> Referral:
    """The record, not saved yet; the platform acknowledges it the instant it is sent."""
    fields = {name: value for name, value in asdict(content).items() if name not in APART}
    return Referral(
        pk=key,
        case=case,
        service=service,
        area=area,
        from_team=from_team,
        to_team=to_team,
        people=json.dumps(list(content.people)),
        sent_at=at,
        sent_by=by,
        acknowledged_on=at,
        **fields,
    )


def _check(content: Content, about: Sequence[Person]) -> None:
    if not content.account.strip():
        raise Refused("Say what happened and what worries you. Nothing was sent.")
    if not about:
        raise Refused("Say who the referral is about. Nothing was sent.")
    check_basis(content.basis, content.consent)


def _tell(case: Case, what: str, row: Referral, team: Team, by: User, at: datetime) -> None:
    cases.note(case=case, what=what, record_kind="casework.referral", record_id=row.pk, team=team, by=by, at=at)
    cases.changed(case=case, by=by, at=at)


def _keep_consent(case: Case, said: str, by: User, at: datetime) -> None:
    """What the victim said about being referred, where the sender knows something newer than the record."""
    victim = case.members.filter(role="victim").select_related("person").first()
    if victim is None or not said:
        return
    latest = (
        ConsentRecord.objects.filter(case=case, person=victim.person, purpose="referral").order_by("-stated_at").first()
    )
    if latest is None or latest.status != said:
        record_consent(case=case, person=victim.person, purpose="referral", status=said, by=by, at=at)


@action("casework.referral_opened")
def open_referral(*, referral: Referral, by: User, at: datetime) -> Referral:
    """Note who of the receiving team opened it first."""
    if referral.opened_at is None:
        referral.opened_at, referral.opened_by = at, by
        referral.save(update_fields=["opened_at", "opened_by"])
    record(referral, by=by, at=at)
    return referral


@action("casework.decided_not_to_refer")
def decide_not_to_refer(
    *, case: Case, service: str, reason: str, advice_from: str = "", by: User, at: datetime
) -> NotReferred:
    """Record by name why no referral is made. The same words again are the same decision."""
    access.check_may(by, "refer")
    if not reason.strip():
        raise Refused("Say in a sentence why you do not refer. Nothing was recorded.")
    Case.objects.select_for_update().get(pk=case.pk)
    there = NotReferred.objects.filter(case=case, service=service, reason=reason, decided_by=by).first()
    if there is not None:
        record(there, by=by, at=at, again=True)
        return there
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


@action("casework.missing_team_told")
def tell_of_missing_team(*, case: Case, service: str, area: Area, office: Team, by: User, at: datetime) -> Team:
    """Nobody receives such referrals in an area: the partnership's administrator is told, once a day, without the case."""
    day = at.strftime("%Y-%m-%d")
    post(to=f"team:{office.pk}", key=f"no-team-{service}-{area.pk}-{day}", template=STAFF_NOW, by=by, at=at)
    record(case, by=by, at=at, service=service, area=area.pk, told=office.code)
    return office

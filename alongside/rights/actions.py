"""Taking down what somebody disputes, saying what was found, and deciding whether somebody is told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import User
from alongside.audit.api import action, record
from alongside.cases import actions as cases
from alongside.cases.models import Case, CaseEvent, CaseMember
from alongside.people.models import Person
from alongside.rights.exemptions import EXEMPTIONS
from alongside.rights.models import FOUND, NATURES, Dispute, DisputeFinding, Told
from alongside.rights.notices import notice_for
from alongside.sharing.days import today

LOOKED_AT_AGAIN_WITHIN = timedelta(days=90)  # to be confirmed by each partnership; source: our proposal


@action("rights.disputed")
def dispute(
    *, case: Case, entry: CaseEvent, person: Person, nature: str, words: str, by: User, at: datetime
) -> Dispute:
    """Take down that somebody in a case disputes what an entry records. Nothing of the entry changes."""
    check_may(by, "answer")
    _check_of_case(case, person)
    if entry.case_id != case.pk or nature not in NATURES:
        raise Refused("This entry is not one of the case. Nothing was kept.")
    if not words.strip():
        raise Refused("Say in their words what is not right. Nothing was kept.")
    row = Dispute.objects.create(
        case=case, entry=entry, person=person, nature=nature, words=words.strip(), said_at=at, said_by=by
    )
    record(row, by=by, at=at, case=str(case.pk), entry=str(entry.pk))
    _note(case, "Somebody disputes an entry; what they say stands beside it", row, by, at)
    return row


@action("rights.dispute_looked_at")
def look_at(*, dispute: Dispute, found: str, reason: str, by: User, at: datetime) -> DisputeFinding:
    """Say what was found. A wrong record is put right where it was made, by a new row; here stands that it was, and why."""
    check_may(by, "answer")
    if found not in FOUND:
        raise Refused("Say what you found. Nothing was kept.")
    if not reason.strip():
        raise Refused("Say in a sentence why. Nothing was kept.")
    if dispute.entry.happened_by_id == by.pk:
        raise Refused(
            "This is about an entry of your own. Ask a colleague to look at it. Nothing was kept; what they dispute stays on record."
        )
    row = DisputeFinding.objects.create(dispute=dispute, found=found, reason=reason.strip(), found_at=at, found_by=by)
    record(row, by=by, at=at, dispute=str(dispute.pk), found=found)
    _note(dispute.case, "What is disputed was looked at", row, by, at)
    return row


@action("rights.notice_given")
def give_notice(*, case: Case, person: Person, is_safe: str, reason: str, by: User, at: datetime) -> Told:
    """Record that somebody was given their notice. Only where somebody has said that it puts nobody in danger: not known is not safe."""
    check_may(by, "decide_sharing")
    member = _check_of_case(case, person)
    if is_safe != "yes":
        raise Refused(
            "Until it is known to be safe for everybody, do not give it. Record that they are not told yet, and why. Nothing was kept."
        )
    row = _keep(case, member, "given", "", reason, None, by, at)
    record(row, by=by, at=at, case=str(case.pk))
    return row


@action("rights.notice_not_yet")
def do_not_tell_yet(
    *, case: Case, person: Person, exemption: str, reason: str, again_on: date | None, by: User, at: datetime
) -> Told:
    """Record that somebody is not told yet, the ground in law, why, and the day on which it is looked at again."""
    check_may(by, "decide_sharing")
    member = _check_of_case(case, person)
    if exemption not in EXEMPTIONS:
        raise Refused("Choose why they are not told yet. Nothing was kept.")
    if again_on is None or not today(at) < again_on <= today(at) + LOOKED_AT_AGAIN_WITHIN:
        raise Refused(
            f"Give a day on which it is looked at again, within {LOOKED_AT_AGAIN_WITHIN.days} days. Nothing was kept."
        )
    row = _keep(case, member, "not-yet", exemption, reason, again_on, by, at)
    record(row, by=by, at=at, case=str(case.pk), exemption=exemption)
    return row


def _keep(
    case: Case,
    member: CaseMember,
    outcome: str,
    exemption: str,
    reason: str,
    again_on: date | None,
    by: User,
    at: datetime,
) -> Told:
    if not reason.strip():
        raise Refused("Say in a sentence why. Nothing was kept.")
    row = Told.objects.create(
        case=case,
        person_id=member.person_id,
        notice=notice_for(member.role, member.person.date_of_birth, at),
        outcome=outcome,
        exemption=exemption,
        reason=reason.strip(),
        again_on=again_on,
        decided_at=at,
        decided_by=by,
    )
    _note(case, "Decided whether somebody is told that records are held", row, by, at)
    return row


def _check_of_case(case: Case, person: Person) -> CaseMember:
    rows = CaseMember.objects.filter(case=case, person=person).exclude(role="unborn-child")
    member = rows.select_related("person").first()
    if member is None:
        raise Refused("This person is not in the case. Nothing was kept.")
    return member


def _note(case: Case, what: str, row: Dispute | DisputeFinding | Told, by: User, at: datetime) -> None:
    cases.note(case=case, what=what, record_kind=row._meta.label_lower, record_id=row.pk, by=by, at=at)

"""Sending a school notice, opening it, telling the school by telephone, and noting the support given."""

from datetime import datetime, time, timedelta

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit.api import action, record
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.children import watching
from alongside.children.models import School, SchoolNotice
from alongside.clock import in_london, london
from alongside.gate.actions import open_ground
from alongside.outbox.api import cancel, post, schedule
from alongside.people.models import Person
from alongside.sharing.models import Disclosure

CALL_BY = time(7, 30)


@action("children.notice_sent")
def send_notice(
    *, case: Case, child: Person, school: School, child_name: str, what_to_know: str, by: User, at: datetime
) -> SchoolNotice:
    """Send one notice about one child. Only the key adult and the deputy can open it; without a key adult it needs a call at once."""
    access.check_may(by, "tell_school")
    if not what_to_know.strip():
        raise Refused("Say in a sentence what helps the school support the child. Nothing was sent.")
    if SchoolNotice.objects.filter(case=case, child=child, school=school).exists():
        raise Refused("This school has been sent a notice about this child already. Nothing was sent twice.")
    row = SchoolNotice.objects.create(
        case=case,
        child=child,
        school=school,
        child_name=child_name,
        what_to_know=what_to_know,
        occurred_on=case.occurred_on,
        sent_at=at,
        sent_by=by,
        call_needed_on=None if school.key_adult_id else at,
    )
    for person in filter(None, (school.key_adult, school.deputy)):
        open_ground(
            subject_kind="record",
            subject_id=row.pk,
            viewer=person,
            ground="sent",
            purpose="a notice about a pupil",
            by=by,
            at=at,
        )
        post(to=f"user:{person.pk}", key=f"notice-{row.pk}-{person.pk}", by=by, at=at)
    _decision(row, by, at)
    if school.key_adult_id:
        schedule(
            kind=watching.UNOPENED,
            subject_id=str(row.pk),
            due=next_call_time(at),
            key=f"notice-unopened-{row.pk}",
            by=by,
            at=at,
        )
    record(row, by=by, at=at, school=school.urn, case=str(case.pk))
    cases.note(
        case=case,
        what="A school was sent a notice",
        record_kind="children.schoolnotice",
        record_id=row.pk,
        by=by,
        at=at,
    )
    cases.changed(case=case, by=by, at=at)
    return row


def _decision(row: SchoolNotice, by: User, at: datetime) -> None:
    """The recorded decision to share, where the school has a team; its content is the notice."""
    if row.school.team is not None:
        Disclosure.objects.create(
            case=row.case,
            to_team=row.school.team,
            record_kind="children.schoolnotice",
            record_id=row.pk,
            shared=True,
            purpose="so that the school can support the child",
            basis="school-notice",
            reason="The procedure asks police to tell the key adult before the child comes to school.",
            what=["the child's name", "when it happened", "what helps the school support the child"],
            left_out=["addresses", "the account of any adult", "the risk checklist"],
            decided_at=at,
            decided_by=by,
        )


def next_call_time(at: datetime) -> datetime:
    """The next half past seven in the morning, in Europe/London."""
    local = in_london(at)
    day = local.date() if local.time() < CALL_BY else local.date() + timedelta(days=1)
    return london(day, CALL_BY)


@action("children.notice_opened")
def open_notice(*, notice: SchoolNotice, by: User, at: datetime) -> SchoolNotice:
    """The key adult or deputy opens a notice: the first time closes the duty to tell the school."""
    access.check_may(by, "read_school_notice")
    first = notice.opened_at is None
    if first:
        notice.opened_at, notice.opened_by = at, by
        notice.save(update_fields=["opened_at", "opened_by"])
        cancel(key=f"notice-unopened-{notice.pk}", by=by, at=at)
    record(notice, by=by, at=at)
    if first:
        cases.changed(case=notice.case, by=by, at=at)
    return notice


@action("children.told_by_telephone")
def tell_by_telephone(*, notice: SchoolNotice, told_whom: str, by: User, at: datetime) -> SchoolNotice:
    """Note that somebody at the school was told by telephone: a role, and when."""
    access.check_may(by, "tell_school")
    if not told_whom.strip():
        raise Refused("Say whom you spoke to, by role. Nothing was recorded.")
    notice.told_by_phone_at, notice.told_by_phone_by, notice.told_whom = at, by, told_whom
    notice.save(update_fields=["told_by_phone_at", "told_by_phone_by", "told_whom"])
    cancel(key=f"notice-unopened-{notice.pk}", by=by, at=at)
    record(notice, by=by, at=at)
    cases.note(
        case=notice.case,
        what="A school was told by telephone",
        record_kind="children.schoolnotice",
        record_id=notice.pk,
        by=by,
        at=at,
    )
    cases.changed(case=notice.case, by=by, at=at)
    return notice


@action("children.support_noted")
def note_support(*, notice: SchoolNotice, note: str, by: User, at: datetime) -> SchoolNotice:
    """The key adult notes what the school did for the child."""
    access.check_may(by, "read_school_notice")
    if not note.strip():
        raise Refused("Say in a sentence how the child was supported. Nothing was recorded.")
    notice.support_note, notice.supported_at, notice.supported_by = note, at, by
    notice.save(update_fields=["support_note", "supported_at", "supported_by"])
    record(notice, by=by, at=at)
    cases.changed(case=notice.case, by=by, at=at)
    return notice

"""Sending a school notice, opening it, telling the school by telephone, and noting the support given."""

from __future__ import annotations

import re
from datetime import datetime

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit.api import action, record
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.children import watching
from alongside.children.deadlines import call_time
from alongside.children.models import School, SchoolNotice
from alongside.gate.actions import open_ground
from alongside.outbox.api import cancel, post, schedule
from alongside.people.models import Person
from alongside.sharing.actions import disclose
from alongside.sharing.decisions.doors import end_on
from alongside.sharing.decisions.queries import has_ended, latest_live

POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)
WHAT = ["the child's name", "when it happened", "what helps the school support the child"]
LEFT_OUT = ["addresses", "the account of any adult", "the risk checklist"]


@action("children.notice_sent")
def send_notice(
    *, case: Case, child: Person, school: School, child_name: str, what_to_know: str, by: User, at: datetime
) -> SchoolNotice:
    """Send one notice about one child. Only the key adult and the deputy can open it; without either it needs a call at once."""
    access.check_may(by, "tell_school")
    _check_words(what_to_know)
    Case.objects.select_for_update().get(pk=case.pk)
    if SchoolNotice.objects.filter(case=case, child=child, school=school).exists():
        raise Refused("This school has been sent a notice about this child already. Nothing was sent twice.")
    readers = [person for person in (school.key_adult, school.deputy) if person is not None and person.is_active]
    row = SchoolNotice.objects.create(
        case=case,
        child=child,
        school=school,
        child_name=child_name,
        what_to_know=what_to_know,
        occurred_on=case.occurred_on,
        sent_at=at,
        sent_by=by,
        call_needed_on=None if readers else at,
    )
    _keep_decision(row, by, at)
    for person in readers:
        let_open(notice=row, person=person, by=by, at=at)
    if readers:
        due = call_time(school, at)
        schedule(kind=watching.UNOPENED, subject_id=str(row.pk), due=due, key=f"notice-unopened-{row.pk}", by=by, at=at)
    record(row, by=by, at=at, school=school.urn, case=str(case.pk))
    _tell(row, "A school was sent a notice", by, at)
    return row


def _check_words(what_to_know: str) -> None:
    if not what_to_know.strip():
        raise Refused("Say in a sentence what helps the school support the child. Nothing was sent.")
    if POSTCODE.search(what_to_know):
        raise Refused(
            "There is a postcode in what you wrote. A school notice carries no address: take it out. Nothing was sent."
        )


@action("children.notice_let_open")
def let_open(*, notice: SchoolNotice, person: User, by: User, at: datetime) -> SchoolNotice:
    """Open the door of one notice to one person, and tell them neutrally. It stands as long as the decision to send the notice."""
    team = notice.school.team if notice.school else None
    if team is not None and has_ended(notice.pk, team):
        raise Refused("The decision to send this notice has ended, so nobody new is let in to it. Nothing was opened.")
    rests_on = latest_live(notice.pk, team.pk) if team else None
    open_ground(
        subject_kind="record",
        subject_id=notice.pk,
        viewer=person,
        ground="sent",
        purpose="a notice about a pupil",
        ends_on=end_on(rests_on, at) if rests_on else None,
        by=by,
        at=at,
    )
    post(to=f"user:{person.pk}", key=f"notice-{notice.pk}-{person.pk}", by=by, at=at)
    record(notice, by=by, at=at, to=str(person.pk))
    return notice


def _tell(row: SchoolNotice, what: str, by: User, at: datetime) -> None:
    cases.note(case=row.case, what=what, record_kind="children.schoolnotice", record_id=row.pk, by=by, at=at)
    cases.changed(case=row.case, by=by, at=at)


def _keep_decision(row: SchoolNotice, by: User, at: datetime) -> None:
    """The recorded decision to share, where the school has a team; its content is the notice."""
    if row.school is None or row.school.team is None:
        return
    disclose(
        case=row.case,
        subject=row,
        to_team=row.school.team,
        purpose="so that the school can support the child",
        basis="school-notice",
        consent="",
        reason="The procedure asks police to tell the key adult before the child comes to school.",
        what=WHAT,
        left_out=LEFT_OUT,
        to_people=True,
        by=by,
        at=at,
    )


@action("children.notice_opened")
def open_notice(*, notice: SchoolNotice, by: User, at: datetime) -> SchoolNotice:
    """The key adult or deputy opens a notice: the first time closes the duty to tell the school."""
    access.check_may(by, "read_school_notice")
    first = SchoolNotice.objects.select_for_update().get(pk=notice.pk).opened_at is None
    if first:
        notice.opened_at, notice.opened_by = at, by
        notice.save(update_fields=["opened_at", "opened_by"])
        cancel(key=f"notice-unopened-{notice.pk}", by=by, at=at)
    record(notice, by=by, at=at)
    if first:
        _tell(notice, "The school opened its notice", by, at)
    return notice


@action("children.told_by_telephone")
def tell_by_telephone(*, notice: SchoolNotice, told_whom: str, by: User, at: datetime) -> SchoolNotice:
    """Note that somebody at the school was told by telephone: a role, and when."""
    access.check_may(by, "tell_school")
    if not told_whom.strip():
        raise Refused("Say whom you spoke to, by role. Nothing was recorded.")
    first = SchoolNotice.objects.select_for_update().get(pk=notice.pk).told_by_phone_at is None
    if first:
        notice.told_by_phone_at, notice.told_by_phone_by, notice.told_whom = at, by, told_whom
        notice.save(update_fields=["told_by_phone_at", "told_by_phone_by", "told_whom"])
        cancel(key=f"notice-unopened-{notice.pk}", by=by, at=at)
    record(notice, by=by, at=at)
    if first:
        _tell(notice, "A school was told by telephone", by, at)
    return notice


@action("children.unlisted_school_told")
def tell_unlisted_school(
    *, case: Case, child: Person, child_name: str, school_name: str, told_whom: str, by: User, at: datetime
) -> SchoolNotice:
    """A school that is not on the partnership's register was told by telephone: which, whom, when."""
    access.check_may(by, "tell_school")
    if not school_name.strip() or not told_whom.strip():
        raise Refused("Say which school you rang, and whom you spoke to, by role. Nothing was recorded.")
    Case.objects.select_for_update().get(pk=case.pk)
    row = SchoolNotice.objects.filter(case=case, child=child, school=None, school_name=school_name).first()
    if row is not None:
        record(row, by=by, at=at, again=True)
        return row
    row = SchoolNotice.objects.create(
        case=case,
        child=child,
        school_name=school_name,
        child_name=child_name,
        what_to_know="Told by telephone.",
        occurred_on=case.occurred_on,
        sent_at=at,
        sent_by=by,
        told_by_phone_at=at,
        told_by_phone_by=by,
        told_whom=told_whom,
    )
    record(row, by=by, at=at, case=str(case.pk))
    _tell(row, "A school was told by telephone", by, at)
    return row


@action("children.support_noted")
def note_support(*, notice: SchoolNotice, note: str, by: User, at: datetime) -> SchoolNotice:
    """The key adult notes what the school did for the child."""
    access.check_may(by, "read_school_notice")
    if not note.strip():
        raise Refused("Say in a sentence how the child was supported. Nothing was recorded.")
    if notice.opened_at is None:
        raise Refused("Open the notice first. Nothing was recorded.")
    notice.support_note, notice.supported_at, notice.supported_by = note, at, by
    notice.save(update_fields=["support_note", "supported_at", "supported_by"])
    record(notice, by=by, at=at)
    cases.changed(case=notice.case, by=by, at=at)
    return notice

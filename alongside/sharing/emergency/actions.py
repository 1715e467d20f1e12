"""Opening a case in an emergency, ending that, and looking at it afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import User
from alongside.audit.api import Actor, action, record
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.gate.actions import close_ground, open_ground
from alongside.outbox.api import STAFF, STAFF_NOW, post, schedule
from alongside.sharing.emergency import queries
from alongside.sharing.emergency.models import VERDICTS, EmergencyOpening

OPEN_FOR = timedelta(minutes=60)
REVIEWED_WITHIN = timedelta(hours=24)
TIMER = "emergency-review"


@action("sharing.opened_in_emergency")
def open_in_emergency(*, case: Case, reason: str, by: User, at: datetime) -> EmergencyOpening:
    """Open a case for an hour. Leads of one's own agency and of those that hold the case are told at once. A second press changes nothing.

    `queries.closed_case` finds the case: one that is kept apart from somebody is not there for them.
    """
    check_may(by, "break_glass")
    if len(reason.strip()) < 10:
        raise Refused("Say in a sentence what the emergency is. Nothing was opened.")
    standing = queries.standing(case, by, at)
    if standing is not None:
        record(standing, by=by, at=at, again=True)
        return standing
    ends_on = at + OPEN_FOR
    ground = open_ground(
        subject_kind="case",
        subject_id=case.pk,
        viewer=by,
        ground="break-glass",
        purpose="an emergency, with a reason that somebody else reads",
        ends_on=ends_on,
        by=by,
        at=at,
    )
    row = EmergencyOpening.objects.create(
        case=case,
        opened_by=by,
        ground=ground,
        reason=reason.strip(),
        opened_at=at,
        ends_on=ends_on,
        review_due_on=at + REVIEWED_WITHIN,
    )
    cases.note(
        case=case,
        what="Opened in an emergency, for an hour",
        record_kind="sharing.emergencyopening",
        record_id=row.pk,
        by=by,
        at=at,
    )
    for lead in queries.reviewers(row):
        post(key=f"emergency:{row.pk}:{lead.pk}", to=f"user:{lead.pk}", template=STAFF_NOW, by=by, at=at)
    schedule(kind=TIMER, subject_id=str(row.pk), due=row.review_due_on, key=f"emergency:{row.pk}", by=by, at=at)
    record(row, by=by, at=at, case=str(case.pk))
    return row


@action("sharing.emergency_ended")
def end(*, opening: EmergencyOpening, by: User, at: datetime) -> EmergencyOpening:
    """Close the case again before the hour is over."""
    row = EmergencyOpening.objects.select_for_update().select_related("ground").get(pk=opening.pk)
    if row.opened_by_id != by.pk:
        raise Refused(
            "Only whoever opened the case ends that here. It ends by itself within the hour. Nothing was changed."
        )
    if row.ends_on > at and row.ground.closed_at is None:
        row.ends_on = at
        row.save(update_fields=["ends_on"])
        close_ground(ground=row.ground, why="no longer needed", by=by, at=at)
    record(row, by=by, at=at)
    return row


@action("sharing.emergency_reviewed")
def review(*, opening: EmergencyOpening, verdict: str, note: str, by: User, at: datetime) -> EmergencyOpening:
    """Somebody else says what the opening was. What has to be looked into closes the case to them at once."""
    check_may(by, "review_emergencies")
    row = EmergencyOpening.objects.select_for_update().select_related("ground").get(pk=opening.pk)
    if row.opened_by_id == by.pk:
        raise Refused("You opened this case yourself; somebody else has to look at it. Nothing was changed.")
    if row.verdict:
        raise Refused("A colleague looked at this already. Nothing was changed.")
    if verdict not in VERDICTS:
        raise Refused("Say what you found. Nothing was changed.")
    if verdict != "right" and not note.strip():
        raise Refused("Say in a sentence what you found, and what follows. Nothing was changed.")
    row.verdict, row.note, row.reviewed_at, row.reviewed_by = verdict, note.strip(), at, by
    if verdict == "passed-on" and row.ends_on > at and row.ground.closed_at is None:
        row.ends_on = at
        close_ground(ground=row.ground, why="looked into", by=by, at=at)
    row.save(update_fields=["verdict", "note", "reviewed_at", "reviewed_by", "ends_on"])
    record(row, by=by, at=at, verdict=verdict)
    return row


def ask_again(subject_id: str, /, *, by: Actor, at: datetime) -> None:
    """A day has passed: if nobody has looked, everybody who may is told again, and those who answer for lawful sharing."""
    row = queries.by_id(subject_id)
    if row is None or row.verdict:
        return
    for lead in {*queries.reviewers(row), *queries.governance_leads(row)}:
        post(key=f"emergency-late:{row.pk}:{lead.pk}", to=f"user:{lead.pk}", template=STAFF, by=by, at=at)

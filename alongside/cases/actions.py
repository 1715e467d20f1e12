"""Opening a case, its people, its timeline, and telling everybody that its facts changed."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import F

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.models import Agency, Area, Team, User
from alongside.audit.api import action, record
from alongside.cases import hooks
from alongside.cases.models import AreaChange, Case, CaseEvent, CaseMember
from alongside.cases.queries import free_references
from alongside.gate.actions import open_ground


@action("cases.opened")
def open_case(
    *,
    area: Area,
    local_authority: str,
    agency: Agency,
    team: Team | None,
    received_on: datetime,
    occurred_on: datetime | None,
    by: User,
    at: datetime,
) -> Case:
    """Open a case; the recording agency sees its own record, nobody else does."""
    [reference] = free_references(1)
    case = Case.objects.create(
        reference=reference,
        area=area,
        local_authority=local_authority,
        opened_by_agency=agency,
        recording_team=team,
        opened_at=at,
        opened_by=by,
        occurred_on=occurred_on,
        received_on=received_on,
    )
    open_ground(
        subject_kind="case",
        subject_id=case.pk,
        viewer=agency,
        ground="own-record",
        purpose="the agency recorded this case",
        is_new=True,
        by=by,
        at=at,
    )
    record(case, by=by, at=at, area=area.code)
    return case


@action("cases.people_added")
def add_people(*, case: Case, members: Iterable[CaseMember], by: User, at: datetime) -> list[CaseMember]:
    """Add people to a case, each in a role."""
    rows = CaseMember.objects.bulk_create(list(members))
    record(case, by=by, at=at, count=len(rows))
    return rows


@action("cases.event_noted")
def note(
    *,
    case: Case,
    what: str,
    by: User,
    at: datetime,
    team: Team | None = None,
    record_kind: str = "",
    record_id: UUID | None = None,
) -> CaseEvent:
    """Put one line on the timeline: a sentence without names, addresses or numbers."""
    event = CaseEvent.objects.create(
        case=case, what=what, happened_at=at, happened_by=by, team=team, record_kind=record_kind, record_id=record_id
    )
    record(case, by=by, at=at, event=str(event.pk))
    return event


@action("cases.facts_changed")
def changed(*, case: Case, by: User, at: datetime) -> Case:
    """Facts of the case changed: count the version and re-evaluate what is owed, in this transaction."""
    mine = Case.objects.filter(pk=case.pk, version=case.version).update(version=case.version + 1)
    if mine:
        case.version += 1
    else:  # somebody changed it since it was loaded
        Case.objects.filter(pk=case.pk).update(version=F("version") + 1)
        case.refresh_from_db(fields=["version"])
    record(case, by=by, at=at, version=case.version)
    for listener in hooks.CHANGED:
        listener(case=case, by=by, at=at)
    return case


@action("cases.area_corrected")
def correct_area(*, case: Case, area: Area, reason: str, by: User, at: datetime) -> AreaChange:
    """Say which area's procedures apply, with the reason; what is owed is worked out again at once."""
    access.check_may(by, "answer")
    if not reason.strip():
        raise Refused("Say in a sentence why this area. Nothing was changed.")
    if area.pk == case.area_id:
        raise Refused(f"This case is in {area} already. Nothing was changed.")
    row = AreaChange.objects.create(
        case=case, was_id=case.area_id, becomes=area, reason=reason.strip(), changed_at=at, changed_by=by
    )
    case.area, case.local_authority = area, area.code
    case.save(update_fields=["area", "local_authority"])
    record(row, by=by, at=at, case=str(case.pk), was=row.was_id, becomes=area.code)
    note(
        case=case,
        what=f"The area was corrected to {area}",
        record_kind="cases.areachange",
        record_id=row.pk,
        by=by,
        at=at,
    )
    changed(case=case, by=by, at=at)
    return row

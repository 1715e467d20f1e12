"""Opening a case, its people, its timeline, and telling everybody that its facts changed."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import F

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.models import Agency, Area, Team, User
from alongside.audit.api import Actor, action, record
from alongside.cases import hooks, queries
from alongside.cases.afterwards import afterwards
from alongside.cases.models import PLACES, AreaChange, Case, CaseEvent, CaseMember
from alongside.gate.actions import move_end, open_ground, open_grounds
from alongside.gate.viewing import kept_open
from alongside.people.models import Person

PLACE_WORDS = dict(PLACES)


@action("cases.opened")
def open_case(
    *,
    area: Area,
    local_authority: str,
    agency: Agency,
    team: Team | None,
    received_on: datetime,
    occurred_on: datetime | None,
    incident_area: Area | None = None,
    victim_area: Area | None = None,
    by: User,
    at: datetime,
) -> Case:
    """Open a case: to whoever recorded it, to the team whose work it is, and to those of the agency who need all of its cases."""
    [reference] = queries.free_references(1)
    case = Case.objects.create(
        reference=reference,
        area=area,
        incident_area=incident_area,
        victim_area=victim_area,
        local_authority=local_authority,
        opened_by_agency=agency,
        recording_team=team,
        opened_at=at,
        opened_by=by,
        occurred_on=occurred_on,
        received_on=received_on,
    )
    doors = [(door.viewer, door.ground, door.purpose) for door in hooks.own_record(agency, by, team)]
    open_grounds(subject_kind="case", subject_id=case.pk, doors=doors, by=by, at=at)
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
def correct_area(*, case: Case, place: str, area: Area, reason: str, by: User, at: datetime) -> AreaChange:
    """Say in which area one of a case's places lies, with the reason; what is owed is worked out again at once.

    Raises Refused without a reason, or where the case says so already.
    """
    access.check_may(by, "answer")
    was = case.places.of(place)
    if not reason.strip():
        raise Refused("Say in a sentence why this area. Nothing was changed.")
    if area.pk == was:
        raise Refused(f"This case says {area} already. Nothing was changed.")
    row = AreaChange.objects.create(
        case=case, place=place, was_id=was, becomes=area, reason=reason.strip(), changed_at=at, changed_by=by
    )
    _put(case, place, area)
    record(row, by=by, at=at, case=str(case.pk), place=place, was=row.was_id, becomes=area.code)
    note(
        case=case,
        what=f"{PLACE_WORDS[place]}: corrected to {area}",
        record_kind="cases.areachange",
        record_id=row.pk,
        by=by,
        at=at,
    )
    changed(case=case, by=by, at=at)
    return row


@action("cases.asked_team_let_in")
def let_in_asked(*, person: Person, team: Team, is_open: bool, by: Actor, at: datetime) -> None:
    """A team of the agency that holds a record is asked about reaching them: it finds their case, until it has answered and a while
    longer. The listener registered with `people`."""
    record(("people.person", str(person.pk)), by=by, at=at, team=team.code, is_open=is_open)
    case = queries.latest_case_of(person)
    if case is None or team.agency_id != case.opened_by_agency_id or hooks.is_by_house(team.agency):
        return
    _keep_open(case, team, None if is_open else at + afterwards(case, at), by, at)


def _keep_open(case: Case, team: Team, ends_on: datetime | None, by: Actor, at: datetime) -> None:
    door = kept_open(case.pk, "routed-duty", at).get(team.pk)
    if door is not None:
        move_end(ground=door, ends_on=ends_on, by=by, at=at)
        return
    open_ground(
        subject_kind="case",
        subject_id=case.pk,
        viewer=team,
        ground="routed-duty",
        purpose="asked about reaching somebody in it",
        ends_on=ends_on,
        is_new=True,
        in_name_of=case.opened_by,
        by=by,
        at=at,
    )


def _put(case: Case, place: str, area: Area) -> None:
    """A place that is not known stays so, and goes with the home."""
    if place == "home":
        case.area, case.local_authority = area, area.code
    elif place == "incident":
        case.incident_area = area
    else:
        case.victim_area = area
    case.save(update_fields=["area", "local_authority", "incident_area", "victim_area"])

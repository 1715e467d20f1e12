"""Recording an act a duty asks for."""

from datetime import datetime
from uuid import UUID, uuid4

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.models import Team, User
from alongside.audit.api import action, record
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.casework.models import ActRecord
from alongside.duties.bars import check_not_barred
from alongside.gate.actions import open_ground
from alongside.gate.viewing import holders


@action("casework.act_recorded")
def record_act(
    *,
    case: Case,
    act: str,
    team: Team | None,
    what: str,
    done_on: datetime,
    id: UUID | None = None,
    by: User,
    at: datetime,
) -> ActRecord:
    """Record what was done and when; it closes the duties of that act for the worker's agency.

    `id` names the page it was written on, so that sending it twice keeps one record.
    """
    access.check_may(by, "record_act")
    Case.objects.select_for_update().get(pk=case.pk)  # two presses wait for each other here
    there = ActRecord.objects.filter(pk=id).first() if id else None
    if there is not None and (there.case_id, there.act, there.recorded_by_id) != (case.pk, act, by.pk):
        raise Refused("This page belongs to another record. Open it again from the task. Nothing was recorded.")
    if there is not None:
        record(there, by=by, at=at, act=act, case=str(case.pk), again=True)
        return there
    if not what.strip():
        raise Refused("Say in a sentence what was done. Nothing was recorded.")
    if done_on > at:
        raise Refused("What was done cannot lie in the future. Nothing was recorded.")
    check_not_barred(case, act)
    row = ActRecord.objects.create(
        id=id or uuid4(),
        case=case,
        act=act,
        agency=by.agency,
        team=team,
        what=what,
        done_on=done_on,
        recorded_at=at,
        recorded_by=by,
    )
    if team is not None and team.agency_id not in holders("case", case.pk, at):
        open_ground(
            subject_kind="record",
            subject_id=row.pk,
            viewer=team,
            ground="own-record",
            purpose="this team did it",
            by=by,
            at=at,
        )
    record(row, by=by, at=at, act=act, case=str(case.pk))
    cases.changed(case=case, by=by, at=at)
    return row

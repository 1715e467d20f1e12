"""Opening a case of another team of one's agency: because somebody says why, or because they took a new call about its people."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import Team, User
from alongside.audit.api import action, record
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.gate.actions import open_ground
from alongside.gate.viewing import Viewer
from alongside.outbox.api import STAFF, STAFF_NOW, post
from alongside.sharing.needing import queries
from alongside.sharing.needing.models import NEW_CALL, WHY, StatedNeed

SHORTEST = 10


@action("sharing.need_said")
def say_why(*, case: Case, why: str, words: str, by: User, at: datetime) -> StatedNeed:
    """Open a case that another team of one's agency has, for some hours. The team is told. A second press changes nothing.

    `queries.own_case` and `closed_cases` find the case: one that is kept apart from somebody is not there for them.
    """
    check_may(by, "see_cases")
    if case.opened_by_agency_id != by.agency_id:
        raise Refused("Another agency holds this case. Open it in an emergency, or ask them. Nothing was opened.")
    if why not in WHY:
        raise Refused("Choose why you need it. Nothing was opened.")
    if len(words.strip()) < SHORTEST:
        raise Refused("Say in a sentence what you need it for. Nothing was opened.")
    standing = queries.standing(case, by, at)
    if standing is not None:
        record(standing, by=by, at=at, again=True)
        return standing
    ends_on = at + queries.hours(case, at)
    door = _door(case, by, "said-why", ends_on, by, at)
    row = _keep(case, why, words.strip(), None, door, ends_on, by, at)
    record(row, by=by, at=at, case=str(case.pk), why=why)
    return row


@action("sharing.opened_for_new_call")
def open_for_call(*, call: Case, records: Collection[UUID], by: User, at: datetime) -> list[StatedNeed]:
    """Open what the agency holds about the people of a new call, to whoever took it and to the team whose work it is.

    `records` are the agency's own that the look-up is sure of. Nothing has to be said: the call is the reason, and stays on record.
    """
    viewer = Viewer(by, at)
    held = queries.own_cases_of(viewer, records, apart_from=call)
    rows = [_open_for(call, *wanting, by, at) for wanting in _wanting(call, held, viewer)]
    record(call, by=by, at=at, opened=len(rows))
    return rows


def _wanting(call: Case, held: Collection[Case], viewer: Viewer) -> list[tuple[Case, list[Team | User], datetime]]:
    """The cases that somebody would not see all that time, who, and until when: an agency's own system may have recorded both calls, and
    its officers must see what it sees. As many statements for many cases as for one."""
    if not held:
        return []
    days, team = queries.days(held, viewer.at), call.recording_team
    team = team if team is not None and team.agency_id == viewer.user.agency_id else None
    mine, theirs = queries.lasting_doors(held, viewer, team, viewer.at + max(days.values()))
    found = []
    for case in held:
        viewers: list[Team | User] = [] if case.pk in mine else [viewer.user]
        viewers += [] if case.pk in theirs or team is None else [team]
        found += [(case, viewers, viewer.at + days[case.area_id])] if viewers else []
    return found


def _open_for(
    call: Case, case: Case, viewers: Collection[Team | User], ends_on: datetime, by: User, at: datetime
) -> StatedNeed:
    doors = [_door(case, viewer, NEW_CALL, ends_on, by, at) for viewer in viewers]
    return _keep(case, NEW_CALL, "", call, doors[0], ends_on, by, at)


def _keep(
    case: Case, why: str, words: str, call: Case | None, door: UUID, ends_on: datetime, by: User, at: datetime
) -> StatedNeed:
    row = StatedNeed.objects.create(
        case=case, why=why, words=words, call=call, ground_id=door, ends_on=ends_on, said_at=at, said_by=by
    )
    cases.note(
        case=case,
        what="Opened by a new call about somebody in it" if call else "Opened by a colleague who gave their reason",
        record_kind="sharing.statedneed",
        record_id=row.pk,
        by=by,
        at=at,
    )
    for team in queries.teams_with(case, at):
        post(key=f"need:{row.pk}:{team.pk}", to=f"team:{team.pk}", template=STAFF, by=by, at=at)
    for lead in queries.leads(by) if queries.is_anybody_protected(case) else ():
        post(key=f"need:{row.pk}:{lead.pk}", to=f"user:{lead.pk}", template=STAFF_NOW, by=by, at=at)
    return row


def _door(case: Case, viewer: Team | User, ground: str, ends_on: datetime, by: User, at: datetime) -> UUID:
    door = open_ground(
        subject_kind="case",
        subject_id=case.pk,
        viewer=viewer,
        ground=ground,
        purpose="needs it for their work, and gave the reason",
        ends_on=ends_on,
        is_new=True,
        by=by,
        at=at,
    )
    return door.pk

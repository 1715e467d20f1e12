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
    row = _open(case, why, words.strip(), None, "said-why", at + queries.hours(case, at), by, at)
    record(row, by=by, at=at, case=str(case.pk), why=why)
    return row


@action("sharing.opened_for_new_call")
def open_for_call(*, call: Case, records: Collection[UUID], by: User, at: datetime) -> list[StatedNeed]:
    """Open what the agency holds about the people of a new call, to whoever took it and to the team whose work it is.

    `records` are the agency's own that the look-up is sure of. Nothing has to be said: the call is the reason, and stays on record.
    """
    found = queries.closed_cases(Viewer(by, at), records)
    held = list(dict.fromkeys(case for some in found.values() for case in some if case != call))
    rows = [_open_for(call, case, at + queries.days(case, at), by, at) for case in held]
    record(call, by=by, at=at, opened=len(rows))
    return rows


def _open_for(call: Case, case: Case, ends_on: datetime, by: User, at: datetime) -> StatedNeed:
    if call.recording_team is not None and call.recording_team.agency_id == by.agency_id:
        _door(case, call.recording_team, NEW_CALL, ends_on, by, at)
    return _open(case, NEW_CALL, "", call, NEW_CALL, ends_on, by, at)


def _open(
    case: Case, why: str, words: str, call: Case | None, ground: str, ends_on: datetime, by: User, at: datetime
) -> StatedNeed:
    door = _door(case, by, ground, ends_on, by, at)
    row = StatedNeed.objects.create(
        case=case, why=why, words=words, call=call, ground_id=door, ends_on=ends_on, said_at=at, said_by=by
    )
    cases.note(
        case=case,
        what="Opened by somebody of another team, who gave their reason",
        record_kind="sharing.statedneed",
        record_id=row.pk,
        by=by,
        at=at,
    )
    for team in queries.teams_with(case, at):
        post(key=f"need:{row.pk}:{team.pk}", to=f"team:{team.pk}", template=STAFF, by=by, at=at)
    for lead in queries.leads(case, by) if queries.is_anybody_protected(case) else ():
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

"""Referring to MARAC or saying why not, and listing a case with the copies that are owed."""

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
from alongside.casework.queries.unsent import sent_before
from alongside.duties.bars import check_not_barred
from alongside.marac import states
from alongside.marac.models import CRITERIA, AgendaItem, MaracReferral, Meeting, NotReferredToMarac
from alongside.marac.queries import owed_copies
from alongside.outbox.api import post
from alongside.sharing.actions import Weighed, disclose
from alongside.sharing.decisions.access import check_basis
from alongside.sharing.decisions.queries import latest_live

KIND = "marac.maracreferral"
PARTS = [
    "why this victim should be heard",
    "who she fears",
    "whether it is safe to talk to her about it",
    "how to contact her safely",
    "facts known when it was sent",
]


@dataclass(frozen=True)
class Content:
    """What the sender writes; "" is *not known*."""

    criterion: str
    reason: str
    basis: str
    basis_reason: str
    people: Sequence[Mapping[str, object]] = ()
    channels: Sequence[Mapping[str, object]] = ()
    safe_to_discuss: str = ""
    discussed: bool = False
    who_she_fears: str = ""
    safe_contact: str = ""
    weighed: Weighed | None = None


@action("marac.referred")
def refer(
    *,
    key: UUID,
    case: Case,
    from_team: Team,
    to_team: Team,
    idva_team: Team | None,
    content: Content,
    consent: str,
    facts: Sequence[Mapping[str, str]],
    left_out: Sequence[str] = (),
    by: User,
    at: datetime,
) -> MaracReferral:
    """Send the referral to the coordinator, and to the IDVA service that speaks for her.

    `key` is the id the record gets: the same page sent twice is one referral.
    """
    access.check_may(by, "refer")
    there = sent_before(MaracReferral, key, case)
    if there is not None:
        record(there, by=by, at=at, again=True)
        return there
    _check(content, consent)
    check_not_barred(case, "refer_to_marac")
    row = _written(key, case, content, from_team=from_team, to_team=to_team, idva_team=idva_team, by=by, at=at)
    row.facts = list(facts)
    row.save(force_insert=True)
    empty(case=case, record_id=key, by=by, at=at)
    for team in filter(None, (to_team, idva_team)):
        disclose(
            case=case,
            subject=row,
            to_team=team,
            purpose="referral to MARAC",
            basis=content.basis,
            consent=consent,
            reason=content.basis_reason,
            what=PARTS,
            left_out=left_out,
            weighed=content.weighed,
            by=by,
            at=at,
        )
        post(to=f"team:{team.pk}", key=f"marac-{row.pk}-{team.pk}", by=by, at=at)
    record(row, by=by, at=at, criterion=content.criterion, case=str(case.pk))
    what = "The case was referred to MARAC"
    cases.note(case=case, what=what, record_kind=KIND, record_id=row.pk, team=from_team, by=by, at=at)
    cases.changed(case=case, by=by, at=at)
    return row


def _written(
    key: UUID,
    case: Case,
    content: Content,
    *,
    from_team: Team,
    to_team: Team,
    idva_team: Team | None,
    by: User,
    at: datetime,
) -> MaracReferral:
    """The record, not saved yet."""
    fields = {name: value for name, value in asdict(content).items() if name not in ("people", "channels", "weighed")}
    return MaracReferral(
        pk=key,
        case=case,
        from_team=from_team,
        to_team=to_team,
        idva_team=idva_team,
        people=json.dumps(list(content.people)),
        channels=list(content.channels),
        sent_at=at,
        sent_by=by,
        **fields,
    )


def _check(content: Content, consent: str) -> None:
    if content.criterion not in CRITERIA:
        raise Refused("Say on which ground the case is referred. Nothing was sent.")
    if not content.reason.strip():
        raise Refused("Say in your own words why this victim should be heard. Nothing was sent.")
    if content.discussed and content.safe_to_discuss != "yes":
        raise Refused("Talk it over with her only where that is safe: say first that it was. Nothing was sent.")
    check_basis(content.basis, consent)


@action("marac.decided_not_to_refer")
def decide_not_to_refer(*, case: Case, reason: str, by: User, at: datetime) -> NotReferredToMarac:
    """Record by name why the case is not referred."""
    access.check_may(by, "refer")
    if not reason.strip():
        raise Refused("Say in a sentence why you do not refer to MARAC. Nothing was recorded.")
    Case.objects.select_for_update().get(pk=case.pk)
    there = NotReferredToMarac.objects.filter(case=case, reason=reason, decided_by=by).first()
    if there is not None:
        record(there, by=by, at=at, again=True)
        return there
    row = NotReferredToMarac.objects.create(case=case, reason=reason, decided_at=at, decided_by=by)
    record(row, by=by, at=at, case=str(case.pk))
    cases.note(
        case=case,
        what="Decided not to refer to MARAC",
        record_kind="marac.notreferredtomarac",
        record_id=row.pk,
        by=by,
        at=at,
    )
    cases.changed(case=case, by=by, at=at)
    return row


@action("marac.meeting_planned")
def plan_meeting(*, area: Area, team: Team, held_on: datetime, by: User, at: datetime) -> Meeting:
    """Put a meeting in the calendar. The same team at the same time is the same meeting."""
    access.check_may(by, "list_marac")
    if held_on <= at:
        raise Refused("A meeting is planned for a time to come. Nothing was saved.")
    kept = {"made_at": at, "made_by": by}
    row, _ = Meeting.objects.get_or_create(area=area, team=team, held_on=held_on, defaults=kept)
    record(row, by=by, at=at, area=area.code)
    return row


@action("marac.case_listed")
def list_case(
    *, referral: MaracReferral, meeting: Meeting, copies_to: Sequence[Team], by: User, at: datetime
) -> AgendaItem:
    """List a referred case for a meeting and send the copies; each copy is a recorded disclosure of the referral.

    Copies the procedure owes go whether or not they are among `copies_to`.
    """
    access.check_may(by, "list_marac")
    if meeting.held_on <= at:
        raise Refused("That meeting has been held. Choose one to come; nothing was listed.")
    if meeting.team_id != referral.to_team_id:
        raise Refused("That meeting is another coordinator’s. Nothing was listed.")
    copied = list(dict.fromkeys([*owed_copies(referral).must, *copies_to]))
    states.REFERRAL.move(referral, to="listed", by=by, at=at)
    item = AgendaItem.objects.create(
        meeting=meeting,
        referral=referral,
        copies=[{"to": team.code, "name": team.name, "what": "the referral"} for team in copied],
        listed_at=at,
        listed_by=by,
    )
    rests_on = latest_live(referral.pk, referral.to_team_id)
    for team in copied:
        disclose(
            case=referral.case,
            subject=referral,
            to_team=team,
            purpose="MARAC list and copy",
            basis=referral.basis,
            consent=rests_on.consent if rests_on else "",
            person=rests_on.person if rests_on else None,
            reason="The procedure asks for this copy before the meeting.",
            what=PARTS,
            by=by,
            at=at,
        )
        post(to=f"team:{team.pk}", key=f"marac-copy-{referral.pk}-{team.pk}", by=by, at=at)
    record(item, by=by, at=at, meeting=str(meeting.pk), case=str(referral.case_id))
    cases.note(
        case=referral.case,
        what="The case was listed for MARAC",
        record_kind="marac.agendaitem",
        record_id=item.pk,
        team=referral.to_team,
        by=by,
        at=at,
    )
    cases.changed(case=referral.case, by=by, at=at)
    return item

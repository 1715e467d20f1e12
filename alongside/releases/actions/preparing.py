"""Preparing a paper: for whom, what it says, and asking a second person."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import Team, User
from alongside.audit.api import action, record
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.people.models import Person
from alongside.releases import access, document, states
from alongside.releases.codes import LEFT_OUT, OTHER_SIDE, SIDES
from alongside.releases.models import Paper
from alongside.releases.queries import looking, safe
from alongside.sharing.gateways import GATEWAYS
from alongside.sharing.hooks import Part


@dataclass(frozen=True)
class Recipient:
    """Whom a paper is for: a team, or somebody named; `person` is whose own data goes (a child's, to a parent)."""

    side: str
    name: str
    team: Team | None = None
    person: Person | None = None


@dataclass(frozen=True)
class Said:
    """What a paper says, and on what it rests. `left_out` maps a label to the code of why."""

    parts: Sequence[Part]
    left_out: Mapping[str, str]
    purpose: str
    reason: str
    gateway: str = ""
    consent: str = ""
    note: str = ""


@action("releases.paper_begun")
def begin_paper(*, case: Case, to: Recipient, sources: Collection[str], purpose: str, by: User, at: datetime) -> Paper:
    """Begin a paper of a case for one recipient. Nothing can be read by anybody outside the agency before it is released."""
    check_may(by, "draft_papers")
    if to.side not in SIDES or not to.name.strip():
        raise Refused("Say whom the paper is for: one team, one court or one person. Nothing was kept.")
    if (to.team is None) is (to.side == "team") or (to.side not in ("team", "court") and to.person is None):
        raise Refused("Choose who the recipient is from the list, so that only what is theirs goes. Nothing was kept.")
    people = set(case.members.values_list("person_id", flat=True))
    if to.person is not None and to.person.pk not in people:
        raise Refused("That person is not in this case. Nothing was kept.")
    row = Paper(
        side=to.side,
        case=case,
        person=to.person,
        agency=by.agency,
        to_team=to.team,
        recipient=to.name.strip(),
        sources=sorted(sources),
        purpose=purpose.strip(),
        needs_two=access.needs_two(to.side, "papers", safe.is_protected(people)),
        drafted_at=at,
        drafted_by=by,
    )
    access.check_side(row, bool(sources))
    row.save(force_insert=True)
    record(row, by=by, at=at, case=str(case.pk), side=to.side)
    return row


@action("releases.paper_written")
def write_paper(*, paper: Paper, said: Said, by: User, at: datetime) -> Paper:
    """Keep what a paper says: the parts chosen word for word, and each part left out with its reason. Who wrote it last prepared it, and
    does not release it.
    """
    row = Paper.objects.select_for_update().get(pk=paper.pk)
    access.check_may_prepare(by, row)
    if set(said.left_out.values()) - LEFT_OUT.keys():
        raise Refused("Say for each part that is left out why. Nothing was kept.")
    if row.side == "team" and said.gateway not in GATEWAYS:
        raise Refused("Choose what in law allows you to share this. Nothing was kept.")
    if row.side == "court" and any(looking.is_way(part.key) for part in said.parts):
        raise Refused("A paper for a court never holds a way to somebody: the other side reads it. Nothing was kept.")
    row.parts, row.note, row.purpose = document.kept(said.parts), said.note.strip(), said.purpose.strip()
    row.left_out = json.dumps([{"label": label, "why": why} for label, why in said.left_out.items()])
    row.count_left_out, row.reason = len(said.left_out), said.reason.strip()
    row.gateway, row.consent, row.drafted_by = said.gateway, said.consent, by
    row.save()
    record(row, by=by, at=at, parts=len(said.parts), left_out=len(said.left_out))
    return row


@action("releases.release_asked")
def ask_release(*, paper: Paper, by: User, at: datetime) -> Paper:
    """Ask a second person to read and release it. Stops where something in it leads to somebody."""
    row = Paper.objects.select_for_update().get(pk=paper.pk)
    access.check_may_prepare(by, row)
    check_whole(row)
    access.check_says_nothing(looking.stops(row, linked=False))
    states.PAPER.move(row, to="waiting", by=by, at=at)
    record(row, by=by, at=at)
    return row


@action("releases.paper_dropped")
def drop_paper(*, paper: Paper, by: User, at: datetime) -> Paper:
    """It is not used: what it said is removed, that it was begun stays on record."""
    check_may(by, "draft_papers")
    row = Paper.objects.select_for_update().get(pk=paper.pk)
    access.check_own(by, row)
    access.check_no_answer(row)
    states.PAPER.move(row, to="dropped", by=by, at=at)
    row.parts = row.note = row.left_out = ""
    row.save(update_fields=["parts", "note", "left_out"])
    record(row, by=by, at=at)
    return row


def check_whole(row: Paper) -> None:
    """Raise unless a paper says something, what for and why."""
    if not document.parts_of(row) and not row.note and row.kind == "papers":
        raise Refused("The paper says nothing yet. Choose what goes, then ask again. Nothing was changed.")
    if not row.purpose or not row.reason:
        raise Refused("Say what the paper is for, and why this much goes and no more. Nothing was changed.")
    if row.side in OTHER_SIDE and row.sources:
        raise Refused("To this side goes no record of the case. Nothing was changed.")


def told(row: Paper, what: str, by: User, at: datetime) -> None:
    """A line on the timeline of the case, without a name."""
    if row.case is not None:
        cases.note(case=row.case, what=what, record_kind="releases.paper", record_id=row.pk, by=by, at=at)

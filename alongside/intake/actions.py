"""Receiving a notification: checked, stored once, its people and cases opened, the rules evaluated, the answer kept."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from alongside.agencies.models import Team, User
from alongside.audit.api import action, record, record_read
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.duties.actions import notify_facts
from alongside.gate.viewing import Viewer
from alongside.intake import access, opening, queries, telling
from alongside.intake.checking import faults_of
from alongside.intake.faults import NotValid
from alongside.intake.models import Incident, Informant, Notification, Report
from alongside.intake.outright import read_facts
from alongside.intake.queries.answering import answer_of
from alongside.intake.reading import canonical
from alongside.intake.sense import Known
from alongside.intake.story import CaseSaid, belongs, cases_of, story_of
from alongside.intake.structure import as_moment
from alongside.people.actions import record_people
from alongside.people.models import Person
from alongside.people.queries import Look
from alongside.people.records import PersonSaid
from alongside.policy import Value
from alongside.risk.actions import record_assessment
from alongside.sealed.index import blind
from alongside.sharing.actions import record_consent
from alongside.sharing.consults.actions import consult
from alongside.sharing.needing.actions import open_for_call

MOST_CANDIDATES = 5


@dataclass(frozen=True)
class Received:
    """A notification that is stored, the answer first given, and whether it is new."""

    notification: Notification
    answer: Mapping[str, Any]
    is_new: bool


class OtherContent(Exception):
    """The same identity came with other content. Both are shown, to those who may see what is stored and to nobody else."""

    def __init__(self, held: Mapping[str, Any], sent: Mapping[str, Any], case: str) -> None:
        super().__init__(
            f"“{sent['id']}” is stored already, with other content. Nothing was changed: send a new id for something new."
        )
        self.held, self.sent, self.case = held, sent, case


class IdTaken(OtherContent):
    """Others of the same agency used this identity, and what they sent is not this sender's to see: nothing of it is held here."""

    def __init__(self, sent: Mapping[str, Any]) -> None:
        Exception.__init__(
            self,
            f"“{sent['id']}” was used already in your agency, for something else. Nothing was stored: give it a new id.",
        )
        self.held, self.sent, self.case = {}, sent, ""


def receive(*, content: Any, by: User, at: datetime, team: Team | None = None) -> Received:
    """Store a notification once and answer it.

    `content` is a JSON value as `reading.read` gives it. Raises `NotValid` with every fault, `NotYourAgency` or `Refused`, `OtherContent`;
    then nothing of it is kept. The same content again gives the answer first given.
    """
    sender = queries.sender_of(content, by.agency)
    if sender is None:
        raise NotValid(faults_of(content, queries.held_against(content, at=at)))
    access.check_may_notify(by, sender.code)
    mark = blind(canonical(content), "intake.content")
    held = queries.stored(sender, content.get("id"))
    if held is None or held.content_mark != mark:
        known = queries.held_against(content, sender, at=at)
        faults = faults_of(content, known)
        if faults:
            raise NotValid(faults)
        if held is None:
            try:
                return _store(content=content, mark=mark, known=known, team=team, by=by, at=at)
            except IntegrityError:
                # Somebody stored the same identity between our look and our write; anything else is a fault and shows itself.
                held = queries.stored(sender, content["id"])
                if held is None:
                    raise
    if not queries.may_see(held, Viewer(by, at)):
        raise IdTaken(content)
    record_read(held, by=by, at=at, what="intake.answer")
    if held.content_mark != mark:
        raise OtherContent(json.loads(held.content.open()), content, held.case.reference)
    return Received(held, held.answer, False)


@action("intake.notification_stored")
def _store(
    *, content: Mapping[str, Any], mark: str, known: Known, team: Team | None, by: User, at: datetime
) -> Received:
    said = cases_of(content)
    opened = [_open_case(content, one, known, team, by, at) for one in said]
    people = telling.people_said(content)
    held = record_people(
        agency=by.agency, people=people, relationships=telling.relationships_said(content), by=by, at=at
    )
    about = _asked_about(opened, said, {person.ref: person for person in people}, held)
    consulted = consult(people=about, purpose="notification", by=by, at=at)
    row = _keep(content, mark, opened, at if consulted.is_whole else None, by, at)
    by_ref = {person["ref"]: person for person in content["people"]}
    for case, one in zip(opened, said, strict=True):
        opening.add_members(case=case, said=one, by_ref=by_ref, held=held, areas=known.areas, by=by, at=at)
        _keep_records(content, case, one, said, held, by, at)
        cases.note(
            case=case,
            what="A notification was received",
            record_kind="intake.notification",
            record_id=row.pk,
            by=by,
            at=at,
        )
        cases.changed(case=case, by=by, at=at)
    _open_what_is_known(about, consulted.looks or {}, by, at)
    viewer = Viewer(by, at)
    found = {pk: look.shown_to(viewer, MOST_CANDIDATES) for pk, look in (consulted.looks or {}).items()}
    answer = answer_of(row, opened, held, found)
    row.answer_text = json.dumps(answer, default=float)
    row.save(update_fields=["answer_text"])
    record(row, by=by, at=at, case=opened[0].reference, also=len(opened) - 1, kind=row.kind)
    return Received(row, answer, True)


def _asked_about(
    opened: Sequence[Case], said: Sequence[CaseSaid], people: Mapping[str, PersonSaid], held: Mapping[str, Person]
) -> dict[Case, dict[UUID, PersonSaid]]:
    """Whom every agency is asked about, by case; somebody who is in none is asked about with the first."""
    refs = [dict.fromkeys(ref for ref, _ in one.parts) for one in said]
    left = people.keys() - {ref for some in refs for ref in some}
    refs[0] |= dict.fromkeys(ref for ref in people if ref in left)
    return {case: {held[ref].pk: people[ref] for ref in some} for case, some in zip(opened, refs, strict=True)}


def _open_what_is_known(
    about: Mapping[Case, Mapping[UUID, PersonSaid]], looks: Mapping[UUID, Look], by: User, at: datetime
) -> None:
    """What the agency holds already about the people of a new call is open to whoever took it, before anybody goes to the door."""
    for case, people in about.items():
        told = (one for pk in people for one in (looks[pk].found if pk in looks else ()))
        records = {one.person for one in told if one.is_sure and one.agency == by.agency.code}
        if records:
            open_for_call(call=case, records=records, by=by, at=at)


def _open_case(
    content: Mapping[str, Any], said: CaseSaid, known: Known, team: Team | None, by: User, at: datetime
) -> Case:
    story = story_of(content, said, known.areas)
    told_in = known.areas[content["area"]]
    area = known.areas.get(story.local_authority, told_in)
    return cases.open_case(
        area=area,
        local_authority=story.local_authority,
        **opening.places(story, known.areas),
        agency=by.agency,
        team=team or opening.recording_team(by, area, told_in, at),
        received_on=story.received,
        occurred_on=story.occurred,
        by=by,
        at=at,
    )


def _keep(
    content: Mapping[str, Any], mark: str, opened: list[Case], consulted: datetime | None, by: User, at: datetime
) -> Notification:
    """The notification itself: whoever brings the same identity at the same time waits here, and then finds it."""
    row = Notification.objects.create(
        agency=by.agency,
        their_id=content["id"],
        kind=content["kind"],
        area=content["area"],
        received_on=opened[0].received_on,
        occurred_on=opened[0].occurred_on,
        content=canonical(content),
        content_mark=mark,
        case=opened[0],
        consulted_on=consulted,
        stored_at=at,
        stored_by=by,
        **telling.kept_fields(content),
    )
    Report.objects.bulk_create(Report(notification=row, case=case) for case in opened)
    Incident.objects.create(notification=row, **telling.incident_fields(content))
    informant = telling.informant_fields(content)
    if informant:
        Informant.objects.create(notification=row, **informant)
    return row


def _keep_records(
    content: Mapping[str, Any],
    case: Case,
    said: CaseSaid,
    all_said: Sequence[CaseSaid],
    held: Mapping[str, Person],
    by: User,
    at: datetime,
) -> None:
    """What other apps keep of a case: assessments and consent of its victim and people, facts stated outright."""
    for row in content.get("risk", ()):
        if belongs(row.get("person"), said, all_said):
            _keep_assessment(row, case, held.get(row.get("person") or said.victim or ""), by, at)
    for row in content.get("consent", ()):
        person = row.get("person") or said.victim
        if person is not None and belongs(row.get("person"), said, all_said):
            record_consent(case=case, person=held[person], purpose=row["purpose"], status=row["status"], by=by, at=at)
    facts = read_facts(content) | _consent_of_nobody_named(content, said)
    if facts:
        since = as_moment(content.get("occurred_at")) or as_moment(content["received_at"])
        notify_facts(case=case, facts=facts, said_by=by.agency.name, true_since=since, by=by, at=at)


def _consent_of_nobody_named(content: Mapping[str, Any], said: CaseSaid) -> dict[str, Value]:
    """The consent of a victim not known yet stands as a fact of the case: there is nobody whose record it could be."""
    rows = [row for row in content.get("consent", ()) if row["purpose"] == "referral" and row.get("person") is None]
    return {"consent_status": rows[-1]["status"]} if rows and said.victim is None else {}


def _keep_assessment(row: Mapping[str, Any], case: Case, person: Person | None, by: User, at: datetime) -> None:
    record_assessment(
        case=case,
        person=person,
        instrument=row["instrument"],
        version=row.get("version") or "",
        completed_at=as_moment(row.get("completed_at")),
        completed_by_words=telling.text(row.get("completed_by")),
        answers=row["answers"],
        grade=row.get("grade"),
        serious_concern=row.get("serious_concern"),
        reason=telling.text(row.get("serious_concern_reason")),
        by=by,
        at=at,
    )

"""Reaching somebody: confirming a way, asking before a call or a letter, what came of it, and what waits for a colleague."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.models import Team, User
from alongside.audit.api import Actor, action, record, unit_of_work
from alongside.outbox.api import STAFF, Clearance, post, release, void
from alongside.people import clearance, hooks, queries
from alongside.people.actions.recording import keep_ways
from alongside.people.contact import codes, states
from alongside.people.contact.rules import Answer
from alongside.people.models import Address, ContactTask, ContactTry, Person, PlannedLetter, SafeContact
from alongside.people.records import SafeContactSaid

NOTHING_KEPT = "Nothing was kept."


@action("people.contact_confirmed")
def confirm_way(
    *, person: Person, said: SafeContactSaid, goes_to: Address | None = None, by: User, at: datetime
) -> SafeContact:
    """Keep how somebody said they may be reached; it stands for its channel from now on. What was said before stays on record.

    A letter names an address of the record where the person lives now. “No contact is safe” takes back everything that waits.
    """
    access.check_may(by, "answer")
    if said.when == "hours" and not said.windows:
        raise Refused(f"Say in which hours this way is safe. {NOTHING_KEPT}")
    goes_to = Address.objects.select_for_update().get(pk=goes_to.pk) if goes_to and said.channel == "letter" else None
    if said.channel == "letter" and said.safe and not queries.stands(goes_to, person.pk):
        raise Refused(f"Choose an address where this person lives now. {NOTHING_KEPT}")
    [row] = keep_ways([(person, said)], by, at)
    if goes_to is not None:
        row.goes_to = goes_to
        row.save(update_fields=["goes_to"])
    record(row, by=by, at=at, person=str(person.pk), channel=said.channel, safe=_code(said.safe))
    if said.channel == "none":
        void_waiting(person=person, reason=codes.NO_CONTACT, by=by, at=at)
    return row


def _code(value: bool | None) -> str:
    return {True: "yes", False: "no", None: "not-known"}[value]


@action("people.reach_asked")
def ask_to_reach(*, person: Person, act: str, by: User, at: datetime) -> tuple[ContactTry, Answer, SafeContact | None]:
    """Ask, about to reach somebody, whether that may be done: the answer is kept with who asked, and the row it rests on given."""
    access.check_may(by, "answer")
    said, way = clearance.answer(person.pk, act, at)
    row = ContactTry.objects.create(
        person=person, act=act, verdict=said.verdict, reasons=list(said.reasons), asked_at=at, asked_by=by
    )
    record(row, by=by, at=at, person=str(person.pk), act=act, verdict=said.verdict)
    return row, said, way


@action("people.contact_tried")
def record_try(*, row: ContactTry, outcome: str, why: str = "", note: str = "", by: User, at: datetime) -> ContactTry:
    """Keep what came of it. Against a no, or where a colleague had to decide, it takes the reason; the same again changes nothing.

    When somebody else answered, the way is doubted until it is confirmed again, and a team is asked.
    """
    access.check_may(by, "answer")
    held = ContactTry.objects.select_for_update().get(pk=row.pk)
    if held.asked_by_id != by.pk:
        raise Refused(f"Somebody else asked this. Ask yourself before you reach this person. {NOTHING_KEPT}")
    if held.outcome:
        if held.outcome != outcome:
            raise Refused("What came of it is on record already. Nothing was changed.")
        record(held, by=by, at=at, person=str(held.person_id), outcome=outcome, again=True)
        return held
    if held.verdict != "yes" and outcome != "not-tried" and not why.strip():
        raise Refused(f"Say why you reached this person all the same. {NOTHING_KEPT}")
    held.outcome, held.why, held.note, held.tried_at, held.tried_by = outcome, why, note, at, by
    held.save(update_fields=["outcome", "why", "note", "tried_at", "tried_by"])
    record(held, by=by, at=at, person=str(held.person_id), act=held.act, outcome=outcome, verdict=held.verdict)
    if outcome == "somebody-else":
        ask_colleague(person=held.person, act=held.act, reasons=[codes.SOMEBODY_ELSE], by=by, at=at)
    return held


@action("people.letter_planned")
def plan_letter(*, row: ContactTry, by: User, at: datetime) -> PlannedLetter:
    """Plan one letter to one person, where that was answered with yes; a second person reads it before it is posted."""
    access.check_may(by, "answer")
    _wait_for_changes(row.person_id)
    said, way = clearance.answer(row.person_id, "letter", at)
    if row.act != "letter" or row.asked_by_id != by.pk or not said.allowed or way is None or way.goes_to is None:
        raise Refused(f"{said.sentence or 'Ask first whether a letter may be posted.'} Nothing was planned.")
    if PlannedLetter.objects.filter(person=row.person, state__in=("to-read", "read")).exists():
        raise Refused("A letter to this person waits already. Nothing was planned.")
    letter = PlannedLetter.objects.create(person=row.person, address=way.goes_to, planned_at=at, planned_by=by)
    states.LETTER.bulk_open([letter], by=by, at=at)
    record(letter, by=by, at=at, person=str(row.person_id))
    return letter


def _wait_for_changes(person: UUID) -> None:
    """Whoever records an address or a shield holds the person: what they say is on record before this goes on."""
    Person.objects.select_for_update().get(pk=person)


@action("people.letter_read")
def read_letter(*, letter: PlannedLetter, by: User, at: datetime) -> PlannedLetter:
    """A second person has read the letter and its envelope: never the one who planned it."""
    access.check_may(by, "answer")
    if letter.planned_by_id == by.pk:
        raise Refused("You planned this letter yourself; somebody else has to read it. Nothing was changed.")
    states.LETTER.move(letter, to=PlannedLetter.State.READ, by=by, at=at)
    letter.read_at, letter.read_by = at, by
    letter.save(update_fields=["read_at", "read_by"])
    record(letter, by=by, at=at, person=str(letter.person_id))
    return letter


@action("people.letter_settled")
def post_letter(*, letter: PlannedLetter, by: User, at: datetime) -> PlannedLetter:
    """The letter goes: asked once more at this moment, for this address. What is not cleared any more is not posted, and a team is asked."""
    access.check_may(by, "answer")
    _wait_for_changes(letter.person_id)
    said, way = clearance.answer(letter.person_id, "letter", at)
    if said.allowed and way is not None and way.goes_to_id == letter.address_id:
        states.LETTER.move(letter, to=PlannedLetter.State.POSTED, by=by, at=at)
        letter.posted_at, letter.posted_by = at, by
        letter.save(update_fields=["posted_at", "posted_by"])
    else:
        reasons = said.reasons or (codes.ADDRESS_CHANGED,)
        _void_letter(letter=letter, reason=reasons[0], by=by, at=at)
        ask_colleague(person=letter.person, act="letter", reasons=reasons, by=by, at=at)
    record(letter, by=by, at=at, person=str(letter.person_id), state=letter.state)
    return letter


@action("people.letter_voided")
def _void_letter(*, letter: PlannedLetter, reason: str, by: Actor, at: datetime) -> None:
    states.LETTER.move(letter, to=PlannedLetter.State.VOID, by=by, at=at)
    letter.problem = reason
    letter.save(update_fields=["problem"])
    record(letter, by=by, at=at, person=str(letter.person_id), reason=reason)


def void_waiting(*, person: Person, reason: str, by: Actor, at: datetime) -> int:
    """Take back every message and letter that waits for somebody, in each record of theirs; for each that had any a team is asked."""
    voided = 0
    for pk in sorted({person.pk, *queries.same_records(person.pk)}):
        messages = void(recipients=[f"person:{pk}"], problem=reason, by=by, at=at)
        waiting = PlannedLetter.objects.filter(person=pk, state__in=("to-read", "read")).select_related("person")
        letters = list(waiting.select_for_update(of=("self",)))
        for letter in letters:
            _void_letter(letter=letter, reason=reason, by=by, at=at)
        for act in ["email"] * bool(messages) + ["letter"] * bool(letters):
            ask_colleague(person=queries.record_of(pk), act=act, reasons=[reason], by=by, at=at)
        voided += messages + len(letters)
    return voided


def ask_colleague(*, person: Person, act: str, reasons: Iterable[str], by: Actor, at: datetime) -> ContactTask | None:
    """Put what cannot be shown to be safe before a named team, which is told that there is something new; asked already, once is enough.

    None only where the partnership has no team at all: what waits stays held, and the outbox's status says so.
    """
    team = queries.team_asked(person)
    if team is None:
        return None
    there = _standing(person, team, act)
    if there is not None:
        return there
    try:
        with unit_of_work():
            task = _open_task(person=person, team=str(team.pk), act=act, reasons=list(reasons), by=by, at=at)
            post(to=f"team:{team.pk}", key=f"people.contact-task:{task.pk}", template=STAFF, by=by, at=at)
    except IntegrityError:
        # Somebody asked the same between our look and our write.
        return _standing(person, team, act)
    return task


def _standing(person: Person, team: Team, act: str) -> ContactTask | None:
    """The open task of a team about one way of reaching somebody."""
    return ContactTask.objects.filter(person=person, team=team, act=act, state=ContactTask.State.OPEN).first()


@action("people.contact_task_opened")
def _open_task(*, person: Person, team: str, act: str, reasons: list[str], by: Actor, at: datetime) -> ContactTask:
    task = ContactTask.objects.create(person=person, team_id=UUID(team), act=act, reasons=reasons, since_on=at)
    states.TASK.bulk_open([task], by=by, at=at)
    record(task, by=by, at=at, person=str(person.pk), team=team, act=act, reasons=" ".join(reasons)[:200])
    _tell(task, is_open=True, by=by, at=at)
    return task


def _tell(task: ContactTask, *, is_open: bool, by: Actor, at: datetime) -> None:
    for listener in hooks.ASKED:
        listener(person=task.person, team=task.team, is_open=is_open, by=by, at=at)


def held(ident: str, channel: str, said: Clearance, /, *, by: Actor, at: datetime) -> None:
    """The outbox holds a message to this person: a colleague is asked."""
    ask_colleague(person=queries.record_of(UUID(ident)), act=channel, reasons=said.codes, by=by, at=at)


@action("people.contact_task_closed")
def close_task(*, task: ContactTask, closing: str, why: str, by: User, at: datetime) -> ContactTask:
    """Say how it ended, with the reason. What waits for the person goes again, if it is cleared then, or is taken back."""
    access.check_may(by, "answer")
    if closing not in dict(codes.CLOSINGS):
        raise Refused("Choose one of the answers on the page. Nothing was changed.")
    states.TASK.move(task, to=ContactTask.State.DONE, by=by, at=at, why=closing)
    task.closing, task.why, task.closed_at, task.closed_by = closing, why, at, by
    task.save(update_fields=["closing", "why", "closed_at", "closed_by"])
    record(task, by=by, at=at, person=str(task.person_id), closing=closing)
    if not ContactTask.objects.filter(person=task.person_id, team=task.team_id, state=ContactTask.State.OPEN).exists():
        _tell(task, is_open=False, by=by, at=at)
    recipient = f"person:{task.person_id}"
    if closing == "again":
        release(recipient=recipient, why="confirmed again", by=by, at=at)
    else:
        void(recipients=[recipient], problem=closing, by=by, at=at)
    return task

"""Asking every agency at once, and keeping what each answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import Agency, User
from alongside.audit.api import Actor, action, record
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.people.queries import Look
from alongside.people.records import PersonSaid
from alongside.sharing.consults import hooks, queries
from alongside.sharing.consults.models import FAILED, Consult


@dataclass(frozen=True)
class Answered:
    """What the records kept here told: by person, None when the look-up failed; and whether every source answered."""

    looks: Mapping[UUID, Look] | None
    is_whole: bool


@action("sharing.consulted")
def consult(*, people: Mapping[Case, Mapping[UUID, PersonSaid]], purpose: str, by: User, at: datetime) -> Answered:
    """Ask every agency that works where the cases are about the people of each; one row for each agency and case.

    Records kept here answer at once. An agency with a system of its own is *cannot tell* until it answers. The caller tells
    `cases.changed`.
    """
    everybody = {id_: said for told in people.values() for id_, said in told.items()}
    looks = queries.look(everybody)
    rows = [
        _row(case, agency, told, looks, purpose, by, at)
        for agency in queries.to_ask(people)
        for case, told in people.items()
    ]
    Consult.objects.bulk_create(rows)
    waiting = [row for row in rows if row.why == "waiting"]
    for listener in hooks.ASKED if waiting else ():
        listener(waiting, everybody, at)
    model = next((look.model for look in (looks or {}).values()), "")
    about = ("cases.case", " ".join(str(case.pk) for case in people))
    record(about, by=by, at=at, purpose=purpose, asked=len(rows), model=model)
    return Answered(looks, not any(row.why in FAILED for row in rows))


@action("sharing.consult_answered")
def answer_later(
    *, consult: Consult, answer: str, held_about: Collection[UUID] = (), why: str = "", by: Actor, at: datetime
) -> Consult:
    """Keep what an agency with a system of its own answered: *held* about some of those asked about, *not held*, or *cannot tell*
    and why. The facts of the case are worked out again in the name of whoever asked."""
    row = Consult.objects.select_for_update().select_related("case", "asked_by").get(pk=consult.pk)
    if row.why not in FAILED:
        raise Refused("This was answered already. Nothing was changed.")
    row.answer, row.why, row.held_about = answer, why, sorted(set(map(str, held_about)) & set(row.about))
    row.answered_on = at
    row.save(update_fields=["answer", "why", "held_about", "answered_on"])
    record(row, by=by, at=at, answer=answer, why=why)
    cases.changed(case=row.case, by=row.asked_by, at=at)
    return row


@action("sharing.consulted_again")
def consult_again(*, case: Case, by: User, at: datetime) -> Answered:
    """Ask every agency once more about everybody of a case, by hand: after a failure, or because time has passed."""
    check_may(by, "search_people")
    answered = consult(people={case: queries.people_of(case)}, purpose="again", by=by, at=at)
    record(case, by=by, at=at, is_whole=answered.is_whole)
    cases.changed(case=case, by=by, at=at)
    return answered


def _row(
    case: Case,
    agency: Agency,
    told: Mapping[UUID, PersonSaid],
    looks: Mapping[UUID, Look] | None,
    purpose: str,
    by: User,
    at: datetime,
) -> Consult:
    source = getattr(agency, "consult_source", None)
    about = [id_ for id_ in told if looks is None or looks[id_].is_asked]
    theirs = [(id_, one) for id_ in about for one in (looks[id_].found if looks else ()) if one.agency == agency.code]
    # Below the model's threshold somebody alike is on record, and that is *cannot tell*.
    found = [(id_, one.person) for id_, one in theirs if one.is_sure]
    answer, why = _answer(source.kept if source else "elsewhere", about, bool(found), looks)
    if theirs and not found and (answer == "not-held" or why == "not-connected"):
        answer, why = "cannot-tell", "alike"
    return Consult(
        case=case,
        agency=agency,
        team_id=source.team_id if source else None,
        purpose=purpose,
        about=[str(id_) for id_ in about],
        answer=answer,
        why=why,
        held_about=sorted({str(id_) for id_, _ in found}),
        found=[[str(id_), str(record)] for id_, record in found],
        asked_at=at,
        asked_by=by,
        answered_on=None if why == "waiting" else at,
    )


def _answer(kept: str, about: Collection[UUID], is_held: bool, looks: Mapping[UUID, Look] | None) -> tuple[str, str]:
    """What an agency's records say: *held* wherever a record of it is kept here; *not held* only where all of them are."""
    if is_held:
        return "held", ""
    if kept == "remote":
        return "cannot-tell", "waiting"
    if looks is None:
        return "cannot-tell", "failed"
    if not about:
        return "cannot-tell", "nothing-known"
    if kept == "elsewhere":
        return "cannot-tell", "not-connected"
    if not all(looks[id_].is_whole for id_ in about):
        return "cannot-tell", "too-many"
    return "not-held", ""

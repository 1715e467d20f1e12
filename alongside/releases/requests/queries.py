"""Reads of requests for one's own data, and of what is held and not given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from alongside.cases.models import Case, CaseMember
from alongside.cases.queries import members_of
from alongside.gate.viewing import Viewer
from alongside.gate.wall import beyond_the_gate
from alongside.people.models import Person
from alongside.people.queries import protected, same_records
from alongside.releases.models import AccessRequest
from alongside.releases.queries import own
from alongside.releases.queries.looking import is_way
from alongside.sharing.hooks import Part, shareable

WITH = (
    "person",
    "agency",
    "taken_by__agency",
    "checked_by__agency",
    "cleared_by__agency",
    "built_by__agency",
    "reviewed_by__agency",
    "paper__agency",
    "paper__drafted_by__agency",
)


@dataclass(frozen=True)
class Excluded:
    """A record that is held and not given, as the reviewer is told of it: its title, and the code of why."""

    label: str
    why: str


def requests() -> QuerySet[AccessRequest]:
    """Requests to load one from, through the gate."""
    return AccessRequest.objects.select_related(*WITH)


def of_agency(viewer: Viewer) -> list[AccessRequest]:
    """Requests to the viewer's agency, those to be answered first, by the day they are due."""
    rows = requests().visible_to(viewer).filter(agency=viewer.user.agency_id)  # type: ignore[attr-defined]
    return sorted(rows, key=lambda one: (one.state in ("answered", "refused"), one.due_on, one.taken_at))


def of_case(case: Case, viewer: Viewer) -> list[AccessRequest]:
    """Requests about people of a case, made to the viewer's agency."""
    rows = requests().visible_to(viewer).filter(agency=viewer.user.agency_id)  # type: ignore[attr-defined]
    return list(rows.filter(person__memberships__case=case).distinct())


def people_of(case: Case, viewer: Viewer) -> list[tuple[str, str]]:
    """Id and initials of the people of a case recorded by the viewer's agency: only its own records are its to answer for."""
    found = members_of([case.pk], viewer).get(case.pk, [])
    own_ = [one for one in found if one.person.recorded_by_agency_id == viewer.user.agency_id]
    return list({str(one.person_id): one.person.initials for one in own_ if one.role != "unborn-child"}.items())


@beyond_the_gate
def case_of(person: Person) -> Case | None:
    """The case of their own agency with which an answer about somebody is kept, and goes when it is erased. For the act alone."""
    rows = Case.objects.filter(members__person=person, opened_by_agency=person.recorded_by_agency_id)
    return rows.order_by("-received_on", "pk").first()


@beyond_the_gate
def needs_clearing(person: Person, asker: str) -> bool:
    """Whether a cleared reviewer is asked before anything is built: somebody else asks, the person is a child, is protected, or is
    reported as causing harm in any record of theirs. Which of these it is, nobody is told.
    """
    ids = {person.pk, *same_records(person.pk)}
    roles = set(CaseMember.objects.filter(person__in=ids).values_list("role", flat=True))
    return asker != "self" or bool(roles & {"person-causing-harm", "child"}) or bool(protected(ids))


def offers(request: AccessRequest, viewer: Viewer) -> list[tuple[Part, str]]:
    """The person's own parts, each with the code of why it stays out unless somebody ticks it."""
    is_safe = bool(protected([request.person_id]))
    return [
        (part, "safe-place" if is_safe and is_way(part.key) else "")
        for part in own.parts_for(request.treated, request.person, viewer)
    ]


def excluded(request: AccessRequest, viewer: Viewer) -> list[Excluded]:
    """Everything that is held where the person stands with others, and by its type cannot get into the answer; and their own fields
    that the side it is built for has not.
    """
    return [*_own_not_given(request, viewer), *_records(request, viewer)]


def _own_not_given(request: AccessRequest, viewer: Viewer) -> Iterator[Excluded]:
    why = {"parent": "child", "causing-harm": "crime", "nothing": "serious-harm"}.get(request.treated, "third-party")
    given = {part.key for part in own.parts_for(request.treated, request.person, viewer)}
    for part in own.parts_for("survivor", request.person, viewer):
        if part.key not in given and part.text != "Not on record":
            yield Excluded(part.label, why)


def _records(request: AccessRequest, viewer: Viewer) -> Iterator[Excluded]:
    why = {"parent": "child", "causing-harm": "crime", "nothing": "serious-harm"}.get(request.treated, "third-party")
    for case in Case.objects.visible_to(viewer).filter(members__person=request.person_id).distinct():
        yield Excluded(f"The case {case.reference}: who is in it, and what was done", why)
        for one in shareable(case, viewer):
            if not one.is_case:
                yield Excluded(one.title, why)

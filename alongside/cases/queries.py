"""Reads of cases, all through the gate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from alongside.agencies.models import Team, TeamRole
from alongside.audit.api import once
from alongside.cases.living import Part
from alongside.cases.models import AreaChange, Case, CaseEvent, CaseMember, new_reference
from alongside.gate.viewing import Viewer
from alongside.gate.wall import beyond_the_gate
from alongside.people.models import HouseholdMember, LinkDecision, Person, Relationship, SafeContact

ORDER = ("victim", "child", "unborn-child", "person-causing-harm", "other")


def cases_for(viewer: Viewer, *, reference: str = "") -> QuerySet[Case]:
    """Cases the viewer may open, the newest first; `reference` narrows to one."""
    rows = Case.objects.visible_to(viewer).select_related("area", "opened_by_agency")
    if reference.strip():
        rows = rows.filter(reference__iexact=reference.strip())
    return rows.order_by("-received_on", "reference")


def all_cases() -> QuerySet[Case]:
    """Cases to load one from, through the gate."""
    return Case.objects.select_related("area", "opened_by_agency", "recording_team", "opened_by")


def members_of(case_ids: Iterable[UUID], viewer: Viewer) -> dict[UUID, list[CaseMember]]:
    """Members of many cases by case, victims and children first: one statement."""
    return _members(frozenset(case_ids), viewer)


@once
def _members(case_ids: frozenset[UUID], viewer: Viewer) -> dict[UUID, list[CaseMember]]:
    return _by_case(CaseMember.objects.visible_to(viewer).filter(case_id__in=case_ids).select_related("person"))


def _by_case(rows: QuerySet[CaseMember]) -> dict[UUID, list[CaseMember]]:
    found: dict[UUID, list[CaseMember]] = {}
    for row in sorted(rows, key=lambda m: (ORDER.index(m.role), m.person.date_of_birth, str(m.pk))):
        found.setdefault(row.case_id, []).append(row)
    return found


def members_in_brief(case_ids: Iterable[UUID], viewer: Viewer) -> dict[UUID, list[CaseMember]]:
    """`members_of` with no more of each than the line of a case says: the part, the name (or that it was erased) and the date of birth."""
    rows = CaseMember.objects.visible_to(viewer).filter(case_id__in=list(case_ids)).select_related("person")
    said = ("person__given_name", "person__family_name", "person__date_of_birth", "person__erased_on")
    return _by_case(rows.only("case_id", "role", "person_id", *said))


def contact_confirmed(people: Collection[UUID], viewer: Viewer) -> datetime | None:
    """When a way of reaching somebody of the case was last confirmed."""
    rows = SafeContact.objects.visible_to(viewer).filter(person__in=people).order_by("-confirmed_at")
    return rows.values_list("confirmed_at", flat=True).first()


def relationships(people: Collection[UUID], viewer: Viewer) -> list[Relationship]:
    """Who is related to whom among people."""
    return list(Relationship.objects.visible_to(viewer).filter(person__in=people, other__in=people).order_by("pk"))


def households(people: Collection[UUID], viewer: Viewer) -> list[HouseholdMember]:
    """Who lives with whom among people."""
    rows = HouseholdMember.objects.visible_to(viewer).filter(person__in=people)
    return list(rows.order_by("household_id", "pk"))


def link_answers(people: Collection[UUID], viewer: Viewer) -> dict[UUID, list[LinkDecision]]:
    """Standing answers to "Who is this?" by person."""
    found: defaultdict[UUID, list[LinkDecision]] = defaultdict(list)
    for row in LinkDecision.objects.visible_to(viewer).filter(person__in=people, undone_at__isnull=True):
        found[row.person_id].append(row)
    return found


def timeline(case: Case, viewer: Viewer) -> QuerySet[CaseEvent]:
    """What was done, by whom, the latest first."""
    rows = CaseEvent.objects.visible_to(viewer).filter(case=case)
    return rows.select_related("happened_by__agency", "team").order_by("-happened_at", "-pk")


def area_changes(case: Case, viewer: Viewer) -> dict[str, AreaChange]:
    """The latest correction of each place of a case."""
    rows = AreaChange.objects.visible_to(viewer).filter(case=case).select_related("changed_by", "was", "becomes")
    return {row.place: row for row in rows.order_by("changed_at")}


def cases_with(person: Person) -> list[Case]:
    """Cases a record is part of, for their evaluation: seen by no viewer."""
    return list(Case.objects.filter(members__person=person).distinct())


@beyond_the_gate  # shields are worked out by it, and nothing of another case is shown
def parts_around(people: Collection[UUID]) -> list[Part]:
    """Every part in every case of some records: one statement."""
    cases = CaseMember.objects.filter(person__in=people).values("case")
    refuge = TeamRole.objects.filter(team=OuterRef("case__recording_team"), role="refuge")
    rows = CaseMember.objects.filter(case__in=cases).annotate(at_refuge=Exists(refuge))
    return [Part(*row) for row in rows.values_list("case_id", "person_id", "role", "lives_in_household", "at_refuge")]


def roles_of(person: Person) -> set[str]:
    """Every part a record has in any case: for what may be opened, seen by no viewer."""
    return set(CaseMember.objects.filter(person=person).values_list("role", flat=True))


def areas_of(people: Collection[UUID]) -> set[str]:
    """Every area that decides something in a case of some records: for what may be done, seen by no viewer."""
    return {area for case in Case.objects.filter(members__person__in=people).distinct() for area in case.places.areas}


def recording_team_of(person: Person) -> Team | None:
    """The team that recorded the latest case of a record, in the agency of the record."""
    case = latest_case_of(person)
    return case.recording_team if case else None


def latest_case_of(person: Person) -> Case | None:
    """The latest case of a record, in the agency of the record: where whoever is asked about it finds it. Seen by no viewer."""
    rows = Case.objects.filter(members__person=person, opened_by_agency=person.recorded_by_agency_id)
    return rows.select_related("recording_team__agency", "opened_by").order_by("-received_on").first()


def free_references(count: int) -> list[str]:
    """References no case has yet, each different: drawn by chance they meet sooner than one thinks (33,000 cases: twice)."""
    found: dict[str, None] = {}
    while len(found) < count:
        drawn = {new_reference() for _ in range(count - len(found))} - found.keys()
        taken = Case.objects.filter(reference__in=drawn).values_list("reference", flat=True)
        found.update(dict.fromkeys(drawn.difference(taken)))
    return list(found)

"""The call about Amina with leads in three agencies; Amina is protected, and Lily goes to a school."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from alongside.audit.testing import writing
from alongside.cases.models import Case, CaseMember
from alongside.people import actions as people
from alongside.people.models import Person
from alongside.people.records import AddressSaid, PersonSaid
from alongside.risk.models import Answer, Assessment
from tests.apps.partnership import NOW, Partnership
from tests.apps.sharing.leads import add_leads

SignIn = Callable[[str], Client]
REFUGE, CODE, SCHOOL = "7 Foxglove Close", "CV6 9QZ", "Beacon Hill Primary School"
# Everything of Amina's side that leads to her: none of it may be found in anything that leaves for the other side.
CANARIES = (REFUGE, CODE, SCHOOL, "14 Sample Street", "CV1 4AA", "07700 900123", "Amina", "Lily", "Hartley")


@pytest.fixture
def people_of(case: Case, there: Partnership) -> dict[str, Person]:
    """Everybody of the case by role; Amina has moved to a place that is kept confidential."""
    add_leads(there)
    members = {one.role: one for one in case.members.select_related("person")}
    by = there.users["officer"]
    moved = PersonSaid(ref="v", addresses=[AddressSaid(REFUGE, CODE, current=True, confidential=True)])
    people.add_to(person=members["victim"].person, said=moved, by=by, at=NOW)
    with writing():
        CaseMember.objects.filter(pk=members["child"].pk).update(school_name=SCHOOL)
    return {role: one.person for role, one in members.items()}


@pytest.fixture
def assessment(case: Case, people_of: dict[str, Person], there: Partnership) -> Assessment:
    """A checklist with two notes in a worker's own words."""
    by = there.users["officer"]
    with writing():
        row = Assessment.objects.create(
            case=case, instrument="dash", agency=by.agency, recorded_at=NOW, recorded_by=by, grade="high"
        )
        notes = {"injury": "He pushed her on the stairs.", "frightened": "She is at seven Foxglove Cl. now."}
        for topic, note in notes.items():
            Answer.objects.create(assessment=row, topic=topic, answer="yes", note=note)
    return row

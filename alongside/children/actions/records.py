"""What a school recorded goes on with the school: from the key adult and deputy who leave to those who come."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.agencies.models import User
from alongside.audit.api import action, record
from alongside.children.models import School
from alongside.gate.actions import close_ground, open_ground
from alongside.gate.models import Ground


@action("children.records_handed_over")
def hand_over(*, school: School, before: Collection[User], by: User, at: datetime) -> int:
    """Open the cases of who left to who is there now, and close them to who left. While nobody has come they stay as they are.

    Somebody who answers for another school too keeps their own: which school a case of theirs was told at is not on record,
    and no school is shown another's.
    """
    now = [person for person in (school.key_adult, school.deputy) if person is not None]
    left = [person for person in before if now and person not in now and not _elsewhere(person, school)]
    cases = list(dict.fromkeys(_doors(left).values_list("subject_id", flat=True)))
    for case in cases:
        _hand_over(case, left, now, by, at)
    record(school, by=by, at=at, cases=len(cases))
    return len(cases)


def _elsewhere(person: User, school: School) -> bool:
    return School.objects.filter(Q(key_adult=person) | Q(deputy=person)).exclude(pk=school.pk).exists()


def _doors(people: Collection[User]) -> QuerySet[Ground]:
    """Open doors to cases that people have because their school recorded them."""
    return Ground.objects.filter(subject_kind="case", ground="own-record", user__in=people, closed_at__isnull=True)


def _hand_over(case: UUID, left: Collection[User], now: Collection[User], by: User, at: datetime) -> None:
    for door in list(_doors(left).filter(subject_id=case)):
        close_ground(ground=door, why="no longer key adult or deputy of the school that recorded it", by=by, at=at)
    for person in now:
        open_ground(
            subject_kind="case",
            subject_id=case,
            viewer=person,
            ground="own-record",
            purpose="key adult or deputy of the school that recorded it",
            by=by,
            at=at,
        )

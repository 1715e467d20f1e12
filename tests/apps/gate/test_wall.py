"""The second wall: the database itself shows nothing that no ground opens, whatever a query forgot. PostgreSQL; SQLite has none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from alongside.audit.testing import writing
from alongside.cases.models import Case, CaseMember
from alongside.gate import wall
from alongside.gate.actions import keep_apart, lift_block
from alongside.gate.models import Ground
from alongside.gate.viewing import Gated, Viewer
from alongside.people.models import Address, Person
from tests.apps.partnership import NOW, Partnership, call

HOUR = timedelta(hours=1)
STANDS = connection.vendor == "postgresql"


@pytest.fixture(autouse=True)
def _up(db: None) -> None:
    """The product does not put it up yet: what it costs among many people is not known (the decision says so)."""
    wall.install(connection)


def there_for(user_id: UUID | None, model: type[Gated]) -> set[object]:
    """What a query that forgot the gate finds while a page is made for somebody."""
    with wall.looking(user_id, NOW):
        return set(model.objects.values_list("pk", flat=True))


def everything(model: type[Gated]) -> set[object]:
    return set(model.objects.values_list("pk", flat=True))


@pytest.fixture
def two(there: Partnership, case: Case) -> Iterator[tuple[Case, Case]]:
    """A case the police hold, and one that nobody does."""
    lone = call(there)
    with writing():
        Ground.objects.filter(subject_id=lone.pk).delete()
    yield case, lone


@pytest.mark.django_db
def test_it_stands_on_every_gated_table() -> None:
    assert wall.missing(connection) == []
    assert len(wall.install(connection)) > 30 if STANDS else wall.install(connection) == []


@pytest.mark.parametrize("model", [Case, CaseMember, Person, Address])
def test_a_query_that_forgot_the_gate_finds_what_the_gate_would(
    there: Partnership, two: tuple[Case, Case], model: type[Gated]
) -> None:
    for name in ("officer", "manager", "idva", "auditor"):
        user = there.users[name]
        gated = set(model.objects.visible_to(Viewer(user, NOW)).values_list("pk", flat=True))
        assert there_for(user.pk, model) == (gated if STANDS else everything(model)), name
    assert there_for(None, model) == (set() if STANDS else everything(model))


def test_who_is_kept_apart_and_who_left_find_nothing(there: Partnership, two: tuple[Case, Case]) -> None:
    officer, case = there.users["officer"], two[0]
    keep_apart(user=officer, subject_kind="case", subject_id=case.pk, by=there.users["second"], at=NOW)
    assert (case.pk in there_for(officer.pk, Case)) is not STANDS
    lift_block(user=officer, subject_kind="case", subject_id=case.pk, by=there.users["second"], at=NOW)
    assert case.pk in there_for(officer.pk, Case)
    type(officer).objects.filter(pk=officer.pk).update(is_active=False)
    assert (case.pk in there_for(officer.pk, Case)) is not STANDS


@pytest.mark.parametrize(("ends", "is_open"), [(HOUR, True), (timedelta(), False), (-HOUR, False)])
def test_a_ground_that_ended_opens_nothing(
    there: Partnership, two: tuple[Case, Case], ends: timedelta, is_open: bool
) -> None:
    with writing():
        Ground.objects.filter(subject_id=two[0].pk).update(ends_on=NOW + ends)
    assert (two[0].pk in there_for(there.users["officer"].pk, Case)) == (is_open or not STANDS)


def test_beyond_is_for_the_block_alone(there: Partnership, two: tuple[Case, Case]) -> None:
    with wall.looking(None, NOW):
        before = Case.objects.count()
        with pytest.raises(ZeroDivisionError), wall.beyond():
            assert Case.objects.count() == 2
            raise ZeroDivisionError
        assert Case.objects.count() == before == (0 if STANDS else 2)
    assert Case.objects.count() == 2


def test_an_act_sees_all_that_it_needs(there: Partnership, two: tuple[Case, Case]) -> None:
    with wall.looking(there.users["idva"].pk, NOW):
        keep_apart(
            user=there.users["idva"], subject_kind="case", subject_id=two[1].pk, by=there.users["second"], at=NOW
        )
        assert Case.objects.count() == (0 if STANDS else 2)

"""Erasing takes two people, takes everything that says who somebody was, and nothing of anybody else; and it stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from alongside.agencies.access import Refused
from alongside.audit.api import SystemActor
from alongside.audit.models import Event
from alongside.audit.testing import writing
from alongside.audit.verify import verify
from alongside.cases.models import Case
from alongside.duties.models import Duty
from alongside.keeping import actions, erasing, queries, tombstones
from alongside.keeping.models import Erasure, LegalHold
from alongside.people.models import Address, MatchKey, OtherName, Person
from alongside.people.queries import said_of
from alongside.sealed.errors import Destroyed
from alongside.sealed.models import DataKey, Owner
from tests.apps.partnership import NOW, Partnership

DAY = timedelta(days=1)
WHY = "The time is over and nobody needs it."
BY = SystemActor("tests")


def victim(case: Case) -> Person:
    return case.members.select_related("person").get(role="victim").person


def asked(there: Partnership, person: Person) -> Erasure:
    return actions.ask_erasure(person=person, ground="period-over", reason=WHY, by=there.users["lead"], at=NOW)


def erase(there: Partnership, person: Person) -> Erasure:
    row = asked(there, person)
    return actions.decide_erasure(erasure=row, agreed=True, why=WHY, by=there.users["ig"], at=NOW)


def held(*but: str) -> str:
    """All that the database holds, as text."""
    found = []
    for table in connection.introspection.table_names():
        if table in but:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            found += [str(bytes(v) if isinstance(v, memoryview) else v) for row in cursor.fetchall() for v in row]
    return "\n".join(found)


def test_what_says_who_she_was_is_gone_and_the_trail_is_whole(leads: Partnership, quiet: Case) -> None:
    her = victim(quiet)
    with writing():
        OtherName.objects.create(person=her, name="Mina Canary")
        her.family_name = "Canarybird"
        her.save()
        address = Address.objects.create(person=her, lines="9 Canary Row")
    value = Address.objects.get(pk=address.pk).lines
    assert "Canary" in held() and value.open() == "9 Canary Row"
    events = Event.objects.count()
    erase(leads, her)
    gone = Person.objects.get(pk=her.pk)
    assert (gone.full_name, gone.initials, gone.date_of_birth, gone.sex) == (
        "a person who was erased",
        "a person who was erased",
        "",
        "",
    )
    assert "Canary" not in held()
    assert not MatchKey.objects.filter(person=her).exists() and not her.other_names.exists()
    assert all(not row.lines and not row.postcode for row in Address.objects.filter(person=her))
    assert DataKey.objects.get(owner_id=her.pk).wrapped_with == ""
    with pytest.raises(Destroyed):
        value.open()  # as it stands in a copy of the database from before
    assert said_of([her.pk])[her.pk][0].given_name == ""
    assert Event.objects.count() > events and verify().whole


def test_nothing_of_anybody_else_changes(leads: Partnership, quiet: Case) -> None:
    her = victim(quiet)
    others = [member.person_id for member in quiet.members.exclude(person=her)]
    assert len(others) >= 2
    before = said_of(others)
    erase(leads, her)
    assert said_of(others) == before
    assert [case.reference for case, _ in queries.shared_cases(her)] == [quiet.reference]


def test_the_case_goes_with_the_last_of_its_people(leads: Partnership, quiet: Case) -> None:
    people = [member.person for member in quiet.members.select_related("person")]
    for person in people[:-1]:
        assert erasing.owners_of(person) == {Owner("person", person.pk)}
        erase(leads, person)
    owners = erasing.owners_of(people[-1])
    assert Owner("case", quiet.pk) in owners and len(owners) >= 2
    erase(leads, people[-1])
    quiet.refresh_from_db()
    assert quiet.reference and not quiet.evaluations.exclude(facts=[]).exists()


@pytest.mark.parametrize("who", ["lead", "officer", "lead-csc", "auditor"])
def test_a_second_person_of_the_same_agency_decides(leads: Partnership, quiet: Case, who: str) -> None:
    row = asked(leads, victim(quiet))
    with pytest.raises(Refused):
        actions.decide_erasure(erasure=row, agreed=True, why=WHY, by=leads.users[who], at=NOW)
    row.refresh_from_db()
    assert row.agreed is None and victim(quiet).erased_on is None


def test_the_database_itself_wants_two(leads: Partnership, quiet: Case) -> None:
    row = asked(leads, victim(quiet))
    row.agreed, row.decided_at, row.decided_by = True, NOW, row.asked_by
    with pytest.raises(IntegrityError), writing(), transaction.atomic():
        row.save()


def test_a_second_press_and_a_decided_one_change_nothing(leads: Partnership, quiet: Case) -> None:
    her = victim(quiet)
    row = asked(leads, her)
    with pytest.raises(Refused, match="asked already"):
        asked(leads, her)
    no = actions.decide_erasure(erasure=row, agreed=False, why="Still needed.", by=leads.users["ig"], at=NOW)
    assert no.agreed is False and victim(quiet).erased_on is None
    with pytest.raises(Refused, match="decided this already"):
        actions.decide_erasure(erasure=row, agreed=True, why=WHY, by=leads.users["ig"], at=NOW)
    erase(leads, her)
    with pytest.raises(Refused, match="erased already"):
        asked(leads, her)


def test_another_agencys_record_is_not_ours_to_erase(leads: Partnership, quiet: Case) -> None:
    with pytest.raises(Refused, match="another agency’s record"):
        actions.ask_erasure(person=victim(quiet), ground="period-over", reason=WHY, by=leads.users["lead-csc"], at=NOW)


def test_what_is_owed_stops_it_also_when_it_came_after_the_asking(leads: Partnership, quiet: Case) -> None:
    row = asked(leads, victim(quiet))
    with writing():
        Duty.objects.filter(case=quiet).update(state="open")
    with pytest.raises(Refused, match=f"still owed in {quiet.reference}"):
        actions.decide_erasure(erasure=row, agreed=True, why=WHY, by=leads.users["ig"], at=NOW)
    assert victim(quiet).erased_on is None and not DataKey.objects.filter(destroyed_on__isnull=False).exists()


def hold(there: Partnership, person: Person) -> LegalHold:
    day = (NOW + 30 * DAY).date()
    return actions.place_hold(person=person, reason="Proceedings run.", review_on=day, by=there.users["lead"], at=NOW)


def test_a_hold_stops_it_until_somebody_else_lifts_it(leads: Partnership, quiet: Case) -> None:
    her = victim(quiet)
    row, standing = asked(leads, her), hold(leads, her)
    with pytest.raises(Refused, match="legal hold"):
        actions.decide_erasure(erasure=row, agreed=True, why=WHY, by=leads.users["ig"], at=NOW + 60 * DAY)
    with pytest.raises(Refused, match="a second person lifts it"):
        actions.lift_hold(hold=standing, why=WHY, by=leads.users["lead"], at=NOW)
    actions.lift_hold(hold=standing, why=WHY, by=leads.users["ig"], at=NOW)
    with pytest.raises(Refused, match="lifted already"):
        actions.lift_hold(hold=standing, why=WHY, by=leads.users["ig"], at=NOW)
    actions.decide_erasure(erasure=row, agreed=True, why=WHY, by=leads.users["ig"], at=NOW)


def test_a_hold_does_not_end_by_itself(leads: Partnership, quiet: Case) -> None:
    standing = hold(leads, victim(quiet))
    with pytest.raises(Refused, match="must lie ahead"):
        actions.renew_hold(hold=standing, review_on=NOW.date(), by=leads.users["ig"], at=NOW)
    later = (NOW + 400 * DAY).date()
    assert actions.renew_hold(hold=standing, review_on=later, by=leads.users["ig"], at=NOW).review_on == later
    assert queries.stopped_by(victim(quiet), NOW + 900 * DAY)


def test_once_it_is_done_the_list_outside_says_so(
    leads: Partnership, quiet: Case, erased: Path, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    her = victim(quiet)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        erase(leads, her)
    assert tombstones.read(erased) == [Owner("person", her.pk)]
    assert str(her.pk) in erased.read_text() and erased.stat().st_mode & 0o777 == 0o600
    assert tombstones.keep(erased, queries.erased_owners()) == 0


def test_a_line_that_was_altered_or_added_is_not_believed(leads: Partnership, quiet: Case, erased: Path) -> None:
    tombstones.keep(erased, [(Owner("person", victim(quiet).pk), NOW)])
    erased.write_text(erased.read_text().replace("person", "parson"))
    with pytest.raises(tombstones.BadTombstone, match="line 1"):
        actions.erase_again(by=BY, at=NOW)
    assert victim(quiet).erased_on is None


def test_who_comes_back_with_an_older_copy_is_erased_again(leads: Partnership, quiet: Case, erased: Path) -> None:
    """The older copy is played here by taking the database back to before the erasure."""
    her = victim(quiet)
    before = transaction.savepoint()
    erase(leads, her)
    tombstones.keep(erased, queries.erased_owners())
    transaction.savepoint_rollback(before)
    assert victim(quiet).full_name != "a person who was erased"
    assert actions.erase_again(by=BY, at=NOW + DAY) == 1
    assert victim(quiet).full_name == "a person who was erased"
    assert not DataKey.objects.exclude(wrapped_with="").filter(owner_id=her.pk).exists()
    assert actions.erase_again(by=BY, at=NOW + DAY) == 0
    assert verify().whole

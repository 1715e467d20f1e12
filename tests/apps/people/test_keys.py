"""The key table: the same answers on both engines, in step with every change, bounded whoever is at home together."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.agencies.access import Refused
from alongside.audit.testing import writing
from alongside.cli.people import people as command
from alongside.demo.generate import known_people
from alongside.linkage import Key, MemoryIndex, keys, select_candidates
from alongside.people import actions, matching
from alongside.people.models import Address, KeysMark, MatchKey, OtherName, Person, PersonChange
from alongside.people.queries import KeysOutOfStep, holders, look_for
from alongside.people.queries.keys import fresh_keys, stored_keys
from alongside.people.records import AddressSaid, PersonSaid
from tests.apps.partnership import NOW, Partnership
from tests.apps.people.knowing import crowd, on_record
from tests.apps.statements import differing, statements

pytestmark = pytest.mark.django_db


def families(there: Partnership, count: int) -> dict[UUID, PersonSaid]:
    """Generated people, put on record: by id, in the order of their ids."""
    said = [one for family in islice(known_people(seed=7), count) for one, _ in family.people]
    told = [replace(one, ref=str(number), addresses=one.addresses[:1]) for number, one in enumerate(said)]
    by = there.users["officer"]
    held = actions.record_people(agency=by.agency, people=told, by=by, at=NOW)
    return dict(sorted(((held[one.ref].pk, one) for one in told), key=lambda pair: pair[0]))


def test_the_table_answers_as_the_index_in_memory_does(there: Partnership) -> None:
    held = families(there, 60)
    index = MemoryIndex(matching.known(str(pk), said) for pk, said in held.items())
    assert len(index) > 100
    for said in list(held.values())[::3]:
        asked = matching.known("asked", said)
        expected = select_candidates(keys(asked), index.fetch)
        assert _from_table(keys(asked, matching.secret())) == expected
        assert expected


def _from_table(sought: tuple[Key, ...]) -> list[str]:
    table = holders.holders_of_keys({key.hash for key in sought})
    return select_candidates(
        sought, lambda hashes, most: ((key, [str(pk) for pk in table[key][:most]]) for key in hashes if key in table)
    )


def _nobody() -> UUID:
    return uuid4()


def test_a_key_that_everybody_shares_is_read_to_the_cap_and_no_further(there: Partnership) -> None:
    by = there.users["officer"]
    crowd(by, 60)
    hashes = set(matching.hashes(PersonSaid(ref="", given_name="Mohammed", family_name="Khan")))
    few, first = _rows_read(hashes), holders.holders_of_keys(hashes)
    crowd(by, 340)
    assert _rows_read(hashes) <= few * 1.2 + 50
    assert {len(found) for found in first.values()} == {holders.PER_KEY}
    one = min(hashes)
    everybody = sorted(MatchKey.objects.filter(key=one).values_list("person_id", flat=True))
    assert holders.holders_of_keys(hashes)[one] == everybody[: holders.PER_KEY]


def _rows_read(hashes: set[int]) -> int:
    """How much the engine does for one look-up: rows of the plan that ran, or steps of the virtual machine."""
    text, given = holders.statement(hashes)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ANALYZE {MatchKey._meta.db_table}")
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {text}", given)
            plan = cursor.fetchone()[0]
            return _sum_rows((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])
        steps = 0

        def count() -> int:
            nonlocal steps
            steps += 1
            return 0

        connection.connection.set_progress_handler(count, 10)
        try:
            cursor.execute(text, given)
            cursor.fetchall()
        finally:
            connection.connection.set_progress_handler(None, 0)
        return steps


def _sum_rows(plan: dict[str, Any]) -> int:
    own = int(plan["Actual Rows"] * plan["Actual Loops"])
    return own + sum(_sum_rows(one) for one in plan.get("Plans", ()))


def test_a_look_up_takes_as_many_statements_in_a_crowd(there: Partnership) -> None:
    by = there.users["officer"]
    said = {_nobody(): PersonSaid(ref="", given_name="Mohammed", family_name="Khan", date_of_birth="1990-04-05")}

    crowd(by, 20, date_of_birth="1990-04-05")
    few = statements(lambda: look_for(said))
    crowd(by, 120, date_of_birth="1990-04-05")
    many = statements(lambda: look_for(said))
    assert len(many) == len(few) <= 8, differing(few, many)


def test_where_everything_known_is_shared_by_too_many_finding_nobody_tells_nothing(there: Partnership) -> None:
    crowd(there.users["officer"], holders.PER_KEY, addresses=[])
    [look] = look_for({_nobody(): PersonSaid(ref="", given_name="Mohammed", family_name="Khan")}).values()
    assert not look.is_whole
    [nothing] = look_for({_nobody(): PersonSaid(ref="")}).values()
    assert (nothing.found, nothing.is_whole) == ((), False)
    [alone] = look_for({_nobody(): PersonSaid(ref="", given_name="Wren", family_name="Alder")}).values()
    assert (alone.found, alone.is_whole) == ((), True)


WORDS = st.sampled_from(["", "Amina", "Hartley", "Mohammed", "O'Neill", "Zofia", "Ωμέγα", "一", "Khan-Begum", "🙂"])
DATES = st.sampled_from(["", "1980", "1980-02", "1980-02-03", "1999-01-01", "0000-00-00"])
ADDRESSES = st.builds(
    AddressSaid,
    lines=st.sampled_from(["", "1 Sample Street", "Flat 2, 9 Any Road"]),
    postcode=st.sampled_from(["", "CV1 4AA", "B1 1AA", "nowhere"]),
    current=st.sampled_from([True, False, None]),
    confidential=st.sampled_from([True, False, None]),
)
TOLD = st.builds(
    PersonSaid,
    ref=st.just("x"),
    given_name=WORDS,
    family_name=WORDS,
    other_names=st.lists(WORDS.filter(bool), max_size=6),
    date_of_birth=DATES,
    phones=st.lists(st.sampled_from([f"07700 90010{n}" for n in range(7)]), max_size=6, unique=True),
    email=st.sampled_from(["", "a@demo.example", "b@demo.example"]),
    addresses=st.lists(ADDRESSES, max_size=5),
)
CHANGES = st.one_of(
    st.tuples(st.just("add"), TOLD),
    st.tuples(
        st.just("right"), st.fixed_dictionaries({"given_name": WORDS, "family_name": WORDS, "date_of_birth": DATES})
    ),
    st.tuples(st.just("confidential"), st.booleans()),
    st.tuples(st.just("record"), TOLD),
    st.tuples(st.just("remove"), st.none()),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=TOLD, changes=st.lists(CHANGES, max_size=5))
def test_after_any_changes_the_keys_stored_are_those_worked_out_afresh(
    there: Partnership, first: PersonSaid, changes: list[tuple[str, Any]]
) -> None:
    by = there.users["officer"]
    person = actions.record_people(agency=by.agency, people=[first], by=by, at=NOW)["x"]
    for verb, what in changes:
        _change(person, verb, what, by)
        ids = list(Person.objects.values_list("pk", flat=True))
        assert {pk: found for pk, found in stored_keys(ids).items() if found} == {
            pk: found for pk, found in fresh_keys(ids).items() if found
        }
    with writing():
        Person.objects.all().delete()
    assert not MatchKey.objects.exists()


def _change(person: Person, verb: str, what: Any, by: Any) -> None:
    if not Person.objects.filter(pk=person.pk).exists():
        return
    if verb == "add":
        actions.add_to(person=person, said=what, by=by, at=NOW)
    elif verb == "right":
        actions.put_right(person=person, now=what, by=by, at=NOW)
    elif verb == "record":
        actions.record_people(agency=by.agency, people=[what], by=by, at=NOW)
    elif verb == "remove":
        with writing():
            person.__class__.objects.filter(pk=person.pk).delete()
    else:
        address = Address.objects.filter(person=person).order_by("pk").first()
        if address is not None:
            actions.set_confidential(address=address, confidential=what, by=by, at=NOW)


def test_a_name_put_right_still_finds_her_and_a_hidden_address_does_not(there: Partnership) -> None:
    by = there.users["officer"]
    person = on_record(by, addresses=[AddressSaid("14 Sample Street", "CV1 4AA", current=True)])
    actions.put_right(person=person, now={"family_name": "Marsh"}, by=by, at=NOW)
    assert OtherName.objects.get().name == "Amina Hartley"
    assert json.loads(PersonChange.objects.get().before.open()) == {"family_name": "Hartley"}
    old = PersonSaid(ref="", given_name="Amina", family_name="Hartley", date_of_birth="1996-05-04")
    [look] = look_for({_nobody(): old}).values()
    assert [one.person for one in look.found] == [person.pk]
    held = stored_keys([person.pk])[person.pk]
    actions.set_confidential(address=Address.objects.get(), confidential=True, by=by, at=NOW)
    assert stored_keys([person.pk])[person.pk] < held


def test_only_the_agency_that_made_a_record_changes_it(there: Partnership) -> None:
    person = on_record(there.users["officer"])
    with pytest.raises(Refused, match="another agency"):
        actions.put_right(person=person, now={"family_name": "Marsh"}, by=there.users["idva"], at=NOW)
    with pytest.raises(Refused, match="may not"):
        actions.add_to(person=person, said=PersonSaid(ref=""), by=there.users["auditor"], at=NOW)


def test_a_table_of_another_key_says_so_and_is_made_anew(there: Partnership) -> None:
    person = on_record(there.users["officer"])
    MatchKey.objects.update(key=1)
    KeysMark.objects.update(mark="of another sealing key")
    said = {_nobody(): PersonSaid(ref="", given_name="Amina", family_name="Hartley", date_of_birth="1996-05-04")}
    with pytest.raises(KeysOutOfStep):
        look_for(said)
    told = CliRunner().invoke(command, ["keys"])
    assert told.exit_code == 1
    assert "1 people, 1 of them with other keys" in told.output
    assert "Every key is in step. 1 people had other keys." in CliRunner().invoke(command, ["reindex"]).output
    assert CliRunner().invoke(command, ["keys"]).exit_code == 0
    assert [one.person for one in look_for(said).popitem()[1].found] == [person.pk]


def test_a_table_half_made_is_not_used(there: Partnership) -> None:
    from alongside.audit.api import SystemActor
    from alongside.people.actions import keying

    on_record(there.users["officer"])
    by = SystemActor("key-table")
    assert keying.begin_rebuild(by=by, at=NOW) is False, "a table in step stays in use while it is checked"
    KeysMark.objects.update(mark="of another sealing key")
    assert keying.begin_rebuild(by=by, at=NOW) is True
    with pytest.raises(KeysOutOfStep):
        holders.check_in_step()
    keying.end_rebuild(by=by, at=NOW)
    holders.check_in_step()


def test_another_sealing_key_has_another_mark(settings: Any) -> None:
    before = matching.mark()
    settings.ALONGSIDE_SEALING_KEY = bytes(range(32))
    settings.ALONGSIDE_SEALING_KEYS_BEFORE = ()
    assert matching.mark() != before


def test_a_database_that_was_emptied_begins_in_step_again() -> None:
    with writing():
        KeysMark.objects.all().delete()
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")  # as `flush` does
    assert KeysMark.objects.get().mark == matching.mark()

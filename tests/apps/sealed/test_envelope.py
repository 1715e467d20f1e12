"""Each owner has a key: what is sealed for them opens with it alone, it is fetched once for a page, and it can be destroyed."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from alongside.audit import work
from alongside.audit.api import SideDoor, SystemActor, unit_of_work
from alongside.audit.models import Event
from alongside.sealed import actions, envelope
from alongside.sealed.errors import Destroyed, WrongPlace
from alongside.sealed.models import DataKey, Owner
from alongside.sealed.value import Place, Sealed, seal, unseal
from tests.apps.sealed.conftest import Note, stored
from tests.apps.statements import statements

NOW = datetime(2026, 12, 1, tzinfo=UTC)
BY = SystemActor("tests")
HERS = Owner("person", uuid.uuid4())


def test_a_value_opens_with_the_key_of_its_owner() -> None:
    place = Place("people_address.lines", "1", HERS)
    cipher = seal("a text", place)
    assert cipher.is_owned and unseal(cipher, place) == "a text"
    assert unseal(cipher, Place("people_address.lines", "1")) == "a text", "the value itself says which key"
    (key,) = DataKey.objects.all()
    assert key.owner == HERS and key.pk.bytes == cipher.key_id


def test_all_that_is_sealed_for_one_owner_takes_one_key() -> None:
    with unit_of_work():
        notes = [Note(text=f"t{number}", extra="e") for number in range(5)]
        Note.objects.bulk_create(notes)
    assert DataKey.objects.count() == 5
    Note.objects.filter(pk=notes[0].pk).get().save()
    again = Note.objects.get(pk=notes[1].pk)
    again.text = "another"
    again.save()
    assert DataKey.objects.count() == 5 and Note.objects.get(pk=again.pk).text.open() == "another"


@pytest.mark.parametrize("moved", ["to another owner", "to another key"])
def test_a_wrapped_key_moved_elsewhere_opens_nothing(moved: str) -> None:
    mine, theirs = Note.objects.create(text="mine"), Note.objects.create(text="theirs")
    keys = {row.owner_id: row for row in DataKey.objects.all()}
    with connection.cursor() as cursor:
        if moved == "to another owner":
            cursor.execute("UPDATE sealed_datakey SET owner_kind = 'person'")
        else:
            held = bytes(keys[theirs.pk].wrapped)
            cursor.execute("UPDATE sealed_datakey SET wrapped = %s", [connection.Database.Binary(held)])
    with pytest.raises(WrongPlace, match=r"text: .* altered, or is another's"):
        Note.objects.get(pk=mine.pk).text.open()


def test_a_page_fetches_every_key_it_needs_by_one_statement() -> None:
    with unit_of_work():
        Note.objects.bulk_create(Note(text=f"t{number}") for number in range(30))

    def page() -> None:
        with unit_of_work():
            assert len({note.text.open() for note in Note.objects.all()}) == 30

    assert len([one for one in statements(page) if one.lstrip().startswith("SELECT")]) == 2


def test_so_does_a_read_of_many_outside_a_unit_of_work() -> None:
    Note.objects.bulk_create(Note(text=f"t{number}") for number in range(10))

    def read() -> None:
        with envelope.together():
            assert len({note.text.open() for note in Note.objects.all()}) == 10

    assert len(statements(read)) == 2
    assert len(statements(lambda: [note.text.open() for note in Note.objects.all()])) == 11


def test_new_owners_take_one_statement_together() -> None:
    def told() -> None:
        with unit_of_work():
            Note.objects.bulk_create(Note(text=f"t{number}") for number in range(20))

    assert len([one for one in statements(told) if "sealed_datakey" in one]) == 1


def test_a_part_that_is_undone_loses_no_key_that_is_used_later() -> None:
    """The key made in a savepoint is remembered after it; were it written there, it would be gone with it."""
    with unit_of_work():
        with pytest.raises(IntegrityError), work.savepoint():
            note = Note.objects.create(text="first")
            Note.objects.create(pk=note.pk, text="second")
        Note.objects.create(pk=note.pk, text="third")
    assert Note.objects.get().text.open() == "third"


def test_a_unit_that_is_undone_leaves_no_key() -> None:
    with pytest.raises(ZeroDivisionError), unit_of_work():
        Note.objects.create(text="x")
        raise ZeroDivisionError
    assert not DataKey.objects.exists()


def test_two_at_once_each_make_a_key_and_both_open() -> None:
    """Two acts that do not see one another's key: neither fails, and destroying takes both."""
    for number in range(2):
        with envelope.remembered():
            envelope.is_new(HERS)  # as whoever looked before the other committed
            cipher = seal("x", Place("a.b", str(number), HERS))
        assert unseal(cipher, Place("a.b", str(number))) == "x"
    assert len(DataKey.of([HERS])) == 2
    assert actions.destroy(owners=[HERS], by=BY, at=NOW) == 2


def test_what_was_sealed_for_somebody_erased_never_opens_again() -> None:
    hers, his = Note.objects.create(text="hers"), Note.objects.create(text="his")
    before = stored()
    owner = Owner("note", hers.pk)
    with unit_of_work():
        assert Note.objects.get(pk=hers.pk).text.open() == "hers"
        assert actions.destroy(owners=[owner], by=BY, at=NOW) == 1
        with pytest.raises(Destroyed):
            Note.objects.get(pk=hers.pk).text.open()
    assert stored() == before, "the values stand, and nobody can read them"
    with pytest.raises(Destroyed, match=r"sealed_test_note\.text: .* erased"):
        Note.objects.get(pk=hers.pk).text.open()
    assert Note.objects.get(pk=his.pk).text.open() == "his"
    assert actions.destroy(owners=[owner], by=BY, at=NOW) == 0
    assert Event.objects.filter(name="sealed.keys_destroyed").count() == 2


def test_nothing_is_sealed_for_somebody_erased_though_they_never_had_a_key() -> None:
    actions.destroy(owners=[HERS], by=BY, at=NOW)
    with pytest.raises(Destroyed):
        seal("x", Place("a.b", "1", HERS))
    assert seal("", Place("a.b", "1", HERS)) == b""


def test_a_destroyed_key_is_not_wrapped_again_and_holds_nothing() -> None:
    Note.objects.create(text="x")
    actions.destroy(owners=[DataKey.objects.get().owner], by=BY, at=NOW)
    assert actions.wrap_batch(after=None, by=BY, at=NOW) == (None, 0)
    assert actions.waiting() == {}
    key = DataKey.objects.get()
    assert (bytes(key.wrapped), key.wrapped_with, key.destroyed_on) == (b"", "", NOW)


def test_keys_change_in_acts_alone() -> None:
    Note.objects.create(text="x")
    for write in (DataKey.objects.all().delete, lambda: DataKey.objects.update(wrapped=b"")):
        with pytest.raises(SideDoor), transaction.atomic():
            write()


def test_a_value_taken_to_another_row_is_sealed_for_that_rows_owner() -> None:
    first = Note.objects.create(text="x")
    second = Note.objects.create(text=Note.objects.get(pk=first.pk).text)
    assert Sealed("x") == Note.objects.get(pk=second.pk).text
    actions.destroy(owners=[Owner("note", first.pk)], by=BY, at=NOW)
    assert Note.objects.get(pk=second.pk).text.open() == "x"

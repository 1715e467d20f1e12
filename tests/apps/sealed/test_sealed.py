"""Sealed text opens in its own row and nowhere else, and never shows itself."""

from __future__ import annotations

import copy
import json
import logging
import pickle
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.db.models import Value
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from alongside.sealed.errors import SealError, WrongPlace
from alongside.sealed.index import blind
from alongside.sealed.value import Place, Sealed, seal, unseal
from tests.apps.sealed.conftest import Note, stored

SECRET = "12 Canary Row, Coventry"
HERE = Place("people_address.lines", "1")


def test_it_comes_back_and_the_database_never_held_it() -> None:
    Note.objects.create(text=SECRET)
    assert Note.objects.get().text.open() == SECRET
    assert b"Canary" not in stored()[0]


@given(text=st.text(max_size=300).filter(lambda text: "\ud800" not in text))
def test_any_text_comes_back(text: str) -> None:
    assert unseal(seal(text, HERE), HERE) == text


def test_two_seals_of_one_text_differ_and_hide_its_length() -> None:
    assert seal(SECRET, HERE) != seal(SECRET, HERE)
    assert len(seal("a", HERE)) == len(seal("a" * 31, HERE)) < len(seal("a" * 32, HERE))


@pytest.mark.parametrize(
    "elsewhere",
    [Place("people_address.lines", "2"), Place("people_address.postcode", "1"), Place("people_address.line", "s1")],
)
def test_it_does_not_open_elsewhere(elsewhere: Place) -> None:
    with pytest.raises(WrongPlace, match="moved"):
        unseal(seal(SECRET, HERE), elsewhere)


def test_a_ciphertext_moved_to_another_row_does_not_open() -> None:
    Note.objects.create(text=SECRET)
    thief = Note.objects.create(text="mine")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sealed_test_note SET text = (SELECT text FROM sealed_test_note WHERE id <> %s)", [_id(thief)]
        )
    thief.refresh_from_db()
    with pytest.raises(WrongPlace):
        thief.text.open()


def test_a_ciphertext_moved_to_another_field_does_not_open() -> None:
    note = Note.objects.create(text=SECRET)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sealed_test_note SET extra = text")
    note.refresh_from_db()
    assert note.text.open() == SECRET
    with pytest.raises(WrongPlace):
        note.extra.open()


def test_every_changed_byte_is_noticed() -> None:
    whole = seal(SECRET, HERE)
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1
        with pytest.raises(WrongPlace):
            unseal(type(whole)(bytes(changed)), HERE)


SHOWN: dict[str, Callable[[Any], str]] = {
    "str": str,
    "repr": repr,
    "format": lambda value: f"{value:>20}",
    "percent": lambda value: "%s %r" % (value, value),  # noqa: UP031
    "log": lambda value: logging.makeLogRecord({"msg": "%s", "args": (value,)}).getMessage(),
    "template": lambda value: Environment(autoescape=True).from_string("{{ v }}{{ v | e }}").render(v=value),
    "in a dictionary": lambda value: str({"v": value}),
    "values_list": lambda value: str(list(Note.objects.values_list("text", "extra"))),
}


@pytest.mark.parametrize("show", SHOWN.values(), ids=SHOWN.keys())
def test_it_never_shows_itself(show: Callable[[Any], str]) -> None:
    note = Note.objects.create(text=SECRET, extra=SECRET)
    for value in (Sealed(SECRET), note.text, Note.objects.get().text):
        shown = show(value)
        assert "Canary" not in shown and "[sealed]" in shown


def test_it_cannot_be_kept_or_compared() -> None:
    value = Sealed(SECRET)
    with pytest.raises(SealError):
        pickle.dumps(value)
    with pytest.raises(TypeError):
        json.dumps({"v": value})
    with pytest.raises(SealError):
        assert value == SECRET
    assert value == Sealed(SECRET) and value != Sealed("other") and value != "" and Sealed() == ""
    assert bool(value) and not Sealed()
    assert copy.deepcopy(value).open() == SECRET


@pytest.mark.parametrize(
    "lookup", ["text", "text__exact", "text__contains", "text__in", "text__gt", "text__startswith"]
)
def test_nothing_is_searched_by_it(lookup: str) -> None:
    with pytest.raises(SealError, match="nothing can be searched"):
        Note.objects.filter(**{lookup: SECRET}).exists()
    assert Note.objects.filter(extra__isnull=True).count() == 0


def test_writes_that_name_no_row_are_refused() -> None:
    note = Note.objects.create(text=SECRET)
    for write in (
        lambda: Note.objects.update(text="x"),
        lambda: Note.objects.update(text=Sealed("x")),
        lambda: Note.objects.bulk_update([note], ["text"]),
        lambda: list(Note.objects.annotate(v=Value("x", output_field=Note._meta.get_field("text")))),
    ):
        with pytest.raises(SealError), transaction.atomic():
            write()
    assert Note.objects.get().text.open() == SECRET


def test_saving_again_keeps_the_ciphertext_and_deferred_loading_works() -> None:
    Note.objects.create(text=SECRET)
    before = stored()
    note = Note.objects.defer("text").get()
    note.plain = "q"
    note.save()
    assert stored() == before
    assert note.text.open() == SECRET
    full = Note.objects.get()
    full.save()
    assert stored() == before
    full.text = "new"
    full.save()
    assert stored() != before and Note.objects.get().text.open() == "new"


def test_bulk_create_and_copies_are_sealed_for_their_rows() -> None:
    first = Note(text=SECRET)
    Note.objects.bulk_create([first, Note(text="b", extra="c")])
    Note.objects.create(text=Note.objects.get(pk=first.pk).text)
    assert sorted(note.text.open() for note in Note.objects.all()) == sorted([SECRET, SECRET, "b"])
    careless = Note.objects.get(pk=first.pk)
    careless.pk = uuid.uuid4()
    careless._state.adding = True
    with pytest.raises(WrongPlace), transaction.atomic():
        careless.save()


def test_missing_empty_and_wrong() -> None:
    note = Note.objects.create()
    assert note.extra is None and not Note.objects.get().text and stored() == [b""]
    with pytest.raises(SealError, match="takes text"):
        Note(text=5)  # type: ignore[misc]
    note.id = None  # type: ignore[assignment]
    with pytest.raises(SealError, match="needs its id"):
        note.text = "x"
        note._meta.get_field("text").pre_save(note, add=True)


def test_the_blind_index() -> None:
    assert blind("07700900001", "people.phone") == blind("07700900001", "people.phone")
    assert blind("07700900001", "people.phone") != blind("07700900001", "people.postcode")
    assert blind("a\nb", "x") != blind("b", "x\na")
    assert len(blind("x", "y")) == 64 and blind("", "y") == ""
    with pytest.raises(SealError):
        blind("x", "")


def test_a_bad_key_is_named(settings: Any) -> None:
    settings.ALONGSIDE_SEALING_KEY = b"short"
    with pytest.raises(ImproperlyConfigured, match="32 bytes"):
        seal(SECRET, HERE)


def _id(note: Note) -> object:
    return note.pk.hex if connection.vendor == "sqlite" else note.pk

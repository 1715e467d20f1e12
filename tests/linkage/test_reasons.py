"""Reasons say only what agrees: never a difference, a stored value, or who holds it."""

import re
from dataclasses import replace

import pytest

from alongside.linkage import Match, Record, default_model, reasons, score
from alongside.linkage.comparisons import LEVELS
from alongside.linkage.reasons import _WORDS

A = Record(
    "1",
    given_name="Joanna",
    family_name="Nowicka",
    date_of_birth="1990-09-02",
    postcode="CV2 4AA",
    sex="f",
    town="Coventry",
)


def test_what_agrees_is_said_weightiest_first() -> None:
    moved = replace(A, postcode="B15 2TT", town="Birmingham")
    assert reasons(score(A, moved)) == ["same date of birth", "same surname", "same first name", "same sex"]


def test_a_sound_is_said_as_a_sound() -> None:
    said = reasons(score(Record("1", family_name="Szymański"), Record("2", family_name="Shimanski")))
    assert said == ["surname sounds the same"]


@pytest.mark.parametrize(
    "change",
    [
        {"postcode": "B15 2TT"},
        {"date_of_birth": "1971-03-17"},
        {"family_name": "Khan"},
        {"given_name": "Peter"},
        {"sex": "m"},
        {"town": "Walsall"},
    ],
)
def test_a_difference_is_never_said(change: dict[str, str]) -> None:
    (field,) = change
    subject = {"family_name": "surname", "given_name": "first name", "date_of_birth": "birth"}.get(field, field)
    assert not any(subject in words for words in reasons(score(A, replace(A, **change))))


def test_a_near_agreement_does_not_say_how_it_falls_short() -> None:
    swapped = reasons(score(A, replace(A, date_of_birth="1990-02-09")))
    one_digit = reasons(score(A, replace(A, date_of_birth="1990-09-03")))
    assert set(swapped) == set(one_digit)
    turned = reasons(score(A, Record("2", given_name="Nowicka", family_name="Joanna")))
    assert turned == ["same first name and surname"]


def test_every_level_that_speaks_for_a_match_has_its_words() -> None:
    checked = 0
    for field, levels in default_model().weights().bits.items():
        for level, bits in levels.items():
            if bits > 0 and field != "household":
                said = reasons(Match(bits, 0.5, {field: bits, "prior": -17.0}, {field: level}))
                assert len(said) == 1, f"{field} {level}"
                checked += 1
    assert checked > 40


def test_no_level_has_words_that_tell_a_difference_or_a_value() -> None:
    telling = re.compile(r"differ|not |other|different|\d|swap|wrong|chang|moved|old|new", re.IGNORECASE)
    for field, words in _WORDS.items():
        assert words.keys() <= set(LEVELS[field])
        for said in words.values():
            assert not telling.search(said.replace("telephone", "")), said


def test_household_and_prior_are_left_unsaid() -> None:
    assert reasons(Match(3.0, 0.9, {"household": 5.0, "prior": 4.0}, {})) == []

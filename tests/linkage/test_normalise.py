"""Records into comparable form. What cannot be read is not known."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.linkage import Known, Record, keys, normalise
from alongside.linkage.normalise import birth_day, phone, whole_name
from alongside.linkage.record import BirthDay


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("1990-09-02", BirthDay(1990, 9, 2)),
        ("19900902", BirthDay(1990, 9, 2)),
        ("02/09/1990", BirthDay(1990, 9, 2)),
        (" 1990-09 ", BirthDay(1990, 9)),
        ("1990", BirthDay(1990)),
        ("00/00/1980", None),
        ("31/02/1980", None),
        ("1980-13", None),
        ("2/9/1990", None),
        ("1990-09-02T00:00", None),
        ("9999", None),
        ("٠٢/٠٩/١٩٩٠", None),
        ("unknown", None),
        ("", None),
    ],
)
def test_dates_of_birth(text: str, born: BirthDay | None) -> None:
    assert birth_day(text) == born


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("07700 900456", "+447700900456"),
        ("+44 7700 900456", "+447700900456"),
        ("0044 7700 900456", "+447700900456"),
        ("(0121) 496-0123", "+441214960123"),
        ("+48 22 123 45 67", "+48221234567"),
        ("00000000000", ""),
        ("none", ""),
        ("1", ""),
        ("", ""),
        ("9" * 5000, ""),
    ],
)
def test_telephone_numbers(text: str, number: str) -> None:
    assert phone(text) == number


@given(st.from_regex(r"(0|\+44)[1-9][0-9]{8,12}", fullmatch=True))
def test_the_short_way_for_british_numbers_agrees_with_the_library(text: str) -> None:
    expected = phonenumbers.format_number(phonenumbers.parse(text, "GB"), phonenumbers.PhoneNumberFormat.E164)
    assert phone(text) in (expected, "")


@pytest.mark.parametrize(
    ("text", "given", "middle", "family"),
    [
        ("Joanna Maria Nowak", "joanna", ("maria",), "nowak"),
        ("Nowak, Joanna Maria", "joanna", ("maria",), "nowak"),
        ("Hodan", "hodan", (), None),
        ("Anna van der Berg", "anna", (), "vanderberg"),
        ("Omar bin Hassan", "omar", (), "binhassan"),
        ("Nowak,", "nowak", (), None),
    ],
)
def test_whole_names(text: str, given: str, middle: tuple[str, ...], family: str | None) -> None:
    form = whole_name(text)
    assert form is not None and form.given is not None
    assert (form.given.text, form.middle) == (given, middle)
    assert (form.family.text if form.family else None) == family


def test_no_name_is_no_name() -> None:
    assert whole_name(" , ") is None
    assert normalise(Record("1", given_name="??", full_name="😀")).names == ()


def test_every_name_a_person_goes_by_is_kept_once() -> None:
    known = normalise(
        Record("1", given_name="Joanna", family_name="Nowak", full_name="Joanna Nowak", aka=("Asia Kowalska",) * 9)
    )
    assert [form.family.text for form in known.names if form.family] == ["nowak", "kowalska"]


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [
        (Record("1", postcode=" cv2 4aa "), "postcode", "CV24AA"),
        (Record("1", postcode="none"), "postcode", ""),
        (Record("1", sex="Female"), "sex", "f"),
        (Record("1", sex="?"), "sex", ""),
        (Record("1", email=" Jo@Example.ORG"), "email", "jo@example.org"),
        (Record("1", email="not known"), "email", ""),
        (Record("1", nhs_number="943 476 5919"), "nhs_number", "9434765919"),
        (Record("1", nhs_number="0000000000"), "nhs_number", ""),
        (Record("1", nhs_number="1234"), "nhs_number", ""),
        (Record("1", national_id="QQ 12 34 56 C"), "national_id", "QQ123456C"),
        (Record("1", town="Stoke-on-Trent"), "town", "stoke on trent"),
    ],
)
def test_other_fields(record: Record, field: str, value: str) -> None:
    assert getattr(normalise(record), field) == value


anything = st.text(max_size=60) | st.just("x" * 5000) | st.just("\x00\u202e😀")


@given(
    st.builds(
        Record,
        id=st.just("1"),
        given_name=anything,
        middle_names=anything,
        family_name=anything,
        full_name=anything,
        sex=anything,
        date_of_birth=anything,
        postcode=anything,
        address=anything,
        town=anything,
        phones=st.lists(anything, max_size=3).map(tuple),
        email=anything,
        nhs_number=anything,
        national_id=anything,
        aka=st.lists(anything, max_size=6).map(tuple),
    )
)
def test_no_text_is_too_odd(record: Record) -> None:
    known = normalise(record)
    assert isinstance(known, Known)
    assert len(keys(known)) <= 40
    assert all(not form.family or len(form.family.text) <= 300 for form in known.names)

"""Blocking keys: each mistake leaves at least one key that still agrees."""

import pytest

from alongside.linkage import Record, keys, normalise
from alongside.linkage.keys import KINDS, SPECIFICITY

JOANNA = Record(
    "1",
    given_name="Joanna",
    family_name="Nowak",
    date_of_birth="1990-09-02",
    postcode="CV2 4AA",
    address="12 Mill Road",
    phones=("07700 900456",),
    email="j.nowak@example.org",
    nhs_number="9434765919",
)


def kinds_shared(a: Record, b: Record) -> set[str]:
    return {key.kind for key in keys(normalise(a)) if key in keys(normalise(b))}


def test_the_most_specific_come_first_and_all_kinds_are_met() -> None:
    found = [key.kind for key in keys(normalise(JOANNA))]
    assert found == sorted(found, key=lambda kind: -SPECIFICITY[kind])
    assert set(found) == set(KINDS)
    assert len(KINDS) == 15


def test_hashes_fit_a_database_and_depend_on_the_secret() -> None:
    plain = keys(normalise(JOANNA))
    assert all(-(2**63) <= key.hash < 2**63 for key in plain)
    assert len({key.hash for key in plain}) == len(plain)
    secret = keys(normalise(JOANNA), b"a secret of the deployment")
    assert [key.kind for key in secret] == [key.kind for key in plain]
    assert not {key.hash for key in secret} & {key.hash for key in plain}


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (Record("2", nhs_number="943 476 5919"), "identifier"),
        (Record("2", given_name="Asia", phones=("+44 7700 900456",)), "phone"),
        (Record("2", email="J.Nowak@example.org"), "email"),
        (Record("2", date_of_birth="1990-02-09", postcode="cv24aa"), "birth_postcode"),
        (Record("2", given_name="Jo", family_name="Smith", date_of_birth="19900902"), "birth_initial"),
        (Record("2", given_name="Jo", date_of_birth="02/09/1990"), "birth_initial"),
        (Record("2", given_name="J", postcode="CV2 4AA"), "initial_postcode"),
        (Record("2", family_name="Novak", postcode="CV2 4AA"), "sound_postcode"),
        (Record("2", family_name="Novak", date_of_birth="1990"), "sound_year"),
        (Record("2", given_name="Joana", family_name="Novak", date_of_birth="1990"), "names_year"),
        (Record("2", given_name="Nowak", family_name="Joanna", address="Mill Rd 12, Coventry"), "names_house"),
        (Record("2", given_name="Nowak", family_name="Joanna"), "names"),
        (Record("2", full_name="Nowak, Joanna"), "names"),
        (Record("2", given_name="Asia", family_name="Kowalska-Nowak"), "names"),
        (Record("2", given_name="Zofia", family_name="Lis", aka=("Joanna Nowak",)), "names"),
        (Record("2", email="j.nowak@example.com"), "mailbox"),
        (Record("2", given_name="Jaona", family_name="Nowakk"), "initial_start"),
        (Record("2", given_name="Zofia", family_name="Lis", date_of_birth="1990-09-02"), "birth"),
        (Record("2", family_name="Novak"), "sound"),
    ],
)
def test_a_mistake_leaves_a_key_that_agrees(other: Record, kind: str) -> None:
    assert kind in kinds_shared(JOANNA, other)


def test_short_forms_share_an_initial() -> None:
    assert "birth_initial" in kinds_shared(
        Record("1", given_name="Bill", date_of_birth="1980-05-06"),
        Record("2", given_name="William", date_of_birth="1980-05-06"),
    )


def test_a_fathers_name_may_stand_as_surname() -> None:
    assert "names" in kinds_shared(
        Record("1", full_name="Abdi Hassan Warsame"), Record("2", given_name="Cabdi", family_name="Xasan")
    )


def test_one_name_persons_have_keys() -> None:
    one = Record("1", full_name="Hodan", date_of_birth="1994")
    assert "sound_year" in kinds_shared(one, Record("2", given_name="Hodan", family_name="Ali", date_of_birth="1994"))


@pytest.mark.parametrize("record", [Record("1"), Record("1", full_name="😀"), Record("1", date_of_birth="1990")])
def test_too_little_has_no_key(record: Record) -> None:
    assert keys(normalise(record)) == ()

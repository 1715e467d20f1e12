"""A person as `linkage` reads one, and the keys under which the person is found again.

A confidential address is left out of both: "same postcode" would tell where somebody is hiding. What is told in any order gives
the same keys, so that those stored can be held against those worked out afresh.
"""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

from alongside.linkage import Known, Record, keys, normalise
from alongside.people.records import AddressSaid, PersonSaid
from alongside.sealed import keys as sealing

MOST_ADDRESSES = 3
_PRESENT_FIRST = {True: 0, None: 1, False: 2}
# Invented people who between them have every kind of key: another scheme gives them other keys.
_SAMPLES = (
    PersonSaid(
        ref="",
        given_name="Bill",
        family_name="O'Neill-Khan",
        other_names=("Mohammed Hussain",),
        date_of_birth="1980-02-03",
        phones=("07700 900123",),
        email="a@demo.example",
        nhs_number="999 000 0018",
        addresses=(AddressSaid("1 Sample Street", "CV1 4AA", current=True),),
    ),
    PersonSaid(ref="", given_name="Agnieszka", family_name="Wójcik", date_of_birth="1990"),
    PersonSaid(ref="", given_name="Chukwuemeka", date_of_birth="1975-11"),
)


def secret() -> bytes:
    """The key of the match keys, so that whoever can only read the table cannot try names against it."""
    return sealing.derived(sealing.given()[-1], "match keys")


def frequency_secret() -> bytes:
    """The key under which a model keeps how common values are: one purpose, one key."""
    return sealing.derived(sealing.given()[-1], "value frequencies")


def mark() -> str:
    """A short name for the scheme and the secret that make keys now: another of either gives another mark."""
    return _mark(secret())


@lru_cache(maxsize=4)
def _mark(made_with: bytes) -> str:
    found = [sorted(_hashes(said, made_with)) for said in _SAMPLES]
    return blake2b(repr(found).encode(), digest_size=12).hexdigest()


# Keys that tell of one person or one home, not of everybody of a name or a birthday.
TELLING = frozenset(
    ("identifier", "phone", "email", "birth_postcode", "birth_initial", "names_year", "names_house", "sound_postcode")
)


def telling(said: PersonSaid) -> set[int]:
    """The keys by which somebody close to a party is found: those that few share, and the doors they live behind."""
    found = set(doors(said))
    for address in open_addresses(said.addresses) or [AddressSaid()]:
        them = keys(normalise(_record("", said, address)), secret())
        found.update(key.hash for key in them if key.kind in TELLING)
    return found


def doors(said: PersonSaid) -> list[int]:
    """A key for each address that may be matched on: the number and the postcode together, whoever lives there. No look-up asks by it."""
    return _doors(said, secret())


def _doors(said: PersonSaid, made_with: bytes) -> list[int]:
    known = [normalise(_record("", said, address)) for address in open_addresses(said.addresses)]
    homes = {
        f"{one.address.number} {one.postcode}" for one in known if one.postcode and one.address and one.address.number
    }
    return [_key(home, made_with, b"door") for home in sorted(homes)]


def _key(value: str, made_with: bytes, kind: bytes) -> int:
    digest = blake2b(value.encode(), digest_size=8, key=made_with, person=kind).digest()
    return int.from_bytes(digest, "big", signed=True)


def open_addresses(addresses: Iterable[AddressSaid]) -> list[AddressSaid]:
    """Addresses that may be matched on, present ones first."""
    shown = [a for a in addresses if a.confidential is not True and (a.lines or a.postcode)]
    return sorted(shown, key=lambda a: (_PRESENT_FIRST[a.current], a.postcode, a.lines))[:MOST_ADDRESSES]


def known(id_: str, said: PersonSaid) -> Known:
    """The comparable form, on the first address that may be matched on."""
    return normalise(_record(id_, said, next(iter(open_addresses(said.addresses)), AddressSaid())))


def hashes(said: PersonSaid) -> list[int]:
    """Every key of a person, over each address that may be matched on; the most specific first."""
    return _hashes(said, secret())


def _hashes(said: PersonSaid, made_with: bytes) -> list[int]:
    found: dict[int, None] = {}
    for address in open_addresses(said.addresses) or [AddressSaid()]:
        found.update(dict.fromkeys(key.hash for key in keys(normalise(_record("", said, address)), made_with)))
    found.update(dict.fromkeys(_doors(said, made_with)))
    return list(found)


def _record(id_: str, said: PersonSaid, address: AddressSaid) -> Record:
    return Record(
        id=id_,
        given_name=said.given_name,
        family_name=said.family_name,
        aka=tuple(sorted(said.other_names)),
        sex=said.sex,
        date_of_birth=said.date_of_birth,
        postcode=address.postcode,
        address=address.lines,
        phones=tuple(sorted(said.phones)),
        email=said.email,
        nhs_number=said.nhs_number,
    )

"""A person as `linkage` reads one, and the keys under which the person is found again.

A confidential address is left out of both: "same postcode" would tell where somebody is hiding.
"""

from collections.abc import Iterable

from alongside.linkage import Known, Record, keys, normalise
from alongside.people.records import AddressSaid, PersonSaid
from alongside.sealed import keys as sealing

MOST_ADDRESSES = 3


def secret() -> bytes:
    """The key of the match keys, so that whoever can only read the table cannot try names against it."""
    return sealing.derived(sealing.given()[-1], "match keys")


def open_addresses(addresses: Iterable[AddressSaid]) -> list[AddressSaid]:
    """Addresses that may be matched on, present ones first."""
    shown = [a for a in addresses if not a.confidential and (a.lines or a.postcode)]
    return sorted(shown, key=lambda a: a.current is False)[:MOST_ADDRESSES]


def known(id_: str, said: PersonSaid) -> Known:
    """The comparable form, on the first address that may be matched on."""
    return normalise(_record(id_, said, next(iter(open_addresses(said.addresses)), AddressSaid())))


def hashes(said: PersonSaid) -> list[int]:
    """Every key of a person, over each address that may be matched on; the most specific first."""
    found: dict[int, None] = {}
    for address in open_addresses(said.addresses) or [AddressSaid()]:
        found.update(dict.fromkeys(key.hash for key in keys(normalise(_record("", said, address)), secret())))
    return list(found)


def _record(id_: str, said: PersonSaid, address: AddressSaid) -> Record:
    return Record(
        id=id_,
        given_name=said.given_name,
        family_name=said.family_name,
        aka=tuple(said.other_names),
        sex=said.sex,
        date_of_birth=said.date_of_birth,
        postcode=address.postcode,
        address=address.lines,
        phones=tuple(said.phones),
        email=said.email,
        nhs_number=said.nhs_number,
    )

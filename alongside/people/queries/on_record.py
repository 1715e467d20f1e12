"""What is on record of people, as somebody told it: for comparing, beyond the gate, and shown to nobody."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from alongside.gate.wall import beyond_the_gate
from alongside.people.models import Address, ContactPoint, OtherName, Person
from alongside.people.records import AddressSaid, PersonSaid
from alongside.sealed import envelope
from alongside.sealed.fields import sealed


@beyond_the_gate
def said_of(ids: Collection[UUID]) -> dict[UUID, tuple[PersonSaid, str]]:
    """What is on record of people, as somebody told it, with the code of the agency that holds it.

    Five statements, and no model made: a look-up reads dozens of people.
    """
    if not ids:
        return {}
    with envelope.together():
        names, addresses, contacts = _names(ids), _addresses(ids), _contacts(ids)
        rows = Person.objects.filter(pk__in=ids).values_list(*_PERSON)
        return {
            pk: (
                PersonSaid(
                    ref=str(pk),
                    given_name=given,
                    family_name=family,
                    other_names=names[pk],
                    date_of_birth=born,
                    sex=sex,
                    nhs_number=_NHS_NUMBER.opened(nhs_number, pk),
                    addresses=addresses[pk],
                    phones=[value for kind, value in contacts[pk] if kind == "phone"],
                    email=min((value for kind, value in contacts[pk] if kind == "email"), default=""),
                ),
                agency,
            )
            for pk, given, family, born, sex, nhs_number, agency in rows
        }


_PERSON = ("pk", "given_name", "family_name", "date_of_birth", "sex", "nhs_number", "recorded_by_agency__code")
_NHS_NUMBER = sealed(Person, "nhs_number")
_LINES, _POSTCODE, _VALUE = sealed(Address, "lines"), sealed(Address, "postcode"), sealed(ContactPoint, "value")


def _names(ids: Collection[UUID]) -> defaultdict[UUID, list[str]]:
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for person, name in OtherName.objects.filter(person__in=ids).order_by("pk").values_list("person_id", "name"):
        found[person].append(name)
    return found


def _addresses(ids: Collection[UUID]) -> defaultdict[UUID, list[AddressSaid]]:
    """Those that may be matched on: a confidential one stays sealed."""
    found: defaultdict[UUID, list[AddressSaid]] = defaultdict(list)
    rows = Address.objects.filter(person__in=ids).exclude(confidential=True).order_by("pk")
    for pk, person, lines, postcode, current in rows.values_list("pk", "person_id", "lines", "postcode", "current"):
        found[person].append(AddressSaid(_LINES.opened(lines, pk), _POSTCODE.opened(postcode, pk), current))
    return found


def _contacts(ids: Collection[UUID]) -> defaultdict[UUID, list[tuple[str, str]]]:
    found: defaultdict[UUID, list[tuple[str, str]]] = defaultdict(list)
    rows = ContactPoint.objects.filter(person__in=ids).order_by("pk").values_list("pk", "person_id", "kind", "value")
    for pk, person, kind, value in rows:
        found[person].append((kind, _VALUE.opened(value, pk)))
    return found

"""A person's own data, by type: what stands on their own record, and nothing that has a place for anybody else."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from alongside.cases.models import CaseMember
from alongside.gate.viewing import Viewer
from alongside.people.models import CHANNELS, Address, ContactPoint, OtherName, Person, SafeContact
from alongside.sharing.codes import CONSENT
from alongside.sharing.decisions.queries import people_meant
from alongside.sharing.hooks import Part
from alongside.sharing.models import ConsentRecord

WORDS = dict(CHANNELS)


@dataclass(frozen=True)
class Identity:
    """Who somebody is, and nothing else: all there is of a child for a parent."""

    names: tuple[str, ...]
    born: str
    sex: str


@dataclass(frozen=True)
class Given:
    """Who somebody is, and how to reach them: all there is for the side of whoever is reported as causing harm. It has no field of a
    case, of what anybody said, or of another person."""

    identity: Identity
    addresses: tuple[str, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class Own:
    """Everything that is somebody's own: what they said of themselves, their ways of being reached, what they agreed to."""

    given: Given
    ethnicity: str
    language: str
    interpreter: bool | None
    nhs_number: str
    ways: tuple[str, ...]
    said: tuple[str, ...]
    agreed: tuple[str, ...]


def records_of(person: Person, viewer: Viewer) -> list[Person]:
    """The records of one person at the agency that holds this one, as far as the viewer may see them."""
    rows = Person.objects.visible_to(viewer).filter(pk__in=people_meant(person))
    return sorted(rows, key=lambda one: (one.pk != person.pk, one.recorded_at))


def identity(rows: Collection[Person], viewer: Viewer) -> Identity:
    """Of a person's own records: names, birth, sex."""
    others = OtherName.objects.visible_to(viewer).filter(person__in=rows).order_by("pk")
    names = [one.full_name for one in rows if one.given_name or one.family_name] + [one.name for one in others]
    return Identity(_once(names), "; ".join(_once(one.date_of_birth for one in rows)), _said(rows, "sex"))


def given(rows: Collection[Person], viewer: Viewer) -> Given:
    """With their own addresses and numbers."""
    addresses = Address.objects.visible_to(viewer).filter(person__in=rows).order_by("pk")
    points = ContactPoint.objects.visible_to(viewer).filter(person__in=rows).order_by("pk")
    return Given(
        identity(rows, viewer),
        _once(", ".join(filter(None, (one.lines.open(), one.postcode.open()))) for one in addresses),
        _once(one.value.open() for one in points),
    )


def own(rows: Collection[Person], viewer: Viewer) -> Own:
    """The whole of it."""
    ways = SafeContact.objects.visible_to(viewer).filter(person__in=rows).order_by("confirmed_at")
    parts = CaseMember.objects.visible_to(viewer).filter(person__in=rows).order_by("pk")
    agreed = ConsentRecord.objects.visible_to(viewer).filter(person__in=rows).order_by("stated_at")
    return Own(
        given(rows, viewer),
        _said(rows, "ethnicity"),
        _said(rows, "first_language"),
        next((one.interpreter_needed for one in rows if one.interpreter_needed is not None), None),
        next((text for one in rows if (text := one.nhs_number.open())), ""),
        _once(": ".join(filter(None, (WORDS[one.channel], one.value.open()))) for one in ways),
        _once(one.own_words.open() for one in parts),
        _once(f"{one.purpose}: {CONSENT[one.status]}, {_day(one.stated_at.date())}" for one in agreed),
    )


def _once(texts: Iterator[str] | Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _said(rows: Collection[Person], field: str) -> str:
    return "; ".join(_once(str(getattr(one, field)) for one in rows))


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def identity_parts(data: Identity) -> Iterator[Part]:
    """Lines of a paper; what is not on record says so."""
    yield Part("names", "Names", "; ".join(data.names) or "Not on record")
    yield Part("born", "Date of birth", data.born or "Not on record")
    yield Part("sex", "Sex", data.sex or "Not on record")


def given_parts(data: Given) -> Iterator[Part]:
    """With the ways to them; keys of ways begin with `way-`."""
    yield from identity_parts(data.identity)
    for number, text in enumerate(data.addresses):
        yield Part(f"way-address-{number}", "Address", text)
    for number, text in enumerate(data.numbers):
        yield Part(f"way-number-{number}", "Telephone or e-mail", text)


def own_parts(data: Own) -> Iterator[Part]:
    """The whole of it as lines."""
    yield from given_parts(data.given)
    yield Part("ethnicity", "Ethnicity", data.ethnicity or "Not on record")
    yield Part("language", "First language", data.language or "Not on record")
    asked = {True: "Yes", False: "No", None: "Not on record"}
    yield Part("interpreter", "Needs an interpreter", asked[data.interpreter])
    yield Part("nhs", "NHS number", data.nhs_number or "Not on record")
    for number, text in enumerate(data.ways):
        yield Part(f"way-safe-{number}", "How you said you can be reached safely", text)
    for number, text in enumerate(data.said):
        yield Part(f"said-{number}", "What you said", text)
    for number, text in enumerate(data.agreed):
        yield Part(f"agreed-{number}", "What you said about sharing", text)


def parts_for(treated: str, person: Person, viewer: Viewer) -> list[Part]:
    """What may be built for a side, by its type: nothing that the type has no field for can get in."""
    rows = records_of(person, viewer)
    if treated == "survivor":
        return list(own_parts(own(rows, viewer)))
    if treated == "causing-harm":
        return list(given_parts(given(rows, viewer)))
    if treated == "parent":
        return list(identity_parts(identity(rows, viewer)))
    return []

"""Notifications of any number, and the people agencies know already, from invented families.

The same seed gives the same. Three in five of the families of the notifications are those of the known people of the same seed;
the rest were never heard of. Each time somebody is written down it may be spelt otherwise, half known, or not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from alongside.demo.families import UNTIL, Family, Home, Someone, family
from alongside.demo.names import misspelt
from alongside.demo.telling import account, incident, risk
from alongside.people.records import AddressSaid, PersonSaid

KNOWN_SHARE = 0.6
# Families with a number above were never heard of by any agency.
UNHEARD_OF = 10_000_000
KINDS = {
    "police-incident": 70,
    "professional-referral": 14,
    "telephone-referral": 5,
    "self-referral": 4,
    "third-party-report": 4,
    "disclosure": 3,
}
# Who tells, by kind of notification: the agency kinds, and the role of the person.
TELLERS = {
    "professional-referral": (("health", "Health visitor"), ("housing", "Housing officer"), ("schools", "Teacher")),
    "telephone-referral": (("health", "Midwife"), ("schools", "Head teacher")),
    "self-referral": (("domestic-abuse-service", "Helpline worker"),),
    "third-party-report": (("housing", "Housing officer"), ("domestic-abuse-service", "Helpline worker")),
    "disclosure": (("health", "Family doctor"), ("schools", "Teacher")),
}
STAFFORDSHIRE = ("stoke-on-trent", "staffordshire")


@dataclass(frozen=True)
class KnownFamily:
    """One agency's records of a family: pairs of what it holds of a person and the person's part."""

    agency: str
    area: str
    told_on: datetime
    people: tuple[tuple[PersonSaid, str], ...]


def notifications(*, seed: int = 1, until: date = UNTIL) -> Iterator[dict[str, Any]]:
    """Notifications in the form of the contract, without end: family by family, each family's in the order of time."""
    numbers = count(1)
    for place in count():
        chance = Random(f"{seed}/told/{place}")  # noqa: S311 - invented, nothing to guess
        number = place if chance.random() < KNOWN_SHARE else UNHEARD_OF + place
        told = family(number, seed=seed, until=until)
        for occurred in told.incidents:
            yield notification(told, occurred, f"DEMO-{seed}-{next(numbers):07}", chance)


def notification(told: Family, occurred: datetime, id_: str, chance: Random) -> dict[str, Any]:
    """One notification about what happened in a family at an instant."""
    home = told.home_on(occurred.date())
    kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
    source = _source(kind, home.area, chance)
    received = occurred + timedelta(
        minutes=chance.randrange(10, 90) if kind == "police-incident" else chance.randrange(60, 4000)
    )
    children = [child for child in told.children if child.born <= occurred.date()]
    people = [_victim(told, home, chance), _harming(told, home, chance)]
    people += [_child(child, f"c{place}", occurred, chance) for place, child in enumerate(children, 1)]
    said: dict[str, Any] = {
        "id": id_,
        "kind": kind,
        "source": source,
        "received_at": _moment(received),
        "occurred_at": _moment(occurred) if kind == "police-incident" or chance.random() < 0.7 else None,
        "area": home.area,
        "summary": account(chance, bool(children)),
        "people": people,
        "relationships": _relationships(told, people),
        "safe_contact": _safe_contact(told, chance),
    }
    if kind in ("police-incident", "third-party-report", "self-referral"):
        said["incident"] = incident(chance, by_police=kind == "police-incident")
    if kind == "police-incident" or chance.random() < 0.4:
        police_tool = "dial" if home.area in STAFFORDSHIRE else "dash"
        instrument = police_tool if kind == "police-incident" else "dash"
        said["risk"] = [risk(instrument, received, source["role"], chance)]
    return said


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _source(kind: str, area: str, chance: Random) -> dict[str, Any]:
    if kind == "police-incident":
        force = "staffordshire-police" if area in STAFFORDSHIRE else "west-midlands-police"
        return {"agency": force, "name": "Attending officer", "role": "Police officer"}
    agency, role = chance.choice(TELLERS[kind])
    source: dict[str, Any] = {"agency": f"{area}-{agency}", "name": role, "role": role}
    if kind == "third-party-report":
        source["protect_identity"] = chance.choice((True, True, None))
    return source


def _written(someone: Someone, chance: Random) -> tuple[str, str]:
    """Given and family name as they get written down."""
    given, name = _spelt(someone.given, chance), _spelt(someone.family, chance)
    return (name, given) if chance.random() < 0.02 else (given, name)


def _spelt(name: tuple[str, ...], chance: Random) -> str:
    known = name[0] if chance.random() < 0.75 else chance.choice(name)
    return misspelt(known, chance) if chance.random() < 0.05 else known


def _born(someone: Someone, chance: Random, *, sure: float = 0.8) -> str | None:
    luck = chance.random()
    if luck < sure:
        return someone.born.isoformat()
    return (
        (someone.born.isoformat()[:4] if luck < sure + 0.08 else someone.born.isoformat()[:7]) if luck < 0.93 else None
    )


def _named(someone: Someone, ref: str, role: str, chance: Random, *, sure: float = 0.85) -> dict[str, Any]:
    given, name = _written(someone, chance)
    return {
        "ref": ref,
        "roles": [role],
        "given_name": given,
        "family_name": name,
        "date_of_birth": _born(someone, chance, sure=sure),
        "sex": someone.sex,
    }


def _address(home: Home, current: bool | None = True) -> dict[str, Any]:
    return {"lines": home.lines, "postcode": home.postcode, "current": current}


def _victim(told: Family, home: Home, chance: Random) -> dict[str, Any]:
    person = _named(told.victim, "v", "victim", chance)
    person["addresses"] = [_address(home)]
    person["pregnant"] = chance.choice((True, True, None)) if told.expecting else chance.choice((False, None))
    if told.victim.sex == "male":
        del person["pregnant"]
    if chance.random() < 0.6:
        person["phones"] = [told.victim.phone]
    if told.victim.language != "English":
        person |= {"first_language": told.victim.language, "interpreter_needed": chance.choice((True, False, None))}
    if chance.random() < 0.5:
        person["ethnicity"] = told.victim.ethnicity
    if chance.random() < 0.06:
        person["care_and_support_needs"] = chance.choice((True, None))
    return person


def _harming(told: Family, home: Home, chance: Random) -> dict[str, Any]:
    person = _named(told.harming, "p", "person-causing-harm", chance, sure=0.6)
    person["lives_in_household"] = told.together if chance.random() < 0.8 else None
    if told.together:
        person["addresses"] = [_address(home)]
    return person


def _child(child: Someone, ref: str, occurred: datetime, chance: Random) -> dict[str, Any]:
    person = _named(child, ref, "child", chance, sure=0.8)
    person["lives_in_household"] = chance.choice((True, True, True, True, False, None))
    person["present"] = chance.choice((True, True, False, None))
    person["experienced_incident"] = chance.choice((True, False, None)) if person["present"] is not True else True
    person["harmed"] = chance.choices((False, True, None), (80, 4, 16))[0]
    if (occurred.date() - child.born).days > 5 * 365 and chance.random() < 0.5:
        person["school"] = {"urn": None, "name": None, "home_educated": chance.choice((False, False, None))}
    return person


def _relationships(told: Family, people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = [{"from": "p", "to": "v", "kind": told.relation}]
    held += [
        {"from": "v", "to": person["ref"], "kind": "parent-of"} for person in people if person["roles"] == ["child"]
    ]
    return held


def _safe_contact(told: Family, chance: Random) -> list[dict[str, Any]]:
    if chance.random() < 0.4:
        return []
    safe = chance.choice((True, False, None))
    way: dict[str, Any] = {"person": "v", "channel": "text", "value": told.victim.phone, "safe": safe}
    if safe:
        way |= {
            "hours": chance.choice(("weekdays 9 to 3", "mornings", "Tuesdays and Thursdays")),
            "who_may_answer": "only her",
        }
    return [way]


def known_people(*, seed: int = 1, until: date = UNTIL) -> Iterator[KnownFamily]:
    """What agencies hold of families already, without end: one or two agencies for each, each writing in its own way."""
    for number in count():
        told = family(number, seed=seed, until=until)
        chance = Random(f"{seed}/held/{number}")  # noqa: S311 - invented, nothing to guess
        for place in range(chance.choices((1, 2), (60, 40))[0]):
            yield _held(told, told.homes[min(place, len(told.homes) - 1)], chance)


def _held(told: Family, home: Home, chance: Random) -> KnownFamily:
    force = "staffordshire-police" if home.area in STAFFORDSHIRE else "west-midlands-police"
    kinds = ("housing", "health", "childrens-social-care", "domestic-abuse-service")
    agency = force if chance.random() < 0.5 else f"{home.area}-{chance.choice(kinds)}"
    parts = [
        (told.victim, "victim"),
        (told.harming, "person-causing-harm"),
        *((child, "child") for child in told.children),
    ]
    with_nhs = agency.endswith("-health")
    held = [(_known(one, f"{place}", home, chance, with_nhs=with_nhs), role) for place, (one, role) in enumerate(parts)]
    return KnownFamily(agency, home.area, told.incidents[0], tuple(held))


def _known(someone: Someone, ref: str, home: Home, chance: Random, *, with_nhs: bool) -> PersonSaid:
    given, name = _written(someone, chance)
    lines = home.lines if chance.random() < 0.9 else ""
    return PersonSaid(
        ref=ref,
        given_name=given,
        family_name=name,
        date_of_birth=_born(someone, chance) or "",
        sex=someone.sex,
        nhs_number=someone.nhs_number if with_nhs else "",
        phones=(someone.phone,) if chance.random() < 0.25 else (),
        email=someone.email if chance.random() < 0.1 else "",
        addresses=(AddressSaid(lines, home.postcode, current=True),),
    )

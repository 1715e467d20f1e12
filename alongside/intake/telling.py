"""From the content of a notification to the values other apps keep."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from alongside.intake.story import area_code
from alongside.intake.structure import as_moment
from alongside.people.records import AddressSaid, PersonSaid, RelationshipSaid, SafeContactSaid

Content = Mapping[str, Any]
MEMBER = (
    "pregnant",
    "care_and_support_needs",
    "lives_in_household",
    "present",
    "harmed",
    "spoken_to_alone",
    "weapons_access",
)


def text(value: object) -> str:
    """Text, "" for null; spaces around it carry nothing."""
    return value.strip() if isinstance(value, str) else ""


def people_said(content: Content) -> list[PersonSaid]:
    """Everybody told of."""
    ways: dict[str, list[SafeContactSaid]] = {}
    for way in content.get("safe_contact", ()):
        told_on = as_moment(content["received_at"])
        ways.setdefault(way["person"], []).append(_safe_contact(way, told_on))
    return [_person(person, ways.get(person["ref"], [])) for person in content["people"]]


def _person(person: Content, ways: list[SafeContactSaid]) -> PersonSaid:
    return PersonSaid(
        ref=person["ref"],
        given_name=text(person.get("given_name")),
        family_name=text(person.get("family_name")),
        other_names=_texts(person.get("also_known_as")),
        date_of_birth=text(person.get("date_of_birth")),
        sex=text(person.get("sex")),
        ethnicity=text(person.get("ethnicity")),
        first_language=text(person.get("first_language")),
        interpreter_needed=person.get("interpreter_needed"),
        nhs_number=text(person.get("nhs_number")),
        phones=_texts(person.get("phones")),
        email=text(person.get("email")),
        addresses=[
            AddressSaid(text(a.get("lines")), text(a.get("postcode")), a.get("current"), a.get("confidential"))
            for a in person.get("addresses", ())
        ],
        safe_contacts=ways,
        lives_in_household=person.get("lives_in_household"),
    )


def _safe_contact(way: Content, told_on: datetime | None) -> SafeContactSaid:
    return SafeContactSaid(
        channel=way["channel"],
        value=text(way.get("value")),
        safe=way.get("safe"),
        monitored=way.get("monitored"),
        hours=text(way.get("hours")),
        who_may_answer=text(way.get("who_may_answer")),
        code_word=text(way.get("code_word")),
        note=text(way.get("note")),
        told_on=told_on,
    )


def _texts(values: Iterable[object] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(text, values or ()))))


def relationships_said(content: Content) -> list[RelationshipSaid]:
    """Who is what to whom; the same said twice is kept once."""
    said = (RelationshipSaid(r["from"], r["to"], r["kind"] or "") for r in content.get("relationships", ()))
    return list(dict.fromkeys(said))


def member_fields(person: Content, areas: Iterable[str]) -> dict[str, Any]:
    """What a case keeps of a person's part in it."""
    school = person.get("school") or {}
    return {
        **{name: person.get(name) for name in MEMBER},
        "experienced_incident": person.get("experienced_incident"),
        "no_recourse_to_public_funds": person.get("no_recourse_to_public_funds"),
        "own_words": text(person.get("own_words")),
        "whereabouts": text(person.get("whereabouts")),
        "orders_in_force": list(_texts(person.get("orders_in_force"))),
        "school_urn": text(school.get("urn")),
        "school_name": text(school.get("name")),
        "home_educated": school.get("home_educated"),
        "lives_in": area_code(person.get("area") or "", areas),
    }


def incident_fields(content: Content) -> dict[str, Any]:
    """The columns of an incident."""
    incident = content.get("incident", {})
    flags = (
        "minor",
        "police_attended",
        "arrest_made",
        "sexual_assault",
        "attempted_strangulation",
        "weapons_used",
        "threats_to_kill",
    )
    return {
        **{name: incident.get(name) for name in flags},
        "types": incident.get("types", []),
        "recorded_as": incident.get("recorded_as") or "",
        "postcode": text(incident.get("postcode")),
        "area": text(incident.get("area")),
    }


def informant_fields(content: Content) -> dict[str, Any]:
    """Who told; empty when nothing of them is told."""
    source = content["source"]
    held = {name: text(source.get(name)) for name in ("name", "role", "phone", "email")}
    protect = source.get("protect_identity")
    return {**held, "protect_identity": protect} if any(held.values()) or protect is not None else {}


def kept_fields(content: Content) -> dict[str, Any]:
    """What a notification keeps that is no fact of the vocabulary."""
    referral, talk_to = content.get("referral", {}), content.get("talk_to", {})
    return {
        "summary": text(content.get("summary")),
        "family_aware": referral.get("family_aware"),
        "raises_risk": referral.get("raises_risk"),
        "history": text(referral.get("history")),
        "talk_to_safe": "\n".join(_lines(talk_to.get("safe"))),
        "talk_to_not_safe": "\n".join(_lines(talk_to.get("not_safe"))),
    }


def _lines(values: Iterable[object] | None) -> tuple[str, ...]:
    return tuple(" ".join(one.split()) for one in _texts(values))

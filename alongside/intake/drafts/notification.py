"""From a draft to the contract's notification.

*Not known* is sent as null; what was not answered is left out; neither is ever *no*. A fact is stated outright only where no field
carries it: once children are listed, their own ages speak.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from alongside.agencies.models import User
from alongside.intake.drafts.content import Item, Told, Typed
from alongside.intake.drafts.models import Draft

BOOLEANS = {"yes": True, "no": False, "not-known": None}
WHEREABOUTS = {
    "custody": "In custody",
    "there": "Where it happened, or at the home",
    "elsewhere": "Somewhere else that is known",
    "near": "Not far, and may come back",
}
AGES = {"0-11": (0, 11), "12-47": (12, 47), "48-215": (48, 215)}
SCHOOL_AGE = "48-215"
INCIDENT = (
    "minor",
    "police_attended",
    "arrest_made",
    "sexual_assault",
    "attempted_strangulation",
    "weapons_used",
    "threats_to_kill",
)
PERSON_TEXTS = (
    "given_name",
    "family_name",
    "date_of_birth",
    "first_language",
    "ethnicity",
    "email",
    "nhs_number",
    "area",
)
PERSON_BOOLEANS = (
    "interpreter_needed",
    "pregnant",
    "care_and_support_needs",
    "lives_in_household",
    "present",
    "experienced_incident",
    "harmed",
    "spoken_to_alone",
    "weapons_access",
    "no_recourse_to_public_funds",
)
WAY_TEXTS = ("value", "hours", "who_may_answer", "code_word", "note")


def content_of(*, draft: Draft, told: Told, by: User) -> dict[str, Any]:
    """The notification a draft makes: its identity is the draft's own, its moment that of the call."""
    role = by.role_held.label
    return notification(told, id=f"web-{draft.pk}", agency=draft.agency.code, role=role, received_at=draft.began_at)


def notification(told: Told, *, id: str, agency: str, role: str, received_at: datetime) -> dict[str, Any]:
    """The notification object of what was typed. Sound in form; whether it makes sense is for `checking` to say."""
    people = [*told.of("victim", "person-causing-harm", "child", "other")]
    made: dict[str, Any] = {
        "id": id,
        "kind": told.kind,
        "source": {"agency": agency, **(_source(told.page("teller")) or {"role": role})},
        "received_at": _moment(received_at),
        "area": told.page("first").get("area", ""),
        "people": [_person(item) for item in people] or [{"ref": "v1", "roles": ["victim"]}],
    }
    incident = told.page("incident")
    parts = {
        "occurred_at": incident.get("occurred_at") or _just_now(told, received_at),
        "summary": incident.get("summary"),
        "incident": _incident(incident),
        "relationships": [*_relationships(told)],
        "consent": _consent(told),
        "safe_contact": [*_ways(told)],
        "facts": _facts(told),
        "referral": _referral(told.page("consent")),
        "talk_to": _talk_to(told.page("contact")),
    }
    return made | {name: value for name, value in parts.items() if value}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _just_now(told: Told, received_at: datetime) -> str | None:
    """It happened as the call came in: said on the first page, until the exact time is given."""
    return _moment(received_at) if told.page("first").get("when") == "now" else None


def _booleans(typed: Typed, names: Iterable[str]) -> Iterator[tuple[str, bool | None]]:
    """Answers as the contract writes them; "not safe to ask" was not asked, so it is left out."""
    return ((name, BOOLEANS[typed[name]]) for name in names if typed.get(name) in BOOLEANS)


def _texts(typed: Typed, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((name, typed[name]) for name in names if typed.get(name))


def lines(text: str, by: str = "\n") -> list[str]:
    """The parts of a text, one a line or divided by another sign."""
    return list(dict.fromkeys(part.strip() for part in text.split(by) if part.strip()))


def _source(typed: Typed) -> dict[str, Any]:
    return dict(_texts(typed, ("name", "role", "phone", "email"))) | dict(_booleans(typed, ("protect_identity",)))


def _incident(typed: Typed) -> dict[str, Any]:
    made: dict[str, Any] = dict(_booleans(typed, INCIDENT)) | dict(_texts(typed, ("recorded_as", "postcode")))
    return made | ({"types": typed["types"]} if typed.get("types") else {})


def _person(item: Item) -> dict[str, Any]:
    typed = item.typed
    made: dict[str, Any] = {"ref": item.ref, "roles": [item.what], **dict(_texts(typed, PERSON_TEXTS))}
    made |= dict(_booleans(typed, PERSON_BOOLEANS))
    if typed.get("sex"):
        made["sex"] = None if typed["sex"] == "not-known" else typed["sex"]
    for name, into, divided_by in (
        ("also_known_as", "also_known_as", ","),
        ("phones", "phones", ","),
        ("orders_in_force", "orders_in_force", "\n"),
    ):
        if typed.get(name):
            made[into] = lines(typed[name], divided_by)
    if typed.get("own_words"):
        made["own_words"] = typed["own_words"]
    for name, value in (("addresses", _addresses(typed)), ("school", _school(typed))):
        if value:
            made[name] = value
    if "where" in typed:
        made["whereabouts"] = _whereabouts(typed)
    return made


def _addresses(typed: Typed) -> list[dict[str, Any]]:
    if not (typed.get("address") or typed.get("postcode")):
        return []
    one: dict[str, Any] = {"current": True} | dict(
        _booleans({"confidential": typed.get("address_hidden")}, ("confidential",))
    )
    return [one | ({"lines": typed["address"]} if typed.get("address") else {}) | dict(_texts(typed, ("postcode",)))]


def _school(typed: Typed) -> dict[str, Any]:
    made = dict(_booleans(typed, ("home_educated",)))
    if made.get("home_educated") is True:
        return made
    return made | {name: typed[key] for name, key in (("urn", "school_urn"), ("name", "school")) if typed.get(key)}


def _whereabouts(typed: Typed) -> str | None:
    words = WHEREABOUTS.get(typed["where"])
    return ": ".join(filter(None, [words, typed.get("where_detail")])) if words else None


def _relationships(told: Told) -> Iterator[dict[str, Any]]:
    victim = next(told.of("victim"), None)
    for item in told.of("person-causing-harm", "other"):
        kind = item.typed.get("relationship")
        if kind and victim is not None:
            yield {"from": item.ref, "to": victim.ref, "kind": None if kind == "not-known" else kind}
    for child in told.of("child"):
        for parent in told.of("victim", "person-causing-harm"):
            if parent.ref in child.typed.get("parents", ()):
                yield {"from": parent.ref, "to": child.ref, "kind": "parent-of"}


def _consent(told: Told) -> list[dict[str, Any]]:
    status = told.page("consent").get("status")
    return [{"person": told.first("victim").ref, "purpose": "referral", "status": status}] if status else []


def _ways(told: Told) -> Iterator[dict[str, Any]]:
    victim = next(told.of("victim"), None)
    for item in told.of("way"):
        if item.typed.get("channel") and victim is not None:
            made = {"person": victim.ref, "channel": item.typed["channel"], **dict(_texts(item.typed, WAY_TEXTS))}
            yield made | dict(_booleans(item.typed, ("safe", "monitored")))


def _referral(typed: Typed) -> dict[str, Any]:
    return dict(_booleans(typed, ("family_aware", "raises_risk"))) | dict(_texts(typed, ("history",)))


def _talk_to(typed: Typed) -> dict[str, Any]:
    return {
        into: lines(typed[name])
        for into, name in (("safe", "talk_safe"), ("not_safe", "talk_not_safe"))
        if typed.get(name)
    }


def _facts(told: Told) -> dict[str, Any]:
    first = told.page("first")
    made: dict[str, Any] = dict(_emergency(first))
    disclosed_by = told.page("teller").get("disclosed_by")
    if disclosed_by in ("child", "perpetrator"):
        made[f"disclosure_by_{disclosed_by}"] = True
    return made | dict(_children(first, [child.typed for child in told.of("child")]))


def _emergency(first: Mapping[str, Any]) -> Iterator[tuple[str, bool | None]]:
    """Not everybody is safe now: that is an emergency."""
    if first.get("safe_now") in BOOLEANS:
        said = BOOLEANS[first["safe_now"]]
        yield "emergency", None if said is None else not said


def _children(first: Mapping[str, Any], listed: list[Typed]) -> Iterator[tuple[str, Any]]:
    """What the first page said of children, as far as those listed since do not say it better."""
    said = first.get("children")
    if said in BOOLEANS and not (said == "no" and any(child.get("lives_in_household") == "yes" for child in listed)):
        yield "child_in_household", BOOLEANS[said]
    if said != "yes":
        return
    yield "child_in_family", True
    if first.get("youngest") in AGES and not any(child.get("date_of_birth") for child in listed):
        low, high = AGES[first["youngest"]]
        yield "youngest_child_age_months", {"min": low, "max": high}
        yield "youngest_child_in_household_months", {"min": low, "max": high}
    if first.get("youngest") == SCHOOL_AGE and not listed:
        yield "child_of_school_age", True

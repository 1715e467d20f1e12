"""Every fault is found, with its place, what was found and what is accepted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from alongside.demo.partnership import Partnership
from alongside.intake.checking import faults_of
from alongside.intake.limits import LIMITS
from alongside.intake.queries import held_against
from alongside.intake.reading import NotReadable, canonical, read
from alongside.intake.structure import schema
from alongside.procedures.queries import library
from tests.apps.intake.conftest import NOW, Content, example


def put(content: Any, pointer: str, value: Any) -> Content:
    """The content with one value put at a place; a new key or the place after the last is added."""
    held: Content = json.loads(json.dumps(content))
    *way, last = pointer.split("/")[1:]
    here: Any = held
    for part in way:
        here = here[int(part)] if isinstance(here, list) else here.setdefault(part, {})
    if isinstance(here, list):
        here[int(last) :] = [value]
    else:
        here[last] = value
    return held


# Pointer, what is put there, where the fault is told, words of what is accepted.
FAULTS: list[tuple[str, Any, str, str]] = [
    ("/kind", "rumour", "/kind", "police-incident"),
    ("/id", "", "/id", "at least one"),
    ("/id", "x" * 101, "/id", "at most 100"),
    ("/received_at", "2026-03-02T22:14:00", "/received_at", "with its zone"),
    ("/received_at", "2026-02-30T22:14:00Z", "/received_at", "with its zone"),
    ("/occurred_at", "yesterday", "/occurred_at", "with its zone"),
    ("/received_at", "0001-01-01T00:00:00Z", "/received_at", "with its zone"),
    ("/area", "coventy", "/area", "did you mean coventry"),
    ("/area", "atlantis", "/area", "one of birmingham"),
    ("/people/0/area", "Solihul", "/people/0/area", "did you mean solihull"),
    ("/incident/area", "stok-on-trent", "/incident/area", "did you mean stoke-on-trent"),
    ("/source/agency", "west-midland-police", "/source/agency", "did you mean west-midlands-police"),
    ("/people/0/given_nam", "A", "/people/0/given_nam", "did you mean given_name"),
    ("/witnesses", [], "/witnesses", "one of id"),
    ("/people/2/date_of_birth", "2025-02-31", "/people/2/date_of_birth", "There is no 31 February"),
    ("/people/2/date_of_birth", "2026-03-03", "/people/2/date_of_birth", "not in the future"),
    ("/people/0/date_of_birth", "1890", "/people/0/date_of_birth", "130 years"),
    ("/people/0/date_of_birth", "11/05/1996", "/people/0/date_of_birth", "YYYY-MM-DD"),
    ("/people/0/date_of_birth", "1996\n", "/people/0/date_of_birth", "YYYY"),
    ("/people/2/date_of_birth", "1990", "/relationships/1", "born before the child"),
    ("/people/1/ref", "v", "/people/1/ref", "of their own"),
    ("/people/0/ref", " ", "/people/0/ref", "a word"),
    ("/people/0/roles", [], "/people/0/roles", "at least one"),
    ("/people/0/roles", ["victim", "victim"], "/people/0/roles", "only once"),
    ("/people/0/sex", "F", "/people/0/sex", "female"),
    ("/people/0/given_name", 7, "/people/0/given_name", "text or null"),
    ("/people/0/given_name", "x" * 201, "/people/0/given_name", "at most 200"),
    ("/people/0/given_name", "Ays\x00ha", "/people/0/given_name", "text without it"),
    ("/people/0/given_name", "\ud800", "/people/0/given_name", "text without it"),
    ("/relationships/0/to", "w", "/relationships/0/to", "listed under people"),
    ("/relationships/0/to", "p", "/relationships/0", "two different people"),
    ("/risk/0/person", "nobody", "/risk/0/person", "listed under people"),
    (
        "/consent",
        [{"person": "x", "purpose": "referral", "status": "given"}],
        "/consent/0/person",
        "listed under people",
    ),
    ("/safe_contact/0/person", "q", "/safe_contact/0/person", "listed under people"),
    ("/risk/0/instrument", "dsah", "/risk/0/instrument", "did you mean dash"),
    ("/risk/0/answers/frightend", "yes", "/risk/0/answers/frightend", "did you mean frightened"),
    ("/risk/0/answers/frightened", "maybe", "/risk/0/answers/frightened", "not-safe-to-ask"),
    ("/facts", {"victim_pregnent": True}, "/facts/victim_pregnent", "did you mean victim_pregnant"),
    ("/facts", {"separated": "yes"}, "/facts/separated", "true or false"),
    ("/facts", {"police_callouts_12m": 1.5}, "/facts/police_callouts_12m", "whole number"),
    ("/facts", {"police_callouts_12m": {"min": 3, "max": 2}}, "/facts/police_callouts_12m", "greater"),
    ("/facts", {"separated": {"min": 1}}, "/facts/separated", "range stands for a number"),
    ("/facts", {"separated": []}, "/facts/separated", "not_applicable"),
    ("/facts", {"arrest_made": True}, "/facts/arrest_made", "/incident/arrest_made"),
    ("/facts", {"child_in_household": False}, "/facts/child_in_household", "/people"),
    ("/facts", {"da_incident_count": 0}, "/facts/da_incident_count", "notification"),
    ("/facts", {"relationship": "family"}, "/facts/relationship", "/relationships"),
    ("/facts", {"victim_age_years": 40}, "/facts/victim_age_years", "/people"),
    ("/facts", {"local_authority": "dudley"}, "/facts/local_authority", "/area"),
    ("/facts", {"dash_yes_count": 1}, "/facts/dash_yes_count", "/risk/0"),
    ("/facts", {"police_risk_high": True}, "/facts/police_risk_high", "/risk/0/grade"),
    ("/facts", {"child_in_household": {"not_applicable": True}}, "/facts/child_in_household", "/people"),
    ("/facts", {"perpetrator_is_child": True}, "/facts/perpetrator_is_child", "perpetrator_age_years"),
    ("/facts", {"police_attended_at": "9999-12-31T23:59:59Z"}, "/facts/police_attended_at", "of our time"),
    ("/facts", {"incident_at": "2026-03-01T00:00:00Z"}, "/facts/incident_at", "/occurred_at"),
    ("/received_at", "2026-03-05T19:56:00Z", "/received_at", "now it is 2026-03-05T19:50:00Z"),
    ("/received_at", "2099-01-01T00:00:00Z", "/received_at", "not in the future"),
    ("/occurred_at", "2026-03-02T22:20:00Z", "/occurred_at", "received (2026-03-02T22:14:00Z)"),
    ("/occurred_at", "2026-03-06T00:00:00+01:00", "/occurred_at", "not in the future"),
    ("/risk/0/completed_at", "2026-03-05T19:56:00Z", "/risk/0/completed_at", "not in the future"),
    ("/facts", {"police_attended_at": "2026-03-06T00:00:00Z"}, "/facts/police_attended_at", "not in the future"),
]


@pytest.mark.parametrize(
    ("place", "value", "pointer", "accepted"), FAULTS, ids=[f"{row[0]} {row[2]} {i}" for i, row in enumerate(FAULTS)]
)
def test_fault(place: str, value: Any, pointer: str, accepted: str, partnership: Partnership) -> None:
    content = put(example("police-incident-baby"), place, value)
    faults = faults_of(content, held_against(content, at=NOW))
    at_place = [fault for fault in faults if fault.pointer == pointer]
    assert any(accepted in fault.accepted for fault in at_place), [str(fault) for fault in faults]
    assert all(fault.found for fault in faults)


def test_the_examples_have_no_fault(partnership: Partnership) -> None:
    for name in ("police-incident-baby", "police-incident-school-child"):
        content = example(name)
        assert faults_of(content, held_against(content, at=NOW)) == []


@pytest.mark.parametrize(
    "facts",
    [
        {"arrest_made": False, "da_incident_count": 3, "victim_age_years": {"min": 25}, "dash_yes_count": 16},
        {"arrest_made": None, "victim_pregnant": None, "separated": {"not_applicable": True}},
        {"incident_at": "2026-03-02T22:30:00+01:00", "staff_trained": True, "local_callout_threshold": 3},
    ],
)
def test_facts_that_agree_or_leave_open_are_no_fault(facts: dict[str, Any], partnership: Partnership) -> None:
    content = put(example("police-incident-baby"), "/facts", facts)
    assert faults_of(content, held_against(content, at=NOW)) == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("/received_at", "2026-03-05T19:55:00Z"),
        ("/occurred_at", "2026-03-02T22:19:00Z"),
        ("/risk/0/completed_at", "2026-03-05T19:54:59Z"),
        ("/risk/0/completed_at", None),
        ("/facts", {"police_attended_at": "2026-03-05T19:55:00Z", "criminal_offence_indicated_at": None}),
    ],
)
def test_clocks_may_stand_a_little_apart(place: str, value: Any, partnership: Partnership) -> None:
    content = put(example("police-incident-baby"), place, value)
    assert faults_of(content, held_against(content, at=NOW)) == []


def test_every_moment_is_held_against_now() -> None:
    """A field or fact that becomes a moment later is found here."""
    told = {f"/{path.replace('*', '0')}" for path in _moments(schema(), "")}
    assert told == {"/received_at", "/occurred_at", "/risk/0/completed_at"}
    facts = [name for name, fact in library().vocabulary.items() if fact.type == "datetime"]
    assert len(facts) > 5 and all(name.endswith("_at") for name in facts)


def _moments(part: Any, path: str) -> list[str]:
    found = [path] if part.get("format") == "date-time" else []
    for name, inner in part.get("properties", {}).items():
        found += _moments(inner, f"{path}/{name}" if path else name)
    return found + (_moments(part["items"], f"{path}/*") if "items" in part else [])


def test_all_faults_come_in_one_answer(partnership: Partnership) -> None:
    content = example("police-incident-baby")
    wanted = set()
    for place, value in [
        ("/kind", "rumour"),
        ("/area", "coventy"),
        ("/people/2/date_of_birth", "2025-02-31"),
        ("/people/0/sex", "F"),
        ("/facts", {"arrest_made": True, "victim_pregnent": True}),
    ]:
        content = put(content, place, value)
        wanted |= {place} if place != "/facts" else {"/facts/arrest_made", "/facts/victim_pregnent"}
    assert {fault.pointer for fault in faults_of(content, held_against(content, at=NOW))} == wanted


@pytest.mark.parametrize("content", [None, 1, "text", [], {}, {"people": 7, "source": [], "facts": 3, "risk": {}}])
def test_what_is_no_notification_at_all_is_told_so(content: Any, partnership: Partnership) -> None:
    assert faults_of(content, held_against(content, at=NOW))


def test_a_place_outside_the_partnership_is_an_answer(partnership: Partnership) -> None:
    content = put(example("police-incident-baby"), "/people/0/area", "Leeds")
    assert faults_of(content, held_against(content, at=NOW)) == []


def test_what_is_longer_than_its_column_is_told_and_what_is_not_goes_in(partnership: Partnership) -> None:
    """The limits are the models' own."""
    from alongside.cases.models import CaseMember
    from alongside.intake.models import Incident
    from alongside.people.models import OtherName, Person, SafeContact
    from alongside.risk.models import Assessment
    from alongside.sharing.models import ConsentRecord

    columns = {
        "people/*/ref": (CaseMember, "ref"),
        "people/*/given_name": (Person, "given_name"),
        "people/*/family_name": (Person, "family_name"),
        "people/*/also_known_as/*": (OtherName, "name"),
        "people/*/ethnicity": (Person, "ethnicity"),
        "people/*/first_language": (Person, "first_language"),
        "people/*/school/urn": (CaseMember, "school_urn"),
        "people/*/school/name": (CaseMember, "school_name"),
        "people/*/area": (CaseMember, "lives_in"),
        "incident/area": (Incident, "area"),
        "safe_contact/*/hours": (SafeContact, "hours"),
        "safe_contact/*/who_may_answer": (SafeContact, "who_may_answer"),
        "risk/*/version": (Assessment, "version"),
        "risk/*/completed_by": (Assessment, "completed_by_words"),
        "consent/*/purpose": (ConsentRecord, "purpose"),
    }
    assert {path: model._meta.get_field(name).max_length for path, (model, name) in columns.items()} == LIMITS


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[1,]", b'{"a": 1, "a": 2}', b"NaN", b"\xff", b"1" * 5000, b"1e999999", b"[" * 50_000, b'{"a": 1} x'],
)
def test_what_is_no_json_is_not_read(data: bytes) -> None:
    with pytest.raises(NotReadable):
        read(data)


def test_equal_as_json_is_one_spelling() -> None:
    assert canonical(read(b'{"b": 1.0, "a": [1, {"y": null, "x": 0.50}]}')) == canonical(
        read(b'{"a":[1,{"x":0.5,"y":null}],"b":1}')
    )
    assert canonical(read(b"[1, true]")) != canonical(read(b"[true, 1]"))
    assert canonical(read(b'"1"')) != canonical(read(b"1"))

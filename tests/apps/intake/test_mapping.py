"""From fields to facts: a test for every row of the contract's table."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

import pytest

from alongside.intake.mapping import facts_of
from alongside.intake.story import cases_of, story_of
from alongside.policy import Range

AREAS = ("coventry", "dudley", "stoke-on-trent")
NOT_SAID = object()


def notification(**changes: Any) -> dict[str, Any]:
    """A bare notification: one victim, one person causing harm."""
    base: dict[str, Any] = {
        "id": "T-1",
        "kind": "professional-referral",
        "source": {"agency": "coventry-housing"},
        "received_at": "2026-03-02T22:14:00Z",
        "area": "coventry",
        "people": [{"ref": "v", "roles": ["victim"]}, {"ref": "p", "roles": ["person-causing-harm"]}],
    }
    return copy.deepcopy(base | changes)


def child(ref: str = "c", **fields: Any) -> dict[str, Any]:
    return {"ref": ref, "roles": ["child"], **fields}


def with_people(*people: dict[str, Any], **changes: Any) -> dict[str, Any]:
    content = notification(**changes)
    content["people"] += people
    return content


def told(content: dict[str, Any], case: int = 0) -> dict[tuple[str, str | None], Any]:
    """(fact, about) to value."""
    story = story_of(content, cases_of(content)[case], AREAS)
    return {(said.name, said.about): said.value for said in facts_of(story)}


def value(content: dict[str, Any], fact: str, about: str | None = None) -> Any:
    return told(content).get((fact, about), NOT_SAID)


def victim(**fields: Any) -> dict[str, Any]:
    content = notification()
    content["people"][0] |= fields
    return content


def causing(**fields: Any) -> dict[str, Any]:
    content = notification()
    content["people"][1] |= fields
    return content


def test_any_notification_tells_of_abuse_and_of_one_incident_at_least() -> None:
    facts = told(notification())
    assert facts["domestic_abuse_known_or_suspected", None] is True
    assert facts["abuse_incident", None] is True
    assert facts["da_incident_count", None] == Range(1, None)
    assert facts["da_notified_at", None] == datetime(2026, 3, 2, 22, 14, tzinfo=UTC)
    assert ("incident_at", None) not in facts
    happened = notification(occurred_at="2026-03-01T10:00:00+01:00")
    assert value(happened, "incident_at") == datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("police-incident", {"police_called_to_incident"}),
        ("telephone-referral", {"telephone_referral_made", "telephone_referral_at"}),
        ("self-referral", {"disclosure_by_victim"}),
        ("disclosure", {"disclosure_by_victim"}),
        ("professional-referral", set()),
        ("third-party-report", set()),
    ],
)
def test_kind(kind: str, expected: set[str]) -> None:
    of_kind = {"police_called_to_incident", "telephone_referral_made", "telephone_referral_at", "disclosure_by_victim"}
    assert {name for name, _ in told(notification(kind=kind))} & of_kind == expected


@pytest.mark.parametrize("other", ["disclosure_by_child", "disclosure_by_perpetrator"])
def test_a_disclosure_by_somebody_else_is_not_the_victims(other: str) -> None:
    assert value(notification(kind="disclosure", facts={other: True}), "disclosure_by_victim") is NOT_SAID
    assert value(notification(kind="disclosure", facts={other: False}), "disclosure_by_victim") is True


def test_the_area_is_a_childs_else_the_victims_else_the_one_told() -> None:
    assert value(notification(), "local_authority") == "coventry"
    assert value(victim(area="Dudley"), "local_authority") == "dudley"
    both = with_people(child(area="stoke-on-trent"))
    both["people"][0]["area"] = "dudley"
    assert value(both, "local_authority") == "stoke-on-trent"
    assert value(victim(area="leeds"), "local_authority") == "other"
    assert value(with_people(child("a", area="leeds"), child("b", area="dudley")), "local_authority") == "dudley"
    grown_up = with_people(child(area="stoke-on-trent", date_of_birth="2001"))
    assert value(grown_up, "local_authority") == "coventry"
    assert value(with_people({"ref": "u", "roles": ["unborn-child"], "area": "dudley"}), "local_authority") == "dudley"


@pytest.mark.parametrize(
    ("field", "fact"),
    [
        ("police_attended", "police_attended_incident"),
        ("minor", "incident_minor"),
        ("weapons_used", "weapon_used"),
        ("arrest_made", "arrest_made"),
        ("sexual_assault", "sexual_assault"),
        ("attempted_strangulation", "attempted_strangulation"),
        ("threats_to_kill", "threats_to_kill"),
    ],
)
def test_incident(field: str, fact: str) -> None:
    for said in (True, False):
        assert value(notification(incident={field: said}), fact) is said
    assert value(notification(incident={field: None}), fact) is NOT_SAID
    assert value(notification(incident={}), fact) is NOT_SAID


@pytest.mark.parametrize(
    ("kind", "fact"), [("honour-based", "honour_based_abuse"), ("forced-marriage", "forced_marriage"), ("fgm", "fgm")]
)
def test_a_type_listed_is_so_and_one_not_listed_is_not_known(kind: str, fact: str) -> None:
    assert value(notification(incident={"types": [kind, "physical"]}), fact) is True
    assert value(notification(incident={"types": ["physical"]}), fact) is NOT_SAID


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (child(lives_in_household=True), True),
        (child(lives_in_household=True, date_of_birth="2008"), True),  # 17 or 18: listed as a child
        (child(lives_in_household=True, date_of_birth="2001-01-01"), NOT_SAID),  # grown up
        (child(lives_in_household=False), NOT_SAID),
        (child(lives_in_household=None), NOT_SAID),
        (child(), NOT_SAID),
        ({"ref": "o", "roles": ["other"], "date_of_birth": "2012-01-01", "lives_in_household": True}, True),
        ({"ref": "o", "roles": ["other"], "lives_in_household": True}, NOT_SAID),
        ({"ref": "u", "roles": ["unborn-child"], "lives_in_household": True}, NOT_SAID),
    ],
)
def test_child_in_household(person: dict[str, Any], expected: object) -> None:
    assert value(with_people(person), "child_in_household") is expected


def test_without_children_the_household_and_the_family_are_not_known() -> None:
    facts = {name for name, _ in told(notification())}
    assert not facts & {"child_in_household", "child_in_family", "youngest_child_age_months", "child_of_school_age"}


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2022-03-01", True),  # 48 months that day at the incident
        ("2022-03-02", False),
        ("2008-03-02", True),  # 18 the day after the incident
        ("2008-03-01", None),  # 18 that day
        ("2022", None),
        ("2021", True),
        ("2023-01", False),
        (None, None),
    ],
)
def test_school_age_is_counted_at_the_incident(born: str | None, expected: bool | None) -> None:
    content = with_people(child(date_of_birth=born), occurred_at="2026-03-01T12:00:00Z")
    at_incident = value(content, "child_of_school_age")
    assert at_incident is (NOT_SAID if expected is None else expected)


def test_school_age_of_several() -> None:
    young, old, open_age = child("a", date_of_birth="2024-01-01"), child("b", date_of_birth="2015-01-01"), child("d")
    facts = told(with_people(young, old, open_age))
    assert [facts["child_of_school_age", ref] for ref in "abd"] == [False, True, None]
    assert facts["child_of_school_age", None] is True
    assert value(with_people(young, open_age), "child_of_school_age") is NOT_SAID
    assert value(with_people(young), "child_of_school_age") is False


@pytest.mark.parametrize(
    ("field", "fact"), [("experienced_incident", "child_experienced_incident"), ("harmed", "child_harmed_in_incident")]
)
def test_what_a_child_went_through(field: str, fact: str) -> None:
    def of(*answers: bool | None) -> Any:
        return value(with_people(*(child(str(i), **{field: a}) for i, a in enumerate(answers))), fact)

    assert of(False, None, True) is True
    assert of(False, None) is NOT_SAID
    assert of(False, False) is False
    assert of() is NOT_SAID
    facts = told(with_people(child("a", **{field: True}), child("b", **{field: None}), child("d", **{field: False})))
    assert [facts[fact, ref] for ref in "abd"] == [True, None, False]


def test_a_siblings_yes_says_nothing_of_the_unborn() -> None:
    unborn = {"ref": "u", "roles": ["unborn-child"]}
    facts = told(with_people(child(experienced_incident=True), unborn))
    assert facts["child_experienced_incident", "u"] is None
    assert facts["child_of_school_age", "u"] is False


def test_pregnant() -> None:
    assert value(victim(pregnant=True), "victim_pregnant") is True
    assert value(victim(pregnant=False), "victim_pregnant") is False
    assert value(victim(pregnant=None), "victim_pregnant") is NOT_SAID
    assert value(causing(pregnant=True), "victim_pregnant") is NOT_SAID
    assert value(with_people({"ref": "u", "roles": ["unborn-child"]}), "victim_pregnant") is True


def test_care_and_support_needs() -> None:
    assert value(victim(care_and_support_needs=True), "adult_care_and_support_needs") is True
    assert value(victim(care_and_support_needs=False), "adult_care_and_support_needs") is False
    assert value(notification(), "adult_care_and_support_needs") is NOT_SAID


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("partner", "intimate-partner"),
        ("spouse", "intimate-partner"),
        ("ex-partner", "ex-partner"),
        ("ex-spouse", "ex-partner"),
        ("parent-of", "family"),
        ("child-of", "family"),
        ("sibling", "family"),
        ("other-family", "family"),
        ("carer", "other"),
        ("none", "other"),
        (None, None),
    ],
)
def test_relationship(kind: str | None, expected: str | None) -> None:
    for one, other in (("p", "v"), ("v", "p")):
        facts = told(notification(relationships=[{"from": one, "to": other, "kind": kind}]))
        assert facts["relationship", "p"] == expected
        assert facts.get(("relationship", None)) == expected


def test_each_person_causing_harm_has_their_own_relationship_and_age() -> None:
    second = {"ref": "q", "roles": ["person-causing-harm"], "date_of_birth": "1960-01-01"}
    content = with_people(second, relationships=[{"from": "p", "to": "v", "kind": "spouse"}])
    content["people"][1]["date_of_birth"] = "1990-01-01"
    facts = told(content)
    assert (facts["relationship", "p"], facts["relationship", "q"]) == ("intimate-partner", None)
    assert (facts["perpetrator_age_years", "p"], facts["perpetrator_age_years", "q"]) == (36, 66)
    assert ("relationship", None) not in facts and ("perpetrator_age_years", None) not in facts
    content["relationships"].append({"from": "q", "to": "v", "kind": "partner"})
    assert value(content, "relationship") == "intimate-partner"


@pytest.mark.parametrize(
    "relations",
    [
        [{"from": "c", "to": "v", "kind": "child-of"}],
        [{"from": "p", "to": "c", "kind": "parent-of"}],
        [],
    ],
)
def test_a_child_of_the_family(relations: list[dict[str, Any]]) -> None:
    content = with_people(child(date_of_birth="2025-03-20"), relationships=relations)
    expected = True if relations else NOT_SAID
    assert value(content, "child_in_family") is expected
    assert value(content, "youngest_child_age_months") == (11 if relations else NOT_SAID)
    at_home = with_people(child(date_of_birth="2025-03-20", lives_in_household=True), relationships=relations)
    assert value(at_home, "child_in_family") is True
    assert value(at_home, "youngest_child_in_household_months") == 11


def test_the_youngest_is_a_range_while_an_age_is_open() -> None:
    def youngest(*born: str | None) -> Any:
        people = (child(str(i), date_of_birth=b, lives_in_household=True) for i, b in enumerate(born))
        return value(with_people(*people), "youngest_child_age_months")

    assert youngest("2016-03-02", "2020-03-02") == 72
    assert youngest("2016-03-02", "2020") == Range(62, 74)
    assert youngest("2016-03-02", None) == Range(0, 120)
    assert youngest(None) is NOT_SAID


def test_a_child_not_yet_born_at_the_incident_counts_from_nothing() -> None:
    baby = child(date_of_birth="2026-01-10", lives_in_household=True)
    assert value(with_people(baby, occurred_at="2025-06-01T10:00:00Z"), "youngest_child_age_months") == 0


def test_ages_at_the_incident_are_ranges_where_the_date_is_partial() -> None:
    assert value(victim(date_of_birth="1996-05-11"), "victim_age_years") == 29
    assert value(victim(date_of_birth="1994"), "victim_age_years") == Range(31, 32)
    assert value(causing(date_of_birth="1994-01"), "perpetrator_age_years") == 32
    assert value(notification(), "victim_age_years") is NOT_SAID
    content = victim(date_of_birth="1996-03-02")
    assert value(content | {"occurred_at": "2026-03-01T23:30:00Z"}, "victim_age_years") == 29


def test_each_victim_has_a_case_with_everyone_causing_harm() -> None:
    both = {"ref": "w", "roles": ["victim", "person-causing-harm"], "date_of_birth": "1980-01-01"}
    content = with_people(both, child(lives_in_household=True))
    first, second = cases_of(content)
    assert first.parts == (("v", "victim"), ("p", "person-causing-harm"), ("w", "person-causing-harm"), ("c", "child"))
    assert second.parts == (("v", "other"), ("p", "person-causing-harm"), ("w", "victim"), ("c", "child"))
    assert told(content, 1)["victim_age_years", None] == 46


def test_without_a_victim_there_is_one_case_whose_victim_is_not_known() -> None:
    content = notification()
    content["people"] = content["people"][1:]
    assert [case.victim for case in cases_of(content)] == [None]
    assert value(content, "relationship", "p") is None

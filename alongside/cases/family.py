"""The family of a case: who each person is, what is known and not known of them, who is related to whom."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.urls import reverse

from alongside.agencies import queries as agencies
from alongside.cases import queries
from alongside.cases.models import Case, CaseMember
from alongside.cases.sides import may_see_places
from alongside.clock import completed_years
from alongside.gate.viewing import Viewer
from alongside.people.models import RELATIONSHIPS, LinkDecision, Relationship
from alongside.people.pages import age, born, yes_no

KINDS = dict(RELATIONSHIPS)
# What of the victim and the children leads to a door; an agency of the other side rings whoever recorded the case instead.
PLACES = frozenset({"Area they live in", "School"})
# The same relationship as the other of the two would say it.
OTHER_SIDE = KINDS | {"parent-of": KINDS["child-of"], "child-of": KINDS["parent-of"], "carer": "cared for by"}
WHO = {
    "same": "Same person as another record",
    "not-same": "Compared; not the same as another record",
    "unsure": "Left open: not sure",
}


def page(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """Members with what is known, relationships in words, who lives in the home."""
    members = queries.members_of([case.pk], viewer).get(case.pk, [])
    ids = [m.person_id for m in members]
    answers = queries.link_answers(ids, viewer)
    names = {m.person_id: m.person.full_name for m in members}
    related = _related(queries.relationships(ids, viewer), names)
    areas = {area.code: area.name for area in agencies.areas()}
    return {
        "case": case,
        "members": [_member(m, viewer, related[m.person_id], answers.get(m.person_id, []), areas) for m in members],
        "homes": _homes(case, viewer, ids, names),
        "may_search": viewer.user.may("search_people"),
    }


def _member(
    member: CaseMember, viewer: Viewer, related: list[str], answers: list[LinkDecision], areas: dict[str, str]
) -> dict[str, Any]:
    person = member.person
    years = age(person.date_of_birth, viewer.at)
    written = born(person.date_of_birth)
    rows: list[dict[str, Any]] = [
        {"key": "Born", "text": f"{written} ({years})" if written and years else written},
        {"key": "Related", "html": None, "text": "; ".join(related)},
        {"key": "Lives in the home", "text": yes_no(member.lives_in_household)},
        {
            "key": "Area they live in",
            "text": areas.get(member.lives_in, "outside the partnership" if member.lives_in else ""),
        },
    ]
    rows += _of_role(member, viewer)
    if not may_see_places(viewer.user, member):
        rows = [row | {"text": "Not opened to your agency"} if row["key"] in PLACES else row for row in rows]
    return {
        "member": member,
        "name": person.full_name,
        "role": member.get_role_display(),
        "rows": rows,
        "who": sorted({WHO[answer.answer] for answer in answers}),
        "who_href": reverse("people:who", args=[person.pk]),
        "href": reverse("people:person", args=[person.pk]),
    }


def _of_role(member: CaseMember, viewer: Viewer) -> list[dict[str, Any]]:
    if member.role == "victim":
        return [
            {"key": "Pregnant", "text": yes_no(member.pregnant)},
            {"key": "Needs care and support", "text": yes_no(member.care_and_support_needs)},
            {"key": "No recourse to public funds", "text": yes_no(member.no_recourse_to_public_funds)},
            {"key": "Language", "text": _language(member)},
        ]
    if member.role in ("child", "unborn-child"):
        rows = [
            {"key": "Present", "text": yes_no(member.present)},
            {"key": "Experienced it", "text": yes_no(member.experienced_incident)},
            {"key": "Harmed", "text": yes_no(member.harmed)},
            {"key": "Spoken to alone", "text": yes_no(member.spoken_to_alone)},
        ]
        school = "Educated at home" if member.home_educated else member.school_name
        return [*rows, {"key": "School", "text": school}] if _of_school_age(member, viewer) else rows
    if member.role == "person-causing-harm":
        return [
            {"key": "Can get at weapons", "text": yes_no(member.weapons_access)},
            {"key": "Orders in force", "text": ", ".join(member.orders_in_force)},
        ]
    return []


def _language(member: CaseMember) -> str:
    person = member.person
    if person.first_language and person.interpreter_needed:
        return f"{person.first_language}, with an interpreter"
    return person.first_language


def _of_school_age(member: CaseMember, viewer: Viewer) -> bool:
    """Whether a school is worth asking about: anybody who may be four or more."""
    if member.role == "unborn-child":
        return False
    try:
        return not member.person.date_of_birth or completed_years(member.person.date_of_birth, viewer.at)[1] >= 4
    except ValueError:
        return True


def _related(rows: list[Relationship], names: dict[UUID, str]) -> defaultdict[UUID, list[str]]:
    """Each relationship in words, once for each of the two, whoever of them it was told of."""
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for row in rows:
        for kinds, one, other in ((KINDS, row.person_id, row.other_id), (OTHER_SIDE, row.other_id, row.person_id)):
            said = f"{kinds.get(row.kind, 'related, in a way not known, to')} {names[other]}"
            if said not in found[one]:
                found[one].append(said)
    return found


def _homes(case: Case, viewer: Viewer, ids: list[UUID], names: dict[UUID, str]) -> list[list[dict[str, str]]]:
    """Households: who is known to live there, who not, and of whom it is not known."""
    found: defaultdict[object, list[dict[str, str]]] = defaultdict(list)
    for row in queries.households(ids, viewer):
        found[row.household_id].append({"name": names[row.person_id], "lives": yes_no(row.lives_there)})
    return list(found.values())

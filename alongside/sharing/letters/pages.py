"""Who stands on which side, on the page of the family; and what a worker reads before a letter is made."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from alongside.cases.living import Side, strictest
from alongside.cases.models import Case, CaseMember
from alongside.cases.queries import members_of
from alongside.gate.viewing import Viewer
from alongside.people.queries import protected
from alongside.sharing.letters import access

TITLES = {
    Side.SURVIVOR: "The victim’s side",
    Side.REPORTED: "The other side",
    Side.NOT_KNOWN: "Not known on which side",
}
ABOUT = {
    Side.SURVIVOR: "Each for themselves. Nothing of them may reach the other side: no address, school or doctor, nor that they told anybody.",
    Side.REPORTED: "Reported as causing harm; nobody has to have proved it. What is written to them is made from their own record alone.",
    Side.NOT_KNOWN: "Written to as guardedly as the other side, until somebody knows.",
}
ON_HER_SIDE = (Side.SURVIVOR, Side.CHILD)


def panel(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """The sides of a family; nothing where nobody is named."""
    members = members_of([case.pk], viewer).get(case.pk, [])
    if not members:
        return None
    hidden = protected([member.person_id for member in members])
    people: dict[Any, dict[str, object]] = {}
    for member in members:
        side = side_shown(members, member)
        people.setdefault(member.person_id, _person(case, member, side, member.person_id in hidden, viewer))
    sides = [
        {"title": TITLES[side], "about": ABOUT[side], "people": [one for one in people.values() if one["side"] is side]}
        for side in TITLES
    ]
    return {"sides": [one for one in sides if one["people"]]}


def side_shown(members: list[CaseMember], member: CaseMember) -> Side:
    """The side somebody stands on by this case alone, the children with their mother."""
    side = strictest(one.role for one in members if one.person_id == member.person_id)
    return Side.SURVIVOR if side in ON_HER_SIDE else side


def _person(case: Case, member: CaseMember, side: Side, is_shielded: bool, viewer: Viewer) -> dict[str, object]:
    return {
        "side": side,
        "name": member.person.full_name,
        "role": member.get_role_display(),
        "is_shielded": is_shielded and side is not Side.REPORTED,
        "href": reverse("sharing:letter", args=[case.reference, member.person_id])
        if access.may_write(viewer.user, side) and member.role != "unborn-child"
        else "",
    }

"""Reads of MARAC: referrals, meetings, and the copies a listing owes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet

from alongside.agencies.models import Area, Team
from alongside.agencies.queries import team_for
from alongside.cases.models import Case
from alongside.clock import in_london
from alongside.duties.models import Duty, Task
from alongside.gate.viewing import GatedQuerySet, Viewer
from alongside.marac.models import AgendaItem, MaracReferral, Meeting, NotReferredToMarac
from alongside.procedures.queries import pack_at
from alongside.sharing.models import Disclosure

# The rules that ask for a copy, and the role of the team it goes to.
COPIES = {"staffs-marac-list-to-childrens-services": "csc-duty", "wm-marac-unborn-copy-mash": "mash"}
MOST_SHOWN = 500
ROLE_WORDS = {"csc-duty": "children’s social care", "mash": "the MASH"}


def referrals() -> GatedQuerySet[MaracReferral]:
    """Referrals with what their page shows; the gate narrows it."""
    return MaracReferral.objects.select_related(
        "from_team__agency", "to_team__agency", "idva_team__agency", "sent_by", "case__area"
    )


def received(viewer: Viewer) -> list[MaracReferral]:
    """Referrals sent to the viewer's teams as coordinator, those not listed yet first."""
    rows = referrals().visible_to(viewer).filter(to_team__in=viewer.team_ids)
    return list(rows.order_by("-state", "sent_at"))


def sent_to(case: Case, viewer: Viewer) -> list[MaracReferral]:
    """Referrals of a case that the viewer may see, the latest first."""
    rows = MaracReferral.objects.visible_to(viewer).filter(case=case).select_related("from_team__agency")
    return list(rows.select_related("to_team", "sent_by").order_by("-sent_at"))


def not_referred(case: Case, viewer: Viewer) -> list[NotReferredToMarac]:
    """Decisions not to refer."""
    return list(NotReferredToMarac.objects.visible_to(viewer).filter(case=case).select_related("decided_by"))


def items_of(referral: MaracReferral, viewer: Viewer) -> list[AgendaItem]:
    """Where a referral is listed."""
    rows = AgendaItem.objects.visible_to(viewer).filter(referral=referral).select_related("meeting", "listed_by")
    return list(rows.order_by("-listed_at"))


def people_of(referral: MaracReferral) -> list[dict[str, Any]]:
    """Who it is about, as sent. Whoever shows this has recorded the read."""
    kept: list[dict[str, Any]] = json.loads(referral.people.open() or "[]")
    return kept


def meetings(viewer: Viewer) -> list[Meeting]:
    """Meetings to come of the viewer's teams, the next first."""
    rows = Meeting.objects.filter(team__in=viewer.team_ids, held_on__gt=viewer.at).select_related("area")
    return list(rows.annotate(listed=Count("items")).order_by("held_on"))


def meeting(pk: str, viewer: Viewer) -> Meeting | None:
    """One of those meetings by its id."""
    try:
        rows = Meeting.objects.filter(pk=pk, team__in=viewer.team_ids)
        return rows.select_related("area", "team").first()
    except ValidationError:
        return None


def areas_of(viewer: Viewer) -> list[Area]:
    """Areas where one of the viewer's teams runs the MARAC."""
    rows = Area.objects.filter(team_roles__role="marac-coordinator", team_roles__team__in=viewer.team_ids)
    return list(rows.distinct())


def coordinating_team(area: Area, viewer: Viewer) -> Team | None:
    """The viewer's team that runs the MARAC of an area."""
    rows = Team.objects.filter(pk__in=viewer.team_ids, roles__role="marac-coordinator", roles__area=area)
    return rows.distinct().first()


def first_unlisted(task: Task, viewer: Viewer) -> MaracReferral | None:
    """The oldest referral of a task's case that is not listed yet; else the latest."""
    rows = referrals().visible_to(viewer).filter(case=task.case_id, to_team__in=viewer.team_ids)
    return rows.filter(state="sent").order_by("sent_at").first() or rows.order_by("-sent_at").first()


def tasks() -> QuerySet[Task]:
    """Tasks with their case."""
    return Task.objects.select_related("case__area", "owner_team")


@dataclass(frozen=True)
class Owed:
    """Copies of a listing: those the procedure asks for, those proposed because children are named, roles nobody holds."""

    must: list[Team] = field(default_factory=list)
    proposed: list[Team] = field(default_factory=list)
    nobody: list[str] = field(default_factory=list)


def owed_copies(referral: MaracReferral) -> Owed:
    """What listing this referral owes, by the rules of its places and what was sent: a duty nobody may read yet tells nothing."""
    case = referral.case
    pack = pack_at(case.places, in_london(referral.sent_at).date())
    read = Duty.objects.filter(case=case, rule__in=COPIES, state="open", told_in__isnull=False)
    firing = set(read.values_list("rule", flat=True))
    listing_alone = {
        rule.id for rule in pack.rules if rule.id in COPIES and pack.facts_of(rule.id) <= {"marac_case_listed"}
    }
    roles = {COPIES[rule] for rule in firing | listing_alone}
    named = {role for person in people_of(referral) for role in person["roles"]}
    proposed = {"csc-duty"} if named & {"child", "unborn-child"} else set()
    proposed |= {"mash"} if "unborn-child" in named else set()
    found: dict[str, Team | None] = {role: team_for(role, case.places.home) for role in roles | proposed}
    return Owed(
        must=[team for role in sorted(roles) if (team := found[role])],
        proposed=[team for role in sorted(proposed - roles) if (team := found[role])],
        nobody=[ROLE_WORDS[role] for role in sorted(roles | proposed) if found[role] is None],
    )


def offered(case: Case, viewer: Viewer) -> list[MaracReferral]:
    """Referrals to MARAC that were sent to one of the viewer's teams as the service that supports her."""
    return [
        row for row in sent_to(case, viewer) if row.idva_team_id in viewer.team_ids or row.to_team_id in viewer.team_ids
    ]


def sent_to_us(viewer: Viewer) -> list[MaracReferral]:
    """Referrals that were sent, or copied, to a team of the viewer by a recorded decision; the latest first."""
    shared = Disclosure.objects.visible_to(viewer).filter(
        record_kind="marac.maracreferral", shared=True, to_team__in=viewer.team_ids
    )
    rows = referrals().visible_to(viewer).filter(pk__in=shared.values("record_id"))
    return list(rows.order_by("-sent_at")[:MOST_SHOWN])

"""How a case is written on pages: who it is about without names, its area and why, when it came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from alongside.agencies import queries as agencies
from alongside.cases import hooks, queries
from alongside.cases.models import AreaChange, Case, CaseMember
from alongside.clock import in_london
from alongside.design.jinja import sentence
from alongside.design.moments import ago, clock_time, when
from alongside.gate.viewing import Viewer
from alongside.people.models import NOT_NAMED
from alongside.people.pages import age

TABS = (
    ("now", "Now"),
    ("family", "Family"),
    ("timeline", "Timeline"),
    ("risk", "Risk"),
    ("plans", "Plans"),
    ("sharing", "Sharing"),
    ("documents", "Documents"),
)
# What a tab without any block says: what would be here, and how it comes.
EMPTY = {
    "now": ("What is owed, forbidden and asked would be here.", "It comes when the case is evaluated."),
    "family": ("The people of this case would be here.", "They come with a notification, or when somebody adds them."),
    "timeline": ("What was done, by whom and when, would be here.", "Each act of a colleague adds a line."),
    "risk": (
        "Risk assessments would be here.",
        "They come with a notification, or when somebody fills in the checklist.",
    ),
    "plans": (
        "No support was offered in this case yet.",
        "An offer of support and her answer stand here. Safety and support plans are not kept in Alongside: they stay with "
        "the service that made them.",
    ),
    "sharing": ("What was shared, and what was kept back, would be here.", "It comes with a referral or notice."),
    "documents": (
        "Nothing was sent from this case yet.",
        "Referrals, notices to schools and decisions not to refer stand here, each with its receipt and what came back.",
    ),
}

Members = Mapping[UUID, Sequence[CaseMember]]
VICTIM_NOT_NAMED = "victim not named yet"


@dataclass(frozen=True)
class Brief:
    """A case in one line, safe on a screen people pass behind."""

    initials: str
    children: str
    called: str

    @property
    def words(self) -> str:
        """ "A.H., child 11 months · call of 9:30pm"."""
        return " · ".join(
            part for part in (", ".join(p for p in (self.initials, self.children) if p), self.called) if part
        )


def brief(case: Case, members: Sequence[CaseMember], now: datetime) -> Brief:
    """The line of a case, from the members the viewer may see."""
    victim = next((m for m in members if m.role == "victim"), None)
    return Brief(_initials(victim), children(members, now), called(case, now))


def _initials(victim: CaseMember | None) -> str:
    """A victim nobody has named is said to be so; empty where no victim may be seen."""
    if victim is None:
        return ""
    return VICTIM_NOT_NAMED if victim.person.initials == NOT_NAMED else victim.person.initials


def briefs(cases: Iterable[Case], viewer: Viewer) -> dict[UUID, Brief]:
    """The lines of many cases by id, in one statement."""
    held = list(cases)
    return lines(held, queries.members_in_brief((case.pk for case in held), viewer), viewer.at)


def lines(cases: Iterable[Case], members: Members, now: datetime) -> dict[UUID, Brief]:
    """The lines of cases whose members are read already."""
    return {case.pk: brief(case, members.get(case.pk, ()), now) for case in cases}


def children(members: Sequence[CaseMember], now: datetime) -> str:
    """ "children 11 months and 8 years", "unborn child"; empty without any."""
    ages = [age(m.person.date_of_birth, now) or "age not known" for m in members if m.role == "child"]
    parts = [f"{'child' if len(ages) == 1 else 'children'} {sentence(ages)}"] if ages else []
    parts += ["unborn child"] if any(m.role == "unborn-child" for m in members) else []
    return " and ".join(parts)


def called(case: Case, now: datetime) -> str:
    """When it happened, else when it was told."""
    moment, word = (case.occurred_on, "call of") if case.occurred_on else (case.received_on, "received")
    same_day = in_london(moment).date() == in_london(now).date()
    return f"{word} {clock_time(moment) if same_day else when(moment)}"


@dataclass(frozen=True)
class Place:
    """One place of a case: what follows it, its area, why, and who corrected it."""

    code: str
    follows: str
    area: str
    why: str
    change: AreaChange | None


FOLLOWS = (
    ("home", "Duties to the children and the family"),
    ("incident", "Duties of the police"),
    ("victim", "MARAC and the IDVA"),
)


def areas(case: Case, viewer: Viewer) -> dict[str, object]:
    """Whose procedures apply to what, and why; `is_one` where all is decided by one area."""
    changes = queries.area_changes(case, viewer)
    members = queries.members_of([case.pk], viewer).get(case.pk, [])
    names = {one.pk: one.name for one in agencies.areas()}
    found = [
        Place(code, follows, names[case.places.of(code)], why_area(case, members, code), changes.get(code))
        for code, follows in FOLLOWS
    ]
    return {"places": found, "is_one": case.places.is_one and not changes}


def why_area(case: Case, members: Sequence[CaseMember], place: str = "home") -> str:
    """Why an area's procedures apply to a place: where the child lives, else the victim, else where it was told."""
    if place != "home":
        known, where, not_known = ELSEWHERE[place]
        return f"because {known}" if getattr(case, where) else f"as for the family: {not_known}"
    for roles, words in (
        (("child", "unborn-child"), "a child of this case lives there"),
        (("victim",), "the victim lives there"),
    ):
        if any(m.role in roles and m.lives_in == case.area_id for m in members):
            return f"because {words}"
    return "because it was reported there; in which area the child or the victim lives is not known"


ELSEWHERE = {
    "incident": ("it happened there", "incident_area_id", "where it happened is not known"),
    "victim": (
        "the victim lives there",
        "victim_area_id",
        "the area the victim lives in is not known, or lies outside the partnership",
    ),
}


def contact_rules(case: Case, members: Sequence[CaseMember], viewer: Viewer) -> dict[str, str]:
    """The line that is always in sight; the rules themselves are opened to act, and that is logged."""
    confirmed = queries.contact_confirmed([m.person_id for m in members], viewer)
    text = (
        f"Contact rules apply · last confirmed {ago(confirmed, viewer.at)}"
        if confirmed
        else "How to reach her safely is not known"
    )
    return {"text": text, "href": reverse("cases:contact", args=[case.reference])}


def identity(case: Case, viewer: Viewer) -> dict[str, object]:
    """What `identity_bar` is given on every page of a case."""
    members = queries.members_of([case.pk], viewer).get(case.pk, [])
    line = brief(case, members, viewer.at)
    return {
        "reference": case.reference,
        "initials": (line.initials or VICTIM_NOT_NAMED).replace("victim", "Victim"),
        "about": line.children,
        "area": case.area.name,
        "risk": next((words for tell in hooks.RISK_WORDS if (words := tell(case, viewer))), None),
        "contact_rules": contact_rules(case, members, viewer),
    }


def places(case: Case, active: str) -> list[dict[str, object]]:
    """The sub-navigation of a case."""
    tabs = [(code, text, reverse("cases:tab", args=[case.reference, code])) for code, text in TABS]
    more = [(place.code, place.text, reverse(place.route, args=[case.reference])) for place in hooks.PLACES]
    return [{"text": text, "href": href, "active": code == active} for code, text, href in tabs + more]

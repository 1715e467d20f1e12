"""How notices and schools read, for the police desk and for the school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from alongside.cases.models import Case, CaseMember
from alongside.cases.sides import is_of_the_other_side
from alongside.casework.pages.referrals import PanelLine
from alongside.children import queries
from alongside.children.actions.notices import LEFT_OUT
from alongside.children.models import School, SchoolNotice
from alongside.clock import in_london
from alongside.design.moments import day, when
from alongside.duties.bars import cited, stops
from alongside.duties.hooks import Unfinished
from alongside.duties.models import Duty
from alongside.duties.queries import shown_at
from alongside.gate.viewing import Viewer
from alongside.people.pages import age
from alongside.procedures.queries import pack_for

NOT_SENT = [*LEFT_OUT, "who called the police, and what they did", "the case and everybody else in it"]


def state(notice: SchoolNotice) -> tuple[str, str, str]:
    """Word, meaning of its colour, and a sentence."""
    if notice.opened_at is not None:
        return "Opened", "done", f"Opened {when(notice.opened_at)}."
    if notice.told_by_phone_at is not None:
        return "Told by telephone", "done", f"{notice.told_whom} was told {when(notice.told_by_phone_at)}."
    if notice.call_needed_on is not None:
        return "Telephone the school", "overdue", "Nobody there has opened it, or nobody can. Ring now."
    return (
        "Sent, not opened yet",
        "waiting",
        "Not opened by 7:30am on the day the child comes to school: somebody rings.",
    )


@dataclass(frozen=True)
class Pupil:
    """One child of a case, with the school and what has been done."""

    name: str
    age: str
    school: str
    href: str
    done: list[dict[str, Any]]
    due: Duty | None


def pupils(case: Case, viewer: Viewer) -> list[Pupil]:
    """Every child of the case: one notice per child and school."""
    sent: dict[object, list[SchoolNotice]] = {}
    for notice in queries.notices_of(case, viewer):
        sent.setdefault(notice.child_id, []).append(notice)
    return [
        Pupil(
            name=member.person.full_name,
            age=age(member.person.date_of_birth, viewer.at),
            school=_school_words(member),
            href=reverse("children:tell-child", args=[case.reference, member.person_id]),
            done=[done(notice) for notice in sent.get(member.person_id, ())],
            due=queries.open_duty(case, member.person_id, viewer),
        )
        for member in queries.children_of(case, viewer)
    ]


def _school_words(member: CaseMember) -> str:
    if member.home_educated:
        return "educated at home"
    return member.school_name


def school_name(notice: SchoolNotice) -> str:
    """The school's name, on the register or as told."""
    return notice.school.name if notice.school is not None else notice.school_name


def done(notice: SchoolNotice) -> dict[str, Any]:
    """One notice in the list of a child."""
    word, meaning, sentence = state(notice)
    return {
        "school": school_name(notice),
        "href": reverse("children:notice", args=[notice.pk]),
        "word": word,
        "meaning": meaning,
        "sentence": sentence,
    }


def panel(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """Notices of a case with their receipt, for the case page; opened by those who may tell schools."""
    opens = viewer.user.may("tell_school")
    lines = []
    for notice in queries.notices_of(case, viewer):
        word, meaning, sentence = state(notice)
        href = reverse("children:notice", args=[notice.pk]) if opens else ""
        # Which school it is leads to the child.
        name = "A school" if is_of_the_other_side(viewer.user.agency) else school_name(notice)
        lines.append(PanelLine(name, href, notice.sent_at, notice.sent_by.name, word, meaning, sentence))
    return {"notice_lines": lines} if lines else None


def what_to_know(member: CaseMember, case: Case) -> str:
    """Where the sender starts from: no detail of the incident, only what helps today."""
    moment = case.occurred_on or case.received_on
    local = in_london(moment)
    part = (
        "night"
        if local.hour < 5 or local.hour >= 22
        else "morning"
        if local.hour < 12
        else "afternoon"
        if local.hour < 17
        else "evening"
    )
    name = member.person.given_name or "The child"
    return (
        f"Police came to a home that {name} was in on {day(moment)}, in the {part}. "
        f"{name} may be tired, upset or very quiet today. Please look out for {name}, and let {name} talk or not talk."
    )


def can_open(school: School) -> str:
    """Who can open a notice there, in words; empty when nobody can."""
    people = [person.name for person in (school.key_adult, school.deputy) if person is not None and person.is_active]
    return " or ".join(people)


def beside(case: Case) -> list[tuple[str, Any]]:
    """Bars that stand beside a notice: on giving out addresses, and on contact with the family where that is certain."""
    found = [("Give out no address", stop) for stop in stops(case, "disclose_address")]
    family = "Contact with the family, the community or an interpreter from among them"
    return found + [(family, stop) for stop in stops(case, "contact_family") if stop.outcome == "fires"]


def guidance(case: Case) -> list[dict[str, Any]]:
    """What the procedure says about telling schools."""
    shown = shown_at(case, reaches_as=("guidance", "reference"), place="school")
    return [{"cite": cited(one.rule), "undecided": one.outcome == "cannot-decide"} for one in shown]


def for_school(area: str, at: datetime) -> list[dict[str, Any]]:
    """What the procedure asks of every school that is told: nothing that hangs on this child."""
    pack = pack_for(area, in_london(at).date())
    told = {"encompass_notification_received"}
    return [cited(rule) for rule in pack.rules if rule.place == "school" and pack.facts_of(rule.id) == told]


@dataclass(frozen=True)
class InboxLine:
    """One notice in a school's inbox: initials only."""

    initials: str
    href: str
    sent: datetime
    opened: datetime | None
    supported: bool


def inbox(viewer: Viewer) -> list[InboxLine]:
    """The key adult's list, unopened first."""
    return [
        InboxLine(
            initials="".join(f"{part[0]}." for part in notice.child_name.open().split() if part) or "not known",
            href=reverse("children:school-notice", args=[notice.pk]),
            sent=notice.sent_at,
            opened=notice.opened_at,
            supported=notice.supported_at is not None,
        )
        for notice in sorted(
            queries.inbox(viewer), key=lambda row: (row.opened_at is not None, -row.sent_at.timestamp())
        )
    ]


def unopened(viewer: Viewer) -> list[Unfinished]:
    """For the Today of a key adult or deputy: a notice waits. Whose it is stands only inside."""
    if not viewer.user.may("read_school_notice"):
        return []
    waiting = [notice for notice in queries.inbox(viewer) if notice.opened_at is None]
    if len(waiting) > 1:
        href, text = reverse("children:inbox"), f"{len(waiting)} notices about pupils wait for you"
        return [
            Unfinished(text, f"The first was sent {when(min(n.sent_at for n in waiting))}.", href, "See the notices")
        ]
    return [
        Unfinished(
            "A notice about a pupil waits for you",
            f"Sent {when(notice.sent_at)}. Open it where nobody else can read your screen.",
            reverse("children:school-notice", args=[notice.pk]),
            "Go to the notice",
        )
        for notice in waiting
    ]

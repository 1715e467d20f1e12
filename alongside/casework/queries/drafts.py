"""What is on record for a referral before anybody has written it: people, story, history, consent, safe contact, facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from alongside.agencies.models import Area, Team, User
from alongside.agencies.queries import first_team, team_for
from alongside.cases.models import Case, CaseMember
from alongside.cases.sides import may_locate
from alongside.clock import in_london
from alongside.design.moments import when
from alongside.duties import words
from alongside.duties.models import Task
from alongside.duties.queries import latest_evaluation
from alongside.gate.viewing import Viewer
from alongside.intake.models import Notification
from alongside.people.contact.pages import when_safe
from alongside.people.models import CHANNELS, Address, Person, SafeContact
from alongside.people.pages import age, born
from alongside.people.queries import hidden_from, standing
from alongside.risk.pages import copies
from alongside.risk.queries import assessments
from alongside.sharing.models import ConsentRecord

DESKS = {"childrens-social-care": "csc-duty", "adult-social-care": "asc-duty"}
ROLE_WORDS = {
    "victim": "victim",
    "person-causing-harm": "person reported as causing harm",
    "child": "child",
    "unborn-child": "unborn child",
    "other": "somebody else in the household or family",
}
ORDER = tuple(ROLE_WORDS)
# Told elsewhere in the referral, or never a matter for the other side.
NOT_LISTED = frozenset({"consent_status", "local_authority"})
SAID = {True: "yes", False: "no", None: ""}


@dataclass(frozen=True)
class PersonLine:
    """One person as the other side would read them; `address` apart, because it is sent only when ticked."""

    id: UUID
    roles: tuple[str, ...]
    name: str
    born: str
    detail: str
    address: str = ""

    @property
    def words(self) -> str:
        """ "Lily Hartley, child, born 20 March 2025 (11 months)"."""
        said = ", ".join(ROLE_WORDS[role] for role in self.roles)
        return ", ".join(part for part in (self.name, said, self.detail) if part)

    def sent(self, *, with_address: bool) -> dict[str, object]:
        """The line as it is kept in the record that is sent."""
        kept: dict[str, object] = {"id": str(self.id), "roles": list(self.roles), "name": self.name, "born": self.born}
        return {**kept, "detail": self.detail, "address": self.address if with_address else ""}


@dataclass(frozen=True)
class FactLine:
    """One fact known now, with who said so. `key` names it in the form."""

    key: str
    label: str
    value: str
    said_by: str

    @property
    def words(self) -> str:
        return f"{self.label}: {self.value} ({self.said_by})"

    def sent(self) -> dict[str, str]:
        return {"key": self.key, "label": self.label, "value": self.value, "said_by": self.said_by}


@dataclass(frozen=True)
class Draft:
    """Everything a referral starts from."""

    people: Sequence[PersonLine]
    facts: Sequence[FactLine]
    account: str = ""
    history: str = ""
    family_aware: str = ""
    raises_risk: str = ""
    consent: str = ""
    consent_when: str = ""
    safe_contact: str = ""
    channels: Sequence[dict[str, object]] = field(default_factory=list)
    who_she_fears: str = ""
    checklist: str = ""


def draft(case: Case, viewer: Viewer) -> Draft:
    """Read what the viewer may see of a case; nothing is worked out that is not on record."""
    members = _members(case, viewer)
    victim = next((m for m in members if m.role == "victim"), None)
    told = _notifications(case, viewer)
    latest = told[0] if told else None
    consent = _consent(case, viewer, victim)
    ways = _ways(viewer, victim)
    fears = [m.person.full_name for m in members if m.role == "person-causing-harm"]
    return Draft(
        people=_people(members, viewer),
        facts=_facts(case, viewer, members),
        account="\n\n".join(_story(told)),
        history="\n\n".join(dict.fromkeys(text for n in told if (text := n.history.open().strip()))),
        family_aware=SAID[latest.family_aware] if latest else "",
        raises_risk=SAID[latest.raises_risk] if latest else "",
        consent=consent.status if consent else "",
        consent_when=when(consent.stated_at) if consent and consent.status else "",
        safe_contact="\n".join(_way(way) for way in ways),
        channels=[{"channel": way.channel, "safe": way.safe} for way in ways],
        who_she_fears="\n".join(fears),
        checklist=copies(assessments(case, viewer)),
    )


def _members(case: Case, viewer: Viewer) -> list[CaseMember]:
    rows = CaseMember.objects.visible_to(viewer).filter(case=case).select_related("person")
    return sorted(rows, key=lambda m: (ORDER.index(m.role), m.person.date_of_birth, str(m.pk)))


def _people(members: Sequence[CaseMember], viewer: Viewer) -> list[PersonLine]:
    parts: dict[UUID, list[CaseMember]] = {}
    for member in members:
        parts.setdefault(member.person_id, []).append(member)
    homes: dict[UUID, str] = {}
    shut = {pk for pk, own in parts.items() if not may_locate(viewer.user, own[0].person)}
    hidden = hidden_from(None, parts).keys() | shut
    rows = Address.objects.visible_to(viewer).filter(person__in=parts.keys() - hidden)
    rows = rows.exclude(confidential=True).exclude(current=False)
    for row in rows.order_by("pk"):
        homes.setdefault(row.person_id, ", ".join(p for p in (row.lines.open(), row.postcode.open()) if p))
    return [_line(own, viewer.at, homes.get(person, ""), person in hidden) for person, own in parts.items()]


KEPT_BACK = "where they live or go to school is not written here: ring whoever sent this"


def _line(own: list[CaseMember], at: datetime, address: str, is_hidden: bool) -> PersonLine:
    """A record that is sent is read by many and kept for years: what leads to a shielded door is told by telephone instead."""
    person, school = own[0].person, next((m.school_name for m in own if m.school_name), "")
    years, date = age(person.date_of_birth, at), born(person.date_of_birth)
    said = [f"born {date}" + (f" ({years})" if years else "") if date else "date of birth not known"]
    said += [f"goes to {school}"] if school and not is_hidden else []
    said += [KEPT_BACK] if is_hidden else []
    said += [f"speaks {person.first_language}"] if person.first_language else []
    said += ["needs an interpreter, never one of the family"] if person.interpreter_needed else []
    roles = tuple(m.role for m in own)
    return PersonLine(person.pk, roles, person.full_name, person.date_of_birth, ", ".join(said), address)


def _notifications(case: Case, viewer: Viewer) -> list[Notification]:
    rows = Notification.objects.visible_to(viewer).filter(reports__case=case).select_related("agency")
    return list(rows.order_by("-received_on", "-stored_at"))


def _story(told: Iterable[Notification]) -> list[str]:
    found = []
    for one in told:
        text = one.summary.open().strip()
        if text:
            found.append(f"{when(one.occurred_on or one.received_on, year=True)}: {text}")
    return found


def _consent(case: Case, viewer: Viewer, victim: CaseMember | None) -> ConsentRecord | None:
    if victim is None:
        return None
    rows = ConsentRecord.objects.visible_to(viewer).filter(case=case, person=victim.person_id, purpose="referral")
    return rows.order_by("-stated_at").first()


def _ways(viewer: Viewer, victim: CaseMember | None) -> list[SafeContact]:
    """The latest word on each way; after "no contact is safe", only what was confirmed since."""
    if victim is None or not may_locate(viewer.user, victim.person):
        return []
    rows = SafeContact.objects.visible_to(viewer).filter(person=victim.person_id).prefetch_related("safe_hours")
    return standing(rows)


def _way(way: SafeContact) -> str:
    """One way of reaching her, in a line."""
    name = dict(CHANNELS)[way.channel].capitalize()
    safe = {True: "safe", False: "NOT safe", None: "not known whether safe"}[way.safe]
    said = [f"{name} {way.value.open()}".strip(), safe, when_safe(way)]
    said += [f"answered by {way.who_may_answer}"] if way.who_may_answer else []
    said += [f"words to use: {way.code_word.open()}"] if way.code_word else []
    said += [f"if somebody else answers: {way.say_to_others.open()}"] if way.say_to_others else []
    said += ["leave no message and nothing printed"] if way.may_leave is False else []
    said += ["shared with somebody"] if way.shared else []
    said += ["may be read or heard by somebody else"] if way.monitored else []
    return "; ".join(part for part in (*said, way.note.open()) if part)


def _facts(case: Case, viewer: Viewer, members: Sequence[CaseMember]) -> list[FactLine]:
    """What is known now, of the case and of each child or person causing harm, with who said so."""
    evaluation = latest_evaluation(case, viewer)
    names = {str(m.person_id): m.person.initials for m in members}
    found = []
    for row in evaluation.facts if evaluation else ():
        fact = words.fact(row["name"])
        if fact is None or fact.kind not in ("observed", "judgement") or row["name"] in NOT_LISTED:
            continue
        value = words.value(row["value"])
        if not value or value == "does not apply" or fact.type == "datetime":
            continue
        about = f"{names[row['about']]} – " if row["about"] in names else ""
        key = f"{row['name']}:{row['about'] or ''}"
        found.append(FactLine(key, about + fact.question, value, row["said_by"]))
    return sorted(found, key=lambda line: line.label)


@dataclass(frozen=True)
class Home:
    """Where those a referral is about live. `area` is None outside the partnership: no team here receives it there.

    `elsewhere` names the other places where one of them lives: the referral does not reach them there.
    """

    area: Area | None
    why: str
    elsewhere: tuple[str, ...] = ()


OUTSIDE = "other"
OUTSIDE_WORDS = "outside the partnership"
# Whose home decides, in this order; where none is known, the case's area stands.
_CHILD = (("child", "unborn-child"), "where a child of this case lives")
_VICTIM = (("victim",), "where the victim lives")
WHOSE_HOME = {"childrens-social-care": (_CHILD, _VICTIM), "adult-social-care": (_VICTIM,), "marac": (_VICTIM,)}


def home_of(case: Case, service: str, viewer: Viewer) -> Home:
    """Whose area receives a referral. A home outside the partnership is never read as the case's own area."""
    members = CaseMember.objects.visible_to(viewer).filter(case=case).exclude(lives_in="")
    lives = list(members.order_by("pk").values_list("role", "lives_in"))
    for roles, why in WHOSE_HOME[service]:
        codes = list(dict.fromkeys(code for role, code in lives if role in roles))
        if codes:
            found = [area for area in areas() if area.pk in codes]
            others = [area.name for area in found[1:]] + ([OUTSIDE_WORDS] if found and len(codes) > len(found) else [])
            return Home(found[0] if found else None, why, tuple(others))
    return Home(case.area, "the area of the case, as the area they live in is not known")


def areas() -> list[Area]:
    """The areas of the partnership, by name."""
    return list(Area.objects.all())


def area(code: str) -> Area | None:
    """One of them by its code."""
    return next((one for one in areas() if one.pk == code), None)


def receiving_team(service: str, area: Area) -> Team | None:
    """The team that receives referrals to a service in an area; None when nobody does."""
    return team_for(DESKS[service], area.pk)


def office(area: Area) -> Team | None:
    """The partnership administrator's team: of the area, else of any."""
    return team_for("partnership-administration", area.pk) or next(
        (team for one in areas() if (team := team_for("partnership-administration", one.pk))), None
    )


def sending_team(user: User, case: Case, at: datetime) -> Team | None:
    """The team a referral comes from: the writer's own, else the one that recorded the case when it is of their agency."""
    own = first_team(user, in_london(at).date())
    if own is not None:
        return own
    recording = case.recording_team
    return recording if recording is not None and recording.agency_id == user.agency_id else None


def open_task(case: Case, viewer: Viewer, *acts: str) -> Task | None:
    """The open task of an act in a case, where the viewer's team has one."""
    rows = Task.objects.visible_to(viewer).filter(case=case, act__in=acts, state="open", owner_team__in=viewer.team_ids)
    return rows.select_related("owner_team").order_by("-immediate", "opened_at").first()


def people_ticked(case: Case, viewer: Viewer, ids: Iterable[str]) -> list[Person]:
    """People of a case the viewer may see, by id as text."""
    return list(Person.objects.visible_to(viewer).filter(memberships__case=case, pk__in=list(ids)).distinct())

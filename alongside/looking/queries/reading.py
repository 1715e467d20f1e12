"""Who was shown a person's record: each page once, by whom, what, and on what ground."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from alongside.agencies.models import Membership, User
from alongside.audit.models import ChainHead, Event
from alongside.cases.models import CaseMember
from alongside.clock import in_london, london
from alongside.gate.models import Ground
from alongside.gate.viewing import Viewer
from alongside.looking.models import Followed, Look
from alongside.people.models import Person
from alongside.people.queries import protected

MOST = 5_000  # pages of one record; beyond them the dates narrow


def chains_behind() -> list[str]:
    """Chains with reads that are not copied yet."""
    followed = dict(Followed.objects.values_list("chain", "seq"))
    behind = [name for name, seq in ChainHead.objects.values_list("chain", "seq") if seq > followed.get(name, 0)]
    return [name for name in sorted(behind) if _has_reads(name, followed.get(name, 0))]


def _has_reads(chain: str, seq: int) -> bool:
    return Event.objects.filter(chain=chain, seq__gt=seq, kind=Event.Kind.READ).exists()


@dataclass(frozen=True)
class Shown:
    """One page that showed something of a record: `ground` is a code of the gate, empty where none was open."""

    at: datetime
    looker: User
    chain: str
    what: tuple[str, ...]
    is_opened: bool
    ground: str
    purpose: str


def roles_of(person: Person, viewer: Viewer) -> dict[UUID, set[str]]:
    """What a person is in each case the viewer may open."""
    found: defaultdict[UUID, set[str]] = defaultdict(set)
    rows = CaseMember.objects.visible_to(viewer).filter(person=person)
    for case, role in rows.values_list("case_id", "role"):
        found[case].add(role)
    return found


def is_anybody_protected(person: Person, cases: Collection[UUID]) -> bool:
    """Whether the person, or anybody in these cases of theirs, is protected. For what is left out; never shown by itself."""
    family = CaseMember.objects.filter(case__in=cases).values_list("person_id", flat=True)
    return bool(protected({person.pk, *family}))


def looks_at(
    person: Person, cases: Collection[UUID], *, agency: str = "", first: date | None = None, last: date | None = None
) -> list[Shown]:
    """Pages that showed a person's own record or a case of theirs, the latest first."""
    rows = Look.objects.filter(Q(subject=person.pk) | Q(subject__in=cases))
    if agency:
        rows = rows.filter(chain=agency)
    if first:
        rows = rows.filter(looked_on__gte=london(first, time()))
    if last:
        rows = rows.filter(looked_on__lt=london(last + timedelta(days=1), time()))
    pages: defaultdict[tuple[UUID, datetime], list[Look]] = defaultdict(list)
    for look in rows.order_by("-looked_on", "-pk")[:MOST]:
        pages[look.looker, look.looked_on].append(look)
    people = User.objects.select_related("agency").in_bulk({looker for looker, _ in pages})
    grounds = _Grounds(cases, people.values())
    return [_shown(looks, people[looker], grounds, cases) for (looker, _), looks in pages.items() if looker in people]


def _shown(looks: list[Look], user: User, grounds: _Grounds, cases: Collection[UUID]) -> Shown:
    """Events of one page together; what was opened before what stood in a list."""
    first = looks[0]
    at = {look.subject for look in looks if look.subject_kind == "case"} or set(cases)
    ground = grounds.of(user, at, first.looked_on)
    opened = [look for look in looks if look.is_opened]
    return Shown(
        first.looked_on,
        user,
        first.chain,
        tuple(dict.fromkeys(look.what for look in opened or looks)),
        bool(opened),
        ground.ground if ground else "",
        ground.purpose if ground else "",
    )


class _Grounds:
    """The grounds on some cases, to say which one somebody looked on at a moment: two statements."""

    def __init__(self, cases: Collection[UUID], people: Iterable[User]) -> None:
        rows = Ground.objects.filter(subject_kind="case", subject_id__in=cases)
        self.rows = list(rows.order_by("opened_at", "pk"))
        teams = {row.team_id for row in self.rows if row.team_id}
        self.members: defaultdict[UUID, list[Membership]] = defaultdict(list)
        for one in Membership.objects.filter(user__in=list(people), team__in=teams):
            self.members[one.user_id].append(one)

    def of(self, user: User, cases: Collection[UUID], at: datetime) -> Ground | None:
        """The first that was open to somebody then: their own before their team's before their agency's."""
        teams = {one.team_id for one in self.members[user.pk] if _in_team(one, in_london(at).date())}
        held = [row for row in self.rows if row.subject_id in cases and _was_open(row, at)]
        mine = (
            [row for row in held if row.user_id == user.pk],
            [row for row in held if row.team_id in teams],
            [row for row in held if row.agency_id == user.agency_id],
        )
        return next((rows[0] for rows in mine if rows), None)


def _in_team(one: Membership, day: date) -> bool:
    return one.from_on <= day and (one.until_on is None or day <= one.until_on)


def _was_open(row: Ground, at: datetime) -> bool:
    return row.opened_at <= at and all(end is None or at < end for end in (row.closed_at, row.ends_on))


def agencies_in(person: Person, cases: Collection[UUID]) -> list[str]:
    """Codes of the agencies whose staff were shown a record."""
    rows = Look.objects.filter(Q(subject=person.pk) | Q(subject__in=cases)).order_by()
    return sorted(rows.values_list("chain", flat=True).distinct())

"""What the rules ask about, read for many looks at once. Seen by nobody: only that a rule holds goes on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from alongside.agencies.models import Membership, User
from alongside.audit.models import Event
from alongside.cases.models import Case, CaseEvent, CaseMember
from alongside.clock import in_london
from alongside.gate.models import Ground
from alongside.linkage.names import part, words
from alongside.looking import hooks
from alongside.looking.models import Look
from alongside.looking.rules import Known, Looker
from alongside.looking.words import IN_PASSING, is_opened
from alongside.people.models import OtherName, Person
from alongside.people.queries import protected

# What somebody said of themselves is no work that was given to them: it makes no look a usual one.
OWN_WORD = ("said-why", "new-call", "break-glass")
OPENINGS = ("sharing.statedneed", "sharing.emergencyopening")
SHORTEST = 3  # letters of a surname worth comparing


def lookers(looks: Iterable[Look]) -> dict[UUID, tuple[User, Looker]]:
    """Who looked, with what the rules ask of them."""
    rows = User.objects.filter(pk__in={look.looker for look in looks}).select_related("agency")
    return {user.pk: (user, _looker(user)) for user in rows}


def _looker(user: User) -> Looker:
    names = words(user.name)
    return Looker(user.pk, _comparable(names[-1:]), user.role, user.agency.kind)


def _comparable(surname: tuple[str, ...]) -> str:
    found = part(surname)
    return found.spelling if found and len(found.text) >= SHORTEST else ""


def known(looks: Collection[Look]) -> Known:
    """All that the rules ask about for these looks: some ten statements, however many looks."""
    people = {look.subject for look in looks if look.subject_kind == "person"}
    cases = {look.subject for look in looks if look.subject_kind == "case"}
    pairs = CaseMember.objects.filter(Q(person__in=people) | Q(case__in=cases)).values_list("case_id", "person_id")
    people_of: defaultdict[UUID, set[UUID]] = defaultdict(set)
    cases_of: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for case, person in pairs:
        people_of[case].add(person)
        cases_of[person].add(case)
    everybody, staff = people | set(cases_of), {look.looker for look in looks}
    return Known(
        surnames=_surnames(everybody),
        people_of={case: frozenset(those) for case, those in people_of.items()},
        cases_of={person: frozenset(those) for person, those in cases_of.items()},
        worked_on=frozenset(
            worked_on(staff, cases | set(people_of), min((look.looked_on for look in looks), default=None))
        ),
        close=frozenset(pair for find in hooks.CLOSE for pair in find(staff, everybody)),
        protected=frozenset(protected(everybody)),
    )


def _surnames(people: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    found: defaultdict[UUID, set[str]] = defaultdict(set)
    for pk, name in Person.objects.filter(pk__in=people).values_list("pk", "family_name"):
        found[pk] |= {_comparable((word,)) for word in words(name)}
    for pk, name in OtherName.objects.filter(person__in=people).values_list("person_id", "name"):
        found[pk].add(_comparable(words(name)[-1:]))
    return {pk: frozenset(names - {""}) for pk, names in found.items()}


def worked_on(staff: Collection[UUID], cases: Collection[UUID], since: datetime | None) -> set[tuple[UUID, UUID]]:
    """Pairs of member of staff and case: a team they were in since then has it or had a duty in it, or they did something in it."""
    events = CaseEvent.objects.filter(case__in=cases, happened_by__in=staff).exclude(record_kind__in=OPENINGS)
    found = set(events.values_list("happened_by_id", "case_id"))
    held: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for case, by, team in Case.objects.filter(pk__in=cases).values_list("pk", "opened_by_id", "recording_team_id"):
        found.add((by, case))
        held[team].add(case)
    grounds = Ground.objects.filter(subject_kind="case", subject_id__in=cases, agency__isnull=True)
    grounds = grounds.exclude(ground__in=OWN_WORD)
    for case, team, user in grounds.values_list("subject_id", "team_id", "user_id"):
        held[team].add(case)
        found.add((user, case))
    until = Q(until_on__isnull=True) | (Q(until_on__gte=in_london(since).date()) if since else Q())
    members = Membership.objects.filter(until, user__in=staff, team__in=[team for team in held if team])
    return found | {(user, case) for user, team in members.values_list("user_id", "team_id") for case in held[team]}


def is_counted(kind: str) -> bool:
    """Whether records of a kind count by themselves: the addresses and numbers of a person are part of the person's."""
    return kind == "people.person" or not kind.startswith(("people.", "looking."))


def opened_by(actor: str, since: datetime) -> tuple[set[tuple[str, str]], datetime | None]:
    """The different records somebody opened since a moment, as kind and id, and when the last one was opened: one statement."""
    rows = Event.objects.filter(actor=actor, happened_on__gte=since, kind=Event.Kind.READ).order_by()
    rows = rows.exclude(name__in=IN_PASSING)  # lists hold many ids, and do not count
    found, last = set(), None
    for name, kind, ids, at in rows.values_list("name", "subject_kind", "subject_ids", "happened_on"):
        if is_opened(name) and is_counted(kind) and ids and " " not in ids:
            found.add((kind, ids))
            last = max(at, last) if last else at
    return found, last


def did_something(user: UUID, behind: Collection[tuple[str, UUID]]) -> bool:
    """Whether somebody themselves opened a case, or did something in it, for each of these people and cases."""
    acts = CaseEvent.objects.filter(happened_by=user).exclude(record_kind__in=OPENINGS)
    for kind, subject in behind:
        own = Q(members__person=subject) if kind == "person" else Q(pk=subject)
        if not Case.objects.filter(own).filter(Q(opened_by=user) | Q(pk__in=acts.values("case"))).exists():
            return False
    return True

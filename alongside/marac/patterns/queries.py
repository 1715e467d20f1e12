"""Patterns worked out for one viewer: from the cases and answers they may see, in a handful of statements however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from alongside.cases.models import Case, CaseMember
from alongside.gate.viewing import Viewer
from alongside.intake.models import Report
from alongside.marac.models import MaracReferral
from alongside.marac.patterns.definitions import Definition
from alongside.marac.patterns.models import PatternReview
from alongside.people.models import LinkDecision, Person
from alongside.people.queries import undisputed
from alongside.people.queries.links import counted

ROLE = {"several": "person-causing-harm", "again": "victim"}


@dataclass(frozen=True)
class Pattern:
    """One person with the cases and links that make a pattern; `count` victims, or notifications."""

    kind: str
    people: tuple[Person, ...]
    cases: tuple[Case, ...]
    links: tuple[LinkDecision, ...]
    count: int
    last_on: datetime
    referred_on: datetime | None = None
    review: PatternReview | None = None

    @property
    def person(self) -> Person:
        """The record it is known by: the first of its ids, so that it is always the same."""
        return self.people[0]

    def covers(self, review: PatternReview) -> bool:
        """Whether a reviewer has looked at every link and case this rests on."""
        return {str(one.pk) for one in self.links} <= set(review.links) and {str(one.pk) for one in self.cases} <= set(
            review.cases
        )


def patterns(definition: Definition, viewer: Viewer) -> list[Pattern]:
    """Every pattern by a definition that the viewer may see, the most first. Without a reviewer's confirmation one is shown only to
    those who may review it."""
    found = _reviewed(definition.kind, _found(definition, viewer), viewer)
    cleared = viewer.user.may("confirm_links")
    shown = [one for one in found if cleared or (one.review is not None and one.review.holds)]
    return sorted(shown, key=lambda one: (-one.count, -one.last_on.timestamp(), str(one.person.pk)))


def _found(definition: Definition, viewer: Viewer) -> list[Pattern]:
    rows = list(
        CaseMember.objects.visible_to(viewer)
        .filter(role__in=("victim", ROLE[definition.kind]), case__received_on__date__gte=definition.since(viewer.at))
        .select_related("person", "case__area")
    )
    root, links = _same({row.person_id for row in rows}, viewer)
    groups: defaultdict[UUID, list[CaseMember]] = defaultdict(list)
    for row in rows:
        if row.role == ROLE[definition.kind]:
            groups[root[row.person_id]].append(row)
    cases = {row.case_id: row.case for row in rows}
    victims = {row.case_id: root[row.person_id] for row in rows if row.role == "victim"}
    reports = _reports(cases, definition, viewer) if definition.kind == "again" else {}
    referred = _referred(cases, viewer)
    made = [_pattern(definition, held, victims, reports, referred, (root, links)) for held in groups.values()]
    return [one for one in made if one.count >= definition.least]


def _same(ids: Collection[UUID], viewer: Viewer) -> tuple[dict[UUID, UUID], list[LinkDecision]]:
    """For each record the first of those that are the same human being; and the answers that say so."""
    rows = LinkDecision.objects.visible_to(viewer).filter(person__in=ids, candidate__in=ids)
    links = list(counted(rows).filter(answer="same").select_related("decided_by__agency"))
    agreed = undisputed(counted(LinkDecision.objects.filter(person__in=ids, candidate__in=ids)))
    links = [one for one in links if frozenset((one.person_id, one.candidate_id)) in agreed]
    root = {one: one for one in ids}
    for one in links:
        first, second = sorted((_top(root, one.person_id), _top(root, one.candidate_id)))
        root[second] = first
    return {one: _top(root, one) for one in ids}, links


def _top(root: Mapping[UUID, UUID], one: UUID) -> UUID:
    while root[one] != one:
        one = root[one]
    return one


def _pattern(
    definition: Definition,
    held: list[CaseMember],
    victims: Mapping[UUID, UUID],
    reports: Mapping[UUID, set[UUID]],
    referred: Mapping[UUID, datetime],
    linked: tuple[Mapping[UUID, UUID], Iterable[LinkDecision]],
) -> Pattern:
    root, links = linked
    people = {row.person_id: row.person for row in held}
    cases = {row.case_id: row.case for row in held}
    # A case whose victim nobody named may be about somebody counted already: it counts for nobody.
    harmed = {victims[case] for case in cases if case in victims}
    told = {one for case in cases for one in reports.get(case, ())}
    # How many were harmed rests, too, on which of the victims' records are the same.
    tops = {root[pk] for pk in people} | (harmed if definition.kind == "several" else set())
    return Pattern(
        kind=definition.kind,
        people=tuple(people[pk] for pk in sorted(people)),
        cases=tuple(sorted(cases.values(), key=lambda case: case.received_on)),
        links=tuple(one for one in links if root[one.person_id] in tops),
        count=len(told) if definition.kind == "again" else len(harmed),
        last_on=max(case.received_on for case in cases.values()),
        referred_on=max((referred[case] for case in cases if case in referred), default=None),
    )


def _reports(cases: Collection[UUID], definition: Definition, viewer: Viewer) -> dict[UUID, set[UUID]]:
    """Notifications about cases within the time, by case."""
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    rows = Report.objects.visible_to(viewer).filter(
        case__in=cases, notification__received_on__date__gte=definition.since(viewer.at)
    )
    for case, notification in rows.values_list("case_id", "notification_id"):
        found[case].add(notification)
    return found


def _referred(cases: Collection[UUID], viewer: Viewer) -> dict[UUID, datetime]:
    """The last referral to MARAC of each case that has one."""
    rows = MaracReferral.objects.visible_to(viewer).filter(case__in=cases).order_by("sent_at")
    return dict(rows.values_list("case_id", "sent_at"))


def _reviewed(kind: str, found: list[Pattern], viewer: Viewer) -> list[Pattern]:
    """With the latest look of a reviewer that covers all of each."""
    ids = {person.pk for one in found for person in one.people}
    rows = PatternReview.objects.visible_to(viewer).filter(kind=kind, person__in=ids)
    held: defaultdict[UUID, list[PatternReview]] = defaultdict(list)
    for row in rows.select_related("reviewed_by__agency").order_by("-reviewed_at"):
        held[row.person_id].append(row)
    return [
        replace(
            one,
            review=next((row for person in one.people for row in held[person.pk] if one.covers(row)), None),
        )
        for one in found
    ]

"""What is to be looked at again about who is who: proposals that wait, answers that differ or were left open, records that changed, and
records that came up since somebody answered. Through the gate; what waits and what differs only for those cleared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from alongside.gate.viewing import Viewer
from alongside.gate.wall import beyond_the_gate
from alongside.people.models import LinkDecision, Person, PersonChange, Shield
from alongside.people.models.linking import COUNTING, STANDING, WAITING
from alongside.people.queries.candidates import Candidate, look_for
from alongside.people.queries.holders import CannotTell, check_in_step, holders_of_keys
from alongside.people.queries.keys import stored_keys
from alongside.people.queries.on_record import said_of

KINDS = ("waiting", "differs", "changed", "new", "unsure")
ONE_LOOK = 200  # people, among whom records that came up since are looked for at once: the others on further pages
AT_ONCE = 5_000


@dataclass(frozen=True)
class Again:
    """One thing to look at: of which kind, about whom, since when; the answer it is about, or the record that came up. What is done
    on the person's one page is one thing, with how many records it is about."""

    kind: str
    person: Person
    since: datetime
    link: LinkDecision | None = None
    came_up: Candidate | None = None
    records: int = 1


@dataclass(frozen=True)
class Lookout:
    """Records that came up since, looked for among `looked_at` of the `answered` people, from place `first` of those answered about
    last. `is_told` False: whether any came up cannot be told just now."""

    found: list[Again]
    first: int
    looked_at: int
    answered: int
    is_told: bool = True

    @property
    def further(self) -> int | None:
        """Where the next people begin; None after the last, and when nothing can be told of them either."""
        end = self.first + self.looked_at
        return end if self.is_told and end < self.answered else None


@beyond_the_gate  # what changed, or came up, may be another agency's: only that it did is shown
def to_review(viewer: Viewer, first: int = 0) -> tuple[list[Again], Lookout]:
    """Everything the viewer may look at again: what waits for a second person first, and in each kind the oldest first.

    All of it, but for the records that came up since: those of one slice of the people answered about, from place `first`.
    """
    rows = LinkDecision.objects.visible_to(viewer).filter(STANDING)
    shown = rows.select_related("person", "decided_by__agency")
    found = [Again("unsure", row.person, row.decided_at, row) for row in shown.filter(answer="unsure")]
    found += [
        Again("changed", row.person, row.decided_at, row) for row in _changed(shown.filter(answer="same"), viewer)
    ]
    came_up = _new(rows, viewer, first)
    found += came_up.found
    if viewer.user.may("confirm_links"):
        found += [Again("waiting", row.person, row.decided_at, row) for row in shown.filter(WAITING)]
        found += [Again("differs", row.person, row.decided_at, row) for row in _differing(shown.filter(COUNTING))]
    ordered = sorted(_by_person(found), key=lambda one: (KINDS.index(one.kind), one.since, str(one.person.pk)))
    return ordered, came_up


def _by_person(found: Iterable[Again]) -> list[Again]:
    """One for all records of a person that are looked at together, since the oldest; every other by itself."""
    together: dict[tuple[str, object], Again] = {}
    for number, one in enumerate(sorted(found, key=lambda one: one.since)):
        key = (one.kind, one.person.pk if one.kind in ("new", "unsure") else number)
        first = together.get(key)
        together[key] = replace(first, records=first.records + 1) if first else one
    return list(together.values())


def _changed(rows: QuerySet[LinkDecision], viewer: Viewer) -> QuerySet[LinkDecision]:
    """Links one of whose records changed, or was protected, after they were made; of the other record only for those who may know
    that it is there."""
    sides = ["person", "candidate"] if viewer.user.may("see_holders") else ["person"]
    since = Q()
    for side in sides:
        after = {"person": OuterRef(f"{side}_id")}
        since |= Q(Exists(PersonChange.objects.filter(**after, changed_at__gt=OuterRef("decided_at"))))
        since |= Q(Exists(Shield.objects.filter(**after, set_at__gt=OuterRef("decided_at"))))
    return rows.filter(since)


def _differing(rows: QuerySet[LinkDecision]) -> QuerySet[LinkDecision]:
    """Answers that another agency contradicts from the other side."""
    other = LinkDecision.objects.filter(COUNTING).filter(
        person=OuterRef("candidate_id"), candidate=OuterRef("person_id")
    )
    said = rows.filter(answer__in=("same", "not-same"))
    return said.filter(Exists(other.filter(answer__in=("same", "not-same")).exclude(answer=OuterRef("answer"))))


def _new(rows: QuerySet[LinkDecision], viewer: Viewer, first: int) -> Lookout:
    """Records made since somebody answered, of people one answered about: looked up as on their page, all at once.

    Only those are looked up with whom a record made since shares a key at all; that takes the same few statements for each slice.
    """
    since = _answered(rows, first)
    answered = rows.aggregate(people=Count("person", distinct=True))["people"]
    try:
        check_in_step()
        offered = _made_since(since, rows)
        looks = (
            look_for({pk: said for pk, (said, _) in said_of(offered.keys()).items()}, each_other=True, only=offered)
            if offered
            else {}
        )
    except CannotTell:
        return Lookout([], first, len(since), answered, is_told=False)
    people = {row.pk: row for row in Person.objects.visible_to(viewer).filter(pk__in=looks)}
    found = [
        Again("new", people[pk], offered[pk][one.person], came_up=one)
        for pk in people
        for one in looks[pk].shown_to(viewer, 10)
    ]
    return Lookout(found, first, len(since), answered)


def _answered(rows: QuerySet[LinkDecision], first: int) -> dict[UUID, datetime]:
    """When the latest answer about each person was given: a slice of them, those answered about last first."""
    latest = rows.values("person").annotate(latest=Max("decided_at")).order_by("-latest", "person")
    return dict(latest.values_list("person", "latest")[first : first + ONE_LOOK])


def _made_since(since: Mapping[UUID, datetime], rows: QuerySet[LinkDecision]) -> dict[UUID, dict[UUID, datetime]]:
    """For each person the records that share a key and were made since, and when; none of the person's own cases or answered about."""
    keys = stored_keys(since.keys())
    holders = holders_of_keys({key for held in keys.values() for key in held})
    sharing = {pk: {id_ for key in keys[pk] for id_ in holders.get(key, ())} - {pk} for pk in since}
    made = _made(set().union(*sharing.values()), min(since.values(), default=None))
    fresh = {pk: {i: made[i] for i in ids if i in made and made[i] > since[pk]} for pk, ids in sharing.items()}
    answered, cases = _answered_about(since.keys(), rows), _cases_of({*since, *made})
    offered = {
        pk: {i: on for i, on in new.items() if i not in answered[pk] and not cases[i] & cases[pk]}
        for pk, new in fresh.items()
    }
    return {pk: new for pk, new in offered.items() if new}


def _made(ids: Collection[UUID], after: datetime | None) -> dict[UUID, datetime]:
    """When those of some records were made that were made after a moment."""
    rows = Person.objects.filter(recorded_at__gt=after) if after else Person.objects.none()
    return {pk: on for some in _pieces(ids) for pk, on in rows.filter(pk__in=some).values_list("pk", "recorded_at")}


def _answered_about(ids: Collection[UUID], rows: QuerySet[LinkDecision]) -> defaultdict[UUID, set[UUID]]:
    """Records that somebody answered about, by the other of the pair."""
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for person, candidate in rows.filter(Q(person__in=ids) | Q(candidate__in=ids)).values_list(
        "person_id", "candidate_id"
    ):
        found[person].add(candidate)
        found[candidate].add(person)
    return found


def _cases_of(ids: Collection[UUID]) -> defaultdict[UUID, set[UUID]]:
    """The cases of people, to leave out whom one case has together; shown to nobody."""
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for some in _pieces(ids):
        for person, case in Person.objects.filter(pk__in=some, memberships__isnull=False).values_list(
            "pk", "memberships__case"
        ):
            found[person].add(case)
    return found


def _pieces(ids: Collection[UUID]) -> Iterator[list[UUID]]:
    """So many ids at once as every database takes in one statement."""
    held = sorted(ids)
    return (held[first : first + AT_ONCE] for first in range(0, len(held), AT_ONCE))

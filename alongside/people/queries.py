"""Reads of people: what is on record of somebody, and who the person may already be."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from alongside.gate.viewing import Viewer
from alongside.linkage import Known, default_model, keys, probability, reasons, score, select_candidates
from alongside.people import matching
from alongside.people.models import Address, ContactPoint, LinkDecision, MatchKey, OtherName, Person
from alongside.people.records import AddressSaid, PersonSaid
from alongside.sealed.fields import sealed

MOST_ROUNDS = 5
MOST_COMPARED = 30  # measured on 100,000 people: 60 find nobody more among the best five, 20 lose one in 690


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be of the same human being: what agrees, in words, and nothing stored.

    `weight` in bits; `held_by` codes of agencies, empty unless the viewer's role may see who holds a record.
    """

    person: UUID
    weight: float
    because: tuple[str, ...]
    held_by: tuple[str, ...] = ()

    @property
    def probability(self) -> float:
        """How likely it is one human being, from 0 to 1: households share much, so never certainty."""
        return probability(self.weight)


def candidates(person: Person, viewer: Viewer, limit: int = 5) -> list[Candidate]:
    """Records that may be of the same human being as `person`, best first; nobody of the person's own cases, and none
    that somebody has answered for: one left at *not sure* is offered again.

    It looks beyond the gate on purpose, and shows only what agrees. Empty is no nil return.
    """
    own_case = Person.objects.filter(memberships__case__members__person=person).values_list("pk", flat=True)
    answered = {id_ for id_, link in standing_links(person, viewer).items() if link.answer != "unsure"}
    said = {person.pk: _said([person.pk])[person.pk][0]}
    return candidates_for(said, viewer, apart_from=answered.union(own_case), limit=limit)[person.pk]


def candidates_for(
    people: Mapping[UUID, PersonSaid], viewer: Viewer, *, apart_from: Collection[UUID] = (), limit: int = 5
) -> dict[UUID, list[Candidate]]:
    """The same for several people at once, none of them a candidate for another: five statements in all."""
    asked = {id_: matching.known(str(id_), said) for id_, said in people.items()}
    sought = {id_: keys(known, matching.secret()) for id_, known in asked.items()}
    holders = _holders({key.hash for found in sought.values() for key in found})
    left_out = {*people, *apart_from}

    def fetch(hashes: Sequence[int], limit: int) -> Iterable[tuple[int, UUID]]:
        return ((one, id_) for one in hashes for id_ in holders[one][:limit] if id_ not in left_out)

    chosen = {id_: select_candidates(found, fetch, in_all=MOST_COMPARED) for id_, found in sought.items()}
    stored = {
        id_: (matching.known(str(id_), said), agency)
        for id_, (said, agency) in _said({i for c in chosen.values() for i in c}).items()
    }
    sees_holders = viewer.user.may("see_holders")
    return {id_: _best(asked[id_], [(i, *stored[i]) for i in chosen[id_]], sees_holders, limit) for id_ in people}


PER_KEY = 40


def _holders(hashes: Collection[int]) -> Mapping[int, list[UUID]]:
    """Who has each key, at most PER_KEY and always the same ones: a key half the table shares costs no more than another."""
    found: defaultdict[int, list[UUID]] = defaultdict(list)
    if hashes:
        place = Window(RowNumber(), partition_by=[F("key")], order_by=F("person_id").asc())
        rows = MatchKey.objects.filter(key__in=hashes).annotate(place=place).filter(place__lte=PER_KEY)
        for key, person in rows.values_list("key", "person_id"):
            found[key].append(person)
    return found


def _best(asked: Known, others: Iterable[tuple[UUID, Known, str]], sees_holders: bool, limit: int) -> list[Candidate]:
    model = default_model()
    scored = [(score(asked, known, model), id_, agency) for id_, known, agency in others]
    shown = sorted(
        (s for s in scored if s[0].weight_bits >= model.show_from), key=lambda s: (-s[0].weight_bits, str(s[1]))
    )
    best = ((match, id_, agency, tuple(reasons(match))) for match, id_, agency in shown[:limit])
    return [
        Candidate(id_, round(match.weight_bits, 1), because, (agency,) if sees_holders else ())
        for match, id_, agency, because in best
        if because
    ]


def _said(ids: Collection[UUID]) -> dict[UUID, tuple[PersonSaid, str]]:
    """What is on record of people, as somebody told it, with the code of the agency that holds it.

    Four statements, and no model made: a look-up reads dozens of people.
    """
    if not ids:
        return {}
    names, addresses, contacts = _names(ids), _addresses(ids), _contacts(ids)
    rows = Person.objects.filter(pk__in=ids).values_list(*_PERSON)
    return {
        pk: (
            PersonSaid(
                ref=str(pk),
                given_name=given,
                family_name=family,
                other_names=names[pk],
                date_of_birth=born,
                sex=sex,
                nhs_number=_NHS_NUMBER.opened(nhs_number, pk),
                addresses=addresses[pk],
                phones=[value for kind, value in contacts[pk] if kind == "phone"],
                email=next((value for kind, value in contacts[pk] if kind == "email"), ""),
            ),
            agency,
        )
        for pk, given, family, born, sex, nhs_number, agency in rows
    }


_PERSON = ("pk", "given_name", "family_name", "date_of_birth", "sex", "nhs_number", "recorded_by_agency__code")
_NHS_NUMBER = sealed(Person, "nhs_number")
_LINES, _POSTCODE, _VALUE = sealed(Address, "lines"), sealed(Address, "postcode"), sealed(ContactPoint, "value")


def _names(ids: Collection[UUID]) -> defaultdict[UUID, list[str]]:
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for person, name in OtherName.objects.filter(person__in=ids).order_by("pk").values_list("person_id", "name"):
        found[person].append(name)
    return found


def _addresses(ids: Collection[UUID]) -> defaultdict[UUID, list[AddressSaid]]:
    """Those that may be matched on: a confidential one stays sealed."""
    found: defaultdict[UUID, list[AddressSaid]] = defaultdict(list)
    rows = Address.objects.filter(person__in=ids).exclude(confidential=True).order_by("pk")
    for pk, person, lines, postcode, current in rows.values_list("pk", "person_id", "lines", "postcode", "current"):
        found[person].append(AddressSaid(_LINES.opened(lines, pk), _POSTCODE.opened(postcode, pk), current))
    return found


def _contacts(ids: Collection[UUID]) -> defaultdict[UUID, list[tuple[str, str]]]:
    found: defaultdict[UUID, list[tuple[str, str]]] = defaultdict(list)
    rows = ContactPoint.objects.filter(person__in=ids).order_by("pk").values_list("pk", "person_id", "kind", "value")
    for pk, person, kind, value in rows:
        found[person].append((kind, _VALUE.opened(value, pk)))
    return found


def people() -> "QuerySet[Person]":
    """People to load one from, through the gate."""
    return Person.objects.select_related("recorded_by_agency").prefetch_related("other_names")


def standing_links(person: Person, viewer: Viewer) -> dict[UUID, LinkDecision]:
    """Answers to "Who is this?" that stand for a person, by the other record of the pair, whichever was asked about."""
    rows = (
        LinkDecision.objects.visible_to(viewer)
        .filter(Q(person=person) | Q(candidate=person), undone_at__isnull=True)
        .select_related("decided_by__agency")
    )
    return {
        row.candidate_id if row.person_id == person.pk else row.person_id: row for row in rows.order_by("decided_at")
    }


def same_records(person: UUID) -> set[UUID]:
    """Other records that somebody said are the same human being, over a few links; for what is worked out, seen by no viewer."""
    found, fresh = {person}, {person}
    for _ in range(MOST_ROUNDS):
        rows = LinkDecision.objects.filter(
            Q(person__in=fresh) | Q(candidate__in=fresh), answer="same", undone_at__isnull=True
        )
        fresh = {id_ for pair in rows.values_list("person_id", "candidate_id") for id_ in pair} - found
        found |= fresh
        if not fresh:
            break
    return found - {person}


def links() -> "QuerySet[LinkDecision]":
    """Answers to load one from, through the gate."""
    return LinkDecision.objects.select_related("person")


def cases_of(ids: Collection[UUID], viewer: Viewer) -> dict[UUID, list[str]]:
    """References of cases the viewer may open, by person: one statement."""
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    rows = Person.objects.visible_to(viewer).filter(pk__in=ids).prefetch_related("memberships__case")
    allowed = set(viewer.grounds().filter(subject_kind="case").values_list("subject_id", flat=True)) if ids else set()
    for row in rows:
        for part in row.memberships.all():
            if part.case_id in allowed and part.case.reference not in found[row.pk]:
                found[row.pk].append(part.case.reference)
    return found


def addresses(person: Person, viewer: Viewer) -> list[Address]:
    """Where somebody lives or lived, the present one first; sealed until opened."""
    rows = Address.objects.visible_to(viewer).filter(person=person)
    return sorted(rows, key=lambda row: (row.current is False, row.current is None))


def contact_points(person: Person, viewer: Viewer) -> list[ContactPoint]:
    """Numbers and e-mail addresses somebody gave; sealed until opened."""
    return list(ContactPoint.objects.visible_to(viewer).filter(person=person).order_by("kind", "pk"))


def record_of(pk: UUID) -> Person:
    """A record found by `candidates`, to link with: beyond the gate, so never shown."""
    return Person.objects.get(pk=pk)

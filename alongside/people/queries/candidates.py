"""Who the person may already be: looked for beyond the gate, on purpose; what is shown is only what agrees."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from alongside.gate.viewing import Viewer
from alongside.gate.wall import beyond_the_gate
from alongside.linkage import Known, Model, keys, probability, reasons, score, select_candidates
from alongside.people import matching
from alongside.people.models import Person
from alongside.people.queries.holders import PER_KEY, holders_of_keys
from alongside.people.queries.in_force import model_in_force
from alongside.people.queries.links import standing_links
from alongside.people.queries.on_record import said_of
from alongside.people.queries.records import kept_apart
from alongside.people.queries.shielding import said_openly
from alongside.people.records import PersonSaid

Only = Mapping[UUID, Collection[UUID]] | None
MOST_COMPARED = 30  # measured on 100,000 people: 60 find nobody more among the best five, 20 lose one in 690


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be of the same human being: what agrees, in words, and nothing stored.

    `weight` in bits, by the model of that hash; `is_sure` whether it reaches its threshold; `held_by` codes of agencies, empty unless
    the viewer's role may see who holds a record.
    """

    person: UUID
    weight: float
    is_sure: bool
    because: tuple[str, ...]
    model: str
    held_by: tuple[str, ...] = ()

    @property
    def probability(self) -> float:
        """How likely it is one human being, from 0 to 1: households share much, so never certainty."""
        return probability(self.weight)


@dataclass(frozen=True, slots=True)
class Found:
    """One record that a look-up found, with the code of the agency that holds it: never shown as it is."""

    person: UUID
    weight: float
    is_sure: bool
    because: tuple[str, ...]
    agency: str

    def shown_to(self, viewer: Viewer, model: str) -> Candidate:
        """As a viewer may see it."""
        held_by = (self.agency,) if viewer.user.may("see_holders") else ()
        return Candidate(self.person, self.weight, self.is_sure, self.because, model, held_by)


@dataclass(frozen=True, slots=True)
class Look:
    """What a look-up found for one person, best first, by the model of that hash. `is_asked` False: too little was known to look anybody up; `is_whole` False:
    that, or too many share all that was known. Then finding nobody tells nothing."""

    found: tuple[Found, ...]
    model: str
    is_asked: bool
    is_whole: bool

    def shown_to(self, viewer: Viewer, limit: int) -> list[Candidate]:
        """The best, as a viewer may see them: nobody of a case the viewer is kept apart from."""
        hidden = kept_apart(viewer)
        return [one.shown_to(viewer, self.model) for one in self.found if one.person not in hidden][:limit]


def candidates(person: Person, viewer: Viewer, limit: int = 5) -> list[Candidate]:
    """Records that may be of the same human being as `person`, best first; nobody of the person's own cases, and none
    that somebody has answered for: one left at *not sure* is offered again.

    It looks beyond the gate on purpose, and shows only what agrees. Empty is no nil return.
    """
    own_case = Person.objects.filter(memberships__case__members__person=person).values_list("pk", flat=True)
    answered = {id_ for id_, link in standing_links(person, viewer).items() if link.answer != "unsure"}
    said = {person.pk: said_of([person.pk])[person.pk][0]}
    return candidates_for(said, viewer, apart_from=answered.union(own_case), limit=limit)[person.pk]


def candidates_for(
    people: Mapping[UUID, PersonSaid], viewer: Viewer, *, apart_from: Collection[UUID] = (), limit: int = 5
) -> dict[UUID, list[Candidate]]:
    """The same for several people at once, none of them a candidate for another: six statements in all."""
    return {id_: look.shown_to(viewer, limit) for id_, look in look_for(people, apart_from=apart_from).items()}


@beyond_the_gate
def look_for(
    people: Mapping[UUID, PersonSaid], *, apart_from: Collection[UUID] = (), each_other: bool = False, only: Only = None
) -> dict[UUID, Look]:
    """Look several people up at once; with `each_other` one of them may be found for another; with `only`, of the candidates of each
    these alone are compared. Raises `CannotTell` when the keys are out of step or the model cannot be used."""
    model = model_in_force()
    asked = {id_: matching.known(str(id_), said) for id_, said in people.items()}
    sought = {id_: keys(known, matching.secret()) for id_, known in asked.items()}
    holders = holders_of_keys({key.hash for found in sought.values() for key in found})
    kept_out = frozenset(apart_from) if each_other else frozenset((*people, *apart_from))
    chosen = {
        id_: [
            one
            for one in select_candidates(found, _fetch_from(holders, kept_out | {id_}), in_all=MOST_COMPARED)
            if only is None or one in only[id_]
        ]
        for id_, found in sought.items()
    }
    stored = {
        id_: (matching.known(str(id_), said), agency)
        for id_, (said, agency) in said_openly({i for c in chosen.values() for i in c}).items()
    }
    return {
        id_: Look(
            tuple(_best(asked[id_], [(i, *stored[i]) for i in chosen[id_]], model)),
            model.hash,
            bool(sought[id_]),
            any(len(holders.get(key.hash, ())) < PER_KEY for key in sought[id_]),
        )
        for id_ in people
    }


def _fetch_from(
    holders: Mapping[int, Sequence[UUID]], left_out: Collection[UUID]
) -> Callable[[Sequence[int], int], Iterable[tuple[int, Sequence[UUID]]]]:
    told = {key: [id_ for id_ in them[:PER_KEY] if id_ not in left_out] for key, them in holders.items()}
    return lambda hashes, limit: ((one, told[one][:limit]) for one in hashes if told.get(one))


def _best(asked: Known, others: Iterable[tuple[UUID, Known, str]], model: Model) -> Iterable[Found]:
    scored = [(score(asked, known, model), id_, agency) for id_, known, agency in others]
    shown = sorted(
        (s for s in scored if s[0].weight_bits >= model.show_from), key=lambda s: (-s[0].weight_bits, str(s[1]))
    )
    for match, id_, agency in shown:
        because = tuple(reasons(match))
        if because:
            yield Found(id_, round(match.weight_bits, 1), model.is_sure(match.weight_bits), because, agency)

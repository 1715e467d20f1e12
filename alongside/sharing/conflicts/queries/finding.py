"""Whether somebody close to a member of staff is somebody in a case: found by keyed hashes, then held side by side."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from uuid import UUID

from alongside.cases.models import Case, CaseMember
from alongside.linkage import Known, score
from alongside.people import matching
from alongside.people.models import MatchKey
from alongside.people.queries import CannotTell, model_in_force, said_of
from alongside.people.records import AddressSaid, PersonSaid
from alongside.sharing.conflicts.models import CloseKey, ClosePerson

AGREES = {
    "person": "name and what else is known: it may be the same person",
    "phone": "telephone number",
    "email": "e-mail address",
    "address": "house number and postcode",
}


SAME = frozenset({"exact", "spelling", "swapped"})
BORN = frozenset({"exact", "exact_new_year", "swapped"})


@dataclass(frozen=True)
class Closeness:
    """Somebody close to a member of staff, a case, and what agrees with a person in it (codes of `AGREES`)."""

    close: ClosePerson
    case: UUID
    agrees: tuple[str, ...]


def sealed(said: PersonSaid) -> str:
    """What was said of somebody close, as the text that is sealed."""
    return json.dumps(asdict(said))


def opened(close: ClosePerson) -> PersonSaid:
    """The same again."""
    told = json.loads(close.said.open())
    return PersonSaid(**{**told, "addresses": [AddressSaid(**one) for one in told["addresses"]]})


def in_case(case: Case) -> list[Closeness]:
    """Who among all staff is close to somebody in a case: one statement where nobody is."""
    shared = MatchKey.objects.filter(person__memberships__case=case).values("key")
    found = (
        ClosePerson.objects.filter(keys__key__in=shared, user__is_active=True).select_related("user__agency").distinct()
    )
    return [one for close in found for one in _compared(close, {case.pk: _people_of(case.pk)})]


def of_close(close: ClosePerson) -> list[Closeness]:
    """The cases in which somebody is to whom a member of staff is close."""
    keys = CloseKey.objects.filter(close=close).values("key")
    people = set(MatchKey.objects.filter(key__in=keys).values_list("person_id", flat=True))
    rows = CaseMember.objects.filter(person__in=people).values_list("case_id", "person_id")
    cases: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for case, person in rows:
        cases[case].add(person)
    return list(_compared(close, cases))


def _people_of(case: UUID) -> set[UUID]:
    return set(CaseMember.objects.filter(case=case).values_list("person_id", flat=True))


def _compared(close: ClosePerson, cases: dict[UUID, set[UUID]]) -> Iterator[Closeness]:
    wanted = opened(close)
    on_record = said_of({person for people in cases.values() for person in people})
    for case, people in cases.items():
        agrees = {code for person in people if person in on_record for code in agreement(wanted, on_record[person][0])}
        if agrees:
            yield Closeness(close, case, tuple(code for code in AGREES if code in agrees))


def agreement(close: PersonSaid, other: PersonSaid) -> Collection[str]:
    """What of two people agrees so far that nobody should work on the case of the other."""
    one, two = matching.known("close", close), matching.known("other", other)
    found = {
        "person": _is_one(one, two),
        "phone": bool(one.phones & two.phones),
        "email": bool(one.email) and one.email == two.email,
        "address": bool(set(matching.doors(close)) & set(matching.doors(other))),
    }
    return [code for code, agrees in found.items() if agrees]


def _is_one(one: Known, two: Known) -> bool:
    """Sure by the model; or of one name and date of birth, however common the name: here a block too many costs less than a look."""
    try:
        model = model_in_force()
    except CannotTell:
        return one.born is not None and one.born == two.born
    match = score(one, two, model)
    same_name = all(match.levels.get(name) in SAME for name in ("given_name", "family_name"))
    return model.is_sure(match.weight_bits) or (same_name and match.levels.get("date_of_birth", "") in BORN)

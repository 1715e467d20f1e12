"""The weight alone, held equal to the weight with its reasons, for every level there is."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.linkage import Record, default_model, normalise, score
from alongside.linkage.comparisons import COMPARISONS
from alongside.linkage.frequencies import among
from alongside.linkage.model import Model
from alongside.linkage.record import Known
from alongside.linkage.weighing import KEPT_FOR_LIFE, weigher
from bench.people.first_day import records
from bench.people.make_people import make

PEOPLE = 10_000


def agree(one: Known, other: Known, model: Model, *, within: bool) -> set[tuple[str, str]]:
    match = score(one, other, model, population=PEOPLE, within=within)
    weight, against = weigher(model, PEOPLE, within=within)(one.rows, other.rows)
    assert weight == pytest.approx(match.weight_bits, abs=1e-9), match
    negative = sum(bits for field, bits in match.because.items() if bits < 0 and field in KEPT_FOR_LIFE)
    assert against == pytest.approx(negative, abs=1e-9), match
    return set(match.levels.items())


def test_of_all_pairs_of_a_town_the_weight_is_the_same() -> None:
    people = [normalise(record) for record in records(make(220, 8, queries=0)[0])]
    model = among(default_model(), people)
    reached: set[tuple[str, str]] = set()
    for one, other in combinations(people, 2):
        reached |= agree(one, other, model, within=True)
    assert len(reached) > 50, "too few levels are met to tell"


NAMES = (
    "",
    "Mohammed",
    "Mohamud",
    "Khan",
    "Kahn",
    "Bill",
    "William",
    "Nowak-Kowalska",
    "Nowak",
    "Ali",
    "A",
    "Anna Maria",
)
names = st.sampled_from(NAMES)
people = st.builds(
    Record,
    id=st.just("1"),
    given_name=names,
    middle_names=names,
    family_name=names,
    aka=st.lists(st.builds("{} {}".format, names, names), max_size=2).map(tuple),
    sex=st.sampled_from(("", "f", "m")),
    date_of_birth=st.sampled_from(
        ("", "1980", "1980-02", "1980-02-03", "1980-03-02", "1980-01-01", "1981-02-03", "1979")
    ),
    postcode=st.sampled_from(("", "CV1 4AA", "CV1 4AB", "CV1 5AA", "CV2 4AA", "B1 1AA")),
    address=st.sampled_from(("", "1 Mill Road", "1 Mil Road", "2 Mill Road", "Mill House", "UPRN 100012345")),
    town=st.sampled_from(("", "Coventry", "Coventri", "Walsall")),
    phones=st.sets(st.sampled_from(("07700 900123", "07700 900124", "024 7601 0123")), max_size=2).map(tuple),
    email=st.sampled_from(
        ("", "a.khan@example.org", "a.khan@example.com", "a.kahn@example.org", "a.khan1@example.org")
    ),
    nhs_number=st.sampled_from(("", "9434765919", "9434765918", "4010232137")),
    birth_place=st.sampled_from(("", "Lublin", "Lahore")),
)


@given(people, people, st.booleans())
def test_the_weight_is_the_same_whatever_is_compared(one: Record, other: Record, within: bool) -> None:
    agree(normalise(one), normalise(other), default_model(), within=within)


def test_what_is_kept_for_life_is_compared() -> None:
    assert {comparison.name for comparison in COMPARISONS} >= KEPT_FOR_LIFE

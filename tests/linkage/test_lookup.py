"""Candidates, the index in memory, and the look-up over it."""

from collections.abc import Iterator, Sequence

import pytest

from alongside.linkage import Key, MemoryIndex, Record, keys, look_up, normalise, select_candidates
from alongside.linkage.candidates import IN_ALL, PER_KEY

PEOPLE = [
    Record("a", given_name="Joanna", family_name="Nowak", date_of_birth="1990-09-02", postcode="CV2 4AA"),
    Record("b", given_name="Zofia", family_name="Nowak", date_of_birth="2017-11-30", postcode="CV2 4AA"),
    Record("c", given_name="Mark", family_name="Taylor", date_of_birth="1988-01-15", phones=("07700 900123",)),
    Record("d", full_name="Hodan", date_of_birth="1994", phones=("07700 900124",)),
    Record("e"),
]


@pytest.fixture
def index() -> MemoryIndex:
    return MemoryIndex(normalise(person) for person in PEOPLE)


@pytest.mark.parametrize(
    ("query", "best"),
    [
        (Record("q", given_name="Asia", family_name="Novak", date_of_birth="1990-02-09"), "a"),
        (Record("q", given_name="Novak", family_name="Joana"), "a"),
        (Record("q", given_name="Zosia", family_name="Nowak", postcode="cv24aa", date_of_birth="2017"), "b"),
        (Record("q", given_name="Marc", family_name="Tayler", date_of_birth="15/01/1988"), "c"),
        (Record("q", phones=("+447700900124",)), "d"),
    ],
)
def test_the_right_one_comes_first(index: MemoryIndex, query: Record, best: str) -> None:
    assert look_up(query, index)[0].id == best


@pytest.mark.parametrize("query", [Record("q"), Record("q", full_name="😀\x00"), Record("q", given_name="X")])
def test_too_little_to_go_on_finds_nobody(index: MemoryIndex, query: Record) -> None:
    assert look_up(query, index) == []


def test_hits_are_best_first_and_no_more_than_asked(index: MemoryIndex) -> None:
    query = Record("q", given_name="Joanna", family_name="Nowak", postcode="CV2 4AA")
    hits = look_up(query, index)
    assert [hit.id for hit in hits] == ["a", "b"]
    assert hits[0].match.weight_bits > hits[1].match.weight_bits
    assert [hit.id for hit in look_up(query, index, top=1)] == ["a"]
    assert [hit.id for hit in look_up(query, index, least=hits[0].match.weight_bits)] == ["a"]


def test_the_same_id_twice_is_refused(index: MemoryIndex) -> None:
    with pytest.raises(ValueError, match="The id a is there twice"):
        index.add(normalise(PEOPLE[0]))


def test_ten_thousand_people_at_one_address_cost_no_more_than_others() -> None:
    loaded: list[int] = []

    class Counting(MemoryIndex):
        def load(self, ids: Sequence[str]) -> Iterator[object]:  # type: ignore[override]
            loaded.append(len(ids))
            return iter(super().load(ids))

    crowd = Counting(
        normalise(Record(f"{n:05}", given_name="Ali", family_name="Khan", postcode="CV2 4AA")) for n in range(10_000)
    )
    crowd.add(normalise(Record("z", "Ali", family_name="Khan", postcode="CV2 4AA", date_of_birth="1990-09-02")))
    hits = look_up(Record("q", "Ali", family_name="Khan", postcode="CV2 4AA", date_of_birth="1990-09-02"), crowd)
    assert hits[0].id == "z"  # the rarer key leads to it, however crowded the others are
    assert loaded == [min(IN_ALL, PER_KEY + 1)]


def test_candidates_are_asked_for_once_and_come_in_the_same_order() -> None:
    asked: list[tuple[Sequence[int], int]] = []

    def fetch(hashes: Sequence[int], limit: int) -> Iterator[tuple[int, Sequence[str]]]:
        asked.append((tuple(hashes), limit))
        yield from [(1, ["p", "q"]), (2, ["q", "r", "s", "p"])]

    found = [Key("phone", 1), Key("names", 2)]
    first = select_candidates(found, fetch, 5)
    assert first == ["p", "q", "r", "s"]
    assert select_candidates(found, fetch, 5) == first
    assert select_candidates(found, fetch, 5, in_all=2) == ["p", "q"]
    assert asked == [((1, 2), 5)] * 3


def test_without_keys_nothing_is_asked() -> None:
    def fetch(hashes: Sequence[int], limit: int) -> Iterator[tuple[int, Sequence[str]]]:
        raise AssertionError("asked without a key")

    assert select_candidates((), fetch) == []


def test_a_rare_key_of_a_common_kind_beats_a_crowded_specific_one() -> None:
    def fetch(hashes: Sequence[int], limit: int) -> Iterator[tuple[int, Sequence[str]]]:
        yield 1, [f"crowd{n}" for n in range(limit)]
        yield 2, ["rare"]

    assert select_candidates([Key("birth_initial", 1), Key("names", 2)], fetch)[0] == "rare"


def test_an_index_has_each_person_under_each_key(index: MemoryIndex) -> None:
    for person in PEOPLE:
        own = [key.hash for key in keys(normalise(person))]
        assert {id_ for _, held in index.fetch(own, 100) for id_ in held} >= ({person.id} if own else set())
    assert len(index) == len(PEOPLE)

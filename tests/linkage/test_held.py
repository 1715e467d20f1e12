"""A model among the people held: a common name tells less, nothing of anybody can be read from it, and no name stands in it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import combinations

import pytest

from alongside.linkage import Known, Model, Record, default_model, normalise, score
from alongside.linkage.frequencies import LISTED_FROM, table_of
from alongside.linkage.held import among_held
from alongside.linkage.keyed import keyed, mark
from alongside.linkage.model import parse_model
from alongside.linkage.weighing import weigher
from bench.people.first_day import records
from bench.people.make_people import make

SECRET = b"a secret of thirty-two bytes now"
PEOPLE = [normalise(record) for record in records(make(400, 5, queries=0)[0])]


def khans(count: int, family: str = "Khan") -> list[Known]:
    born = [f"19{n % 80 + 10}-0{n % 9 + 1}-1{n % 7}" for n in range(count)]
    return [
        normalise(Record(f"{family}{n}", given_name="Mohammed", family_name=family, date_of_birth=day))
        for n, day in enumerate(born)
    ]


def held(people: Iterable[Known], secret: bytes = SECRET) -> Model:
    return among_held(default_model(), table_of(people), secret=secret)


def bits(model: Model, family: str) -> float:
    one = Record("a", given_name="Mohammed", family_name=family, date_of_birth="1980-05-06")
    return score(one, one, model).because["family_name"]


def test_a_name_that_is_common_here_tells_less() -> None:
    assert bits(held([*PEOPLE, *khans(400)]), "Khan") < bits(held(PEOPLE), "Khan") - 2
    assert bits(held([]), "Khan") == pytest.approx(bits(default_model(), "Khan"), abs=0.125)


def test_whether_somebody_of_a_rare_name_is_held_makes_no_difference() -> None:
    without = held(PEOPLE)
    for count in range(1, LISTED_FROM):
        assert bits(held([*PEOPLE, *khans(count, "Zawadzkiewicz")]), "Zawadzkiewicz") == pytest.approx(
            bits(without, "Zawadzkiewicz"), abs=0.1
        )
    several = khans(LISTED_FROM, "Zawadzkiewicz")
    assert bits(held([*PEOPLE, *several]), "Zawadzkiewicz") < bits(without, "Zawadzkiewicz") - 0.2
    one_again_and_again = [several[0]] * 40
    assert (
        keyed("family_same", several[0].rows[0].family_same, SECRET)
        not in (held([*PEOPLE, *one_again_and_again]).frequencies["family_same"])
    )


def test_one_person_more_is_not_seen_in_how_common_a_name_is() -> None:
    before, after = held([*PEOPLE, *khans(200)]), held([*PEOPLE, *khans(201)])
    assert before.frequencies["family_same"] == after.frequencies["family_same"]


def test_no_name_stands_in_it_and_another_secret_is_refused() -> None:
    model = held([*PEOPLE, *khans(400)])
    text = json.dumps(model.data, ensure_ascii=False)
    assert not any(name in text for name in ("khan", "mohammed"))
    assert bits(parse_model(json.loads(text), SECRET), "Khan") == bits(model, "Khan")
    for other in (b"", SECRET[::-1]):
        with pytest.raises(ValueError, match="counted with another key"):
            parse_model(json.loads(text), other)
    assert mark(SECRET) not in ("", mark(SECRET[::-1]))


def test_a_record_kept_a_thousand_times_makes_nobody_seem_known() -> None:
    dummy = khans(1)[0]
    assert held([*PEOPLE, *[dummy] * 1000]).prior() == pytest.approx(held(PEOPLE).prior(), abs=0.01)


def test_the_weight_alone_is_the_weight_with_its_reasons_under_keyed_names_too() -> None:
    model, people = held([*PEOPLE, *khans(400)]), [*PEOPLE[:60], *khans(20)]
    weigh = weigher(model)
    for one, other in combinations(people, 2):
        assert weigh(one.rows, other.rows)[0] == pytest.approx(score(one, other, model).weight_bits, abs=1e-9)


def test_counting_again_changes_nothing_that_did_not_change() -> None:
    once = held([*PEOPLE, *khans(400)])
    again = among_held(once, table_of([*PEOPLE, *khans(400)]), secret=SECRET)
    assert again.frequencies == once.frequencies and again.rarest == once.rarest
    assert again.population == once.population == default_model().population
    assert again.link_from == default_model().link_from

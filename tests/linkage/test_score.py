"""Match weights: what each field says, and what silence does not."""

import json
import math
from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.linkage import Record, default_model, probability, score
from alongside.linkage.comparisons import LEVELS, SET_TOGETHER
from alongside.linkage.model import parse_model

JOANNA = Record(
    "1",
    given_name="Joanna",
    middle_names="Maria",
    family_name="Nowicka",
    sex="f",
    date_of_birth="1990-09-02",
    postcode="CV2 4AA",
    address="22 Example Street",
    town="Coventry",
    phones=("07700 900456",),
    email="j@example.org",
    nhs_number="9434765919",
    national_id="QQ123456C",
    birth_place="Lublin",
    occupation="Nurse",
)


def test_the_weight_is_the_sum_and_the_probability_follows() -> None:
    match = score(JOANNA, JOANNA, population=100_000)
    assert match.weight_bits == sum(match.because.values())
    model = default_model()
    known = model.share_known * (1 + model.repeats) / 100_000
    assert match.because["prior"] == pytest.approx(math.log2(known / (1 - known)))
    # Nobody shares name and birthday with those at home: both together take nothing back.
    assert set(match.because) == {*LEVELS, "prior"} - {"home_given_name", "home_date_of_birth"}
    assert {level for field, level in match.levels.items() if field not in SET_TOGETHER} == {"exact"}
    assert match.probability > 0.999999


@pytest.mark.parametrize("bits", [-5000.0, -6.2, 0.0, 12.1, 5000.0])
def test_the_probability_of_a_weight(bits: float) -> None:
    expected = 2**bits / (1 + 2**bits) if abs(bits) < 100 else float(bits > 0)
    assert probability(bits) == pytest.approx(expected)


fields = st.sampled_from([name for name in JOANNA.__dataclass_fields__ if name not in ("id", "full_name", "aka")])


@given(st.sets(fields))
def test_a_field_that_is_not_known_adds_nothing(unknown: set[str]) -> None:
    less = replace(JOANNA, **{name: () if name == "phones" else "" for name in unknown})
    whole, partly = score(JOANNA, JOANNA), score(JOANNA, less)
    assert all(whole.because[field] == bits for field, bits in partly.because.items() if field not in SET_TOGETHER)
    assert partly.because.get("household", 0.0) >= whole.because["household"]
    assert not {"phone" if name == "phones" else name for name in unknown} & partly.because.keys()


@pytest.mark.parametrize(
    ("change", "field", "level"),
    [
        ({"date_of_birth": "1990-02-09"}, "date_of_birth", "swapped"),
        ({"date_of_birth": "1990-09-03"}, "date_of_birth", "one_digit"),
        ({"date_of_birth": "1990-09-25"}, "date_of_birth", "near"),
        ({"date_of_birth": "1990"}, "date_of_birth", "year_known"),
        ({"date_of_birth": "1990-09"}, "date_of_birth", "month_known"),
        ({"date_of_birth": "1990-01-01"}, "date_of_birth", "year_new_year"),
        ({"date_of_birth": "1991"}, "date_of_birth", "year_beside"),
        ({"date_of_birth": "1985-09-02"}, "date_of_birth", "day_and_month"),
        ({"date_of_birth": "1971-03-17"}, "date_of_birth", "differ"),
        ({"postcode": "CV2 4AB"}, "postcode", "near"),
        ({"postcode": "CV2 4XY"}, "postcode", "sector"),
        ({"postcode": "CV2 1XY"}, "postcode", "district"),
        ({"postcode": "B15 2TT"}, "postcode", "differ"),
        ({"phones": ("07700 900465",)}, "phone", "near"),
        ({"phones": ("01632 960001", "07700 900456")}, "phone", "exact"),
        ({"email": "j@example.com"}, "email", "local_part"),
        ({"address": "24 Example Street"}, "address", "street"),
        ({"nhs_number": "9434765918"}, "nhs_number", "near"),
        ({"middle_names": "M"}, "middle_names", "initial"),
        ({"family_name": "Smith"}, "family_name", "changed"),
        ({"family_name": "Smith", "sex": ""}, "family_name", "differ"),
        ({"town": "Coventri"}, "town", "near"),
    ],
)
def test_levels_of_agreement(change: dict[str, object], field: str, level: str) -> None:
    other = replace(JOANNA, **change)
    assert score(JOANNA, other).levels[field] == level
    assert score(other, JOANNA).levels[field] == level


def test_names_the_wrong_way_round_are_seen() -> None:
    turned = Record("2", given_name="Nowicka", family_name="Joanna")
    match = score(JOANNA, turned)
    assert match.levels == {"given_name": "swapped"}  # one answer for both names
    assert match.because["given_name"] > 5


def test_a_single_name_may_be_either() -> None:
    match = score(JOANNA, Record("2", full_name="Nowicka"))
    assert match.levels == {"given_name": "as_family"}
    assert match.because["given_name"] > 0


def test_a_middle_name_may_be_the_one_she_goes_by() -> None:
    assert score(JOANNA, Record("2", given_name="Maria")).levels["given_name"] == "as_middle"


def test_an_alias_counts_as_a_name() -> None:
    other = Record("2", given_name="Zofia", family_name="Lis", aka=("Joanna Nowicka",))
    assert score(JOANNA, other).levels["family_name"] == "exact"


def test_a_common_name_says_less_than_a_rare_one() -> None:
    rare, common = Record("1", family_name="Nowicka"), Record("2", family_name="Khan")
    assert score(rare, rare).because["family_name"] > score(common, common).because["family_name"]


def test_a_household_is_not_one_person() -> None:
    child = replace(JOANNA, id="2", given_name="Zofia", middle_names="", date_of_birth="2017-11-30")
    child = replace(child, nhs_number="", national_id="", email="", birth_place="", occupation="")
    match = score(JOANNA, child, population=100_000)
    assert match.because["household"] < 0
    assert match.probability < 0.01
    assert match.weight_bits == pytest.approx(sum(match.because.values()))


MAREK = Record(
    "k",
    given_name="Marek",
    family_name="Nowicki",
    sex="m",
    date_of_birth="2009-04-17",
    postcode="CV2 4AA",
    address="22 Example Street",
    town="Coventry",
    phones=("01632 960456",),
    email="home@example.org",
)


@pytest.mark.parametrize(
    ("relation", "change"),
    [
        ("twin", {"given_name": "Tomasz"}),
        ("twin sister of a like name", {"given_name": "Marika", "sex": "f", "phones": ()}),
        ("twin, only the postcode shared", {"given_name": "Tomasz", "family_name": "", "address": "", "phones": ()}),
        ("brother, a year older", {"given_name": "Tomasz", "date_of_birth": "2008-03-02"}),
        ("father of the same name", {"date_of_birth": "1979-11-30"}),
        ("father of the same name, surname misspelt", {"date_of_birth": "1979-11-30", "family_name": "Nowiki"}),
        ("mother, her surname misspelt", {"given_name": "Anna", "family_name": "Nowickl", "sex": "f", "date_of_birth": ""}),
        ("lodger", {"given_name": "Joan", "family_name": "Smith", "sex": "f", "date_of_birth": "1988-07-21"}),
    ],
)  # fmt: skip
def test_who_lives_with_somebody_known_stays_below_the_threshold(relation: str, change: dict[str, object]) -> None:
    own = {} if relation == "mother, her surname misspelt" else {"email": ""}
    match = score(replace(MAREK, **own, **change), MAREK, population=100_000)
    assert match.weight_bits < default_model().link_from, match


@pytest.mark.parametrize(
    "change",
    [
        {"given_name": "Marke"},
        {"phones": (), "email": "", "address": ""},
        {"postcode": "B8 3RT", "address": "7 Oak Road", "phones": ()},
        {"family_name": "Nowik", "phones": ()},
        {"date_of_birth": "2009-04-18", "phones": ()},
    ],
)
def test_somebody_known_reaches_it_with_a_slip_or_a_move(change: dict[str, object]) -> None:
    match = score(replace(MAREK, **change), MAREK, population=100_000)
    assert match.weight_bits >= default_model().link_from, match


def test_twins_have_no_name_in_common_nor_father_and_son_a_birthday() -> None:
    shared = score(MAREK, replace(MAREK, id="2"))
    assert not {"home_given_name", "home_date_of_birth"} & shared.because.keys()
    twin = score(MAREK, replace(MAREK, given_name="Tomasz"))
    assert twin.levels["home_date_of_birth"] == "home" and twin.because["home_date_of_birth"] < -5
    father = score(MAREK, replace(MAREK, date_of_birth="1979-11-30"))
    assert father.levels["home_given_name"] == "exact" and father.because["home_given_name"] < -1


def test_the_more_people_are_known_the_more_it_takes() -> None:
    named = Record("1", given_name="Joanna", family_name="Nowicka", date_of_birth="1990-09-02")
    few, many = (score(named, named, population=population).weight_bits for population in (1_000, 1_000_000))
    assert few - many == pytest.approx(math.log2(1000), abs=0.01)


def test_what_few_can_share_says_the_more_the_more_people_there_are() -> None:
    called = Record("1", phones=("07700 900456",))
    few, many = (score(called, called, population=population).weight_bits for population in (1_000, 1_000_000))
    assert few == pytest.approx(many, abs=0.01)


texts = st.sampled_from(["", "Joanna", "Asia", "Nowak", "Nowicka", "Khan", "Bill", "William", "J", "Anna Maria", "عمر"])
records = st.builds(
    Record,
    id=st.just("x"),
    given_name=texts,
    middle_names=texts,
    family_name=texts,
    date_of_birth=st.sampled_from(["", "1990", "1990-09", "1990-09-02", "1990-02-09", "1990-01-01", "1971-03-17"]),
    postcode=st.sampled_from(["", "CV2 4AA", "CV2 4AB", "B15 2TT"]),
    phones=st.sampled_from([(), ("07700 900456",), ("07700 900465", "01632 960001")]),
    aka=st.lists(texts, max_size=2).map(tuple),
)


@given(records, records)
def test_a_comparison_reads_the_same_from_both_sides(a: Record, b: Record) -> None:
    assert score(a, b).weight_bits == pytest.approx(score(b, a).weight_bits)


def test_agreeing_speaks_for_one_person_and_differing_against() -> None:
    for field, levels in default_model().weights().bits.items():
        if "differ" in levels:
            assert levels["exact"] > 0 > levels["differ"], field
            assert min(levels.values()) in (levels["differ"], levels.get("year")), field


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("comparisons", "sex"), {}, "no m and u for sex"),
        (("comparisons", "sex", "exact"), [2.0, 0.5], "between 0 and 1"),
        (("comparisons", "sex", "exact"), [0.5, 0.0], "none may be 0"),
        (("comparisons", "sex", "exact"), 0.5, "no model"),
        (("prior", "share_known"), 0, "between 0 and 1"),
        (("prior",), None, "no model"),
        (("frequencies", "given_same"), [], "no model"),
        (("per_head", "phone", "exact"), 0, "above 0"),
        (("show_from",), float("nan"), "numbers of bits"),
        (("repeat_from",), float("nan"), "numbers of bits"),
        (("repeat_from",), None, "no model"),
        (("household", "share", "email"), 0, "none may be 0"),
        (("schema",), "0123456789abcdef", "trained for other comparisons"),
    ],
)
def test_a_model_that_is_none_is_refused(path: tuple[str, ...], value: object, sentence: str) -> None:
    data = json.loads(files("alongside.linkage").joinpath("models/first-day.json").read_text("utf-8"))
    inner = data
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    data.pop("hash")
    with pytest.raises(ValueError, match=sentence):
        parse_model(data)


def test_a_model_changed_by_hand_is_refused() -> None:
    data = json.loads(files("alongside.linkage").joinpath("models/first-day.json").read_text("utf-8"))
    assert parse_model(data).hash == data["hash"]
    data["link_from"] = -20.0
    with pytest.raises(ValueError, match="changed since it was made"):
        parse_model(data)

"""The same person, written as people of the region are: each pair is invented, and must come out as one."""

import pytest

from alongside.linkage import Record, normalise, score

DAY = "1988-05-17"


def person(full_name: str = "", **more: str) -> Record:
    return Record("x", full_name=full_name, **{"date_of_birth": DAY, "postcode": "CV6 5QX", **more})


SAME = {
    "Urdu, spelt otherwise": (person("Mohammed Hussain Choudhury"), person("Muhammad Husain Chaudhry")),
    "Urdu, in its own script": (person("Fatima Khan"), person("فاطمة خان")),
    "Arabic, in its own script": (person("Mohammed Ahmed"), person("محمد أحمد")),
    "Bengali, in its own script": (person("Gita Begum"), person("গীতা Begum")),
    "Punjabi, in its own script": (person("Gurpreet Kaur"), person("ਗੁਰਪ੍ਰੀਤ ਕੌਰ")),
    "Bulgarian, in Cyrillic": (person("Ivan Ivanov"), person("Иван Иванов")),
    "Punjabi, Singh as a middle name": (person("Gurpreet Singh Sandhu"), person("Gurprit Sandhu")),
    "Polish, the feminine form": (person("Katarzyna Kowalska"), person("Kasia Kowalski")),
    "Polish, as it is heard": (person("Małgorzata Szymańska"), person("Gosia Shimanska")),
    "Polish, without its marks": (person("Łukasz Wójcik"), person("Lukasz Wojcik")),
    "Romanian, its marks and short form": (person("Ștefan Țurcanu"), person("Stephan Turcanu")),
    "Romanian and English": (person("Gheorghe Popescu"), person("George Popesku")),
    "Yoruba, shortened": (person("Oluwaseun Adebayo"), person("Seun Bayo")),
    "Yoruba, with its marks": (person("Ọlájídé Adéyẹmí"), person("Olajide Adeyemi")),
    "Igbo, shortened": (person("Chukwuemeka Okonkwo"), person("Emeka Okonko")),
    "Somali, in its own spelling": (person("Maxamed Cabdi Xasan"), person("Mohamed Abdi Hassan")),
    "Somali, three names and two": (person("Abdi Hassan Warsame"), person("Cabdi Xasan")),
    "one name alone": (person("Hodan"), person("Xodan")),
    "one name, and that name as surname": (person("Hodan"), person("Amina Hodan")),
    "an Arabic father's name": (person("Yusuf ibn Ahmed"), person("Yousef Ahmed")),
    "names turned round": (person("Nowak Joanna"), person("Joanna Nowak")),
    "names turned round, and misspelt": (person("Okafor Ngozi"), person("Ngosi Okafo")),
    "family name first, after a comma": (person("NOWAK, Joanna Maria"), person("Joanna Nowak")),
    "a short form": (person("Bill Taylor"), person("William Tayler")),
    "two surnames and one": (person("Ana Kowalska-Nowak"), person("Anna Nowak")),
    "a surname before marriage": (person("Sarah Taylor", sex="f"), person("Sarah Okafor", sex="f")),
    "a particle": (person("Pieter van der Berg"), person("Pieter Vanderberg")),
    "O and Mac": (person("Sean O'Neill"), person("Shaun ONeil")),
    "a known alias": (Record("x", full_name="Zofia Lis", aka=("Joanna Nowak",), date_of_birth=DAY, postcode="CV6 5QX"), person("Joanna Nowak")),
    "day and month turned": (person("Amina Jama", date_of_birth="1988-05-07"), person("Aamina Jaamac", date_of_birth="07/05/1988")),
    "1 January for a day not known": (person("Amina Warsame Jama"), person("Amina Warsame Jama", date_of_birth="1988-01-01")),
    "only the year": (person("Amina Jama"), person("Amina Jama", date_of_birth="1988")),
    "only month and year": (person("Amina Jama"), person("Amina Jama", date_of_birth="1988-05")),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_written_otherwise_it_is_still_one_person(name: str) -> None:
    one, other = SAME[name]
    match = score(one, other, population=10_000)
    assert match.probability > 0.5, match
    assert match.weight_bits == pytest.approx(score(other, one, population=10_000).weight_bits)


APART = {
    "mother and daughter": (person("Fadumo Ali Jama"), person("Hodan Ali Jama", date_of_birth="2012-03-02")),
    "father and son": (person("Gurpreet Singh"), person("Harpreet Singh", date_of_birth="2010-11-30")),
    "brothers": (person("Piotr Nowak"), person("Adam Nowak", date_of_birth="1991-10-20")),
    "namesakes": (person("Mohammed Khan"), person("Mohammed Khan", date_of_birth="1961-02-09", postcode="B8 3RT")),
    "neighbours": (person("Ngozi Okafor"), person("Joan Smith", date_of_birth="1950-07-04")),
}


@pytest.mark.parametrize("name", APART)
def test_who_is_another_stays_apart(name: str) -> None:
    one, other = APART[name]
    assert score(one, other, population=10_000).probability < 0.1


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ({"uprn": "100070123456"}, {"uprn": "0100070123456"}, "exact"),
        ({"address": "Flat 2, Elm House (UPRN 100070123456)"}, {"uprn": "100070123456", "address": "7 Oak Road"}, "exact"),
        ({"address": "12 Foleshill Road"}, {"address": "12 Folehsill Rd"}, "exact"),
        ({"address": "12 Foleshill Road"}, {"address": "21 Foleshill Road"}, "street"),
        ({"address": "12 Foleshill Road"}, {"address": "12 Oak Lane"}, "differ"),
    ],
)  # fmt: skip
def test_addresses(one: dict[str, str], other: dict[str, str], level: str) -> None:
    assert score(Record("a", **one), Record("b", **other)).levels["address"] == level


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("07700 900123", "+44 7700 900 123"),
        ("(024) 7601 0123", "00442476010123"),
        ("07700900123", "0044 (0)7700 900123"),
        ("+48 22 555 01 23", "0048 225550123"),
    ],
)
def test_telephone_numbers(one: str, other: str) -> None:
    assert score(Record("a", phones=(one,)), Record("b", phones=(other,))).levels["phone"] == "exact"


def test_all_is_in_latin_letters_for_every_engine() -> None:
    odd = normalise(
        Record(
            "x", full_name="Ọlájídé 张伟", address="Straße 5 😀", town="Łódź", email="é@ö.org", birth_place="Пловдив"
        )
    )
    row = odd.rows[0]
    values = [getattr(row, name) for name in ("given", "family", "street", "town", "email", "birth_place")]
    assert all(value and value.isascii() for value in values), values

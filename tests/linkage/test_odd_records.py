"""Records no form should let through, in a crowd that is hard to tell apart: an answer at once, and never an error."""

import time
from dataclasses import replace

import pytest

from alongside.linkage import MemoryIndex, Record, default_model, look_up, normalise
from alongside.linkage.frequencies import among
from alongside.linkage.model import Model
from alongside.linkage.record import Known

ALIKE = normalise(
    Record(
        "0", "Mohammed", family_name="Khan", postcode="CV6 5QX", address="1 Foleshill Road", phones=("024 7601 0123",)
    )
)
A_TENTH = 0.1  # seconds of this process, whatever else the machine does


@pytest.fixture(scope="module")
def crowd() -> tuple[MemoryIndex, Model]:
    """10,000 people of one name at one address, with one telephone."""
    people: list[Known] = [replace(ALIKE, id=str(number)) for number in range(10_000)]
    return MemoryIndex(people), among(default_model(), people)


ODD = {
    "one of the crowd": Record("q", "Mohammed", family_name="Khan", postcode="CV6 5QX", address="1 Foleshill Road"),
    "nothing": Record("q"),
    "only a telephone": Record("q", phones=("02476010123",)),
    "one letter": Record("q", given_name="M", family_name="K"),
    "emoji": Record("q", given_name="😀", family_name="👩‍👩‍👧", address="🏠" * 200),
    "right to left": Record("q", full_name="\u202eمحمد خان\u202c"),
    "NUL": Record("q", given_name="Moh\x00ammed", family_name="Kh\x00an", email="a\x00@b", postcode="\x00"),
    "5,000 letters": Record("q", given_name="a" * 5000, family_name="Khan " * 1000, address="x " * 5000, email="a@" * 3000),
    "5,000 marks": Record("q", full_name="a" + "\u0301" * 5000, town="\u200d" * 5000),
    "no such day": Record("q", family_name="Khan", date_of_birth="00/00/1980"),
    "the year 9999": Record("q", family_name="Khan", date_of_birth="9999-12-31"),
    "a hundred aliases": Record("q", aka=tuple(f"Mohammed Khan {n}" for n in range(100))),
    "a hundred telephones": Record("q", phones=tuple(f"07700 900{n:03}" for n in range(100))),
    "digits of another script": Record("q", phones=("٠٧٧٠٠٩٠٠١٢٣",), nhs_number="٩٤٣٤٧٦٥٩١٩", date_of_birth="١٩٩٠-٠٩-٠٢"),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_an_odd_record_is_answered_at_once(crowd: tuple[MemoryIndex, Model], name: str) -> None:
    index, model = crowd
    look_up(ODD[name], index, model=model)  # the first one also fills what is kept at hand
    begun = time.process_time()
    hits = look_up(ODD[name], index, model=model)
    assert time.process_time() - begun < A_TENTH
    assert len(hits) <= 5
    for hit in hits:
        assert hit.match.weight_bits == pytest.approx(sum(hit.match.because.values()))


def test_of_ten_thousand_alike_none_is_said_to_be_the_one(crowd: tuple[MemoryIndex, Model]) -> None:
    index, model = crowd
    hits = look_up(ODD["one of the crowd"], index, model=model)
    assert hits and all(hit.match.weight_bits < model.link_from for hit in hits)

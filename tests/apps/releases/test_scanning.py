"""Free text is looked through for what leads to somebody, however it is written (threat T10)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.releases import scanning
from tests.apps.releases.written import plain, secrets

HOME = scanning.address("Flat 2, 14 Sample Street, Hillfields, Coventry, UPRN 100070123456", ["Coventry"])


def test_recall_on_invented_documents_and_nothing_found_where_nothing_is() -> None:
    """The full count is `make prove`: tests/prove/hidden_places.py."""
    hidden = list(secrets(150, seed=11))
    missed = [one for one, text in hidden if not scanning.find(text, one.known)]
    assert len(missed) <= len(hidden) // 100, [(one.value, one.written) for one in missed]
    assert [one.value for one, text in plain(60, seed=12) if scanning.find(text, one.known)] == []


@pytest.mark.parametrize(
    "written",
    [
        "14 Sample Street",
        "Sample St.",
        "1 4   S a m p l e   S t",
        "fourteen sample str",
        "number 14, on Sample Street",
        "14 Sample, by the shop",
        "in Hillfields somewhere",
        "14 S4mple is wrong but Hillfields is right",
        "100070123456",
        "S-A-M-P-L-E S-T",
        "ｓａｍｐｌｅ ｓｔｒｅｅｔ",
        "14 Sampel St",
        "Sampple Street",
        "Smple str.",
    ],
)
def test_an_address_is_found(written: str) -> None:
    assert scanning.find(f"She is at {written} since May.", HOME)


@pytest.mark.parametrize(
    "written",
    [
        "She lives in Coventry.",
        "Flat 2 is empty.",
        "a sample of 14 calls",
        "Temple Street",
        "the street is long",
        "",
    ],
)
def test_what_leads_nowhere_is_not_found(written: str) -> None:
    assert scanning.find(written, HOME) == []


@pytest.mark.parametrize(
    "written",
    [
        "zero seven seven hundred nine hundred one two three",
        "oh double seven double oh, nine double oh, one two three",
        "+44 7700 900 123",
        "O77OO 9OO123",
        "07700 (that is her mother's) 900123",
        "seven seven double zero nine double zero one twenty-three",
    ],
)
def test_a_number_is_found(written: str) -> None:
    assert [one.kind for one in scanning.find(f"Ring {written}.", scanning.phone("07700 900123"))] == [
        "a telephone number"
    ]


@pytest.mark.parametrize(
    "written", ["CV1 4AA", "c v 1 4 a a", "Charlie Victor one four double alpha", "C for Charlie V as in Victor 1 4AA"]
)
def test_a_postcode_is_found(written: str) -> None:
    assert scanning.find(f"The code is {written}, she said.", scanning.postcode("CV1 4AA"))


def test_it_says_where_it_stands() -> None:
    text = "He asked. Then: fourteen Sample St, at night."
    (found,) = scanning.find(text, HOME)
    assert found.words(text) == "fourteen Sample St" and found.kind == "an address"


def test_a_shape_is_enough_for_the_other_side() -> None:
    text = "Write to WS2 8AB, or x.y@example.org, or ring oh one two one, four nine six, oh one oh one."
    assert {one.kind for one in scanning.shaped(text)} == {"a postcode", "an e-mail address", "a telephone number"}
    assert scanning.shaped("He was seen on 12 May 2026 at 9:30pm, by 3 officers of unit B2.") == []


@settings(max_examples=40)
@given(st.text(max_size=60), st.text(max_size=60))
def test_it_is_found_whatever_stands_around_it(before: str, after: str) -> None:
    assert scanning.find(f"{before}. 14 Sample Street. {after}", HOME)


@settings(max_examples=40)
@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    for one in (*scanning.find(text, HOME), *scanning.shaped(text)):
        assert 0 <= one.start < one.end <= len(text)
    for make in (scanning.address, scanning.postcode, scanning.phone, scanning.email, scanning.place, scanning.name):
        make(text)

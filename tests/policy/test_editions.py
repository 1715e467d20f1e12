"""Two editions of a document beside each other: exactly what was done to a sentence is what is told of it."""

from __future__ import annotations

import random
import textwrap
import time
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.policy import editions
from alongside.policy.citation import build_citation
from alongside.policy.editions import compare, marked, sentences, standings

SYLLABLES = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu", "fe", "gi", "pa", "do"]


def invented(chance: random.Random) -> str:
    """A sentence of 6 to 14 invented words, that nobody has written before."""
    words = ["".join(chance.choices(SYLLABLES, k=4)) for _ in range(chance.randint(6, 14))]
    return f"{' '.join(words).capitalize()}."


def altered(sentence: str, chance: random.Random) -> str:
    """The same with two of its words said otherwise."""
    words = sentence.rstrip(".").split()
    for at in chance.sample(range(1, len(words)), 2):
        words[at] = "".join(chance.choices(SYLLABLES, k=5))
    return f"{' '.join(words)}."


@dataclass
class Edit:
    """A document before and after, and what was done to it."""

    before: list[str]
    after: list[str] = field(default_factory=list)
    stayed: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    changed: list[tuple[str, str]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)


def edit(seed: int, length: int = 60, wrapped: bool = False) -> tuple[Edit, str, str]:
    """A synthetic document edited at random: sentences dropped, changed, put in, and one moved to the far end."""
    chance = random.Random(seed)  # noqa: S311 - invents text
    done = Edit([invented(chance) for _ in range(length)])
    moving = chance.choice(done.before[: length // 3])
    for sentence in done.before:
        act = "move" if sentence == moving else chance.choice(["stay"] * 6 + ["drop", "change", "put in"])
        if act == "drop":
            done.gone.append(sentence)
            continue
        if act == "move":
            done.moved.append(sentence)
            continue
        if act == "change":
            said = altered(sentence, chance)
            done.changed.append((sentence, said))
            done.after.append(said)
            continue
        if act == "put in":
            done.new.append(invented(chance))
            done.after.append(done.new[-1])
        done.stayed.append(sentence)
        done.after.append(sentence)
    done.after.append(moving)
    broken = "\n".join(textwrap.wrap(" ".join(done.after), 70)) if wrapped else "\n".join(done.after)
    return done, "\n".join(done.before), broken


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 2**32), st.booleans())
def test_what_was_done_is_what_is_told(seed: int, wrapped: bool) -> None:
    done, before, after = edit(seed, wrapped=wrapped)
    found = compare(before, after)
    assert [pair.before.text for pair in found.stayed] == done.stayed
    assert [pair.before.text for pair in found.moved] == done.moved
    assert [(pair.before.text, pair.after.text) for pair in found.changed] == done.changed
    assert [one.text for one in found.gone] == done.gone
    assert [one.text for one in found.new] == done.new


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.booleans())
def test_every_citation_is_followed(seed: int, wrapped: bool) -> None:
    done, before, after = edit(seed, wrapped=wrapped)
    cites = {said: build_citation(before, line, said) for line, said in enumerate(done.before, 1)}
    now = {one.id: one for one in standings(cites, [after, before])}
    changed = dict(done.changed)
    for said, one in now.items():
        expected = (
            "changed"
            if said in changed
            else "gone"
            if said in done.gone
            else "moved"
            if said in done.moved
            else "found"
        )
        assert (one.state, one.after) == (expected, changed.get(said, "" if expected == "gone" else said))
        if expected in ("changed", "gone"):
            assert one.first == one.before == said


def test_nothing_done_is_nothing_told() -> None:
    _, before, _ = edit(1)
    found = compare(before, before)
    assert (found.moved, found.changed, found.gone, found.new) == ((), (), (), ())
    assert len(found.stayed) == 60


def test_without_an_earlier_copy_a_sentence_is_only_not_found() -> None:
    cite = build_citation("One is rung first.", 1, "One is rung first.")
    assert [one.state for one in standings({"r": cite}, ["Nobody is rung."])] == ["missing"]


def test_a_sentence_is_followed_from_copy_to_copy() -> None:
    first, second, third = (
        f"They ring the duty line within {hours} hours of hearing of it.\nNobody waits alone." for hours in (4, 6, 8)
    )
    said = first.split("\n")[0]
    cite = {"r": build_citation(first, 1, said)}
    [one] = standings(cite, [third, second, first])
    assert (one.state, one.first, one.before, one.after) == (
        "changed",
        said,
        second.split("\n")[0],
        third.split("\n")[0],
    )
    assert [one.state for one in standings(cite, [first, third, second, first])] == ["found"]
    [back] = standings(cite, [third, "Nobody waits alone.", first])
    assert (back.state, back.after) == ("changed", third.split("\n")[0])


def test_part_of_a_sentence_is_followed_to_the_whole() -> None:
    first = "Where a child is harmed, they ring the duty line at once and write it down the same day."
    second = first.replace("at once", "within the hour")
    cite = {"r": build_citation(first, 1, "they ring the duty line at once")}
    [one] = standings(cite, [second, first])
    assert (one.state, one.after) == ("changed", second)


def test_an_entry_of_a_list_that_went_is_not_found_in_other_words() -> None:
    first = "Kinds of harm are:\n- physical\n- economic\nThey speak of physical harm at length elsewhere, and of nothing else."
    cite = {"r": build_citation(first, 2, "physical")}
    assert [one.state for one in standings(cite, [first.replace("- physical\n", ""), first])] == ["gone"]


def test_words_that_differ_are_marked() -> None:
    before, after = marked("They ring within four hours.", "They ring the duty line within six hours.")
    assert before == [("They ring", False), ("within", False), ("four", True), ("hours.", False)]
    assert [part for part in after if part[1]] == [("the duty line", True), ("six", True)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One is rung. Two wait, e.g. Anna.", ["One is rung.", "Two wait, e.g. Anna."]),
        ("# A heading\n\nOne waits.", ["A heading", "One waits."]),
        ("- one\n- two", ["one", "two"]),
        ("", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [one.text for one in sentences(text)] == parts


def test_a_long_document_takes_seconds() -> None:
    done, before, after = edit(7, length=10_000)
    began = time.perf_counter()
    assert len(compare(before, after).changed) == len(done.changed) > 500
    assert time.perf_counter() - began < 20


def test_the_mark_of_likeness_is_half() -> None:
    assert editions.ALIKE == 0.5
    old, new = "Alpha beta gamma delta here.", "Alpha beta gamma other words."
    assert [round(pair.likeness, 1) for pair in compare(old, new).changed] == [0.6]
    assert compare(old, "Alpha beta entirely other words.").changed == ()

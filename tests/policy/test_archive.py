"""Rules kept as text decide as they did, years later, by themselves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.policy import Library, Outcome, Places, PolicyError, Value
from alongside.policy.archive import restore, texts
from alongside.policy.joint import Rulebook
from alongside.policy.loader import canonical, canonical_text
from alongside.policy.rules import Timer
from alongside.policy.vocabulary import Fact
from tests.policy import small

ON = date(2026, 11, 30)
PLACES = Places("coventry", "stoke-on-trent", "birmingham")


def again(book: Rulebook) -> Rulebook:
    return restore(book.hash, dict(texts(book)).get)


def value(fact: Fact, data: st.DataObject) -> Value:
    match fact.type:
        case "boolean":
            return data.draw(st.sampled_from([True, False, None]))
        case "integer":
            return data.draw(st.one_of(st.none(), st.integers(*(fact.range or (0, 50)))))  # type: ignore[arg-type]
        case "word":
            return data.draw(st.sampled_from([*fact.words, None]))
    return None


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_they_decide_as_they_did(library: Library, data: st.DataObject) -> None:
    facts = {name: value(fact, data) for name, fact in library.vocabulary.items() if fact.kind == "observed"}
    for book in (
        library.pack("coventry", ON, adopted={"marac_ticks": 12, "marac_criteria": ["ticks"]}),
        library.joint(PLACES, ON, adopted={"birmingham": {"marac_ticks": 10}}),
    ):
        assert again(book).outcomes(facts) == book.outcomes(facts)


def test_they_keep_their_hash_their_rules_and_what_the_facts_are(library: Library) -> None:
    for book in (library.pack("staffordshire", ON), library.joint(PLACES, ON, adopted={})):
        kept = again(book)
        assert kept.hash == book.hash
        assert [rule.id for rule in kept.rules] == [rule.id for rule in book.rules]
        assert kept.vocabulary == book.vocabulary
        assert [kept.facts_of(rule.id) for rule in kept.rules] == [book.facts_of(rule.id) for rule in book.rules]
        assert [rule.timer for rule in kept.rules] == [rule.timer for rule in book.rules]


def test_a_field_left_at_its_default_changes_no_hash() -> None:
    plain = small.pack(small.rule("a"))
    assert plain.hash == small.pack(small.rule("a", weakens=None, yields_to=())).hash
    assert plain.hash != small.pack(small.rule("a", yields_to=("x",))).hash


def test_rules_that_are_not_kept_or_not_as_they_were_decide_nothing(library: Library) -> None:
    book = library.joint(PLACES, ON, adopted={"birmingham": {"marac_ticks": 10}})
    kept = dict(texts(book))
    assert len(kept) == 4
    with pytest.raises(PolicyError, match="are not kept"):
        restore("0" * 64, kept.get)
    for mark in kept:
        with pytest.raises(PolicyError, match="not as they were kept"):
            restore(book.hash, (kept | {mark: kept[mark].replace("12", "13", 1)}).get)
    part = next(mark for mark in kept if mark != book.hash)
    with pytest.raises(PolicyError, match="are not kept"):
        restore(book.hash, {mark: text for mark, text in kept.items() if mark != part}.get)


def test_what_a_later_release_has_no_field_for_is_passed_over() -> None:
    pack = small.pack(small.rule("a", timer=Timer("b", limit_hours=2)))
    said = pack.content
    said["rules"][0] |= {"colour": "red"}
    said["vocabulary"]["a"] |= {"colour": "red"}
    said["vocabulary"]["x"] = {"name": "x", "type": "number", "range": [Decimal("0.5"), 2]}
    kept = restore(canonical(said), lambda _: canonical_text(said))
    assert kept.outcomes({"a": True}) == {"r": Outcome.FIRES}
    assert kept.vocabulary["x"] == Fact("x", "number", range=(Decimal("0.5"), 2))
    assert kept.rules[0].timer == Timer("b", limit_hours=2)

"""A case of several rows, in several places, comes out as it does when it is decided alone; a file gives back what it was given."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.policy import Library, Outcome, Places, PolicyError, Value
from alongside.policy.population import CASE, DECIDED, LEVELS, Decided, schema, table
from alongside.policy.regime import across, alone
from alongside.policy.replay import compare
from alongside.policy.reproducing import as_book, books, reproduce
from alongside.policy.store import read, write
from alongside.policy.tree import Node
from tests.policy import small

ON = date(2026, 3, 2)
frames_ = st.lists(small.facts, min_size=1, max_size=3)


def joined(outcomes: list[Outcome]) -> Outcome:
    """What a case comes to, written out by hand."""
    for one in (Outcome.FIRES, Outcome.CANNOT_DECIDE):
        if one in outcomes:
            return one
    return Outcome.DOES_NOT_FIRE


def case(places: Places, frames: list[dict[str, Value]], pack: str = "", **outcomes: Outcome) -> Decided:
    return Decided(places, ON, ON, pack, frames, outcomes)


@settings(max_examples=150, deadline=None)
@given(small.trees, small.trees, st.lists(frames_, min_size=1, max_size=4))
def test_the_rows_of_a_case_are_joined(was: Node, is_: Node, cases: list[list[dict[str, Value]]]) -> None:
    before, after = small.pack(was.text, "a"), small.pack(is_.text, "b AND n > 2")
    here = Places("here", "here", "here")
    frame = table([case(here, frames) for frames in cases], 1, schema(small.VOCABULARY, [])).lazy()
    wanted: Counter[tuple[str, str, str]] = Counter()
    for frames in cases:
        for rule in ("r0", "r1"):
            old, new = (joined([pack.outcomes(one)[rule] for one in frames]) for pack in (before, after))
            wanted.update([(rule, old, new)] if old != new else [])
    found = compare(alone(before), alone(after), frame, case=CASE)
    assert {tuple(row[:3]): row[3] for row in found.rows()} == dict(wanted)


AREAS = ("stoke-on-trent", "coventry", "walsall")
places_ = st.builds(Places, *[st.sampled_from(AREAS)] * 3)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_case_in_several_places_is_decided_by_each_rule_s_own(library: Library, data: st.DataObject) -> None:
    """One area adopts ten ticks: exactly the cases whose MARAC is there change, and the counts stand under that area."""
    told = st.fixed_dictionaries(
        {"dash_yes_count": st.integers(8, 16), "police_risk_high": st.sampled_from([True, None])}
    )
    cases = data.draw(st.lists(st.tuples(places_, st.lists(told, min_size=1, max_size=2)), min_size=1, max_size=5))
    area = data.draw(st.sampled_from(AREAS))
    frame = table([case(*one) for one in cases], 1, schema(library.vocabulary, [])).lazy()
    regimes = [
        across({one: library.pack(one, ON, adopted=chosen.get(one)) for one in AREAS}, library.follows)
        for chosen in ({}, {area: {"marac_ticks": 10}})
    ]
    wanted: Counter[tuple[str, ...]] = Counter()
    for places, frames in cases:
        old, new = (library.joint(places, ON, adopted=chosen) for chosen in ({}, {area: {"marac_ticks": 10}}))
        for rule in old.rules:
            was, is_ = (joined([book.outcomes(one)[rule.id] for one in frames]) for book in (old, new))
            if was != is_:
                wanted[rule.id, places.of(library.follows(rule)), was, is_] += 1
    found = compare(*regimes, frame, by=["area"], case=CASE)
    assert {tuple(row[:4]): row[4] for row in found.rows()} == dict(wanted)


@pytest.fixture
def stored(library: Library, tmp_path: Path) -> Path:
    """Two cases decided in two areas at once, one of them with two children."""
    places = Places("coventry", "coventry", "walsall")
    adopted = {"walsall": {"marac_ticks": 10}}
    book = library.joint(places, ON, adopted=adopted)
    told: list[list[dict[str, Value]]] = [
        [{"abuse_incident": True, "child_experienced_incident": one, "dash_yes_count": 11} for one in (True, None)],
        [{"abuse_incident": False}],
    ]
    held = [
        case(places, frames, book.hash, **{
            rule.id: joined([book.outcomes(one)[rule.id] for one in frames]) for rule in book.rules
        })
        for frames in told
    ]  # fmt: skip
    kinds = schema(library.vocabulary, alone(book).rules)
    out = tmp_path / "cases.parquet"
    write(
        out,
        [table([one], number, kinds) for number, one in enumerate(held, 1)],
        lambda: {"books": {book.hash: as_book(places, ON, adopted)}},
    )
    return out


def test_replaying_gives_what_was_decided(library: Library, stored: Path) -> None:
    held = read(stored, library.vocabulary)
    assert held.notes == ()
    found = reproduce(held.frame, held.decided, books(library, held.about["books"]))
    assert (found.cases, found.differing, found.unchecked) == (2, {}, 0)
    assert found.decisions == 2 * len(held.decided)


def test_what_was_decided_otherwise_is_counted(library: Library, stored: Path) -> None:
    held = read(stored, library.vocabulary)
    column = DECIDED + "wm-marac-14-ticks"
    other = held.frame.with_columns(pl.lit("cannot-decide").cast(pl.Enum([str(one) for one in LEVELS])).alias(column))
    found = reproduce(other, held.decided, books(library, held.about["books"]))
    assert found.differing == {"wm-marac-14-ticks": 1}  # of the case with no count at all it is true


def test_cases_of_rules_not_here_are_counted_apart(library: Library, stored: Path) -> None:
    held = read(stored, library.vocabulary)
    said = {"0" * 64: next(iter(held.about["books"].values()))}
    assert books(library, said) == {}
    found = reproduce(held.frame, held.decided, {})
    assert (found.cases, found.unchecked) == (0, 2)


def test_a_file_is_its_owners_alone_and_leaves_nothing_beside(stored: Path) -> None:
    assert stored.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in stored.parent.iterdir()] == ["cases.parquet"]


def test_a_fact_of_another_name_or_type_is_said_once_and_not_known(library: Library, stored: Path) -> None:
    frame = pl.read_parquet(stored)
    frame = frame.rename({"dash_yes_count": "dash_yes_counts"}).with_columns(abuse_incident=pl.lit("yes"))
    frame.drop("victim_area").write_parquet(stored)
    held = read(stored, library.vocabulary)
    assert [note.split(":")[0] for note in held.notes] == [
        "The file has no column victim_area",
        "The file has no column for these facts, which are therefore not known",
        "These columns are no facts of the vocabulary, and are not used",
        "These facts are of another type now, and are therefore not known",
    ]
    assert "dash_yes_counts (did you mean dash_yes_count?)" in held.notes[2]
    book = library.pack("walsall", ON)
    assert (
        held.frame.select(alone(book).truth("wm-marac-14-ticks", held.frame.collect_schema().names()))
        .collect()
        .to_series()
        .to_list()
        == [None] * 3
    )


@pytest.mark.parametrize(("text", "told"), [(b"not parquet", "cannot be read as Parquet"), (None, "cannot be read")])
def test_what_is_no_population_is_refused(library: Library, tmp_path: Path, text: bytes | None, told: str) -> None:
    path = tmp_path / "x.parquet"
    if text is not None:
        path.write_bytes(text)
    with pytest.raises(PolicyError, match=told):
        read(path, library.vocabulary)
    pl.DataFrame({"n": [1]}).write_parquet(path)
    with pytest.raises(PolicyError, match="no population: it has no column case"):
        read(path, library.vocabulary)

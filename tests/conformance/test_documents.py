"""The shipped packs against the documents themselves: run by `make conformance`, never by `make test`.

DOCUMENTS names the folder that holds them. Nothing of them is kept: they are read, compared, and forgotten.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path

import pytest

from alongside.policy.citation import Document, normalise
from alongside.policy.editions import standings
from alongside.procedures import queries
from tests.spec.shelf import ROOT, Table, cited, ids, rules

# A folder is recognised by the edition in the names of its files.
FILES = {"staffordshire-2019": "*staffordshire*2019*", "west-midlands-2.24": "*west-midlands*2.24*"}
# Of these no rule cites a sentence; rows of coverage do.
OTHERS = {"000": "000-*", "001": "001-*", "003": "003-*"}
LONGEST_SHARED = 7
TOLD = tuple(rules())
CITED = tuple(cited())  # the rest are law and practice since, and have no sentence here


@lru_cache
def folder() -> Path:
    """The folder named by DOCUMENTS; fails when none is given, so that the check is never left out silently."""
    named = os.environ.get("DOCUMENTS")
    if not named:
        pytest.fail("DOCUMENTS is not set: give the folder that holds the documents, DOCUMENTS=FOLDER make conformance")
    held = Path(named)
    if not held.is_dir():
        pytest.fail(f"DOCUMENTS: {named} is not a folder")
    return held


@lru_cache
def text(code: str) -> str:
    """The text of one document."""
    pattern = (FILES | OTHERS)[code]
    found = sorted(folder().glob(pattern))
    if len(found) != 1:
        pytest.fail(f"{code}: one file {pattern} is needed in the folder, found {len(found)}")
    return found[0].read_text(encoding="utf-8")


@lru_cache
def document(code: str) -> Document:
    """The document, normalised once."""
    return Document(text(code))


def words(sentence: str) -> list[str]:
    """Its words, lower case, without marks."""
    return re.findall(r"[\w']+", normalise(sentence).lower())


@lru_cache
def runs() -> frozenset[tuple[str, ...]]:
    """Every run of words of any document that is one longer than may be shared."""
    length = LONGEST_SHARED + 1
    return frozenset(
        tuple(said[at : at + length])
        for said in (words(text(code)) for code in FILES | OTHERS)
        for at in range(len(said) - length + 1)
    )


def shared(sentence: str) -> list[str]:
    """The runs of words that a sentence of ours shares with a document."""
    said, length = words(sentence), LONGEST_SHARED + 1
    return [" ".join(run) for at in range(len(said) - length + 1) if (run := tuple(said[at : at + length])) in runs()]


@pytest.mark.parametrize("rule", CITED, ids=ids(CITED))
def test_a_citation_is_found_at_its_place(rule: Table) -> None:
    place = document(rule["cite"]["document"]).find(rule["cite"])
    assert place.state == "found", f"{place.state}: line {place.line}"


@pytest.mark.parametrize("rule", TOLD, ids=ids(TOLD))
def test_a_gist_is_in_our_own_words(rule: Table) -> None:
    assert [run for said in (rule["gist"], rule.get("why_reaches", "")) for run in shared(said)] == []


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.toml")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_pack_holds_a_sentence_of_a_document(path: Path) -> None:
    # A heading names a place, and `by` is the time in the text's own words, which the contract asks for.
    said = re.sub(r'(section|by) = "[^"]*"', "", path.read_text(encoding="utf-8"))
    quoted = re.findall(r'"((?:[^"\\\n]|\\.)*)"', said)
    assert [run for one in quoted for run in shared(one)] == []


def test_all_352_citations_are_looked_for() -> None:
    assert folder()
    assert len(CITED) == 352


@pytest.mark.parametrize("code", [*FILES, *OTHERS])
def test_every_sentence_of_coverage_is_found_at_its_place(code: str) -> None:
    cites = queries.cites_of(code)
    assert len(cites) > 50
    assert [one.id for one in standings(cites, [text(code)]) if one.state != "found"] == []


@pytest.mark.parametrize("code", FILES)
def test_an_edition_with_five_sentences_altered_flags_exactly_those(code: str) -> None:
    """Rules that cite one sentence, or parts of one, are flagged together: what is altered is the text of five rules."""
    cites = {id_: cite for id_, cite in queries.cites_of(code).items() if id_ in queries.rules()}
    said = {id_: document(code).find(cite).sentence for id_, cite in cites.items()}
    lines = [normalise(line) for line in text(code).split("\n")]
    within = [id_ for id_ in said if len(said[id_]) > 60 and said[id_] in lines[int(cites[id_]["line"]) - 1]]
    chosen = within[:: len(within) // 5][:5]
    assert len(chosen) == 5
    for id_ in chosen:
        line = int(cites[id_]["line"]) - 1
        first, _, rest = said[id_].partition(" ")
        lines[line] = lines[line].replace(said[id_], f"{first} quite otherwise {rest}")
    altered = "\n".join(lines)
    gone = {id_ for id_ in cites if said[id_] not in Document(altered).text}
    assert set(chosen) <= gone
    told = {one.id: one.state for one in standings(cites, [altered, text(code)])}
    assert {id_ for id_, state in told.items() if state != "found"} == gone
    assert {told[id_] for id_ in chosen} == {"changed"}

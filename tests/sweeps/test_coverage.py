"""Every sentence of the documents has its place, every place is there, and every row has its sentence.

The sentences are known by the lists of `packs/coverage/atoms`: id, document and line of each, and no word of any.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache

from alongside.config.env import SETTINGS
from alongside.procedures import places, queries, ways_back
from alongside.procedures.coverage import Atom, read_coverage
from tests.sweeps.source import ROOT

PACKS = ROOT / "packs"
LISTS = sorted((PACKS / "coverage" / "atoms").glob("*.csv"))


@cache
def rows() -> dict[str, Atom]:
    """The rows of the map; never empty."""
    found, faults = read_coverage(PACKS)
    assert faults == []
    assert len(found) > 300, "the sweep has lost the rows"
    return {atom.id: atom for atom in found}


@cache
def catalogued() -> dict[str, dict[str, str]]:
    """The sentences that there are, by id; never empty."""
    listed = [row for path in LISTS for row in csv.DictReader(path.open(encoding="utf-8", newline=""))]
    assert len(listed) >= 690, "the sweep has lost the sentences"
    assert [id_ for id_, times in Counter(row["id"] for row in listed).items() if times > 1] == []
    return {row["id"]: row for row in listed}


def test_every_sentence_has_its_place() -> None:
    assert sorted(catalogued().keys() - rows().keys() - queries.rules().keys()) == []


def test_every_row_has_its_sentence() -> None:
    assert sorted(rows().keys() - catalogued().keys()) == []


def test_a_sentence_with_a_rule_needs_no_row() -> None:
    assert sorted(rows().keys() & queries.rules().keys()) == []


def test_every_row_names_the_line_of_its_sentence() -> None:
    wrong = [
        f"{atom.id}: {atom.document} line {atom.line}"
        for atom in rows().values()
        if (atom.document, str(atom.line)) != (catalogued()[atom.id]["document"], catalogued()[atom.id]["line"])
    ]
    assert wrong == []


def test_every_place_is_there() -> None:
    named = {place: atom.id for atom in rows().values() for place in atom.places}
    assert len(named) > 50, "the sweep has lost the places"
    assert [f"{id_}: {place}" for place, id_ in named.items() if not is_there(place)] == []


def is_there(place: str) -> bool:
    """Whether there is such a place; only settings and documents are not known to the product itself."""
    kind, _, name = place.partition(":")
    if kind == "setting":
        return name in {setting.name for setting in SETTINGS}
    if kind == "document":
        listed = {row["document"] for row in catalogued().values()}
        return (ROOT / name).is_file() if name.startswith("docs/") else name in listed
    return bool(places.words(place))


def test_what_is_not_there_is_seen() -> None:
    for place in ("setting:ALONGSIDE_SONG", "document:song", "document:docs/song.md", "fact:song", "page:cases:song"):
        assert not is_there(place)


def test_no_gist_is_kept_twice_in_a_row_of_its_own_list() -> None:
    """Two entries of one list that say the same are one of them copied, and not put in words."""
    said = Counter((atom.id.rpartition("-")[0], atom.gist) for atom in rows().values())
    assert [pair for pair, times in said.items() if times > 1] == []


def test_no_fact_asks_for_sex_or_ethnicity() -> None:
    """The documents say that anybody can be harmed; a rule can only ask what the vocabulary holds."""
    names = {word for name in queries.library().vocabulary for word in name.split("_")}
    assert len(names) > 100
    assert not names & {"sex", "gender", "ethnicity", "race", "religion", "female", "male"}


def test_every_place_leads_back_to_its_sentence() -> None:
    """A rule, a local choice and a document on their own pages; every other from the pages it is on."""
    led = {place for route in ways_back.BEHIND for atom in ways_back.behind(route) for place in atom.places}
    named = {place for atom in rows().values() for place in atom.places}
    assert sorted(place for place in named - led if place.partition(":")[0] not in (*ways_back.OWN_PAGES, "page")) == []
    assert [place for place in named if place.startswith("page:") and not ways_back.link(place[5:])] == []


def test_every_page_that_leads_back_is_there_and_leads_somewhere() -> None:
    assert [route for route in ways_back.BEHIND if not places.words(f"page:{route}")] == []
    assert [route for route in ways_back.BEHIND if not ways_back.behind(route)] == []
    begins = {begin for many in ways_back.BEHIND.values() for begin in many} - {
        "team:"
    }  # no sentence rests on a team yet
    assert [begin for begin in begins if not any(place.startswith(begin) for place in queries.honoured())] == []


def test_every_sentence_without_a_rule_has_its_hash() -> None:
    assert [id_ for id_ in rows() if len(catalogued()[id_]["sha256"]) != 64] == []
    assert [id_ for id_ in queries.rules() if catalogued().get(id_, {}).get("sha256")] == []


def test_every_page_that_counts_with_a_local_choice_is_there() -> None:
    named = {one.page for one in queries.library().declared.values() if one.page}
    assert named
    assert [page for page in named if not places.words(f"page:{page}")] == []

"""The benchmark of linkage does not rot: everything in it that runs in our own environment, on few people. No time is looked at."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from alongside.linkage import MemoryIndex, default_model, keys, look_up, normalise
from alongside.linkage.frequencies import among, among_all
from alongside.linkage.tables import read_people
from bench import linkage as bench
from bench.asking import ask, four
from bench.key_tables import KeyTable, build, key_table
from bench.linkage_batch import accuracy
from bench.linkage_lookup import _right
from bench.linkage_report import linkage, linkage_bars
from bench.people.make_people import make
from bench.people.parts import Parts, make_parts
from bench.splink_lookup import between, compare
from bench.trigrams import WAYS, trigrams
from tests.postgres import cluster

SIZE, PART, ASKED = 1_500, 800, 60


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    return make_parts(SIZE, 5, ASKED, tmp_path_factory.mktemp("parts"), part=PART)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with cluster() as url:
        yield url


@pytest.fixture(scope="module")
def tables(parts: Parts, postgres: str) -> dict[str, KeyTable]:
    addresses = {"SQLite": str(parts.folders[0] / "keys.db"), "PostgreSQL": postgres}
    for address in addresses.values():
        build(address, parts)
    return {name: key_table(address) for name, address in addresses.items()}


def test_parts_are_of_one_population(parts: Parts) -> None:
    people = parts.people("id", "entity", "household")
    assert people["id"].to_list() == [f"p{number}" for number in range(SIZE)]
    first, second = (set(people["entity"][part]) for part in (slice(0, PART), slice(PART, SIZE)))
    assert first
    assert second
    assert not first & second
    records, queries = parts.queries()
    assert (len(records), queries.height) == (ASKED, ASKED)
    assert set(queries.filter(kind="known")["entity"]) <= set(people["entity"])


def test_nobody_has_the_telephone_or_e_mail_of_another_part(parts: Parts) -> None:
    people = parts.people("phone", "email")
    for column in ("phone", "email"):
        first, second = (set(people[column][part].drop_nulls()) for part in (slice(0, PART), slice(PART, SIZE)))
        assert len(second) > 100
        assert not first & second


def test_the_first_part_is_what_the_generator_makes(parts: Parts) -> None:
    made, _ = make(PART, 5, queries=ASKED // 2)
    assert parts.people("id", "entity", "household").head(PART).rows() == [
        (row["id"], row["entity"], row["household"]) for row in made
    ]


def test_both_databases_answer_as_an_index_in_memory_does(parts: Parts, tables: dict[str, KeyTable]) -> None:
    stored = (record for folder in parts.folders for record in read_people(folder / "people.parquet").records)
    # Equals come in the order of their ids, which as text must be that of the numbers.
    people = [normalise(replace(record, id=f"{number:06}")) for number, record in enumerate(stored)]
    index, model = MemoryIndex(people), among(default_model(), people)
    told = among_all(default_model(), parts.counted())
    assert told.frequencies == model.frequencies
    records, queries = parts.queries()
    expected = [[(hit.id, hit.match.weight_bits) for hit in look_up(record, index, model=model)] for record in records]
    assert sum(map(len, expected)) > ASKED
    hashes = [key.hash for record in records[:9] for key in keys(normalise(record))]
    for name, table in tables.items():
        held = {one: [f"{id_:06}" for id_ in ids] for one, ids in table.fetch(hashes, 2)}
        assert held == dict(index.fetch(hashes, 2)), name
        _, hits = ask(table, told, records)
        assert [[(f"{hit.id:06}", hit.match.weight_bits) for hit in found] for found in hits] == expected, name
        right = _right(parts, queries, hits)
        assert right["recall"] > 0.9
        assert right["known"] == ASKED // 2


@pytest.mark.slow
def test_four_clients_ask_at_once(parts: Parts, tables: dict[str, KeyTable], postgres: str, tmp_path: Path) -> None:
    assert tables
    records, _ = parts.queries()
    found = four(postgres, default_model(), records[:5], tmp_path)
    assert found["clients"] == 4
    assert found["rate"] > 0


@pytest.mark.slow
def test_splink_gives_our_candidates_our_scores(parts: Parts, tables: dict[str, KeyTable]) -> None:
    records, _ = parts.queries()
    found = compare(tables["SQLite"], among_all(default_model(), parts.counted()), records[:5])
    assert found["queries"] == 5
    assert found["pairs"] > 20
    assert found["apart"] < 1e-6


@pytest.mark.slow
def test_splinks_own_blocking_finds_people(parts: Parts) -> None:
    _, queries = parts.queries()
    found = between(parts, queries.filter(kind="known").head(5))
    assert found["queries"] == 5
    assert 0.5 < found["recall"] <= 1


def test_trigrams_find_people_either_way(parts: Parts, tables: dict[str, KeyTable], postgres: str) -> None:
    assert tables
    _, queries = parts.queries()
    found = trigrams(postgres, parts, queries.filter(kind="known"))
    assert found["ways"].keys() == WAYS.keys()
    assert 0.5 < found["ways"]["names"]["recall"] <= found["ways"]["and more"]["recall"] <= 1


def test_accuracy_counts_the_pairs_never_compared(tmp_path: Path) -> None:
    truth = pl.DataFrame({"id": list("abcde"), "entity": ["1", "1", "1", "2", "2"]})  # four pairs of one person
    (tmp_path / "pairs.csv").write_text("id_l,id_r,weight,probability\na,b,9,1\na,d,5,1\nd,e,2,0.8\n")
    found = accuracy(tmp_path / "pairs.csv", truth, 3.0)
    assert (found["compared"], found["blocking"], found["precision"], found["recall"]) == (3, 0.5, 0.5, 0.25)
    assert found["best"] == pytest.approx(4 / 7, abs=1e-4)


def test_no_run_deletes_what_another_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "STEPS", {step: lambda size, folder: {"was": size} for step in ("batch", "lookup")})
    for step, size in (("lookup", 10_000_000), ("lookup", 1_000_000), ("batch", 1_000_000), ("lookup", 1_000_000)):
        bench.keep(step, size, tmp_path)
    there = bench.kept_at_other_sizes(tmp_path)
    assert [one["was"] for one in there["lookup"]] == [1_000_000, 10_000_000]
    assert [one["was"] for one in there["batch"]] == [1_000_000]
    assert all("commit" in one["machine"] for several in there.values() for one in several)


TIMES = {"p50": 1.0, "p95": 2.0, "p99": 3.0}


def looked(p50: float) -> dict[str, Any]:
    """What a look-up measures, with our p50 in ms."""
    ours = {
        **dict.fromkeys(("queries", "known", "in_known_homes"), 9),
        "recall": 0.97,
        "taken_for_known": 0.02,
        "recall_beside": {"Splink": 0.97, "pg_trgm": 0.95},
        "alone": {**TIMES, "p50": p50},
        "four": {**TIMES, "rate": 9, "clients": 4},
        "built": dict.fromkeys(("keys", "persons", "keys_mb", "persons_mb"), 1.0),
    }
    ways = {
        name: {**TIMES, "p50": 20.0, "recall": recall, "queries": 5}
        for name, recall in (("names", 0.92), ("and more", 0.9))
    }
    return {
        "alongside": {"ready": 1.0, "SQLite": ours, "PostgreSQL": ours},
        "pg_trgm": {"built": 1.0, "megabytes": 1, "ways": ways},
        "predict_between": {**TIMES, "p50": 300.0, "recall": 0.85, "queries": 5},
        "compare_records": {**TIMES, "p50": 60.0, "queries": 5, "pairs": 90, "apart": 1e-12},
    }


@pytest.fixture
def found() -> dict[str, Any]:
    row = dict.fromkeys(("seconds", "processor", "megabytes", "compared", "blocking", "precision", "recall"), 1)
    ours, theirs = {**row, "f1": 0.9, "best": 0.9}, {**row, "f1": 0.5, "best": 0.89}
    pair = {"alongside": ours, "Splink": theirs}
    return {
        "size": 1_000,
        "batch": pair,
        "lookup": looked(1.0),
        "public": {"febrl3": pair, "febrl4": pair, "invented": None},
    }


def test_the_report_tells_each_bar(found: dict[str, Any]) -> None:
    told = {what: met for what, _, _, met in linkage_bars(found)}
    assert list(told.values()) == [
        *("met", "met", "**not met**"),  # of a file
        *("met", "met", "met", "met"),  # beside Splink
        *("met", "**not met**", "met", "met"),  # beside trigrams
        *("", "**not met**", "met"),  # 10 million not measured; strangers; FEBRL
    ]
    text = "\n".join(linkage(found))
    assert "| Splink's predict_between | 300.0" in text
    assert "were not on this machine" in text


def test_the_report_tells_of_other_sizes_beside_the_usual_one(found: dict[str, Any]) -> None:
    machine = {"date": "30 November 2026"}
    larger = [{**looked(p50), "size": size, "machine": machine} for p50, size in ((2.0, 1_000_000), (14.0, 10_000_000))]
    del larger[1]["predict_between"], larger[1]["compare_records"]
    told = json.loads(json.dumps({**found, "other_sizes": {"batch": [], "lookup": larger}}))
    told["public"]["invented"] = {"queries": 1_380, "recall": 0.9877}
    bars = {what: (value, met) for what, _, value, met in linkage_bars(told)}
    assert bars["look-up, p50 among 10,000,000 over p50 among 1,000,000, SQLite"] == ("7.0 ×", "**not met**")
    assert [value for what, (value, _) in bars.items() if "among 1,000,000, p50" in what] == [
        "150.0 ×",
        "30.0 ×",
        "10.0 ×",
        "10.0 ×",
    ]
    text = "\n".join(linkage(told))
    for size in ("1,000", "1,000,000", "10,000,000"):
        assert f"### One person among {size}\n" in text
    assert "Measured apart, lookup at 1,000,000: date: 30 November 2026." in text
    assert "98.77%" in text

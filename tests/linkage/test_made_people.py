"""The generator of people, and what the benchmark of linkage makes of pairs and of its numbers."""

from collections import Counter, defaultdict
from pathlib import Path

import polars as pl
import pytest

from alongside.linkage import MemoryIndex, keys, normalise
from alongside.linkage.tables import read_people
from bench.linkage import KeyTable, accuracy
from bench.linkage_report import linkage, linkage_bars
from bench.people.make_people import make, write


def test_the_same_seed_makes_the_same_people_of_any_number() -> None:
    assert make(500, 3) == make(500, 3) != make(500, 4)
    people, queries = make(500, 3, queries=40)
    assert (len(people), len(queries)) == (500, 40)
    assert len({row["id"] for row in people}) == 500


def test_queries_say_whether_they_are_known() -> None:
    people, queries = make(3_000, 3)
    known, homes = ({row[name] for row in people} for name in ("entity", "household"))
    assert Counter(row["kind"] for row in queries).keys() == {"known", "household", "stranger"}
    for row in queries:
        assert (row["entity"] in known) == (row["kind"] == "known")
    at_home = [row["household"] in homes for row in queries if row["kind"] == "household"]
    assert sum(at_home) > 0.9 * len(at_home)


def test_there_are_twins_and_sons_of_their_fathers_name() -> None:
    people, _ = make(20_000, 3)
    of_home = defaultdict(dict)
    for row in people:
        of_home[row["household"]][row["entity"]] = row
    days = [[row["date_of_birth"] for row in home.values() if row["date_of_birth"]] for home in of_home.values()]
    assert sum(len(set(home)) < len(home) for home in days) > 10
    men = [
        [(row["given_name"], row["family_name"]) for row in home.values() if row["sex"] == "m" and row["given_name"]]
        for home in of_home.values()
    ]
    assert sum(len(set(home)) < len(home) for home in men) > 5


def test_the_key_table_fetches_what_an_index_in_memory_does(tmp_path: Path) -> None:
    people, queries = make(400, 3, queries=5)
    write(people, queries, tmp_path)
    known = [normalise(record) for record in read_people(tmp_path / "people.parquet").records]
    table, index = KeyTable(tmp_path / "keys.db", known), MemoryIndex(known)
    hashes = [key.hash for key in keys(known[0])]
    assert set(table.fetch(hashes, 500)) == set(index.fetch(hashes, 500))


def test_accuracy_counts_the_pairs_never_compared(tmp_path: Path) -> None:
    truth = pl.DataFrame({"id": list("abcde"), "entity": ["1", "1", "1", "2", "2"]})  # four pairs of one person
    (tmp_path / "pairs.csv").write_text("id_l,id_r,weight,probability\na,b,9,1\na,d,5,1\nd,e,2,0.8\n")
    found = accuracy(tmp_path / "pairs.csv", truth, 3.0)
    assert (found["compared"], found["blocking"], found["precision"], found["recall"]) == (3, 0.5, 0.5, 0.25)
    assert found["best"] == pytest.approx(4 / 7, abs=1e-4)


def test_the_report_tells_each_bar() -> None:
    row = dict.fromkeys(("seconds", "processor", "megabytes", "compared", "blocking", "precision", "recall"), 1)
    looked = {"p50": 1.0, "p95": 2.0, "p99": 3.0, "queries": 9, "recall": 0.98}
    found = {
        "size": 1_000,
        "batch": {"alongside": {**row, "f1": 0.9, "best": 0.9}, "Splink": {**row, "f1": 0.5, "best": 0.89}},
        "lookup": {
            "among": 1_000,
            "built": 1.0,
            "megabytes": 2,
            "Splink": {**looked, "p50": 300.0},
            "alongside": {**looked, "in_known_homes": 50, "taken_for_known": 0.02},
        },
    }
    met = [bar[3] for bar in linkage_bars(found)]
    assert met == ["met", "met", "**not met**", "met", "**not met**"]
    assert "| Splink predict_between | 300.0" in "\n".join(linkage(found))

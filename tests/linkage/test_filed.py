"""Looked up in a file, with workers or without: the same as among people held in memory."""

from pathlib import Path

import pytest

from alongside.linkage import MemoryIndex, default_model, look_up, normalise
from alongside.linkage.filed import filed
from alongside.linkage.frequencies import among
from alongside.linkage.tables import TableError, read_people
from bench.people.make_people import make, write


@pytest.mark.parametrize("workers", [False, True])
def test_a_file_answers_as_memory_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: bool) -> None:
    write(*make(700, 9, queries=60), tmp_path)
    monkeypatch.setattr("alongside.linkage.prepared.BLOCK", 64)
    monkeypatch.setattr("alongside.linkage.prepared.WORTH_WORKERS", 0 if workers else 10**9)
    people = [normalise(record) for record in read_people(tmp_path / "people.parquet").records]
    memory, model = MemoryIndex(people), among(default_model(), people)
    found = 0
    with filed(tmp_path / "people.parquet", {}) as index:
        assert len(index) == len(people)
        assert index.among(default_model()).frequencies == model.frequencies
        for record in read_people(tmp_path / "queries.parquet").records:
            hits = look_up(record, memory, model=model)
            assert look_up(record, index, model=model) == hits
            found += bool(hits)
    assert found > 40, "too few are found to tell"


def test_nobody_is_found_in_an_empty_file_nor_by_nothing(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,given_name\n", "utf-8")
    (tmp_path / "one.csv").write_text("id,given_name\n1,Anna\n", "utf-8")
    for name, size in (("people.csv", 0), ("one.csv", 1)):
        with filed(tmp_path / name, {}) as index:
            assert len(index) == size
            assert list(index.fetch([], 10)) == []
            assert list(index.fetch([7], 10)) == []


def test_an_id_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,given_name\n1,Anna\n1,Joan\n", "utf-8")
    with pytest.raises(TableError, match="The id 1 is there twice"), filed(tmp_path / "people.csv", {}):
        pass

"""The lists of sentences against the catalogues they were made from: run by `make conformance`, never by `make test`.

CATALOGUE names the folder of the catalogues; left out, it is the folder above that of the documents.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.sweeps.test_coverage import LISTS, catalogued


def folder() -> Path:
    """Where the catalogues are; fails when nothing names it."""
    documents = os.environ.get("DOCUMENTS")
    named = os.environ.get("CATALOGUE") or (documents and str(Path(documents).resolve().parent))
    if not named:
        pytest.fail("Neither CATALOGUE nor DOCUMENTS is set: give the folder, CATALOGUE=FOLDER make conformance")
    return Path(named)


def entries(name: str) -> list[dict[str, Any]]:
    """The entries of one catalogue."""
    path = folder() / f"{name}.yaml"
    if not path.is_file():
        pytest.fail(f"{path} is not there")
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["duties"]
    return found


@pytest.mark.parametrize("name", [path.stem for path in LISTS])
def test_the_list_is_that_of_its_catalogue(name: str) -> None:
    expected = {}
    for entry in entries(name):
        source = entry["source"]
        lines = re.findall(r"\d+", str(source.get("lines", "")))
        expected[entry["id"]] = (source["doc"], lines[0] if lines else None, entry["kind"])
        for item in entry.get("items", []):
            expected[item["id"]] = (source["doc"], str(item["line"]), "item")
    held = {id_: row for id_, row in catalogued().items() if id_ in expected}
    assert len(expected) > 500
    assert sorted(expected.keys() - held.keys()) == []
    # A catalogue that gives no lines leaves them to the list.
    told = {id_: (row["document"], expected[id_][1] and row["line"], row["kind"]) for id_, row in held.items()}
    assert {id_: told[id_] for id_ in expected if told[id_] != expected[id_]} == {}


def test_no_list_has_a_sentence_that_no_catalogue_has() -> None:
    known = {one["id"] for path in LISTS for entry in entries(path.stem) for one in [entry, *entry.get("items", [])]}
    assert sorted(catalogued().keys() - known) == []

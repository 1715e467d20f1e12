"""The table of mutants fits the product as it is: each change can be made, and each test it names is there."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.mutants.copying import changed
from tests.mutants.ledger import Found, Ledger
from tests.mutants.report import write
from tests.mutants.table import ENGINES, ROOT, Mutant, NotThere, mutants
from tests.sweeps.test_threats import written

EVERY = mutants()
ONE = Mutant("one", "something", "file.py", "a = 1", "a = 2", ["tests/mutants/test_table.py::test_there_are_forty"])


def test_there_are_forty() -> None:
    names = [one.name for one in EVERY]
    assert len(names) >= 40 and len(set(names)) == len(names)


@pytest.mark.parametrize("mutant", EVERY, ids=lambda mutant: mutant.name)
def test_it_can_be_made_and_its_tests_are_there(mutant: Mutant) -> None:
    file = ROOT / mutant.file
    after = mutant.changed(file.read_text("utf-8"))
    if file.suffix == ".py":
        ast.parse(after)
    assert mutant.old != mutant.new and mutant.danger.endswith(".")
    assert mutant.file.startswith("alongside/"), "the product is made wrong, never its tests"
    assert set(mutant.engines) <= set(ENGINES) and mutant.engines and mutant.tests
    for test in mutant.tests:
        path, _, name = test.partition("::")
        assert name in written(path) if name else written(path), test


def test_the_report_tells_of_every_mutant_and_none_got_through() -> None:
    """One that was not run since it was written is said to be `not run`, and counts for nothing."""
    page = (ROOT / "docs" / "reference" / "mutants.md").read_text("utf-8")
    assert [one.name for one in EVERY if f"| {one.name} | {one.danger} |" not in page] == [], "run `make mutants`"
    assert "NOT CAUGHT" not in page
    caught = [
        one.name
        for one in EVERY
        if any(seen.startswith(f"| {one.name} |") and "`tests/" in seen for seen in page.splitlines())
    ]
    assert len(caught) >= 40
    assert "blocks-ignored-for-administrators" in caught


def test_a_text_that_is_not_there_once_is_a_fault(tmp_path: Path) -> None:
    for text in ("b = 1", "a = 1\na = 1"):
        with pytest.raises(NotThere):
            ONE.changed(text)
    file = tmp_path / "file.py"
    file.write_text("a = 1\n")
    with changed(tmp_path, ONE):
        assert file.read_text() == "a = 2\n"
    assert file.read_text() == "a = 1\n"


def test_what_was_found_is_kept_and_told(tmp_path: Path) -> None:
    mutant, ledger = EVERY[0], Ledger(tmp_path)
    assert ledger.read(mutant, "sqlite") is None
    ledger.write(mutant, Found(mutant.name, "sqlite", False))
    found = ledger.read(mutant, "sqlite")
    assert found is not None and not found.caught
    write(tmp_path / "page.md", [mutant], {(mutant.name, "sqlite"): found})
    page = (tmp_path / "page.md").read_text()
    assert (
        "SQLite: NOT CAUGHT" in page
        and "PostgreSQL: not run" in page
        and "2 runs: 0 caught, 1 got through, 1 not run" in page
    )

"""The proofs, briefly, on the database of the test run; and each harness catches its mutant."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from tests.prove.ledger import Found, Ledger
from tests.prove.proofs import PROOFS, Proof
from tests.prove.report import write


def server() -> str:
    """The PostgreSQL server of this test run, or "" on SQLite."""
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        return ""
    password = f":{database['PASSWORD']}" if database.get("PASSWORD") else ""
    user = f"{database['USER']}{password}@" if database.get("USER") else ""
    return f"postgresql://{user}{database['HOST']}:{database['PORT']}/postgres"


ENGINE = "postgresql" if server() else "sqlite"


@pytest.mark.slow
@pytest.mark.parametrize(
    "proof", [proof for proof in PROOFS if ENGINE in proof.engines and proof.brief], ids=lambda proof: proof.module
)
def test_the_promise_holds(proof: Proof) -> None:
    found = proof.run(server(), proof.brief, seed=7)
    assert found.faults == []
    assert found.total >= proof.brief


@pytest.mark.slow
@pytest.mark.parametrize(
    "proof", [proof for proof in PROOFS if proof.has_mutant_on(ENGINE) and proof.brief], ids=lambda proof: proof.mutant
)
def test_the_harness_catches_its_mutant(proof: Proof) -> None:
    assert proof.run(server(), proof.mutant_tries, seed=1, mutant=proof.mutant).faults


def test_a_run_goes_on_where_it_was(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    found = ledger.read("x")
    assert found.total == found.batches == 0
    found.tries["a"] += 3
    found.fault("one")
    found.batches = 2
    ledger.write("x", found)
    again = Ledger(tmp_path).read("x")
    assert (again.total, again.faults, again.batches) == (3, ["one"], 2)


def test_the_report_tells_every_fault(tmp_path: Path) -> None:
    found = Found()
    found.tries["answered"] += 2
    found.fault("lost number 2")
    write(tmp_path / "proofs.md", [(PROOFS[1], "postgresql", found)])
    text = (tmp_path / "proofs.md").read_text()
    assert "**2 kills, 1 faults**" in text and "FAULT lost number 2" in text and "PostgreSQL" in text


def test_the_report_keeps_what_was_not_run_again(tmp_path: Path) -> None:
    kept, again, more = Found(), Found(), Found()
    kept.tries["a"], again.tries["a"], more.tries["a"] = 1, 2, 3
    write(tmp_path / "proofs.md", [(PROOFS[1], "sqlite", kept), (PROOFS[0], "sqlite", kept)])
    write(tmp_path / "proofs.md", [(PROOFS[1], "sqlite", again), (PROOFS[2], "sqlite", more)])
    text = (tmp_path / "proofs.md").read_text()
    assert [text.count(f"**{number} ") for number in (1, 2, 3)] == [1, 1, 1]
    first, second, third = (f"**{number} {proof.counted}" for number, proof in enumerate(PROOFS[:3], 1))
    assert text.index(first) < text.index(second) < text.index(third)
    write(tmp_path / "proofs.md", [])
    assert (tmp_path / "proofs.md").read_text() == text

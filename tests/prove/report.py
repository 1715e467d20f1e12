"""The report of the proofs, `docs/reference/proofs.md`."""

from __future__ import annotations

import os
import platform
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from tests.prove.ledger import Found
from tests.prove.proofs import Proof

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "spark": "Spark"}
HEAD = """# Proofs

Written by `make prove`; do not edit. Each proof runs the real code, on a database of its own where it needs one, and counts afterwards. Each
harness is also run on a program made wrong on purpose (its mutant), which it must catch: see `tests/prove/`.

"""


def write(path: Path, rows: list[tuple[Proof, str, Found]]) -> None:
    """One section for each proof and engine, with the tries by phase and every fault."""
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    text = HEAD + f"{datetime.now(UTC):%d %B %Y}, {machine}, {versions}.\n"
    for proof, engine, found in rows:
        text += f"\n## {proof.promise}: {ENGINES[engine]}\n\n"
        text += f"**{found.total} {proof.counted}, {len(found.faults)} faults**, {found.seconds / 60:.1f} minutes.\n\n"
        text += "| where | tries |\n| --- | --- |\n"
        text += "".join(f"| {phase} | {count} |\n" for phase, count in found.tries.items())
        text += "".join(f"\n- FAULT {fault}" for fault in found.faults[:20]) + ("\n" if found.faults else "")
        if proof.has_mutant_on(engine):
            text += f"\nThe mutant caught by the same harness: {proof.mutant_says}.\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)

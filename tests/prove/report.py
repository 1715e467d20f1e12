"""The report of the proofs, `docs/reference/proofs.md`."""

from __future__ import annotations

import os
import platform
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from tests.prove.ledger import Found
from tests.prove.proofs import PROOFS, Proof

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "spark": "Spark", "splink": "Splink on DuckDB"}
HEAD = """# Proofs

Written by `make prove`; do not edit. Each proof runs the real code, on a database of its own where it needs one, and counts afterwards. Each
harness is also run on a program made wrong on purpose (its mutant), which it must catch: see `tests/prove/`. One that was not run again
(`python -m tests.prove --only MODULE`) stands with the day on which it was.
"""


def write(path: Path, rows: list[tuple[Proof, str, Found]]) -> None:
    """One section for each proof and engine: of those run now, and for the others what stands in the file."""
    before = path.read_text("utf-8") if path.exists() else ""
    held = {text.split("\n", 1)[0]: f"## {text.strip()}\n" for text in before.split("\n## ")[1:]}
    held |= {title(proof, engine): _section(proof, engine, found) for proof, engine, found in rows}
    known = [title(proof, engine) for proof in PROOFS for engine in proof.engines]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEAD, *(held[one] for one in known if one in held)]), "utf-8")


def title(proof: Proof, engine: str) -> str:
    """The heading of a proof on an engine."""
    return f"{proof.promise}: {ENGINES[engine]}"


def _section(proof: Proof, engine: str, found: Found) -> str:
    """When and where it was run, the tries by phase, and every fault."""
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    counted = f"**{found.total} {proof.counted}, {len(found.faults)} faults**, {found.seconds / 60:.1f} minutes"
    lines = [f"## {title(proof, engine)}", "", f"{counted}: {datetime.now(UTC):%d %B %Y}, {machine}, {versions}.", ""]
    lines += ["| where | tries |", "| --- | --- |", *(f"| {phase} | {count} |" for phase, count in found.tries.items())]
    lines += ["", *(f"- FAULT {fault}" for fault in found.faults[:20])] if found.faults else []
    if proof.has_mutant_on(engine):
        lines += ["", f"The mutant caught by the same harness: {proof.mutant_says}."]
    return "\n".join(lines) + "\n"

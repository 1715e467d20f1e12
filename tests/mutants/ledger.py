"""What was found of each mutant, kept as it is found, so that a run that was interrupted goes on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.mutants.table import ROOT, Mutant


def mark(mutant: Mutant) -> str:
    """Changes with the mutant, with the file it changes and with the tests that must see it: then it is run again."""
    files = [mutant.file, *(test.partition("::")[0] for test in mutant.tests)]
    parts = [json.dumps(asdict(mutant)), *((ROOT / file).read_text("utf-8") for file in files)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:20]


@dataclass
class Found:
    """One mutant on one database: whether it was caught, by which test, when and in how long."""

    mutant: str
    engine: str
    caught: bool
    by: list[str] = field(default_factory=list)
    seconds: float = 0.0
    day: str = field(default_factory=lambda: f"{datetime.now(UTC):%-d %B %Y}")


class Ledger:
    """A folder with a file for each mutant and database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def _file(self, mutant: Mutant, engine: str) -> Path:
        return self.folder / f"{mutant.name}-{engine}-{mark(mutant)}.json"

    def read(self, mutant: Mutant, engine: str) -> Found | None:
        file = self._file(mutant, engine)
        return Found(**json.loads(file.read_text("utf-8"))) if file.exists() else None

    def latest(self, mutant: Mutant, engine: str) -> Found | None:
        """What was found last, whatever was changed since in the files beside: for the report, which says the day."""
        files = sorted(self.folder.glob(f"{mutant.name}-{engine}-*.json"), key=lambda file: file.stat().st_mtime)
        return Found(**json.loads(files[-1].read_text("utf-8"))) if files else None

    def write(self, mutant: Mutant, found: Found) -> None:
        self._file(mutant, found.engine).write_text(json.dumps(asdict(found)), "utf-8")

    def forget(self) -> None:
        for file in self.folder.glob("*.json"):
            file.unlink()

"""What a batch of tries found, and the book that remembers it between runs."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Found:
    """Tries made, by phase or kind, and what went wrong (at most 20 are told)."""

    tries: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0
    batches: int = 0

    @property
    def total(self) -> int:
        return sum(self.tries.values())

    def fault(self, words: str) -> None:
        self.faults.append(words)

    def add(self, other: Found) -> None:
        self.tries += other.tries
        self.faults += other.faults
        self.seconds += other.seconds

    def to_json(self) -> str:
        return json.dumps(
            {"tries": self.tries, "faults": self.faults[:20], "seconds": self.seconds, "batches": self.batches}
        )

    @classmethod
    def from_json(cls, text: str) -> Found:
        row = json.loads(text)
        return cls(Counter(row["tries"]), list(row["faults"]), float(row["seconds"]), int(row["batches"]))


class Ledger:
    """One JSON file for each proof, rewritten whole after each batch: a run that is killed loses one batch."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def read(self, proof: str) -> Found:
        path = self.folder / f"{proof}.json"
        return Found.from_json(path.read_text()) if path.exists() else Found()

    def write(self, proof: str, found: Found) -> None:
        fresh = self.folder / f".{proof}.json"
        fresh.write_text(found.to_json())
        fresh.replace(self.folder / f"{proof}.json")

    def forget(self) -> None:
        for path in self.folder.glob("*.json"):
            path.unlink()

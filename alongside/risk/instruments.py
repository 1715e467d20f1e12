"""The instruments, read once from the packs."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

ANSWERS = {
    "yes": "Yes",
    "no": "No",
    "not-known": "Not known",
    "refused": "Did not want to say",
    "not-asked": "Not asked",
    "not-safe-to-ask": "Not safe to ask",
}


@dataclass(frozen=True)
class Topic:
    """One row of a checklist, in our own words. `fact` names the vocabulary's fact it answers, where one is exactly that."""

    key: str
    label: str
    help: str
    sensitive: bool = False
    fact: str = ""


@dataclass(frozen=True)
class Instrument:
    """`scoring` is count-yes or grade."""

    code: str
    title: str
    short: str
    version: str
    scoring: str
    grades: tuple[str, ...]
    topics: tuple[Topic, ...]
    note: str
    reason_required: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Topic keys in the order of the form."""
        return tuple(topic.key for topic in self.topics)


@lru_cache(maxsize=1)
def instruments() -> dict[str, Instrument]:
    """Every instrument, by code."""
    folder = Path(settings.PACKS_DIR) / "checklists"
    loaded = [_read(path) for path in sorted(folder.glob("*.toml"))]
    return {instrument.code: instrument for instrument in loaded}


def _read(path: Path) -> Instrument:
    data = tomllib.loads(path.read_text("utf-8"))
    head = data["checklist"]
    topics = tuple(Topic(t["key"], t["label"], t.get("help", ""), t.get("sensitive", False), t.get("fact", "")) for t in data.get("topic", ()))
    return Instrument(
        head["code"],
        head["title"],
        head["short"],
        head["version"],
        head["scoring"],
        tuple(head.get("grades", ())),
        topics,
        head.get("note", ""),
        head.get("reason_required", False),
    )

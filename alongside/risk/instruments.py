"""The instruments, read once from the packs."""

import tomllib
from collections.abc import Mapping, Sequence
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
class Block:
    """A group of topics under one heading; "not asked" can be said of all of it at once."""

    code: str
    title: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class Instrument:
    """`scoring` is count-yes or grade; `threshold` names the local choice its count is set against, `text_says` the document's number."""

    code: str
    title: str
    short: str
    version: str
    scoring: str
    grades: tuple[str, ...]
    topics: tuple[Topic, ...]
    note: str
    reason_required: bool = False
    blocks: tuple[Block, ...] = ()
    threshold: str = ""
    text_says: int = 0
    reviewed_by: str = ""

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
    topics = tuple(
        Topic(t["key"], t["label"], t.get("help", ""), t.get("sensitive", False), t.get("fact", ""))
        for t in data.get("topic", ())
    )
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
        _blocks(data.get("block", ()), topics),
        head.get("threshold", ""),
        head.get("text_says", 0),
        head.get("reviewed_by", ""),
    )


def _blocks(given: Sequence[Mapping[str, str]], topics: tuple[Topic, ...]) -> tuple[Block, ...]:
    """Each block runs from its first topic to the next block's; an instrument that names none is one block."""
    if not given:
        return (Block("all", "Topics", topics),) if topics else ()
    keys = [topic.key for topic in topics]
    starts = [keys.index(block["from"]) for block in given]
    ends = [*starts[1:], len(topics)]
    return tuple(
        Block(block["from"], block["title"], topics[a:b]) for block, a, b in zip(given, starts, ends, strict=True)
    )

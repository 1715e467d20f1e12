"""Looking through a paper for what leads to somebody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.releases import scanning
from alongside.releases.codes import OTHER_SIDE
from alongside.releases.document import parts_of
from alongside.releases.models import Paper
from alongside.releases.queries import safe
from alongside.releases.scanning import Found


@dataclass(frozen=True)
class Stop:
    """Something that keeps a paper from going: what it is, in which part, and the words that stand there."""

    what: str
    where: str
    words: str


def stops(paper: Paper, *, linked: bool) -> list[Stop]:
    """What in a paper leads to somebody it must not lead to.

    A way to somebody that a sender ticked for a team is typed, and goes as it was chosen; everything else is read word by word. To the
    other side nothing that even looks like a way goes. `linked`: see `safe.known_to`; the words are then not shown.
    """
    known = safe.known_to(paper, linked=linked)
    found: list[Stop] = []
    for label, text, typed in _texts(paper):
        if typed and paper.side not in OTHER_SIDE:
            continue
        hits = scanning.find(text, known)
        if paper.side in OTHER_SIDE and not typed:
            hits += [one for one in scanning.shaped(text) if not _covered(one, hits)]
        found += [Stop(one.kind, label, "" if linked else one.words(text)) for one in hits]
    return found


def is_way(key: str) -> bool:
    """Whether a part is a way to somebody by its type, and no words of anybody."""
    return key.rpartition(":")[2].startswith(("address-", "safe-contact", "way-"))


def _texts(paper: Paper) -> Iterator[tuple[str, str, bool]]:
    """Label, text and whether it is a typed way, of everything the recipient would read."""
    yield "whom it is for", paper.recipient.open(), False
    yield "what it is for", paper.purpose, False
    for part in parts_of(paper):
        yield part.label, f"{part.label}\n{part.text}", is_way(part.key)
    yield "the note", paper.note.open(), False


def _covered(one: Found, hits: list[Found]) -> bool:
    return any(hit.start <= one.start < hit.end for hit in hits)

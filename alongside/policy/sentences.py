"""A text cut into its sentences, however its lines are broken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import inf

from alongside.policy.citation import document

_OWN_LINE = re.compile(r"\s*(?:$|[-+*•▪●◦–]\s|#|>|\(?(?:\d{1,3}|[a-z]|[ivx]+)[.)]\s)")
_ENDS = re.compile(r"[.!?:;][\"')\]]*$")
_WITHIN = re.compile(
    r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\b(?:No|Mr|Dr|St)\.)(?<!\bMrs\.) (?=[\"'(]?[A-Z0-9])"
)


@dataclass(frozen=True)
class Sentence:
    """One sentence as it stands in a text: normalised, its line from 1, its place from the beginning."""

    text: str
    line: int
    start: int


@lru_cache(maxsize=16)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, in its order; a heading, or an entry of a list, is one too."""
    held = document(text)
    if not held.text:
        return ()
    cuts = sorted({*_line_cuts(text), *(found.end() for found in _WITHIN.finditer(held.text))})
    parts = ((start, held.text[start:end].strip()) for start, end in zip(cuts, [*cuts[1:], None], strict=True))
    return tuple(Sentence(part, held.place_of(start)[0], start) for start, part in parts if part)


def _line_cuts(text: str) -> Iterator[int]:
    """Where a line begins a sentence; where lines are wrapped, only after an end, at an entry of a list, or after a line
    on which the next word would have fitted."""
    held, lines = document(text), [line.strip() for line in text.replace("\r\n", "\n").split("\n")]
    width = _width(lines)
    before = ""
    for number, line in enumerate(lines, 1):
        fitted = len(before) + 1 + len(line.partition(" ")[0]) <= width
        if line and (not before or fitted or _OWN_LINE.match(line) or _ENDS.search(before)):
            yield held.offset(number)
        before = line


def _width(lines: Sequence[str]) -> float:
    """How long a wrapped line is; no end where lines are whole paragraphs: few of them go on with a small letter."""
    full = [line for line in lines if line]
    going_on = sum(line[0].islower() and not _ENDS.search(before) for before, line in pairwise(full))
    return sorted(map(len, full))[len(full) * 9 // 10] * 0.9 if going_on * 4 > len(full) else inf

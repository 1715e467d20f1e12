"""The place of a sentence in a document that belongs to somebody else.

A pack holds where a sentence stands and a hash of it, never the sentence. The numbers mean: take the document from
`line` on, normalise it, cut `length` characters beginning at `from`; the SHA-256 of the cut is `sha256`.
"""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

_QUOTES = str.maketrans({"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"'})
_BULLET = re.compile(r"^(?:\s*(?:#{1,6}|>+|[-+•])(?=\s|$))+\s*")
_EMPHASIS = re.compile(r"\*|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)")
_ESCAPE = re.compile(r"\\([^\w\s]|$)")

State = Literal["found", "moved", "missing"]
# Fewer characters than these are no sentence that is told by its words alone.
SHORT = 40


def _normalise_line(line: str) -> str:
    text = unicodedata.normalize("NFKC", line).translate(_QUOTES)
    # An escaped mark is a plain character: keep it out of the reach of the emphasis rule.
    text = _ESCAPE.sub(lambda match: chr(0xE000 + ord(match.group(1))) if match.group(1) else "", text)
    text = _EMPHASIS.sub("", _BULLET.sub("", text))
    text = "".join(chr(ord(c) - 0xE000) if 0xE000 <= ord(c) < 0xE080 else c for c in text)
    return " ".join(text.split())


def normalise(text: str) -> str:
    """Return `text` as one line: NFKC, straight quotes, no markdown marks, single blanks."""
    return " ".join(filter(None, map(_normalise_line, text.split("\n"))))


def fingerprint(quote: str) -> str:
    """SHA-256 of the normalised quote, as 64 hexadecimal digits."""
    return hashlib.sha256(normalise(quote).encode()).hexdigest()


@dataclass(frozen=True)
class Place:
    """Where a citation was looked for, and what stands there; `sentence` is empty when it is missing."""

    state: State
    sentence: str = ""
    line: int = 0
    start: int = 0


class Document:
    """A document normalised once, so that many citations are looked up quickly. Lines count from 1."""

    def __init__(self, text: str) -> None:
        lines = [_normalise_line(line) for line in text.replace("\r\n", "\n").split("\n")]
        self._starts: list[int] = []
        length = 0
        for line in lines:
            self._starts.append(length)
            length += len(line) + 1 if line else 0
        self.text = " ".join(filter(None, lines))

    def offset(self, line: int) -> int:
        """Position in `text` at which line `line` begins; the end for a line past the last."""
        return self._starts[line - 1] if 1 <= line <= len(self._starts) else len(self.text)

    def place_of(self, offset: int) -> tuple[int, int]:
        """The line that holds `offset`, and the characters from its beginning."""
        line = bisect_right(self._starts, offset)
        while line > 1 and self._starts[line - 2] == self._starts[line - 1]:
            line -= 1  # a run of empty lines shares the offset of the next full one
        while line < len(self._starts) and self._starts[line] == self._starts[line - 1]:
            line += 1
        return line, offset - self._starts[line - 1]

    @cached_property
    def _lines_begin(self) -> list[int]:
        return [*dict.fromkeys(start for start in self._starts if start < len(self.text))]

    @cached_property
    def _words_begin(self) -> list[int]:
        return [match.start() for match in re.finditer(r"(?<!\w)(?=\S)|(?<=\w)(?=[^\w\s])", self.text)]

    @cached_property
    def _words_end(self) -> frozenset[int]:
        return frozenset(match.start() for match in re.finditer(r"(?<=\S)(?!\w)|(?<=[^\w\s])(?=\w)", self.text))

    def find(self, cite: Mapping[str, Any], *, lines_only: bool = False) -> Place:
        """Look a citation up: at its own place first, then anywhere; with `lines_only`, where a line begins."""
        length, wanted = int(cite["length"]), str(cite["sha256"])
        own = self.offset(int(cite["line"])) + int(cite["from"])
        if self._hash(own, length) == wanted:
            return self._place("found", own, length)
        for offset in self._candidates(own, length, begins_line=not cite["from"], lines_only=lines_only):
            if self._hash(offset, length) == wanted:
                return self._place("moved", offset, length)
        return Place("missing")

    def _candidates(self, own: int, length: int, *, begins_line: bool, lines_only: bool) -> Iterator[int]:
        """No sentence begins or ends within a word; one that began a line mostly still does. Of a few words, which
        stand in many places, the nearest first."""
        places = [self._lines_begin] if lines_only or begins_line else []
        for some in [*places, *([] if lines_only else [self._words_begin])]:
            possible = [offset for offset in some if offset + length in self._words_end]
            yield from sorted(possible, key=lambda offset: abs(offset - own)) if length < SHORT else possible

    def _hash(self, offset: int, length: int) -> str:
        return hashlib.sha256(self.text[offset : offset + length].encode()).hexdigest()

    def _place(self, state: State, offset: int, length: int) -> Place:
        line, start = self.place_of(offset)
        return Place(state, self.text[offset : offset + length], line, start)


@lru_cache(maxsize=16)
def document(text: str) -> Document:
    """The normalised form of a document's text, kept for the last few documents."""
    return Document(text)


def locate(document_text: str, cite: Mapping[str, Any]) -> str | None:
    """Return the cited sentence (normalised), wherever it now stands; None when the document does not hold it."""
    return document(document_text).find(cite).sentence or None


def build_citation(document_text: str, line: int, quote: str) -> dict[str, int | str]:
    """Make `line`, `from`, `length`, `sha256` for a quote that stands at or after `line`.

    Raises ValueError when the quote does not stand in the document from that line on.
    """
    held, wanted = document(document_text), normalise(quote)
    begin = held.offset(line)
    found = held.text.find(wanted, begin) if wanted else -1
    if found < 0:
        raise ValueError(f"the quote does not stand in the document from line {line} on: {wanted[:80]!r}")
    return {"line": line, "from": found - begin, "length": len(wanted), "sha256": fingerprint(quote)}


def main(arguments: list[str]) -> int:
    """Print the cite fields of a quote: FILE LINE QUOTE."""
    if len(arguments) != 3 or not arguments[1].isdigit():
        sys.stderr.write('usage: python -m alongside.policy.citation FILE LINE "quote"\n')
        return 2
    try:
        cite = build_citation(Path(arguments[0]).read_text(encoding="utf-8"), int(arguments[1]), arguments[2])
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    said = (f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}" for key, value in cite.items())
    sys.stdout.write(", ".join(said) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""Two editions of a document beside each other: which sentences stay, move, change, go, and which are new.

The texts are the partnership's own copies. What a sentence is told by is its words, never its line: the lines of a PDF
break elsewhere than those of a text file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any, Literal

from alongside.policy.citation import SHORT, Document, document
from alongside.policy.documents import in_order, look_up
from alongside.policy.sentences import Sentence, sentences

# Half of the words at least: below it, two sentences of one procedure are alike by chance.
ALIKE = 0.5
# A new sentence is compared with those that share its rarest words, so that a long document takes seconds.
RAREST, COMPARED = 6, 40


@dataclass(frozen=True)
class Pair:
    """A sentence of the edition before and the one that stands for it now; `likeness` from 0 to 1, 1 for the same words."""

    before: Sentence
    after: Sentence
    likeness: float = 1.0


@dataclass(frozen=True)
class Edition:
    """What became of every sentence of the edition before, and what is new."""

    older: str
    stayed: tuple[Pair, ...]
    moved: tuple[Pair, ...]
    changed: tuple[Pair, ...]
    gone: tuple[Sentence, ...]
    new: tuple[Sentence, ...]

    @cached_property
    def _now(self) -> dict[int, Pair]:
        return {pair.before.start: pair for pair in (*self.stayed, *self.moved, *self.changed)}

    def follow(self, passage: Sentence) -> Sentence | None:
        """What stands now for a passage of the edition before: the sentences that it is of; None when they went."""
        of = sentences(self.older)
        first = max(bisect_right([one.start for one in of], passage.start) - 1, 0)
        covered = [one for one in of[first:] if one.start < passage.start + len(passage.text)]
        now = [self._now[one.start].after for one in covered if one.start in self._now]
        return Sentence(" ".join(one.text for one in now), now[0].line, now[0].start) if now else None


@lru_cache(maxsize=16)
def compare(older: str, newer: str) -> Edition:
    """Set two texts of a document beside each other."""
    matching = _Matching(sentences(older), sentences(newer), document(older), document(newer))
    changed = matching.changed()
    kept = in_order([(pair.after.start, 0) for pair in matching.same])
    return Edition(
        older,
        stayed=tuple(pair for at, pair in enumerate(matching.same) if at in kept),
        moved=tuple(pair for at, pair in enumerate(matching.same) if at not in kept),
        changed=tuple(changed),
        gone=tuple(one for one in matching.lost if one not in {pair.before for pair in changed}),
        new=tuple(one for one in matching.fresh if one not in {pair.after for pair in changed}),
    )


@dataclass
class _Matching:
    old: Sequence[Sentence]
    new: Sequence[Sentence]
    older: Document
    newer: Document
    same: list[Pair] = field(default_factory=list)
    lost: list[Sentence] = field(default_factory=list)
    fresh: list[Sentence] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Sentences with the same words, each once; then those that only the breaks of lines cut otherwise."""
        standing: dict[str, deque[Sentence]] = defaultdict(deque)
        for one in self.new:
            standing[one.text].append(one)
        said = {one.text for one in self.old}
        for one in self.old:
            again = standing.get(one.text)
            if again:
                self.same.append(Pair(one, again.popleft()))
            elif again is None and (at := _within(one.text, self.newer.text)) >= 0:
                self.same.append(Pair(one, Sentence(one.text, self.newer.place_of(at)[0], at)))
            else:
                self.lost.append(one)
        left = {one for many in standing.values() for one in many}
        self.fresh = [
            one for one in self.new if one in left and (one.text in said or _within(one.text, self.older.text) < 0)
        ]

    def changed(self) -> list[Pair]:
        """Sentences that went paired with the new ones most like them, the likest first, each once."""
        found = sorted(self._alike(), key=lambda pair: -pair.likeness)
        taken: set[Sentence] = set()
        kept = []
        for pair in found:
            if not {pair.before, pair.after} & taken:
                taken |= {pair.before, pair.after}
                kept.append(pair)
        return sorted(kept, key=lambda pair: pair.before.start)

    def _alike(self) -> Iterator[Pair]:
        words = {one: _words(one.text) for one in (*self.lost, *self.fresh)}
        holding: dict[str, list[Sentence]] = defaultdict(list)
        for one in self.fresh:
            for word in set(words[one]):
                holding[word].append(one)
        for one in self.lost:
            for other in _likely(words[one], holding):
                likeness = _likeness(words[one], words[other])
                if likeness >= ALIKE:
                    yield Pair(one, other, likeness)


def _within(sentence: str, text: str) -> int:
    """Where a sentence long enough to be told by its words stands within a text; -1 for nowhere."""
    return text.find(sentence) if len(sentence) >= SHORT else -1


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+(?:['’-]\w+)*", text.lower()))


def _likely(words: Iterable[str], holding: Mapping[str, list[Sentence]]) -> list[Sentence]:
    held = sorted((word for word in set(words) if word in holding), key=lambda word: (len(holding[word]), word))
    shared = Counter(one for word in held[:RAREST] for one in holding[word][: COMPARED * 5])
    return [one for one, _ in shared.most_common(COMPARED)]


def _likeness(first: Sequence[str], second: Sequence[str]) -> float:
    """From 0 to 1: twice the words in the same order, of all words."""
    return SequenceMatcher(None, first, second, autojunk=False).ratio() if first and second else 0.0


def marked(before: str, after: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both sentences in runs of words, each run with whether the other sentence does not have it there."""
    old, new = before.split(), after.split()
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for tag, from_old, to_old, from_new, to_new in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for side, words in ((left, old[from_old:to_old]), (right, new[from_new:to_new])):
            if words:
                side.append((" ".join(words), tag != "equal"))
    return left, right


State = Literal["found", "moved", "changed", "gone", "missing"]


@dataclass(frozen=True)
class Standing:
    """What became of one cited sentence in the latest copy.

    `changed` and `gone` where an earlier copy holds it: `first` is what it said there, `before` what the copy before the latest
    said in its stead. `missing`: no copy holds it, so that nothing can be set beside it.
    """

    id: str
    state: State
    line: int = 0
    first: str = ""
    before: str = ""
    after: str = ""
    likeness: float = 0.0


def standings(cites: Mapping[str, Mapping[str, Any]], copies: Sequence[str]) -> list[Standing]:
    """What became of every citation of a document, in the copies of it from the latest back; at least one."""
    return [
        Standing(one.rule, one.state, one.line, after=one.sentence)
        if one.state != "missing"
        else _followed(one.rule, cites[one.rule], copies)
        for one in look_up(copies[0], cites)
    ]


def _followed(id_: str, cite: Mapping[str, Any], copies: Sequence[str]) -> Standing:
    for at, text in enumerate(copies[1:], 1):
        place = document(text).find(cite)
        if place.state != "missing":
            first = Sentence(place.sentence, place.line, document(text).offset(place.line) + place.start)
            before, after = _trace(first, list(reversed(copies[: at + 1])))
            if after is None:
                return Standing(id_, "gone", first=first.text, before=before)
            likeness = _likeness(_words(first.text), _words(after.text))
            return Standing(id_, "changed", after.line, first.text, before, after.text, likeness)
    return Standing(id_, "missing")


def _trace(first: Sentence, copies: Sequence[str]) -> tuple[str, Sentence | None]:
    """What the copy before the last said for a sentence of the first, and what the last says; from copy to copy, else at once."""
    before, now = first.text, first
    for older, newer in pairwise(copies):
        step = _as_it_was(now, newer) or compare(older, newer).follow(now)
        if step is None:
            return now.text, compare(copies[0], copies[-1]).follow(first) if len(copies) > 2 else None
        before, now = now.text if step.text != now.text else before, step
    return before, now


def _as_it_was(said: Sentence, text: str) -> Sentence | None:
    held = document(text)
    at = _within(said.text, held.text)
    return Sentence(said.text, held.place_of(at)[0], at) if at >= 0 else None

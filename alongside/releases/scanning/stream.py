"""A text as it is looked through: letters and figures alone, folded so that ways of writing the same come to the same, each with its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from anyascii import anyascii

from alongside.releases.scanning.words import (
    BETWEEN,
    NUMBERS,
    POWERS,
    SIGNS,
    SPOKEN,
    TEENS,
    TENS,
    TIMES,
    UNITS,
)

# Letters of other alphabets that look like ours; any other is written as it sounds.
LIKE = dict(zip("авекмнорстухіѕјԁӏԛԝαβεικνορτυχ", "abekmhopctyxisjdlqwabeikvoptyx", strict=True))
# Figures and letters that are taken for each other.
ALIKE = str.maketrans("oilsz", "01152")
MOST_APART = 40  # signs between two figures of one number


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it stands from `start` to `end` of the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Stream:
    """Folded characters one after the other; where each came from, and whether a word begins or ends with it."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    opens: Sequence[bool]
    closes: Sequence[bool]

    def places(self, wanted: str) -> Iterator[tuple[int, int]]:
        """Where whole words come to `wanted`, as (start, end) of the text."""
        at = self.text.find(wanted) if wanted else -1
        while at >= 0:
            last = at + len(wanted) - 1
            if self.opens[at] and self.closes[last]:
                yield self.starts[at], self.ends[last]
            at = self.text.find(wanted, at + 1)


def tokens(text: str) -> list[Token]:
    """The words of a text in small Latin letters; what cannot be seen is dropped, letters and figures are parted."""
    found: list[Token] = []
    letters, start, end = "", 0, 0
    for place, sign in enumerate(text):
        if unicodedata.category(sign) in ("Cf", "Mn", "Me"):
            continue
        for one in _plain(sign):
            if letters and (not one.isalnum() or one.isdigit() != letters[-1].isdigit()):
                found.append(Token(letters, start, end))
                letters = ""
            if one.isalnum():
                start = start if letters else place
                letters, end = letters + one, place + 1
    return [*found, Token(letters, start, end)] if letters else found


def _plain(sign: str) -> str:
    if sign.isascii():
        return sign.lower()
    lower = unicodedata.normalize("NFKC", sign).lower()
    return "".join(LIKE.get(one) or anyascii(one).lower() for one in lower) or " "


def joined(held: Sequence[Token]) -> list[Token]:
    """Single letters that stand evenly apart are one word: "S t r e e t", "f-o-u-r"."""
    found: list[Token] = []
    run: list[Token] = []
    for one in held:
        if len(one.text) == 1 and one.text.isalpha() and (not run or one.start - run[-1].end == 1):
            run.append(one)
            continue
        found += _run(run)
        run = [one] if len(one.text) == 1 and one.text.isalpha() else []
        found += [] if run else [one]
    return [*found, *_run(run)]


def _run(run: Sequence[Token]) -> list[Token]:
    if len(run) < 3:
        return list(run)
    return [Token("".join(one.text for one in run), run[0].start, run[-1].end)]


def counted(held: Sequence[Token]) -> list[Token]:
    """Numbers that are said become figures: "oh seven double seven", "twenty-three", "one hundred and four"."""
    parts = [part for one in held for part in _parted(one)]
    found: list[Token] = []
    at = 0
    while at < len(parts):
        figures, used = _number(parts, at)
        if used:
            found.append(Token(figures, parts[at].start, parts[at + used - 1].end))
        else:
            found.append(parts[at])
        at += used or 1
    return found


def _parted(one: Token) -> list[Token]:
    """A word made wholly of numbers in its parts: "zeroseven"."""
    parts, rest = [], one.text
    while rest:
        word = max((word for word in (*NUMBERS, *TIMES) if rest.startswith(word)), key=len, default="")
        if not word:
            return [one]
        parts.append(Token(word, one.start, one.end))
        rest = rest[len(word) :]
    return parts


def _number(parts: Sequence[Token], at: int) -> tuple[str, int]:
    """The figures of a number said from here on, and of how many words it is; none where it is no number."""

    def word(place: int) -> str:
        return parts[place].text if place < len(parts) else ""

    first = word(at)
    if first in TIMES and len(_single(word(at + 1))) == 1:
        return _single(word(at + 1)) * TIMES[first], 2
    if first in TENS:
        return (TENS[first] + UNITS[word(at + 1)], 2) if word(at + 1) in UNITS else (TENS[first] + "0", 1)
    figures = TEENS.get(first) or UNITS.get(first, "")
    if not figures and first not in ("a", "hundred"):
        return "", 0
    hundred = at if first == "hundred" else at + 1
    if word(hundred) not in POWERS:
        return figures, 1 if figures else 0
    figures, power = figures or "1", POWERS[word(hundred)]
    then = hundred + 2 if word(hundred + 1) == "and" else hundred + 1
    more, used = _number(parts, then) if word(then) in {**TENS, **TEENS} or then > hundred + 1 else ("", 0)
    if power == "00" and used and len(more) <= 2:
        return figures + more.zfill(2), then + used - at
    return figures + power, hundred + 1 - at


def _single(word: str) -> str:
    return UNITS.get(word) or (word if len(word) == 1 else "")


def spoken(held: Sequence[Token]) -> list[Token]:
    """Letters that are spelled become letters ("Charlie Victor", "c as in Charlie"), and the signs of mail fall away."""
    found: list[Token] = []
    for one in held:
        letter = SPOKEN.get(one.text)
        if letter and _said_before(found, letter):
            continue
        if one.text not in SIGNS:
            found.append(Token(letter or one.text, one.start, one.end))
    return found


def _said_before(found: list[Token], letter: str) -> bool:
    """Whether "c for", "c as in" stands before: then the letter stands already, and what was between falls away."""
    last = len(found)
    while last and len(found) - last < 2 and found[last - 1].text in BETWEEN:
        last -= 1
    if last == len(found) or not last or found[last - 1].text != letter:
        return False
    del found[last:]
    return True


def stream(held: Sequence[Token]) -> Stream:
    """Words one after the other, figures and letters that look alike made one."""
    flat = [(sign, one, place) for one in held for place, sign in enumerate(one.text)]
    return Stream(
        "".join(sign for sign, _, _ in flat).translate(ALIKE),
        [one.start for _, one, _ in flat],
        [one.end for _, one, _ in flat],
        [place == 0 for _, _, place in flat],
        [place == len(one.text) - 1 for _, one, place in flat],
    )


def figures(held: Sequence[Token], *, alike: bool = False) -> list[Stream]:
    """The numbers of a text, each as one row of figures whatever stands between them; `alike`: with letters that stand in for some."""
    rows: list[list[Token]] = [[]]
    for place, one in enumerate(held):
        told = _as_figures(one.text, held[max(place - 1, 0) : place + 2] if alike else ())
        if told is None:
            continue
        if rows[-1] and one.start - rows[-1][-1].end > MOST_APART:
            rows.append([])
        rows[-1].append(Token(told, one.start, one.end))
    return [stream(row) for row in rows if row]


def _as_figures(word: str, around: Sequence[Token]) -> str | None:
    """A word that is figures, or letters that stand in for them beside figures."""
    if word.isdigit():
        return word
    if set(word) <= set("oils") and len(word) <= 2 and any(one.text.isdigit() for one in around):
        return word.translate(ALIKE)
    return None

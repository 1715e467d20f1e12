"""Names in comparable form: Latin letters, spellings met in the region, short forms, sound.

The tables (`data/names.json`) know that Mohamud and Mohammed are one name, and what Kasia, Bill or Seun are short for.
"""

import json
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice

import jellyfish
from anyascii import anyascii

LONGEST_TEXT = 300  # characters of a name that are looked at; nobody's name is longer, a paste by mistake is
MOST_WORDS = 8

_WORD = re.compile(r"[a-z]{1,40}")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir"})
_WITHIN_A_WORD = str.maketrans("", "", "'’‘`´ʼʻ.\u200b\u200c\u200d\u00ad")
# How the region's languages write one sound: applied in this order before the English phonetic code is taken.
_SAME_SOUND = (
    *(("szcz", "sh"), ("tsch", "ch"), ("dzh", "j"), ("sch", "sh"), ("sz", "sh"), ("cz", "ch"), ("rz", "zh")),
    *(("ph", "f"), ("gh", "g"), ("kh", "k"), ("dh", "d"), ("bh", "b"), ("jh", "j"), ("ck", "k"), ("q", "k")),
    *(("x", "ks"), ("w", "v"), ("ee", "i"), ("ea", "i"), ("oo", "u"), ("ou", "u"), ("aa", "a"), ("ii", "i")),
    *(("uu", "u"), ("ei", "e"), ("ai", "e"), ("ay", "e"), ("ey", "e"), ("y", "i")),
)
# Polish and Bulgarian surnames change their end with the sex of the bearer.
_ENDINGS = (("ska", "ski"), ("cka", "cki"), ("dzka", "dzki"), ("ova", "ov"), ("eva", "ev"))


@dataclass(frozen=True, slots=True)
class Part:
    """A given or a family name, of one or more words.

    `text`: its letters, a to z whatever script it was written in, words joined; `spelling`: the first of all its spellings;
    `forms`: that, and every full name it may be short for; `sound`: a phonetic code, or the letters where there is none;
    `sounds`: that of each word.
    """

    text: str
    words: tuple[str, ...]
    spelling: str
    forms: frozenset[str]
    sound: str
    sounds: tuple[str, ...]

    def __hash__(self) -> int:
        """By the letters alone: parts are hashed once for each comparison, and the rest follows from the words."""
        return hash(self.text)


def words(text: str) -> tuple[str, ...]:
    """The words of a name in the letters a to z: lower case, without diacritics, titles, digits or signs."""
    return _words(text[:LONGEST_TEXT])


@lru_cache(maxsize=50_000)
def _words(text: str) -> tuple[str, ...]:
    plain = (text if text.isascii() else _latin(text)).lower()
    found = tuple(match.group() for match in islice(_WORD.finditer(plain.translate(_WITHIN_A_WORD)), MOST_WORDS))
    return tuple(word for word in found if word not in _TITLES) or found


def _latin(text: str) -> str:
    """Letters and their marks of any script in Latin letters; what is neither parts words, as it does in English."""
    decomposed = unicodedata.normalize("NFKC", text).casefold().translate(_WITHIN_A_WORD)
    letters = "".join(c if unicodedata.category(c)[0] in "LM" else " " for c in decomposed)
    # The Arabic ayn, which anyascii gives as a sign, is heard as a vowel.
    return anyascii(letters).replace("`", "a")


def part(name_words: tuple[str, ...]) -> Part | None:
    """The comparable form of these words, None for none."""
    return _part(name_words) if name_words else None


@lru_cache(maxsize=50_000)
def _part(name_words: tuple[str, ...]) -> Part:
    spellings, short_forms = _tables()
    text = "".join(name_words)
    spelling = spellings.get(text) or "".join(_one_spelling(word, spellings) for word in name_words)
    forms = frozenset({spelling}) | short_forms.get(text, frozenset()) | short_forms.get(spelling, frozenset())
    sounds = tuple(_sound(_one_spelling(word, spellings)) for word in name_words)
    return Part(text, name_words, spelling, forms, _sound(spelling), sounds)


def _one_spelling(word: str, spellings: dict[str, str]) -> str:
    if word in spellings:
        return spellings[word]
    if word.startswith("mac") and len(word) > 5:
        word = "mc" + word[3:]
    for end, same in _ENDINGS:
        if word.endswith(end) and len(word) > len(end) + 2:
            return word[: -len(end)] + same
    return word


def _sound(word: str) -> str:
    for written, same in _SAME_SOUND:
        if written in word:
            word = word.replace(written, same)
    return (jellyfish.metaphone(word) if word.isascii() else "") or word


@cache
def _tables() -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Spelling → first spelling; short form → the full names it may stand for."""
    data = json.loads(files("alongside.linkage").joinpath("data/names.json").read_text("utf-8"))
    spellings = {spelling: line.split()[0] for line in data["spellings"] for spelling in line.split()}
    short: defaultdict[str, set[str]] = defaultdict(set)
    for full, line in data["short_forms"].items():
        for form in line.split():
            short[form].add(spellings.get(full, full))
    return spellings, {form: frozenset(full) for form, full in short.items()}

"""Finding a rule by words: every word must stand somewhere in it, and where it stands decides how high the rule comes.

The index is made once per process from the packs, and once per copy of a document from its sentences.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from markupsafe import Markup, escape

from alongside.policy import Library, Rule
from alongside.policy.wording import Wording
from alongside.procedures import editions, queries
from alongside.procedures.browsing.workers import Worker, workers

# Where a word may stand: how much it counts there, and how a result says it.
FIELDS = {
    "name": (8, "in the name of the rule"),
    "gist": (6, ""),
    "section": (4, "in the section it stands in"),
    "actor": (4, "in who must act"),
    "act": (4, "in the act"),
    "sentence": (3, "in the sentence itself"),
    "when": (2, "in its conditions"),
}
_WORD = re.compile(r"[^\W_]+")
_LEAST = 3


@dataclass(frozen=True)
class Found:
    """A rule that has every word; `where` says in which place the words stand, when not in the gist."""

    rule: Rule
    score: int
    where: str


def terms(text: str) -> list[str]:
    """The words of a text as they are compared: small letters, no accents, no possessive s."""
    flat = unicodedata.normalize("NFKD", text.lower()).replace("’", "'").replace("'s", "")
    return _WORD.findall("".join(letter for letter in flat if not unicodedata.combining(letter)))


class Index:
    """The words of each rule, field by field; each field is one string of words between blanks."""

    def __init__(self, rules: Mapping[str, Rule], library: Library) -> None:
        wording = Wording(library.vocabulary, library.declared)
        self._fields = {id_: self._of(rule, library, wording) for id_, rule in rules.items()}

    @staticmethod
    def _of(rule: Rule, library: Library, wording: Wording) -> dict[str, str]:
        act = library.acts.get(rule.action or rule.forbids or rule.opens or "")
        own = [one for one in workers().values() if rule.actor in one.own]
        called = " ".join(f"{one.says} {one.together} {' '.join(one.words)}" for one in own)
        return {
            "name": _blank(rule.id),
            "gist": _blank(rule.gist),
            "section": _blank(rule.cite.section),
            "actor": _blank(f"{library.owners[rule.actor].says} {called}"),
            "act": _blank(f"{act.label} {act.does}" if act else ""),
            "when": _blank(wording.condition(rule.when).flat),
        }

    def search(self, wanted: Sequence[str], rules: Iterable[Rule], sentences: Mapping[str, str]) -> list[Found]:
        """Those of some rules that have every word, best first; a word also finds the longer words it begins."""
        found = []
        for rule in rules:
            fields = self._fields.get(rule.id)
            if fields is not None:
                hit = _score(wanted, {**fields, "sentence": sentences.get(rule.id, "")})
                if hit is not None:
                    found.append(Found(rule, *hit))
        return sorted(found, key=lambda one: -one.score)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(
            word for fields in self._fields.values() for field in fields.values() for word in field.split()
        )

    def nearest(self, word: str) -> str | None:
        """The word of some rule that is spelt most like one that none has."""
        if any(held.startswith(word) for held in self._words):
            return None
        close = difflib.get_close_matches(word, self._words, n=1, cutoff=0.75)
        return close[0] if close else None


def _score(wanted: Sequence[str], fields: Mapping[str, str]) -> tuple[int, str] | None:
    total, outside = 0, []
    for word in wanted:
        best = max(((_weight(word, fields[name], held[0]), name) for name, held in FIELDS.items()), default=(0, ""))
        if not best[0]:
            return None
        total += best[0]
        if not _weight(word, fields["gist"], 1):
            outside.append(FIELDS[best[1]][1])
    whole = _blank(" ".join(wanted)).strip()
    total += 5 * (len(wanted) > 1 and whole in fields["gist"])
    return total, " and ".join(dict.fromkeys(outside))


def _weight(word: str, field: str, weight: int) -> int:
    """Twice the weight for the word itself, once for a longer word that it begins, or that is its singular."""
    if f" {word} " in field:
        return 2 * weight
    stem = word[:-1] if word.endswith("s") and len(word) > _LEAST else word
    return weight if f" {stem}" in field else 0


def _blank(text: str) -> str:
    return f" {' '.join(terms(text))} "


@lru_cache(maxsize=1)
def index() -> Index:
    """The index of every rule, made once per process."""
    return Index(queries.rules(), queries.library())


@lru_cache(maxsize=4)
def _blanked(sentences: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {rule: _blank(sentence) for rule, sentence in sentences}


def sentences() -> tuple[tuple[str, str], ...]:
    """Rule and sentence, of every rule whose sentence stands in the partnership's copy of its document."""
    told = editions.told(queries.rules().values())
    return tuple((rule, one.quote) for rule, one in told.items() if one.quote)


def search(words: str, rules: Iterable[Rule]) -> list[Found]:
    """Rules by words, best first; by its whole name, that rule alone. Where the partnership has added its copy, the sentence
    itself is searched too."""
    held = list(rules)
    if named := [rule for rule in held if rule.id == words.strip().lower()]:
        return [Found(rule, FIELDS["name"][0], "") for rule in named]
    return index().search(terms(words), held, _blanked(sentences()))


def suggestions(words: str, rules: Sequence[Rule]) -> list[tuple[str, int]]:
    """Other words to try where nothing has them all, each with how many rules it finds: one mended, or one left out."""
    wanted = terms(words)
    mended = " ".join(index().nearest(word) or word for word in wanted)
    tried = [mended, *(" ".join(wanted[:at] + wanted[at + 1 :]) for at in range(len(wanted)))]
    found = [
        (other, len(search(other, rules))) for other in dict.fromkeys(tried) if other and other != " ".join(wanted)
    ]
    return [(other, count) for other, count in found if count]


def workers_called(words: str) -> list[Worker]:
    """The kinds of worker that some of the words name."""
    wanted = [word for word in terms(words) if len(word) >= _LEAST or word in _SHORT]
    called = {one.code: _blank(f"{one.says} {one.together} {' '.join(one.words)}") for one in workers().values()}
    hits = {code: sum(_weight(word, text, 1) for word in wanted) for code, text in called.items()}
    best = sorted((code for code in hits if hits[code]), key=lambda code: -hits[code])
    return [workers()[code] for code in best[:3]]


_SHORT = frozenset({"gp", "pc"})


def marked(text: str, words: Iterable[str]) -> Markup:
    """A text with the words looked for marked."""
    stems = [re.escape(word[:-1] if word.endswith("s") and len(word) > _LEAST else word) for word in words]
    if not stems:
        return escape(text)
    pieces = re.split(rf"(?i)\b((?:{'|'.join(stems)})\w*)", text)
    return Markup("").join(
        Markup("<mark>{}</mark>").format(piece) if at % 2 else escape(piece) for at, piece in enumerate(pieces)
    )

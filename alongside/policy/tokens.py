"""The words of a condition: names, :parameters, numbers, quoted words, signs and keywords."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 10_000
KEYWORDS = frozenset({"AND", "OR", "NOT", "BETWEEN", "IN"})

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>-?\d+(?:\.\d+)?(?![\w.]))
    | (?P<word>'(?:[^']|'')*')
    | (?P<parameter>:[a-z][a-z0-9_]*)
    | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<sign><=|>=|<>|[=<>(),])
    )""",
    re.VERBOSE,
)
_REMEDIES = {"==": "write = for equal", "!=": "write <> for not equal", '"': "put words in single quotes"}


class ConditionError(ValueError):
    """A condition that cannot be read; `remedy` says what to write instead, `name` the fact it stumbled over."""

    def __init__(self, message: str, remedy: str = "", kind: str = "condition") -> None:
        super().__init__(message)
        self.remedy = remedy
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a condition; `kind` is number, word, parameter, name, sign, keyword or end."""

    kind: str
    text: str
    at: int


def tokens(text: str) -> Iterator[Token]:
    """Split a condition; ends with a token of kind "end". Raises ConditionError on a character of no meaning, or too many."""
    if len(text) > LONGEST:
        raise ConditionError(
            f"a condition of {len(text):,} characters", f"at most {LONGEST:,}: give parts of it as derived facts"
        )
    at = 0
    while text[at:].strip():
        start = at + len(text[at:]) - len(text[at:].lstrip())
        for wrong, remedy in _REMEDIES.items():
            if text.startswith(wrong, start):
                raise ConditionError(f"{wrong} has no meaning here (character {start + 1})", remedy)
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise ConditionError(f"{text[start:][:20]!r} cannot be read (character {start + 1})")
        kind, value = match.lastgroup, match.group(match.lastgroup)
        yield Token("keyword" if value in KEYWORDS else kind, value, start)
        at = match.end()
    yield Token("end", "", len(text))

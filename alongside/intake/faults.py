"""What is wrong with a notification: every fault with its place, what was found there and what is accepted."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Fault:
    """`pointer` is a JSON Pointer (RFC 6901) into the notification; `found` and `accepted` are words."""

    pointer: str
    found: str
    accepted: str

    def __str__(self) -> str:
        return f"{self.pointer or '(the whole)'}: found {self.found}; accepted: {self.accepted}"

    def as_json(self) -> dict[str, str]:
        """The fault in an answer."""
        return {"pointer": self.pointer, "found": self.found, "accepted": self.accepted}


class NotValid(Exception):
    """A notification that is refused, with all its faults. Nothing of it was kept."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(map(str, self.faults)))


def pointer(path: Iterable[object]) -> str:
    """A JSON Pointer from the keys and positions that lead to a place."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def shown(value: Any) -> str:
    """A value in few words: text and numbers as they stand, shortened; what holds others by what it is."""
    match value:
        case dict():
            return "an object"
        case list():
            return f"a list of {len(value)}"
        case str() if len(value) > LONGEST_SHOWN:
            return f"text of {len(value)} characters"
        case Decimal():
            return str(value)
    return json.dumps(value, ensure_ascii=True, default=str)


def one_of(words: Iterable[Any]) -> str:
    """The accepted words, as a list to choose from."""
    return "one of " + ", ".join("null" if word is None else str(word) for word in words)

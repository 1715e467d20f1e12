"""What is asked and what is answered, and how both travel: sealed and dated under a key that the two sides alone hold.

Fernet (`cryptography`) encrypts, authenticates and dates a message in one well-known form; what is older than two minutes, or of another key,
is not read.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

ANSWERS = ("held", "not-held", "cannot-tell")
LIVES = 120  # seconds a message may be on its way, clocks that differ included
MOST_TOKENS = 200
LONGEST = 300


class Unreadable(Exception):
    """A message that is not of the other side, too old, or out of form. Its words may be shown."""


@dataclass(frozen=True)
class Question:
    """Who asks, for what, about the person of these tokens. `id` is new for each question; `agency` and `role` are codes of the asker."""

    id: str
    agency: str
    role: str
    purpose: str
    tokens: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Reply:
    """One of ANSWERS with the team to ask, and why it cannot be told; `as_of`: when the agency's own records were last read."""

    id: str
    answer: str
    team: str
    telephone: str = ""
    why: str = ""
    as_of: datetime | None = field(default=None)


def seal_question(question: Question, key: str) -> bytes:
    """The question as it travels."""
    return _seal({"kind": "question", **asdict(question)}, key)


def seal_reply(reply: Reply, key: str) -> bytes:
    """The reply as it travels."""
    said = {**asdict(reply), "as_of": reply.as_of.isoformat() if reply.as_of else None}
    return _seal({"kind": "reply", **said}, key)


def open_question(sealed: bytes, key: str) -> Question:
    """A question of the other side. Raises Unreadable."""
    said = _open(sealed, key, "question")
    held = said.get("tokens")
    if not isinstance(held, dict) or not all(isinstance(group, list) for group in held.values()):
        raise Unreadable("The tokens are out of form.")
    asked = {str(kind): tuple(map(str, group)) for kind, group in held.items()}
    if sum(map(len, asked.values())) > MOST_TOKENS:
        raise Unreadable(f"More than {MOST_TOKENS} tokens: this is no one person.")
    return Question(_text(said, "id"), _text(said, "agency"), _text(said, "role"), _text(said, "purpose"), asked)


def open_reply(sealed: bytes, key: str, asked: str) -> Reply:
    """The reply to the question of this id. Raises Unreadable."""
    said = _open(sealed, key, "reply")
    if said.get("id") != asked or said.get("answer") not in ANSWERS:
        raise Unreadable("The reply is to another question, or none of the answers there are.")
    try:
        as_of = datetime.fromisoformat(said["as_of"]) if said.get("as_of") else None
    except (TypeError, ValueError):
        raise Unreadable("The reply's date is out of form.") from None
    return Reply(asked, said["answer"], _text(said, "team"), _text(said, "telephone"), _text(said, "why"), as_of)


def _seal(said: dict[str, Any], key: str) -> bytes:
    return Fernet(key).encrypt(json.dumps(said).encode())


def _open(sealed: bytes, key: str, kind: str) -> dict[str, Any]:
    try:
        said = json.loads(Fernet(key).decrypt(sealed, ttl=LIVES))
    except InvalidToken:
        raise Unreadable(f"It is not of the other side, or older than {LIVES} seconds.") from None
    if not isinstance(said, dict) or said.get("kind") != kind:
        raise Unreadable(f"It is no {kind}.")
    return said


def _text(said: dict[str, Any], name: str) -> str:
    text = said.get(name, "")
    if not isinstance(text, str) or len(text) > LONGEST:
        raise Unreadable(f"“{name}” is out of form.")
    return text

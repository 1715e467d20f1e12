"""Rules kept as the text whose SHA-256 is their hash: so that what was decided can be decided again when the packs are others.

A text says of itself whether it is the one: nothing is decided by rules that were changed on the way.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from alongside.policy.faults import PolicyError
from alongside.policy.joint import JointPack, Places, Rulebook
from alongside.policy.loader import canonical_text
from alongside.policy.pack import Pack
from alongside.policy.rules import Cite, Origin, Rule, Timer
from alongside.policy.vocabulary import Fact

Read = Callable[[str], str | None]


def texts(book: Rulebook) -> Iterator[tuple[str, str]]:
    """What must be kept to decide by a rulebook again: each hash with its text, parts before the whole."""
    if isinstance(book, JointPack):
        for pack in book.areas.values():
            yield from texts(pack)
    yield book.hash, canonical_text(book.content)


def restore(mark: str, read: Read) -> Rulebook:
    """The rulebook of a hash; `read` gives the text of a hash. Raises PolicyError where it is not kept, or not as it was."""
    text = read(mark)
    if text is None:
        raise PolicyError(f"the rules {mark[:12]} are not kept")
    if hashlib.sha256(text.encode()).hexdigest() != mark:
        raise PolicyError(f"the rules {mark[:12]} are not as they were kept")
    held = json.loads(text)
    if "packs" not in held:
        return _pack(held)
    packs = {area: _pack_of(restore(part, read)) for area, part in held["packs"].items()}
    places = Places(*held["places"])
    return JointPack(places, {area: packs[area] for area in places.areas}, held["rules"])


def _pack_of(book: Rulebook) -> Pack:
    if not isinstance(book, Pack):
        raise PolicyError("rules of several areas are kept within each other")
    return book


def _pack(held: Mapping[str, Any]) -> Pack:
    return Pack(
        area="",
        on=date.min,
        rules=[_rule(one) for one in held["rules"]],
        layers=[],
        vocabulary={name: _fact(one) for name, one in held["vocabulary"].items()},
        parameters={},
        values=held["values"],
    )


def _rule(said: Mapping[str, Any]) -> Rule:
    held = _known(said, Rule)
    cite = _known(held["cite"], Cite)
    held["cite"] = Cite(**cite | {"sources": tuple(map(_origin, cite.get("sources", ())))})
    if held.get("timer"):
        held["timer"] = Timer(**_known(held["timer"], Timer))
    for key in ("effective_from", "effective_to"):
        if held.get(key):
            held[key] = date.fromisoformat(held[key])
    return Rule(**_tuples(held))


def _origin(said: Mapping[str, Any]) -> Origin:
    held = _known(said, Origin)
    return Origin(**held | {"read_on": date.fromisoformat(held["read_on"]) if held["read_on"] else None})


def _fact(said: Mapping[str, Any]) -> Fact:
    held = _known(said, Fact)
    if held.get("range"):
        held["range"] = [Decimal(end) if isinstance(end, str) else end for end in held["range"]]
    return Fact(**_tuples(held))


def _known(said: Mapping[str, Any], kind: type[Any]) -> dict[str, Any]:
    """What a later release has no field for decides nothing any more."""
    names = {field.name for field in fields(kind)}
    return {key: value for key, value in said.items() if key in names}


def _tuples(held: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in held.items()}

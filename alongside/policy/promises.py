"""Standing questions: *can a case exist with … in which none of these rules fires?* Kept beside the packs (`promises.toml`).

`proving` answers them for every area, on every day the rules change, whatever local choice is adopted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from alongside.policy.reading import Table


@dataclass(frozen=True)
class Promise:
    """No case with the condition `when` goes without one of the rules `unless`, in each of `areas` (none named: all).

    `aside` names local choices that may break it all the same, each with the reason: it holds while they are not adopted.
    """

    name: str
    says: str
    when: str
    unless: tuple[str, ...]
    why: str
    cite: Mapping[str, Any]
    areas: tuple[str, ...] = ()
    aside: Mapping[str, str] | None = None
    file: str = ""
    line: int = 0


_KEYS = frozenset(field.name for field in fields(Promise)) - {"name", "file", "line"}


def read_promise(table: Table, name: str) -> Promise:
    """One `[promise.NAME]`."""
    table.known_keys(_KEYS)
    aside = table.get("aside", dict, {})
    if not all(isinstance(why, str) and why for why in aside.values()):
        table.fault(f"promise {name} sets a choice aside without saying why", 'aside = { NAME = "why" }', "promise")
        aside = {}
    return Promise(
        name=name,
        says=table.get("says", str, ""),
        when=table.get("when", str, ""),
        unless=table.words("unless"),
        why=table.get("why", str, ""),
        cite=table.get("cite", dict, {}),
        areas=table.words("areas"),
        aside=aside,
        file=table.file,
        line=table.line,
    )

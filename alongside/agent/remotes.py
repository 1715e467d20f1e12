"""The platform's list of agents: one TOML file, with the partnership's key and each channel's in files beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from alongside.agent.client import Remote
from alongside.agent.settings import NotReady, channel_key, partnership_key, toml, value_of


@dataclass(frozen=True)
class Remotes:
    """The partnership's key, and by an agency's code where its agent listens."""

    partnership_key: bytes
    of: Mapping[str, Remote]


def read_remotes(path: Path) -> Remotes:
    """The agents a file names. Raises NotReady naming what is missing or out of form."""
    said = toml(path)
    named = value_of(said, "agents", dict)
    found: dict[str, Remote] = {}
    for agency, one in named.items():
        if not isinstance(one, dict):
            raise NotReady(f"[agents.{agency}] has no address and channel_key_file.")
        key = channel_key(path.parent / value_of(one, "channel_key_file", str))
        try:
            found[agency] = Remote(value_of(one, "address", str), key)
        except ValueError as fault:
            raise NotReady(f"[agents.{agency}] {fault}") from None
    return Remotes(partnership_key(path.parent / value_of(said, "partnership_key_file", str)), found)

"""The agent's settings: one TOML file at the agency, and two key files beside it that nobody else may read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet

from alongside.agent.tokens import SHORTEST_KEY

STALE_AFTER = 48  # hours after which an index may lack somebody new: nothing found is then *cannot tell*
MOST_AN_HOUR = 600  # questions: more than a partnership asks, fewer than somebody who tries names needs


class NotReady(Exception):
    """The agent cannot run as it is set up. Its words say what to do."""


@dataclass(frozen=True)
class Settings:
    """`csv` or `database` with `view` say where the agency's people are; `maps` renames its columns to ours (contract, section 3).

    `restricted` names a column: where it holds anything but 0, false or no, the record is answered with *cannot tell, ask this team*.
    """

    agency: str
    team: str
    telephone: str
    listen: str
    partnership_key: bytes
    channel_key: str
    index: Path
    log: Path
    csv: Path | None
    database: str
    view: str
    maps: Mapping[str, str]
    restricted: str
    stale_after: int
    most_an_hour: int


def read(path: Path) -> Settings:
    """The settings of a file; other paths in it are beside it. Raises NotReady naming what is missing or out of form."""
    said = toml(path)
    source = value_of(said, "source", dict, {})
    csv = value_of(source, "csv", str, "")
    held = Settings(
        agency=value_of(said, "agency", str),
        team=value_of(said, "team", str),
        telephone=value_of(said, "telephone", str, ""),
        listen=value_of(said, "listen", str, "127.0.0.1:8471"),
        partnership_key=partnership_key(path.parent / value_of(said, "partnership_key_file", str)),
        channel_key=channel_key(path.parent / value_of(said, "channel_key_file", str)),
        index=path.parent / value_of(said, "index", str, "agent-index.sqlite"),
        log=path.parent / value_of(said, "log", str, "agent-log.jsonl"),
        csv=path.parent / csv if csv else None,
        database=value_of(source, "database", str, ""),
        view=value_of(source, "view", str, ""),
        maps={str(theirs): str(ours) for theirs, ours in value_of(source, "map", dict, {}).items()},
        restricted=value_of(source, "restricted", str, ""),
        stale_after=value_of(said, "stale_after_hours", int, STALE_AFTER),
        most_an_hour=value_of(said, "most_an_hour", int, MOST_AN_HOUR),
    )
    if bool(held.csv) == bool(held.database):
        raise NotReady("Under [source], name either csv, or database with view.")
    if held.database and not held.view:
        raise NotReady("Under [source], name the view that the people are read from.")
    return held


def toml(path: Path) -> dict[str, Any]:
    """What a TOML file says. Raises NotReady."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as fault:
        raise NotReady(f"{path}: {fault.strerror}.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise NotReady(f"{path} is not TOML: {fault}.") from None


def value_of(said: Mapping[str, Any], name: str, kind: type, default: Any = None) -> Any:
    """A setting of this kind; without a default it must be there. Raises NotReady."""
    value = said.get(name, default)
    if value is None:
        raise NotReady(f"The setting “{name}” is missing.")
    if not isinstance(value, kind):
        raise NotReady(
            f"The setting “{name}” is no {'text' if kind is str else 'whole number' if kind is int else 'table'}."
        )
    return value


def secret_text(path: Path) -> str:
    """A key file's text. Raises NotReady where it cannot be read, or others than its owner can read it."""
    try:
        mode, text = path.stat().st_mode, path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise NotReady(f"The key file {path} cannot be read. `alongside agent new-key` makes one.") from None
    if mode & 0o077:
        raise NotReady(f"Others than its owner can read {path}. Run: chmod 600 {path}")
    return text


def partnership_key(path: Path) -> bytes:
    """The partnership's key from its file. Raises NotReady."""
    try:
        key = bytes.fromhex(secret_text(path))
    except ValueError:
        key = b""
    if len(key) < SHORTEST_KEY:
        raise NotReady(f"{path} holds no partnership key: {2 * SHORTEST_KEY} hexadecimal digits or more.")
    return key


def channel_key(path: Path) -> str:
    """The key of a channel from its file. Raises NotReady."""
    text = secret_text(path)
    try:
        Fernet(text)
    except ValueError:
        raise NotReady(f"{path} holds no channel key. `alongside agent new-key` makes one.") from None
    return text

"""The file ALONGSIDE_DIRECTORIES: one table for each agency that signs its staff in through a directory of its own."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from alongside.config.env import SettingError

NEEDED = {"agency", "name", "server", "client", "secret_file"}


def read(name: str) -> list[dict[str, Any]]:
    """What allauth is told of each directory; none without a file. `SettingError` names what is wrong."""
    if not name:
        return []
    try:
        said = tomllib.loads(Path(name).read_text("utf-8"))
        return [_app(row) for row in said.get("directory", [])]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise SettingError(f"ALONGSIDE_DIRECTORIES: {fault}") from None


def origins(apps: list[dict[str, Any]]) -> list[str]:
    """Where the sign-in page may send a browser, for the content policy."""
    parts = [urlsplit(app["settings"]["server_url"]) for app in apps]
    return [f"{part.scheme}://{part.netloc}" for part in parts]


def _app(row: Any) -> dict[str, Any]:
    if not isinstance(row, dict) or row.keys() != NEEDED or not all(isinstance(one, str) for one in row.values()):
        raise SettingError(f"ALONGSIDE_DIRECTORIES: each [[directory]] has {', '.join(sorted(NEEDED))}, all as text")
    server = urlsplit(row["server"])
    if server.scheme != "https" and server.hostname not in {"localhost", "127.0.0.1"}:
        raise SettingError(f"ALONGSIDE_DIRECTORIES: the server of {row['agency']} is not https")
    return {
        "provider_id": row["agency"],
        "name": row["name"],
        "client_id": row["client"],
        "secret": Path(row["secret_file"]).read_text("utf-8").strip(),
        # No name, no address: only who it is. The identity is taken from the signed token.
        "settings": {"server_url": row["server"], "scope": ["openid"], "fetch_userinfo": False},
    }

"""Keys that live outside the database: given by the environment, or made once and kept in the data folder."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
import tempfile
from pathlib import Path

from alongside.config import env


def key_text(name: str, data: Path) -> str:
    """The setting `name`, or a fresh key of 32 bytes (base64) kept in `data` under the setting's name.

    Two processes that start at once agree: the file is linked into place whole, and the first one stands.
    """
    given = env.text(name)
    if given:
        return given
    path = data / name.removeprefix("ALONGSIDE_").lower().replace("_", "-")
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii").strip()


def key_bytes(name: str, data: Path) -> bytes:
    """As `key_text`, decoded; `SettingError` when it is not 32 bytes in base64."""
    return decoded(key_text(name, data), name)


def decoded(text: str, name: str = "ALONGSIDE_SEALING_KEYS_BEFORE") -> bytes:
    """The 32 bytes that `text` holds in base64; `SettingError` naming the setting otherwise."""
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as fault:
        raise env.SettingError(f"{name} is not base64") from fault
    if len(key) != 32:
        raise env.SettingError(f"{name} holds {len(key)} bytes; 32 are needed")
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, fresh = tempfile.mkstemp(dir=path.parent, prefix=".key-")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(base64.b64encode(secrets.token_bytes(32)).decode("ascii"))
            file.flush()
            os.fsync(file.fileno())
        os.link(fresh, path)
    except FileExistsError:
        return
    finally:
        Path(fresh).unlink()

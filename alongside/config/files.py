"""The address that files of cases are given out from."""

from __future__ import annotations

from urllib.parse import urlsplit

from alongside.config.env import SettingError


def files_address(given: str, address: str, *, is_demo: bool) -> str:
    """The address without a slash at its end, or "". `SettingError` where it would not be a host of its own, or not as safe as the site.

    In the demonstration it is `files.localhost`, which browsers find on this machine by themselves.
    """
    own = urlsplit(address)
    if not given and is_demo:
        return f"{own.scheme}://files.localhost:{own.port}" if own.port else f"{own.scheme}://files.localhost"
    held = urlsplit(given)
    if not given:
        return ""
    if held.scheme != own.scheme or not held.hostname or held.path.strip("/") or held.query:
        raise SettingError(
            f"ALONGSIDE_FILES_ADDRESS is {given!r}; an address like {own.scheme}://files.example.org is needed"
        )
    if held.hostname == own.hostname:
        raise SettingError("ALONGSIDE_FILES_ADDRESS needs a host name of its own, not that of ALONGSIDE_ADDRESS")
    return given.rstrip("/")


def files_host(address: str) -> list[str]:
    """The host name to answer for."""
    host = urlsplit(address).hostname
    return [host] if host else []

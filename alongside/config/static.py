"""What a file of style or script carries: it is no page, so it may do nothing when somebody opens it as one."""

from __future__ import annotations

from collections.abc import MutableMapping

POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"


def static_headers(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """Called by whitenoise for each file it serves."""
    headers["Content-Security-Policy"] = POLICY
    headers["Cross-Origin-Resource-Policy"] = "same-origin"

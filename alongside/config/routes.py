"""Every address with its access rule, read from the views themselves; for pages of libraries the rule stands here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

ANYONE = "anyone"
SIGNED_IN = "signed in"
SIGNING_IN = "between password and code"
TOKEN = "an agency's token"  # noqa: S105 - the name of a rule

OF_LIBRARIES = {
    "account_login": ANYONE,
    "account_logout": ANYONE,
    "openid_connect_login": ANYONE,
    "openid_connect_callback": ANYONE,
    "account_inactive": ANYONE,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": SIGNING_IN,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_login_webauthn": ANYONE,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "api-1:openapi-json": ANYONE,
    "api-1:api-root": ANYONE,
}


@dataclass(frozen=True)
class Route:
    """`rule` is one of the words above, a permission code of `agencies.roles`, or None: nobody has said."""

    pattern: str
    name: str
    rule: str | None
    view: Any


def routes() -> list[Route]:
    """All routes of the site, in the order they are tried."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: Any, prefix: str, space: str) -> Iterator[Route]:
    for entry in patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry.url_patterns, pattern, inner)
        elif isinstance(entry, URLPattern):
            name = f"{space}{entry.name or ''}"
            yield Route(pattern, name, _rule(entry, pattern, name), entry.callback)


def _rule(entry: URLPattern, pattern: str, name: str) -> str | None:
    declared: str | None = getattr(entry.callback, "access_rule", None)
    if declared:
        return declared
    if name in OF_LIBRARIES:
        return OF_LIBRARIES[name]
    if getattr(entry.callback, "login_required", True) is False:
        return ANYONE
    return TOKEN if pattern.startswith("api/") else None

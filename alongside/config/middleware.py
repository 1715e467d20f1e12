"""What every request and every answer goes through. Sign-in is the rule and openness the exception: nothing fails open."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.urls import ResolverMatch
from django.utils import timezone

from alongside.agencies.access import Refused
from alongside.api import problems
from alongside.audit.api import StateRefused, record_read
from alongside.design import errors
from alongside.gate import idling, proof
from alongside.gate.viewing import NotVisible
from alongside.sealed.errors import Destroyed
from alongside.uploads import serving

Next = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "worker-src 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",  # and nobody may make a text into one
    )
)
REFUSED_POWERS = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture",
    "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection",
    "local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "serial",
    "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS_POLICY = ", ".join(f"{power}=()" for power in REFUSED_POWERS)

# Addresses whose callers show a token of their own instead of a session.
OWN_ACCESS = ("/api/",)
IN_CLEAR = (
    "This came over http, where others can read it. Nothing was stored. Send over https; if a token was sent along, have it ended and "
    "a new one made: somebody may have read it."
)
SIGNED_IN_ON = "signed_in_on"
# Ids and references as addresses hold them.
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|AL-[A-Z0-9]{4}-[A-Z0-9]{2}")


class SecurityHeaders:
    """The same strict headers on every answer, and no copy of a page in any cache."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store"
        return response


class Moment:
    """Reads the clock once: `request.at` is the instant every action of the request is said to happen at."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()  # type: ignore[attr-defined]
        return self.get_response(request)


class AddressOfFiles:
    """The host of files knows no session and no page: it is answered before either is looked at."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return serving.answer(request) if serving.is_address_of_files(request) else self.get_response(request)


class SignedIn(LoginRequiredMiddleware):
    """Every page asks for a sign-in unless its view is marked `login_not_required`."""

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        if request.path.startswith(OWN_ACCESS):
            return None
        refused = super().process_view(request, view, args, kwargs)
        # Going on to the sign-in page would lose what was typed.
        return errors.signed_out(request) if refused is not None and request.method == "POST" else refused


class OwnPagesOnly(CsrfViewMiddleware):
    """Takes a form only from a page of ours.

    Under `Referrer-Policy: no-referrer` a browser gives the origin of its own page's form as `null`, so the browser's own
    word for where it comes from, which no page can forge, is taken instead; another site's is refused before any token.
    """

    def process_view(  # type: ignore[override]  # the stubs allow only one kind of refusal
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        unsafe = request.method not in {"GET", "HEAD", "OPTIONS", "TRACE"}
        if (
            unsafe
            and not request.path.startswith(OWN_ACCESS)
            and request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}
        ):
            return errors.stale_form(request)
        try:
            # Nothing larger is read at all, whoever sends it: what is read is held in memory, never in a file beside the database.
            length = request.META.get("CONTENT_LENGTH") or "0"
            if length.isdecimal() and int(length) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
                raise RequestDataTooBig
            return super().process_view(request, view, args, kwargs)
        except RequestDataTooBig:
            return None if request.path.startswith(OWN_ACCESS) else errors.too_large(request)

    def _origin_verified(self, request: HttpRequest) -> bool:
        if request.META["HTTP_ORIGIN"] == "null":
            return request.headers.get("Sec-Fetch-Site") == "same-origin"
        verified: bool = super()._origin_verified(request)  # type: ignore[misc]  # there, but not in the stubs
        return verified


class SessionLimits:
    """A session ends ten hours after sign-in, however busy it was; after log-out the browser is told to forget."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            began = request.session.setdefault(SIGNED_IN_ON, request.at.isoformat())  # type: ignore[attr-defined]
            if request.at - datetime.fromisoformat(began) > settings.SESSION_ABSOLUTE_AGE:  # type: ignore[attr-defined]
                logout(request)
                return errors.signed_out(request) if request.method == "POST" else redirect("account_login")
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if was_signed_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


class SecondFactor:
    """Outside the demonstration a session opens nothing until a factor that counts was shown in it: a passkey, or in the days of
    setting up a code of the app. Until then there is one way in, and the way out."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match: ResolverMatch | None = request.resolver_match
        if settings.ALONGSIDE_DEMO or not request.user.is_authenticated or request.path.startswith(OWN_ACCESS):
            return None
        if proof.is_proven(request) or (match and match.url_name == "account_logout"):
            return None
        ways = _ways_in(request)
        if match and match.url_name in ways:
            return None
        return redirect(ways[0]) if ways else errors.not_set_up(request)


class IdleLock:
    """After some minutes without anything done every page asks who is there, and loses nothing (`gate.idling`). The way out stays open."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match: ResolverMatch | None = request.resolver_match
        if not request.user.is_authenticated or request.path.startswith(OWN_ACCESS):
            return None
        if match and match.url_name in {"account_logout", "still_signed_in"}:
            return None
        return idling.ask(request)


def _ways_in(request: HttpRequest) -> tuple[str, ...]:
    """The pages open to a session that is not proven, the one to go to first; none when two people have to set the account up anew."""
    held = proof.held(request)
    if proof.PASSKEY in held:
        return ("mfa_reauthenticate_webauthn",)
    if proof.APP in held:  # after the days of setting up, its code still opens the way to a passkey
        by_code = proof.APP in proof.kinds(request)
        return ("mfa_add_webauthn", "mfa_reauthenticate") if by_code else ("mfa_reauthenticate",)
    if proof.may_set_up(request):
        return ("mfa_add_webauthn", "mfa_activate_totp", "account_reauthenticate")
    return ()


ERASED = "This is about a person who was erased. Nothing more is kept about them, and nothing was saved."


class Refusals:
    """Turns what the domain refuses into a page that says what happened, what is safe and what to do."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """No text has the character 0, so nothing has such an address; forms refuse it themselves, PostgreSQL only by a fault."""
        if settings.SECURE_SSL_REDIRECT and not request.is_secure() and request.path.startswith(OWN_ACCESS):
            return problems.answer(problems.problem(403, IN_CLEAR))
        asked = (request.path, *(part for pair in request.GET.lists() for part in (pair[0], *pair[1])))
        return errors.not_found(request) if any("\0" in part for part in asked) else None

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if isinstance(fault, NotVisible | Refused):
            _keep_refused(request, fault)
        if isinstance(fault, NotVisible):
            return errors.not_found(request)
        if isinstance(fault, Refused):
            return errors.refused(request, str(fault), fault.cite)
        if isinstance(fault, StateRefused):
            return errors.refused(request, str(fault))
        if isinstance(fault, Destroyed):
            return errors.refused(request, ERASED)
        if isinstance(fault, RequestDataTooBig):
            return errors.too_large(request)
        return None


def _keep_refused(request: HttpRequest, fault: Exception) -> None:
    """Who asked in vain, for which page and id, is in the audit too. Of an address only ids are kept: a name may be typed into it."""
    user, match = getattr(request, "user", None), request.resolver_match
    if user is None or not user.is_authenticated or match is None:
        return
    asked = next((str(part) for part in match.kwargs.values() if ID.fullmatch(str(part))), "none")
    why = "not-visible" if isinstance(fault, NotVisible) else "refused"
    record_read(("address", asked), by=user, at=request.at, what="refused", page=match.view_name, why=why)  # type: ignore[attr-defined]

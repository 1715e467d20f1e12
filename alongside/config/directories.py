"""Agencies' own directories (OpenID Connect): where each signs its staff in, from a file; and whom it may bring.

A directory brings nobody new and nobody of another agency: it opens the account that two people bound to its agency and to its own
identifier of the person. It stands in for the words to begin with; a passkey is asked for all the same.
"""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.account.internal.decorators import login_not_required
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest
from django.views.decorators.http import require_POST

from alongside.design import errors


class Directories(DefaultSocialAccountAdapter):
    """Neither sign-up nor linking: an account is bound to a directory when two people open it, and in no other way."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        user, agency = sociallogin.user, sociallogin.account.provider
        is_known = sociallogin.is_existing and user.agency.code == agency
        if not is_known or sociallogin.state.get("process") != "login":
            _refuse(request)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_: Any) -> None:
        _refuse(request)


def _refuse(request: HttpRequest) -> NoReturn:
    """Alike for everybody whom a directory does not bring, and for every fault on the way."""
    raise ImmediateHttpResponse(
        errors.page(
            request,
            403,
            title="Your agency’s directory did not open Alongside",
            happened="Either it was not finished there, or no account here is bound to you in that directory.",
            safe="Nothing was opened or changed.",
            todo="Try again from the sign-in page. If it happens again, ask your agency’s administrator: accounts are opened by two people.",
        )
    )


begin = login_not_required(require_POST(views.login))
back = views.callback

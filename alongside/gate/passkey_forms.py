"""allauth's forms that take a passkey, which fail on what no browser sends; these refuse it like any other that does not fit."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm, ReauthenticateWebAuthnForm


class _Careful:
    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (KeyError, ValueError, TypeError, AttributeError) as fault:
            raise get_adapter().validation_error("incorrect_code") from fault


class SignIn(_Careful, LoginWebAuthnForm):
    """Instead of a password."""


class AfterPassword(_Careful, AuthenticateWebAuthnForm):
    """After a password."""


class Confirm(_Careful, ReauthenticateWebAuthnForm):
    """Once more, in a session that is there."""

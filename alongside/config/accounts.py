"""How allauth and axes are told the partnership's rules: no self sign-up, sealed second factors, a plain lock-out page."""

from __future__ import annotations

import base64
from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from alongside.agencies.models import User
from alongside.design.errors import page


class Accounts(DefaultAccountAdapter):
    """Accounts are opened by an agency's administrator; nobody signs themselves up."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The email address or the password does not fit.",
        "incorrect_password": "The password does not fit.",
        "enter_current_password": "Enter your current password.",
        "too_many_login_attempts": "There were too many tries. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """No "signed in as NAME" banners: people pass behind screens."""

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The strongest way alone: who has a passkey confirms by it, never by the password somebody may have learned."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if settings.ALONGSIDE_DEMO:
            return ways
        order = ("mfa_reauthenticate:webauthn", "mfa_reauthenticate", "reauthenticate")
        return sorted(ways, key=lambda way: order.index(way["id"]))[:1]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing leaves but through the outbox; allauth's own letters are never sent."""


class SecondFactors(DefaultMFAAdapter):
    """Secrets of authenticator apps are kept encrypted under the sealing key; passkeys are bound to the address of the site."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That did not fit. Nothing was changed. Try again.",
        "cannot_delete_authenticator": "Without it you could not sign in any more. Add a passkey first.",
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Nobody removes what they need to come in."""
        return settings.ALONGSIDE_DEMO or self.is_mfa_enabled(authenticator.user, [Authenticator.Type.WEBAUTHN])

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return "My device"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site's own name, not what a request calls it. A number is no name, so on one's own machine it is `localhost`."""
        host = urlsplit(settings.ALONGSIDE_ADDRESS).hostname or "localhost"
        return {"id": "localhost" if host == "127.0.0.1" else host, "name": "Alongside"}

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode("ascii")).decode()


def _box() -> Fernet:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"alongside second factor v1")
    return Fernet(base64.urlsafe_b64encode(derive.derive(settings.ALONGSIDE_SEALING_KEY)))


def display(user: User) -> str:
    return user.name


def sign_in_name(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """The account a failed try counts against: what was typed, in one spelling."""
    typed = (credentials or {}).get("email") or (request.POST.get("login", "") if request else "")
    return str(typed).strip().lower()


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """Said alike for accounts that exist and accounts that do not."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return page(
        request,
        429,
        title="Wait before you try again",
        happened=f"There were {settings.AXES_FAILURE_LIMIT} tries with a password that did not fit.",
        safe="Nothing was opened.",
        todo=f"Wait {minutes} minutes, then try again. If it was not you, tell your agency's administrator now.",
    )

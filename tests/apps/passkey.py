"""A device that holds passkeys, in a few lines: what a browser would send for it. And sessions that are proven already."""

from __future__ import annotations

import html
import json
import os
import re
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.http import HttpResponse
from django.test import Client
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ADD, SIGN_IN, CONFIRM = "/account/passkeys/add/", "/account/passkeys/sign-in/", "/account/passkeys/confirm/"
OPTIONS = re.compile(r"data-passkey-options='([^']*)'")
KNOWS_ITS_OWNER = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class Device:
    """`origin` is where its browser stands; `site` the name it was asked for. A thief's site has another."""

    def __init__(self, origin: str = "http://localhost:8000", site: str = "localhost") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = os.urandom(16)
        self.origin, self.site, self.owner = origin, site, ""

    def made(self, options: dict[str, Any], flags: Any = KNOWS_ITS_OWNER) -> str:
        """A new passkey, as the form sends it."""
        asked = options["publicKey"]
        self.owner = asked["user"]["id"]
        public = AttestedCredentialData.create(
            Aaguid.NONE, self.credential_id, ES256.from_cryptography_key(self.key.public_key())
        )
        data = AuthenticatorData.create(sha256(self.site.encode()), flags | AuthenticatorData.FLAG.AT, 0, public)
        client = self._client(CollectedClientData.TYPE.CREATE, asked["challenge"])
        said = {"attestationObject": AttestationObject.create("none", data, {}), "clientDataJSON": client}
        return self._answer(said, clientExtensionResults={"credProps": {"rk": True}})

    def shown(self, options: dict[str, Any], flags: Any = KNOWS_ITS_OWNER) -> str:
        """The passkey used, as the form sends it."""
        client = self._client(CollectedClientData.TYPE.GET, options["publicKey"]["challenge"])
        data = AuthenticatorData.create(sha256(self.site.encode()), flags, 0)
        signature = self.key.sign(bytes(data) + client.hash, ec.ECDSA(SHA256()))
        said = {"authenticatorData": data, "clientDataJSON": client, "signature": signature}
        return self._answer(said, owner=self.owner)

    def _client(self, kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, challenge, self.origin)

    def _answer(self, said: dict[str, bytes], owner: str = "", **more: Any) -> str:
        name = websafe_encode(self.credential_id)
        response = {key: websafe_encode(bytes(value)) for key, value in said.items()}
        response |= {"userHandle": owner} if owner else {}
        whole = {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
        return json.dumps(whole | more)


def options(answer: HttpResponse) -> dict[str, Any]:
    """What a page asks the browser for."""
    found = OPTIONS.search(answer.content.decode())
    assert found, answer.content.decode()[:600]
    held: dict[str, Any] = json.loads(html.unescape(found[1]))
    return held


def adds(client: Client, device: Device, **how: Any) -> HttpResponse:
    """The page where a passkey is added, and what it answers to one."""
    page = client.get(ADD)
    assert page.status_code == 200, (page.status_code, page.headers.get("Location"))
    return client.post(ADD, {"name": "work laptop", "credential": device.made(options(page), **how)})


def signs_in(client: Client, device: Device, **how: Any) -> HttpResponse:
    """Sign in by passkey alone."""
    asked = client.get(SIGN_IN, headers={"accept": "application/json"}).json()["request_options"]
    return client.post(SIGN_IN, {"credential": device.shown(asked, **how)})


def confirms(client: Client, device: Device) -> HttpResponse:
    """Show it once more in a session that is there."""
    return client.post(CONFIRM, {"credential": device.shown(options(client.get(CONFIRM)))})


def proven(client: Client, at: datetime, kind: str = "webauthn") -> Client:
    """The session of a client, proven at a moment: for tests of pages with a step-up."""
    session = client.session
    record = (
        {"method": "mfa", "type": kind, "at": at.timestamp()}
        if kind != "password"
        else {"method": kind, "at": at.timestamp()}
    )
    session["account_authentication_methods"] = [record]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return client

"""The whole product on an empty database, for proofs that ask its pages: set up by a proof's own process, before anything is imported."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable

import django

from tests.prove.ledger import Found

Run = Callable[[int, int], Found]


def begin() -> None:
    """Settings of the product, its tables, and cheap passwords; the clock of its pages stands at the evening of the invented call."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        "DATABASE_URL": os.environ["PROVE_DATABASE_URL"],
        "ALONGSIDE_DATA": tempfile.mkdtemp(prefix="prove-"),
        "ALONGSIDE_DEMO": "yes",
        "ALONGSIDE_HOSTS": "localhost,127.0.0.1,testserver",
        "ALONGSIDE_LOG_LEVEL": "ERROR",
    }
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from tests.apps.partnership import NOW

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    from alongside.config import middleware

    middleware.timezone.now = lambda: NOW  # type: ignore[attr-defined]


def prove(run: Run) -> None:
    """`COUNT SEED` of the command line to the product, and what was found as JSON."""
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    begin()
    begun = time.monotonic()
    found = run(count, seed)
    found.seconds = time.monotonic() - begun
    print(found.to_json())

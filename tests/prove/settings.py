"""Settings of the programs under proof: the ground apps alone, on a database of their own."""

from __future__ import annotations

import os
from pathlib import Path

from alongside.config.database import database

_url = os.environ["PROVE_DATABASE_URL"]
DATABASES = {"default": database(_url, Path())}
if os.environ.get("PROVE_MAX_PAGES"):
    DATABASES["default"]["OPTIONS"]["init_command"] += f";PRAGMA max_page_count={int(os.environ['PROVE_MAX_PAGES'])}"
INSTALLED_APPS = ["alongside.audit", "alongside.sealed", "alongside.outbox"]
MIDDLEWARE = ["alongside.audit.middleware.UnitOfWork"]
ROOT_URLCONF = "tests.prove.site"
SECRET_KEY = "proof " * 9
ALONGSIDE_AUDIT_KEY = b"a key for proofs and nothing else"
ALONGSIDE_SEALING_KEY = b"s" * 32
ALONGSIDE_SEALING_KEYS_BEFORE = ()
ALONGSIDE_ADDRESS = "http://127.0.0.1"
ALONGSIDE_MAIL_FROM = "alongside@prove.test"
ALONGSIDE_DEMO = False
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ.get("PROVE_MAIL_PORT", "1"))
EMAIL_TIMEOUT = 10
ALLOWED_HOSTS = ["127.0.0.1"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TIME_ZONE, USE_TZ = "Europe/London", True
LOGGING_CONFIG = None

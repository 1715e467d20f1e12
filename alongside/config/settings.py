"""Django's settings, all of them derived from the table in `env.py`."""

from __future__ import annotations

from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

import django_stubs_ext

from alongside.config import directory_file, env
from alongside.config.database import database
from alongside.config.files import files_address, files_host
from alongside.config.keys import decoded, key_bytes, key_text
from alongside.config.layers import installed_apps
from alongside.config.static import static_headers

django_stubs_ext.monkeypatch()  # lets fields and managers be written with their types, as `Field[str, str]`

PACKAGE_DIR = Path(__file__).resolve().parent.parent
# In a wheel the packs travel inside the package; in a checkout they stand beside it.
_SHIPPED_PACKS = PACKAGE_DIR / "packs" if (PACKAGE_DIR / "packs").is_dir() else PACKAGE_DIR.parent / "packs"
PACKS_DIR = env.folder("ALONGSIDE_PACKS") if env.text("ALONGSIDE_PACKS") else _SHIPPED_PACKS

ALONGSIDE_DATA = env.folder("ALONGSIDE_DATA")
ALONGSIDE_DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
ALONGSIDE_DEMO = env.flag("ALONGSIDE_DEMO")
ALONGSIDE_ADDRESS = env.text("ALONGSIDE_ADDRESS").rstrip("/")
ALONGSIDE_SEALING_KEY = key_bytes("ALONGSIDE_SEALING_KEY", ALONGSIDE_DATA)
ALONGSIDE_SEALING_KEYS_BEFORE = tuple(map(decoded, env.names("ALONGSIDE_SEALING_KEYS_BEFORE")))
ALONGSIDE_AUDIT_KEY = key_bytes("ALONGSIDE_AUDIT_KEY", ALONGSIDE_DATA)
ALONGSIDE_ERASED = env.folder("ALONGSIDE_ERASED") if env.text("ALONGSIDE_ERASED") else ALONGSIDE_DATA / "erased"
ALONGSIDE_KEEP_CASE_YEARS = env.number("ALONGSIDE_KEEP_CASE_YEARS")
ALONGSIDE_KEEP_UNTIL_AGE = env.number("ALONGSIDE_KEEP_UNTIL_AGE")
ALONGSIDE_AGENTS = env.text("ALONGSIDE_AGENTS")
ALONGSIDE_DIRECTORIES = env.text("ALONGSIDE_DIRECTORIES")
ALONGSIDE_AGENT_MINUTES = env.number("ALONGSIDE_AGENT_MINUTES")
ALONGSIDE_LISTEN = env.text("ALONGSIDE_LISTEN")
ALONGSIDE_PORT = env.number("ALONGSIDE_PORT")
ALONGSIDE_WORKERS = env.number("ALONGSIDE_WORKERS")
ALONGSIDE_UNOPENED_MINUTES = env.number("ALONGSIDE_UNOPENED_MINUTES")
ALONGSIDE_UNSENT_CALL_MINUTES = env.number("ALONGSIDE_UNSENT_CALL_MINUTES")
ALONGSIDE_CLAMD = env.text("ALONGSIDE_CLAMD")
ALONGSIDE_SIGNATURE_DAYS = env.number("ALONGSIDE_SIGNATURE_DAYS")
ALONGSIDE_FILES_ADDRESS = files_address(env.text("ALONGSIDE_FILES_ADDRESS"), ALONGSIDE_ADDRESS, is_demo=ALONGSIDE_DEMO)
ALONGSIDE_IDLE_MINUTES = env.number("ALONGSIDE_IDLE_MINUTES")
ALONGSIDE_SET_UP_DAYS = env.number("ALONGSIDE_SET_UP_DAYS")
ALONGSIDE_LOOK_UP_MS = env.number("ALONGSIDE_LOOK_UP_MS")

SECRET_KEY = key_text("ALONGSIDE_SECRET_KEY", ALONGSIDE_DATA)
DEBUG = env.flag("ALONGSIDE_DEBUG")
ALLOWED_HOSTS = [*env.names("ALONGSIDE_HOSTS"), *files_host(ALONGSIDE_FILES_ADDRESS)]
INTERNAL_IPS: list[str] = []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    *installed_apps(),
]

_UNIT_OF_WORK = ["alongside.audit.middleware.UnitOfWork"] if find_spec("alongside.audit.middleware") else []

# Outermost first. The unit of work stands outside the session, so that a request's changes, its audit and its session
# are one commit; what turns refusals into pages stands inside it.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "alongside.config.even_time.EvenTime",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alongside.config.middleware.SecurityHeaders",
    "alongside.config.middleware.Moment",
    *_UNIT_OF_WORK,
    "alongside.config.middleware.AddressOfFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "alongside.config.middleware.OwnPagesOnly",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "alongside.config.middleware.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alongside.config.middleware.SessionLimits",
    "alongside.config.middleware.SecondFactor",
    "alongside.config.middleware.IdleLock",
    "alongside.config.middleware.Refusals",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "alongside.config.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "alongside.design.jinja.environment",
            "context_processors": ["alongside.design.context.page"],
        },
    },
    {  # for libraries that bring templates of Django's own kind
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
FORM_RENDERER = "alongside.design.forms.Renderer"

DATABASES = {"default": database(env.text("DATABASE_URL"), ALONGSIDE_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Counters of failed sign-ins are shared by every worker only when they live in the database.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"},
}

# -- Signing in --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "alongside.config.accounts.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_DISPLAY = "alongside.config.accounts.display"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60  # also of a step-up (`gate.stepping`)
# Per account it is axes that locks; here per network address, generous because an agency's staff share one.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "40/m/ip,10/5m/key", "reauthenticate": "10/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("ALONGSIDE_TRUSTED_PROXY") else 0
MFA_ADAPTER = "alongside.config.accounts.SecondFactors"
MFA_SUPPORTED_TYPES = ["webauthn", "totp"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # the device knows its owner: by a finger, a face or a PIN
# Generous, because an agency’s staff share one address; a passkey cannot be guessed.
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
MFA_FORMS = {
    "add_webauthn": "alongside.config.passkeys.PasskeyForm",
    "login_webauthn": "alongside.gate.passkey_forms.SignIn",
    "authenticate_webauthn": "alongside.gate.passkey_forms.AfterPassword",
    "reauthenticate_webauthn": "alongside.gate.passkey_forms.Confirm",
}
MFA_TOTP_ISSUER = "Alongside"
SOCIALACCOUNT_ADAPTER = "alongside.config.directories.Directories"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"APPS": directory_file.read(ALONGSIDE_DIRECTORIES), "OAUTH_PKCE_ENABLED": True}
}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an address in a directory says nothing of whose account it is
SOCIALACCOUNT_STORE_TOKENS = False
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "alongside.config.accounts.sign_in_name"
AXES_LOCKOUT_CALLABLE = "alongside.config.accounts.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True

# -- What travels, and how ---------------------------------------------------------------------------------------------
HTTPS = ALONGSIDE_ADDRESS.startswith("https://")
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # so that a session can be ended from outside
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
# What the next page will say may be what is owed in a case: a cookie of its own would keep that in clear on the device.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_ABSOLUTE_AGE = timedelta(hours=10)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "alongside.design.errors.stale_form"
CSRF_TRUSTED_ORIGINS = [ALONGSIDE_ADDRESS]
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [
    r"^api/"
]  # refused instead: a system led on to https would never hear that its token went in clear
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if env.flag("ALONGSIDE_TRUSTED_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# A document of 20 MB and its form. Nothing larger is read, so nothing uploaded is ever put into a file.
FILE_UPLOAD_MAX_MEMORY_SIZE = 21 * 1024 * 1024

# -- Words, times, files -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
STATIC_ROOT = None
# Served from the package itself, under names that change with the content: no copy to go stale.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ADD_HEADERS_FUNCTION = static_headers
WHITENOISE_IMMUTABLE_FILE_TEST = r"\.[0-9a-f]{12}\.(css|js)$"

# -- Mail to staff -----------------------------------------------------------------------------------------------------
ALONGSIDE_MAIL_FROM = DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("ALONGSIDE_MAIL_FROM")
_smtp = urlsplit(env.text("ALONGSIDE_SMTP_URL"))
# In the demonstration no letter leaves: it is caught and shown on a page.
EMAIL_BACKEND = (
    "alongside.outbox.backends.CatchingBackend" if ALONGSIDE_DEMO else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = _smtp.hostname or ""
EMAIL_PORT = _smtp.port or (465 if _smtp.scheme == "smtps" else 587)
EMAIL_HOST_USER = unquote(_smtp.username or "")
EMAIL_HOST_PASSWORD = unquote(_smtp.password or "")
EMAIL_USE_SSL = _smtp.scheme == "smtps"
EMAIL_USE_TLS = _smtp.scheme == "smtp" and bool(_smtp.username)
EMAIL_TIMEOUT = 15
ADMINS: list[tuple[str, str]] = []  # a traceback by mail is a leak

# -- Logs: what happened and where, never who or what was typed -----------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"plain": {"()": "alongside.config.logs.NoPersonalData"}},
    "formatters": {"line": {"()": "alongside.config.logs.LineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["plain"]}},
    "root": {"handlers": ["console"], "level": env.text("ALONGSIDE_LOG_LEVEL")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "axes": {"level": "ERROR"},
    },
}
SILENCED_SYSTEM_CHECKS = [
    "axes.W006",  # tries are counted per account here, and per network address by allauth with a limit of its own
    "security.W003",  # the check of forms is there, as the stricter OwnPagesOnly
]

"""Settings, from the environment: every variable is OPENSPACES_*, each is described in docs/running.md."""

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from openspaces.lib import addresses, mail
from openspaces.lib.sqlite import use_fixed_sqlite

use_fixed_sqlite()

DATA = Path(os.environ.get("OPENSPACES_DATA") or "data").resolve()
"""The directory of everything that is kept: the database, the secret, files."""


def _secret() -> str:
    """The secret of this installation: from the environment, else from its file, which is made at the first start."""
    if given := os.environ.get("OPENSPACES_SECRET"):
        return given
    DATA.mkdir(0o700, parents=True, exist_ok=True)
    file = DATA / "secret"
    if not file.exists():
        _make_secret(file)
    return file.read_text().strip()


def _make_secret(file: Path) -> None:
    """Written aside and then linked, so that processes which start together find one whole secret, never half of it."""
    fresh = file.with_name(f"secret.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
        new.write(secrets.token_urlsafe(48))
    with suppress(FileExistsError):
        os.link(fresh, file)
    fresh.unlink()


def _flag(name: str, default: str = "on") -> bool:
    return os.environ.get(name, default).lower() not in ("off", "0", "no", "false", "")


def shown_to(typed: str) -> tuple[tuple[addresses.Network, ...], str]:
    """The networks and the token of `OPENSPACES_METRICS`: off, on, or names with commas. Raises ValueError."""
    named = [each.strip() for each in typed.split(",") if each.strip() not in ("", "off")]
    token = next((each.removeprefix("token=") for each in named if each.startswith("token=")), "")
    networks = ["0.0.0.0/0,::/0" if each == "on" else each for each in named if not each.startswith("token=")]
    return addresses.networks(",".join(networks)), token


SECRET_KEY = _secret()
DEBUG = False
ALLOWED_HOSTS = ["*"]
BASE_URL = os.environ.get("OPENSPACES_URL", "").rstrip("/")
"""The public address, for links and QR codes; empty: `openspaces run` fills in where it listens."""
UID_DOMAIN = os.environ.get("OPENSPACES_UID_DOMAIN") or "openspaces.invalid"
"""What stands behind the @ in the names that calendars know cards by. It is not taken from the public address: were
that to change, whoever subscribed would have every card twice."""
FONTS = os.environ.get("OPENSPACES_FONTS", "")
"""A folder with fonts of the organiser's own for pictures and print, such as emoji in colour; looked at first."""
LIMITS = _flag("OPENSPACES_LIMITS")
QUICK = _flag("OPENSPACES_QUICK")
"""Whether printed pages are answered before ASGI: `live.quick`."""
FAST_ROWS = _flag("OPENSPACES_FAST_ROWS")
"""Whether the rows of moves are written past the ORM: `board.store.rows`."""
FAST_API = _flag("OPENSPACES_FAST_API")
"""Whether the API is served past Django's handler and middleware: `intake.api.door`."""
STREAMS = int(os.environ.get("OPENSPACES_STREAMS", "20000"))
"""How many live streams one process holds; over that, pages poll."""
STREAMS_PER_DEVICE = int(os.environ.get("OPENSPACES_STREAMS_PER_DEVICE", "20"))
STREAMS_PER_ADDRESS = int(os.environ.get("OPENSPACES_STREAMS_PER_ADDRESS", "5000"))
"""How many of them one device may hold, and one address whose devices have no cookie: a whole hall may share it."""
FAST_STREAMS = _flag("OPENSPACES_FAST_STREAMS")
"""Whether an open stream is its connection's own protocol, without a task: `live.stream`."""
PROXIES = [address.strip() for address in os.environ.get("OPENSPACES_PROXIES", "").split(",") if address.strip()]
"""Whose X-Forwarded-For and X-Forwarded-Proto are believed. Nobody's unless said: anyone can write such a header."""

METRICS_FROM, METRICS_TOKEN = shown_to(os.environ.get("OPENSPACES_METRICS", "127.0.0.1, ::1"))
"""The networks that see `/metrics`, and the token that shows it to whoever has it."""

FETCH_FROM = addresses.networks(os.environ.get("OPENSPACES_FETCH_FROM", ""))
"""Networks beside the public internet from which programmes may be fetched, such as the organiser's own."""
SEND_TO = addresses.networks(os.environ.get("OPENSPACES_SEND_TO", ""))
"""The same for what is sent to where an organiser says: hooks, chats, social networks."""
PHONES_TO: tuple[addresses.Network, ...] = ()
"""The same for messages on phones, whose addresses attendees give: none; tests alone have some."""
X_API = os.environ.get("OPENSPACES_X_API", "https://api.x.com").rstrip("/")
"""Where posts for X are sent."""
GOOGLE = os.environ.get("OPENSPACES_GOOGLE", "https://sheets.googleapis.com").rstrip("/")
"""Where Google's Sheets API is."""
PRETALX_TOKEN = os.environ.get("OPENSPACES_PRETALX_TOKEN", "")
"""Shown to the pretalx site whose address is given, for a programme that is not public yet."""

SMTP = os.environ.get("OPENSPACES_SMTP", "")
MAIL_IS_SENT = bool(SMTP)
"""Whether letters are sent; otherwise sign-in codes are told in the log."""
if SMTP:
    _mail = mail.server(SMTP)
    EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
    EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.tls, _mail.starttls
EMAIL_TIMEOUT = 10
IMAP = os.environ.get("OPENSPACES_IMAP", "")
"""A mailbox that is read for cards; empty: none is."""
if IMAP:
    mail.mailbox(IMAP)  # a wrong one is told at once
_OURS = f"openspaces@{urlsplit(BASE_URL).hostname or 'localhost'}"
DEFAULT_FROM_EMAIL = os.environ.get("OPENSPACES_MAIL_FROM") or _OURS

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "ninja",
    "csp",
    "openspaces.people",
    "openspaces.board",
    "openspaces.delivery",
    "openspaces.look",
    "openspaces.outlets.embed",
    "openspaces.outlets.follow",
    "openspaces.outlets.page",
    "openspaces.outlets.print",
    "openspaces.outlets.screen",
    "openspaces.intake.api",
    "openspaces.intake.web",
]
MIDDLEWARE = [
    "openspaces.lib.middleware.Security",
    "openspaces.lib.middleware.Framing",
    "openspaces.lib.middleware.ContentSecurity",
    "openspaces.intake.web.middleware.ReadersLanguage",
    "openspaces.lib.middleware.Common",
    "openspaces.intake.web.middleware.same_site_only",
    "openspaces.intake.web.middleware.DatabaseGone",
    "openspaces.intake.api.methods.MethodsInJson",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "openspaces.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

# SQLite's figures are measured: see docs/decisions and the docstring of `lib.sqlite`.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0; PRAGMA secure_delete=ON;"
    "PRAGMA trusted_schema=OFF; PRAGMA journal_size_limit=67108864;"
)


def _sqlite() -> dict[str, object]:
    DATA.mkdir(0o700, parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "openspaces.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _PRAGMAS},
        "TEST": {"NAME": DATA / "test.sqlite3"},
    }


def _postgresql(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    query = dict(pair.partition("=")[::2] for pair in parts.query.split("&") if pair)
    limits = "-c statement_timeout=5000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=10000"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": parts.port or query.get("port", ""),
        "OPTIONS": {"options": limits},
    }


_URL = os.environ.get("OPENSPACES_DATABASE_URL", "")
DATABASES = {"default": _postgresql(_URL) if _URL else _sqlite()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("hi", "हिन्दी"), ("ar", "العربية")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "openspaces.lib.static.HashedNames"},
}

# Signing in: a code by e-mail or a passkey; nobody has a password. Sessions are only where one signs in: see
# `intake.web.account.session`.
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
SESSION_ENGINE = "openspaces.people.sessions"
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_AGE = 60 * 86_400
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "account"
ACCOUNT_ADAPTER = "openspaces.people.signing_in.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
"""The limits are our own, in intake/limits.py: a whole hall shares one address."""
MFA_ADAPTER = "openspaces.people.signing_in.Passkeys"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGS = os.environ.get("OPENSPACES_LOGS") or ("lines" if sys.stderr.isatty() else "json")
"""How the log looks: `lines`, `json`, or `lines-with-personal-data`, which also has all that exceptions say."""
if LOGS not in ("json", "lines", "lines-with-personal-data"):
    raise ValueError("OPENSPACES_LOGS is json or lines")
LOG_LEVEL = os.environ.get("OPENSPACES_LOG", "WARNING").upper()
_QUIET = "ERROR" if LOG_LEVEL in ("ERROR", "CRITICAL") else "WARNING"
"""Other libraries say no more than this, however much we say: their chatter has addresses and tokens in it."""
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"count": {"()": "openspaces.lib.logs.Count"}},
    "formatters": {
        "json": {"()": "openspaces.lib.logs.Json"},
        "lines": {"()": "openspaces.lib.logs.Lines"},
        "lines-with-personal-data": {
            "()": "openspaces.lib.logs.WithWords",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": LOGS,
            "filters": ["count"],
            "stream": sys.stderr,
        }
    },
    "loggers": {
        "django.request": {"level": "ERROR"},  # a refusal is an answer: 4xx are no news for the log
        "oauthlib": {"level": "WARNING"},  # what it tells when it is asked for everything has keys and tokens in it
        "openspaces": {"level": LOG_LEVEL},
    },
    "root": {"handlers": ["stderr"], "level": _QUIET},
}

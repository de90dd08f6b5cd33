"""Django's settings, from the home folder. Unsafe by omission is not possible: each has a working default."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from masthead import clock
from masthead.language import NAMES
from masthead.newsroom.site import home

MASTHEAD_HOME = home.find(Path.cwd())
MASTHEAD = home.settings(MASTHEAD_HOME)

# Durable before acknowledged (FULL; on macOS past the disk's own cache too), one writer at a time from the
# first statement (IMMEDIATE), and an erased value gone from the file (secure_delete).
SQLITE: dict[str, Any] = {
    "ENGINE": "masthead.newsroom.site.sqlite",
    "NAME": MASTHEAD_HOME / "db.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA fullfsync=ON;"
        " PRAGMA secure_delete=ON;",
    },
}

# A server that went away without a word is noticed within a minute, and not after two hours. The other side
# of the same, a host of ours that went away, is `evidence.gone`.
_NOTICED = {
    "keepalives": 1,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}


def database(url: str) -> dict[str, Any]:
    """Django's settings for the PostgreSQL at `url`, else for the SQLite file of the home folder."""
    if not url:
        return SQLITE
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": _NOTICED | dict(parse_qsl(parts.query)),
    }


DATABASES = {"default": database(MASTHEAD.database_url)}


def _secret() -> str:
    kept = MASTHEAD_HOME / "keys" / "django.key"
    return kept.read_text(encoding="ascii") if kept.is_file() else secrets.token_urlsafe(48)


SECRET_KEY = os.environ.get("MASTHEAD_SECRET_KEY") or _secret()
DEBUG = False
ALLOWED_HOSTS: list[str] = []

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "masthead.newsroom.jobs",
    "masthead.newsroom.evidence",
    "masthead.newsroom.accounts",
    "masthead.newsroom.integrity",
    "masthead.newsroom.policy",
    "masthead.newsroom.register",
    "masthead.newsroom.items",
    "masthead.newsroom.review",
    "masthead.newsroom.connections",
    "masthead.newsroom.witness",
    "masthead.newsroom.remedies",
    "masthead.newsroom.assurance",
    "masthead.newsroom.worklist",
    "masthead.newsroom.webhooks",
    "masthead.newsroom.public",
    "masthead.newsroom.retention",
]
AUTH_USER_MODEL = "accounts.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"builtins": ["django.templatetags.i18n"]},
    }
]

USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
"""The record's. What people read is on the outlet's clock, which Django never asks for."""
clock.keep(MASTHEAD.time_zone)
LANGUAGE_CODE = "en"
LANGUAGES = list(NAMES.items())
LOCALE_PATHS = [Path(__file__).parents[2] / "locale"]

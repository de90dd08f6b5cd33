"""Founded organisations to log in to."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from tests.newsroom.conftest import small, solo

__all__ = ["small", "solo"]


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    # Slow on purpose where it counts: a third of a second each.
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 100)


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk with a mail server: what it sends is in `django.core.mail.outbox`."""
    monkeypatch.setattr(settings, "MASTHEAD", replace(settings.MASTHEAD, mail_url="smtp://mail.invalid"))

"""Founded organisations to log in to."""

from dataclasses import replace

import pytest
from django.conf import settings
from tests.newsroom.conftest import small, solo

__all__ = ["small", "solo"]


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk with a mail server: what it sends is in `django.core.mail.outbox`."""
    monkeypatch.setattr(settings, "MASTHEAD", replace(settings.MASTHEAD, mail_url="smtp://mail.invalid"))

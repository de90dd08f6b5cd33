"""An organisation whose public pages are looked at by somebody nobody knows."""

import pytest
from django.test import Client
from tests.newsroom.conftest import small, solo

__all__ = ["small", "solo"]


@pytest.fixture
def reader(home) -> Client:
    """A browser that was never here, and asks for English."""
    return Client(headers={"Accept-Language": "en"})

"""An organisation with software at its door."""

from tests.newsroom.conftest import small, solo

__all__ = ["small", "solo"]

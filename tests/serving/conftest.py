"""A founded organisation."""

from tests.newsroom.conftest import small

__all__ = ["small"]

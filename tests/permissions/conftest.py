"""The organisation to walk through."""

from tests.newsroom.conftest import small

__all__ = ["small"]

"""A founded organisation with a desk."""

from tests.newsroom.conftest import small

__all__ = ["small"]

"""Founded organisations with a desk."""

from tests.newsroom.conftest import small, solo

__all__ = ["small", "solo"]

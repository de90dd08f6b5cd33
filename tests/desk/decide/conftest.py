"""Founded organisations to decide in."""

from tests.newsroom.conftest import small, solo

__all__ = ["small", "solo"]

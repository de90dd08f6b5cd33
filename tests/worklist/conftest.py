"""Founded organisations with lists."""

from tests.newsroom.conftest import small, solo

__all__ = ["small", "solo"]

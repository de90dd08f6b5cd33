"""Founded organisations to log in to."""

from tests.newsroom.conftest import small, solo

__all__ = ["small", "solo"]

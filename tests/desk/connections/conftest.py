"""Founded organisations to log in to."""

from tests.newsroom.conftest import small

__all__ = ["small"]

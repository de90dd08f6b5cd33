"""Founded organisations of which something is erased."""

from tests.newsroom.conftest import small

__all__ = ["small"]

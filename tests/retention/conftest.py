"""Founded organisations of which something is erased."""

from tests.newsroom.conftest import small, solo

__all__ = ["small", "solo"]

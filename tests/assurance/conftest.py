"""Founded organisations whose promises are looked at."""

from tests.newsroom.conftest import small, solo

__all__ = ["small", "solo"]

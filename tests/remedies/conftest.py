"""Founded organisations that are asked about what they published."""

from tests.newsroom.conftest import small, solo

__all__ = ["small", "solo"]

"""A founded organisation whose data is looked after."""

from tests.newsroom.conftest import small

__all__ = ["small"]

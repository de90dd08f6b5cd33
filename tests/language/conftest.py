"""An organisation whose pages are read in French."""

from tests.newsroom.conftest import small

__all__ = ["small"]

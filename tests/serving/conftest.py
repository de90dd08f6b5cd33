"""A founded organisation."""

from pathlib import Path

import pytest
from tests.newsroom.desk import Desk, founded

from masthead.vocabulary import Profile


@pytest.fixture
def small(home: Path) -> Desk:
    """A team of four under the ten starter controls."""
    return founded(home, Profile.SMALL)

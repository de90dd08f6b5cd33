"""Founded organisations to work in."""

from pathlib import Path

import pytest
from tests.moulds import Mould
from tests.newsroom.desk import Desk


@pytest.fixture
def small(home: Path, small_mould: Mould) -> Desk:
    """A team of four under the ten starter controls."""
    return small_mould.at(home)


@pytest.fixture
def solo(home: Path, solo_mould: Mould) -> Desk:
    """The same people where one may sign off their own work."""
    return solo_mould.at(home)

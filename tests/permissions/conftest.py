"""One organisation for the whole walk: nothing that is tried may change it, so all of it shares one."""

import logging
from collections.abc import Iterator

import pytest
from tests import databases
from tests.moulds import Mould, move_in
from tests.permissions.house import House, built


@pytest.fixture(scope="module")
def house(
    database: databases.SQLite | databases.PostgreSQL,
    small_mould: Mould,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[House]:
    """The organisation to walk through."""
    home = tmp_path_factory.mktemp("house") / "home"
    home.mkdir(mode=0o700)
    small_mould.fill(home)
    with pytest.MonkeyPatch.context() as patch, database.fresh(home, small_mould.name) as url:
        move_in(patch, home, url)
        logging.disable()  # a line for each of thousands of requests is read by nobody
        try:
            yield built(small_mould.at(home))
        finally:
            logging.disable(logging.NOTSET)

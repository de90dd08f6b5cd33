"""The list of keys that a real Masthead publishes, as files of its log. A process of its own, once: it takes
some seconds, and nothing else shows that what one writes another follows."""

from pathlib import Path

import pytest
from tests.databases import PostgreSQL, SQLite
from tests.exchange.sites import Site, says, site
from tests.witness.newsrooms import PUBLISH, Newsroom

from masthead.newsroom.witness import seen
from masthead.newsroom.witness.commands import add_log
from masthead.newsroom.witness.looking import look
from masthead.newsroom.witness.models import FollowedKey, RevokedKey


def serve(there: Site, folder: Path) -> str:
    there.answers = {
        f"/log/{path.relative_to(folder).as_posix()}": says(path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }
    return there.url("/log")


def test_another_masthead_that_changes_its_key_is_followed(
    small, reach, tmp_path, database: SQLite | PostgreSQL
):
    if not isinstance(database, SQLite):
        pytest.skip("the other newsroom has a database of its own, which is a file")
    other = Newsroom(tmp_path, "gazette", {"MASTHEAD_DATABASE_URL": ""})
    other.home.mkdir(mode=0o700, parents=True)
    folders = [tmp_path / name for name in ("first", "second", "third")]
    begin = ("init", "--name", "The Gazette", "--person", "Ada", "--origin", "gazette.example/log")
    [_, _, _, rotated, _, _, replaced, _] = other.types(
        begin,
        PUBLISH,
        ("log", "export", str(folders[0])),
        ("key", "rotate", "--overlap", "0"),
        PUBLISH,
        ("log", "export", str(folders[1])),
        ("key", "replace", "--reason", "other"),
        ("log", "export", str(folders[2])),
    )
    with site() as there:
        reach(there.port)
        log = add_log(small.steward, rotated["previous"], serve(there, folders[0]))
        assert look(log).trouble is None
        serve(there, folders[1])
        assert look(log).trouble is None
        assert FollowedKey.objects.get().key == rotated["key"]
        size = seen.remembered(log.name).size
        serve(there, folders[2])
        assert "did not sign that" in str(look(log).trouble)
        # The key before is at hand, so that it speaks against itself: nothing that it signs counts from here.
        assert RevokedKey.objects.get().key == replaced["previous"] == rotated["key"]
        assert seen.remembered(log.name).size == size

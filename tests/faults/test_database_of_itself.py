"""What SQLite cannot look at, because of what stands in it: no trouble that goes away by itself."""

import pytest
from django.db import connection
from tests.faults.hurting import run

from masthead.errors import Unavailable
from masthead.newsroom.evidence import damage, watch
from masthead.newsroom.site.serving.verifying import BROKE, LOCK, _verified


@pytest.fixture
def sqlite(small):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL takes no such keys")
    assert watch.all_of_it().intact
    return small


@pytest.mark.parametrize("points", ["items_item(nosuch)", "items_item(public_id, author_id)", "nowhere(id)"])
def test_a_key_that_points_to_no_key_is_damage_and_named(sqlite, points):
    run(f"CREATE TABLE strange (a, b{'' if ',' in points else ' REFERENCES ' + points}"
        f"{', FOREIGN KEY (a, b) REFERENCES ' + points if ',' in points else ''})")  # fmt: skip
    run("INSERT INTO strange VALUES ('1', '1')")
    verdict = watch.verify()
    assert "strange" in str(verdict.why)
    (kept,) = damage.known(sqlite.home)
    assert str(kept.why) == str(verdict.why)


def test_a_table_made_anew_without_its_key_is_damage(sqlite):
    run("PRAGMA legacy_alter_table = ON")
    run("ALTER TABLE items_item RENAME TO older")
    run("CREATE TABLE items_item AS SELECT * FROM older")
    run("DROP TABLE older")
    assert not watch.verify().intact
    assert damage.is_there(sqlite.home)


def test_what_the_database_cannot_do_however_often_is_kept_as_damage(sqlite):
    """A view in the place of a table, that calls what there is not."""
    run("ALTER TABLE evidence_stamp RENAME TO stamps")
    run("CREATE VIEW evidence_stamp AS SELECT nosuch(id) AS id, * FROM stamps")
    with pytest.raises(Unavailable):
        watch.verify()
    with (sqlite.home / LOCK).open("a+") as file:
        assert _verified(sqlite.home, file) == BROKE
        assert not damage.is_there(sqlite.home)
        assert _verified(sqlite.home, file) == 0
    (kept,) = damage.known(sqlite.home)
    assert "broke off twice" in str(kept.why)


def test_a_disk_or_database_that_is_away_says_nothing_of_the_evidence(sqlite):
    path = sqlite.home / "db.sqlite3"
    connection.close()
    path.rename(path.with_suffix(".away"))
    with (sqlite.home / LOCK).open("a+") as file:
        assert {_verified(sqlite.home, file) for _ in range(3)} == {BROKE}
    path.with_suffix(".away").rename(path)
    assert not damage.is_there(sqlite.home)

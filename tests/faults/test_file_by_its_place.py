"""What is written outside a transaction goes to the file that stands in its place, or nowhere."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection, connections
from tests.faults.test_database_taken_away import away

from masthead.newsroom.evidence.guard import lifted
from masthead.newsroom.site.settings import SQLITE
from masthead.newsroom.site.sqlite.base import DatabaseWrapper

COUNT = "SELECT count(*) FROM django_content_type"
INSERT = "INSERT INTO django_content_type (app_label, model) VALUES ('a', 'b')"


@pytest.fixture
def desk(small):
    if connection.vendor != "sqlite":
        pytest.skip("a server's database is no file")
    connection.ensure_connection()
    return small


def ask(statement):
    with lifted(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()


def test_a_statement_by_itself_is_not_taken_by_a_file_without_a_name(desk):
    before = ask(COUNT)
    for statement in (INSERT, COUNT):
        with away(desk), pytest.raises(OperationalError, match="gone"):
            ask(statement)
    connection.close()
    assert ask(COUNT) == before


def other(name):
    one = connections.configure_settings({"default": {**SQLITE, "NAME": name}})["default"]
    return DatabaseWrapper(one)


def test_a_file_named_from_the_working_folder_stays_the_same_one(desk, tmp_path, monkeypatch):
    (tmp_path / "there").mkdir()
    monkeypatch.chdir(tmp_path)
    one = other("own.sqlite3")
    monkeypatch.chdir(tmp_path / "there")
    with one.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (id)")
    monkeypatch.chdir(tmp_path)
    with one.cursor() as cursor:
        cursor.execute("SELECT * FROM kept")
    one.close()
    assert (tmp_path / "own.sqlite3").exists()
    assert not list((tmp_path / "there").iterdir())


@pytest.mark.parametrize("name", [":memory:", Path(":memory:"), "file:kept?mode=memory"])
def test_no_record_is_kept_in_memory(desk, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ImproperlyConfigured, match="memory"):
        other(name).ensure_connection()
    assert not (tmp_path / ":memory:").exists()

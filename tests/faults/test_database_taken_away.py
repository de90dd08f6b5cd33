"""The file of SQLite is moved away or replaced while it is served: none begins anew, nothing is lost."""

from contextlib import contextmanager

import pytest
from django.db import close_old_connections, connection
from tests.api.software import token
from tests.newsroom.desk import ready, size, text
from tests.newsroom.logins import client_of
from tests.public.outlet import page_of, published

from masthead.errors import Unavailable
from masthead.newsroom.evidence import damage, watch
from masthead.newsroom.evidence.models import Checkpoint, Entry
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.verify import verify_log
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.items.models import Item
from masthead.newsroom.site.serving.clock import Round, go

GONE = "The database file is gone"


@pytest.fixture
def out(small, monkeypatch):
    """Something that is out, and a process that keeps its connection, as a served one does."""
    if connection.vendor != "sqlite":
        pytest.skip("a server's database is no file")
    item = published(small)
    publish_checkpoint()
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 60)
    monkeypatch.setitem(connection.settings_dict, "CONN_HEALTH_CHECKS", True)
    connection.close()
    return item


class Browser:
    """Asks as a server of requests does: what it looks at of its connection, it looks at before each."""

    def __init__(self, actor):
        self._client = client_of(actor)
        self._client.raise_request_exception = False

    def __call__(self, address, body=None, **headers):
        close_old_connections()
        return self._client.post(address, body) if body else self._client.get(address, headers=headers)


def files(home):
    return sorted(path.name for path in home.glob("db.sqlite3*"))


@contextmanager
def away(desk):
    """The file and those beside it are somewhere else until the block ends."""
    aside = desk.home / "elsewhere"
    aside.mkdir()
    for path in desk.home.glob("db.sqlite3*"):
        path.rename(aside / path.name)
    yield
    for path in aside.iterdir():
        path.rename(desk.home / path.name)
    aside.rmdir()


def test_every_request_says_so_and_none_makes_another(small, out):
    ask, token_of = Browser(small.author), token(small, small.author)
    address = f"/desk/items/{out.public_id}/"
    assert ask(address).status_code == 200
    before = size()
    with away(small):
        for answer in (
            ask(address),
            ask("/desk/"),
            ask("/desk/log/"),
            ask("/desk/new", {"text": "The river.", "language": "en"}),
            ask("/account/login/"),
        ):
            assert answer.status_code == 503
            assert GONE in answer.content.decode()
            assert "masthead restore" in answer.content.decode()
        for public in (page_of(out), "/log/", "/log/checkpoint"):
            answer = ask(public)
            assert answer.status_code in (200, 503), public
        answer = ask("/api/v1/items", Authorization=f"Bearer {token_of}")
        assert answer.status_code == 503
        assert GONE in answer.json()["title"] + answer.json()["detail"]
        assert ask("/ready").json()["checks"]["database"] is False
        assert ask("/health").status_code == 200
        assert files(small.home) == []
    assert ask(address).status_code == 200
    assert size() == before
    assert verify_log().intact
    assert not damage.is_there(small.home)


def test_a_command_under_way_is_not_committed_to_a_file_without_a_name(small, out):
    before = size()
    connection.ensure_connection()
    with away(small), pytest.raises(Unavailable, match=GONE):
        add_item(small.author, text("The bridge stands."), language="en")
    connection.close()
    assert size() == before == Entry.objects.count()
    assert Item.objects.count() == 1
    ready(small)
    before = size()
    with away(small), pytest.raises(Unavailable, match=GONE):
        publish_checkpoint()
    connection.close()
    assert publish_checkpoint().size == before
    assert verify_log().intact
    ready(small)


def test_the_clock_says_so_and_keeps_nothing_as_damage(small, out, caplog):
    with away(small):
        connection.close()
        for do in (publish_checkpoint, watch.look):
            go(Round("a round", do, 60))
        with pytest.raises(Unavailable, match=GONE):
            watch.verify()
        assert files(small.home) == []
    assert caplog.text.count("a round failed") == 2
    assert not damage.is_there(small.home)
    assert Checkpoint.objects.exists()


def test_another_file_in_its_place_takes_nothing(small, out):
    ready(small)
    connection.ensure_connection()
    copy = (small.home / "db.sqlite3").read_bytes()
    with away(small):
        (small.home / "db.sqlite3").write_bytes(copy)
        with pytest.raises(Unavailable, match=GONE):
            add_item(small.author, text("The bridge stands."), language="en")
        connection.close()
        for path in small.home.glob("db.sqlite3*"):
            path.unlink()
        (small.home / "db.sqlite3").touch()
        with pytest.raises(Unavailable, match=GONE):
            add_item(small.author, text("The bridge stands."), language="en")
        assert (small.home / "db.sqlite3").read_bytes() == b""
        (small.home / "db.sqlite3").unlink()
    connection.close()
    assert verify_log().intact
